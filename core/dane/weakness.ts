/** What the verifier lets pass but many senders do not: OpenSSL's security level 1, which Postfix sets for DANE. */
import type { Reason } from '../base/subject.ts';
import type { Certificate } from '../x509/certificate.ts';
import { looksSelfSigned } from '../x509/issuer.ts';
import { dateProblem } from '../x509/path.ts';
import { weakKey, weakSignature } from '../x509/signature.ts';

/** `path` from the leaf to the anchor. Keys count everywhere, signatures below the anchor. */
export function weaknesses(path: readonly Certificate[], anchor: 'end-entity' | 'certificate' | 'key'): Reason[] {
  const signed = anchor === 'end-entity' ? [] : path.slice(0, -1);
  const weak = [
    ...path.map((certificate, depth) => note(depth, weakKey(certificate.publicKey))),
    ...signed.map((certificate, depth) => note(depth, weakSignature(certificate))),
  ];
  return weak.filter((reason) => reason !== null);
}

const note = (position: number, weakness: string | null): Reason | null => weakness === null ? null : {
  code: 'weak-algorithm', rfc: null, ede: null,
  text: `${position === 0 ? 'The leaf' : `Certificate ${position} above the leaf`} has ${weakness}: refused by senders at security level 1.`,
};

/** Senders do not look at the dates of an anchor that is not self-signed; an admin should. */
export function anchorDates({ path, kind }: { readonly path: readonly Certificate[]; readonly kind: 'certificate' | 'key' }, at: number): Reason[] {
  const anchor = path.at(-1);
  const problem = anchor === undefined || kind === 'key' || looksSelfSigned(anchor) ? null : dateProblem(anchor, at);
  return problem === null ? [] : [{ code: 'anchor-dates', text: `The trust anchor is ${problem.text}; senders do not check this where it is not self-signed.`, rfc: problem.rfc, ede: null }];
}
