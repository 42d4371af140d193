/** Protocol versions, groups and signature schemes by their IANA numbers. A number we do not know is shown as it is. */
export const hexNumber = (number: number): string => `0x${number.toString(16).padStart(4, '0')}`;

const VERSIONS: { readonly [number: number]: string } = {
  0x0300: 'SSLv3', 0x0301: 'TLSv1', 0x0302: 'TLSv1.1', 0x0303: 'TLSv1.2', 0x0304: 'TLSv1.3',
};

const WORDS: { readonly [protocol: string]: string } = { SSLv3: 'SSL 3.0', TLSv1: 'TLS 1.0', 'TLSv1.1': 'TLS 1.1', 'TLSv1.2': 'TLS 1.2', 'TLSv1.3': 'TLS 1.3' };

/** As the RFCs write it, `TLS 1.3` for OpenSSL's `TLSv1.3`; another word stays as it is, and is to be escaped. */
export const versionWords = (protocol: string): string => WORDS[protocol] ?? protocol;

const GROUPS: { readonly [number: number]: string } = {
  19: 'secp192r1', 21: 'secp224r1', 22: 'secp256k1', 23: 'secp256r1', 24: 'secp384r1', 25: 'secp521r1', 26: 'brainpoolP256r1',
  27: 'brainpoolP384r1', 28: 'brainpoolP512r1', 29: 'x25519', 30: 'x448', 256: 'ffdhe2048', 257: 'ffdhe3072', 258: 'ffdhe4096',
  259: 'ffdhe6144', 260: 'ffdhe8192', 4587: 'SecP256r1MLKEM768', 4588: 'X25519MLKEM768', 4589: 'SecP384r1MLKEM1024',
};

const SCHEMES: { readonly [number: number]: string } = {
  0x0101: 'rsa_pkcs1_md5', 0x0201: 'rsa_pkcs1_sha1', 0x0203: 'ecdsa_sha1', 0x0301: 'rsa_pkcs1_sha224', 0x0303: 'ecdsa_sha224',
  0x0401: 'rsa_pkcs1_sha256', 0x0403: 'ecdsa_secp256r1_sha256', 0x0501: 'rsa_pkcs1_sha384', 0x0503: 'ecdsa_secp384r1_sha384',
  0x0601: 'rsa_pkcs1_sha512', 0x0603: 'ecdsa_secp521r1_sha512', 0x0804: 'rsa_pss_rsae_sha256', 0x0805: 'rsa_pss_rsae_sha384',
  0x0806: 'rsa_pss_rsae_sha512', 0x0807: 'ed25519', 0x0808: 'ed448', 0x0809: 'rsa_pss_pss_sha256', 0x080a: 'rsa_pss_pss_sha384',
  0x080b: 'rsa_pss_pss_sha512', 0x081a: 'ecdsa_brainpoolP256r1tls13_sha256', 0x081b: 'ecdsa_brainpoolP384r1tls13_sha384',
  0x081c: 'ecdsa_brainpoolP512r1tls13_sha512', 0x0904: 'mldsa44', 0x0905: 'mldsa65', 0x0906: 'mldsa87',
};

export const versionName = (number: number): string => VERSIONS[number] ?? hexNumber(number);
export const groupName = (number: number): string => GROUPS[number] ?? hexNumber(number);
export const schemeName = (number: number): string => SCHEMES[number] ?? hexNumber(number);
