/**
 * The certification authority that vouches for IANA's trust anchors (RFC 9718 §3.2): the certificate of the ICANN Root CA as
 * ICANN publishes it. A fact, not a choice of ours; the bytes are what other validators ship too.
 */
import { fromBase64 } from '../base/bytes.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';

/** O=ICANN, OU=ICANN Certification Authority, CN=ICANN Root CA, C=US */
export const ICANN_ROOT_CA = {
  sha256: 'aee89906d7cc60c5e151f3bb923abf8a1b28dc855d5e2127cb524ead4aad603d',
  notBefore: '2009-12-23T04:19:12Z',
  notAfter: '2029-12-18T04:19:12Z',
  der: [
    'MIIDdzCCAl+gAwIBAgIBATANBgkqhkiG9w0BAQsFADBdMQ4wDAYDVQQKEwVJQ0FOTjEmMCQGA1UECxMdSUNBTk4gQ2VydGlmaWNhdGlvbiBBdXRob3JpdHkx',
    'FjAUBgNVBAMTDUlDQU5OIFJvb3QgQ0ExCzAJBgNVBAYTAlVTMB4XDTA5MTIyMzA0MTkxMloXDTI5MTIxODA0MTkxMlowXTEOMAwGA1UEChMFSUNBTk4xJjAk',
    'BgNVBAsTHUlDQU5OIENlcnRpZmljYXRpb24gQXV0aG9yaXR5MRYwFAYDVQQDEw1JQ0FOTiBSb290IENBMQswCQYDVQQGEwJVUzCCASIwDQYJKoZIhvcNAQEB',
    'BQADggEPADCCAQoCggEBAKDbcLhPNNqc1NB+u+oVvOnJESofYS9qub0/PXagmgr37pNublVThIzyLPGCJ8gPms9SG1TaKNIsMI7d+5IgMy3WyPEOECGIcfqE',
    'IktdR1YWfJufXcMReZwU4v/AdKzdOdfgONiwc6r70duEr1IiqPbVm5T05l1e6D+HkAvHGnf1LtOPGs4CHQdpIUcy2kauAEy2paKcOcHASvbTHK7TbbvHGPB+',
    '7faAztABLoneErruEcumetcNfPMIjXKdv1V1E3C7MSJKy+jAqqQJqjZoQGB0necZgUMiUv7JK1IPQRM2CXJllcyJrm9WFxY0c1KjBO29iIKK69fcglKcBuFS',
    'hUECAwEAAaNCMEAwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAf4wHQYDVR0OBBYEFLpS6UmDJIZSL8eZzfyNa2kITcBQMA0GCSqGSIb3DQEBCwUA',
    'A4IBAQAP8emCogqHny2UYFqywEuhLys7R9UKmYY4suzGO4nkbgfPFMfH6M+Zj6owwxlwueZt1j/IaCayoKU3QsrYYoDRolpILh+FPwx7wseUEV8ZKpWsoDoD',
    '2JFbLg2cfB8u/OlE4RYmcxxFSmXBg0yQ8/IoQt/bxOcEEhhiQ168H2yE5rxJMt9h15nu5JBSewrCkYqYYmaxyOC3WrVGfHZxVI7MpIFcGdvSb2a1uyuua8l0',
    'BKgk3ujF0/wsHNeP22qNyVO+XVBzrM8fk8BSUFuiT/6tZTYXRtEt5aKQZgXbKU5dUF3jT9qgj/Br5BZw3X/zd325TvnswzMC1+ljLzHnQGGk',  ].join(''),
} as const;

/** The mail address in the certificate of the signer, which validators have looked for since 2010. */
export const ANCHOR_SIGNER = 'dnssec@iana.org';

/** @throws {Error} where the bytes above were damaged: a bug of ours */
export function icannAuthority(): Certificate {
  const parsed = parseCertificate(fromBase64(ICANN_ROOT_CA.der));
  if (!parsed.ok) throw new Error(`the ICANN Root CA does not read: ${parsed.failure}`);
  return parsed.value;
}
