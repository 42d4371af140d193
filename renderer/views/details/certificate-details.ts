/** A certificate in full. */
import type { Run } from '../../../core/inspection/run.ts';
import type { CertificateFact } from '../../../core/x509/facts.ts';
import type { Focus } from '../../selection/focus.ts';
import { isoMinute } from '../../text/time.ts';
import { extensionLines, extensionsOf } from '../certificates/extensions.ts';
import { datesOf, daysLeft } from '../certificates/model.ts';
import { firstFields } from './fields.ts';
import type { Details, Field } from './fields.ts';

export function certificateDetails(run: Run, certificate: CertificateFact, focus: Focus): Details {
  const depth = focus.endpoint?.verdict.chain.indexOf(certificate.sha256) ?? -1;
  const dates = datesOf(certificate, run.context?.startedAt ?? '');
  return {
    kind: depth < 0 ? 'certificate' : `certificate, depth ${String(depth)}`,
    title: certificate.commonName ?? certificate.dnsNames[0] ?? certificate.subject, status: null, summary: certificate.malformed,
    sections: [
      { title: 'Names', fields: names(certificate) },
      { title: 'Validity', fields: [
        { label: 'Not before', value: isoMinute(certificate.notBefore), mono: true },
        { label: 'Not after', value: `${isoMinute(certificate.notAfter)}, ${daysLeft(certificate, run.context?.startedAt ?? '')}`, mono: true, ...(dates === 'expired' ? { status: { sign: 'hourglass', tone: 'expired', word: 'expired' } as const } : {}) },
      ] },
      { title: 'Key', fields: [
        { label: 'Public key', value: certificate.keyDescription },
        { label: 'Signature', value: certificate.signatureAlgorithm },
      ] },
      { title: 'What it may do', fields: extensionFields(certificate) },
      { title: 'Digests for TLSA', fields: [
        { label: 'SPKI SHA2-256 (1 1)', value: certificate.spkiSha256, mono: true, copy: true },
        { label: 'SPKI SHA2-512 (1 2)', value: certificate.spkiSha512, mono: true, copy: true },
        { label: 'Cert SHA2-256 (0 1)', value: certificate.sha256, mono: true, copy: true },
        { label: 'Cert SHA2-512 (0 2)', value: certificate.certSha512, mono: true, copy: true },
      ] },
    ],
  };
}

function extensionFields(certificate: CertificateFact): Field[] {
  const extensions = certificate.malformed === null ? extensionsOf(certificate.der) : null;
  if (extensions === null) return [{ label: 'CA', value: certificate.isCa ? 'yes' : 'no' }];
  return extensionLines(extensions).map(({ label, value, copy }) => ({ label, value, ...(copy === true ? { copy, mono: true } : {}) }));
}

function names(certificate: CertificateFact): Field[] {
  return [
    { label: 'Subject', value: certificate.subject === '' ? '(empty)' : certificate.subject, copy: true },
    { label: 'Issuer', value: certificate.issuer, copy: true },
    ...firstFields(certificate.dnsNames, 100, (name, index) => ({ label: index === 0 ? 'DNS names' : '', value: name, mono: true })),
    ...firstFields(certificate.otherNames, 20, (name, index) => ({ label: index === 0 ? 'Other names' : '', value: name })),
    { label: 'Serial', value: certificate.serial, mono: true, copy: true },
  ];
}
