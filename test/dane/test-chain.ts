/** A root, an intermediate and a leaf, and what to publish for them. */
import { createHash } from 'node:crypto';
import { toHex } from '../../core/base/bytes.ts';
import { authenticate } from '../../core/dane/authenticate.ts';
import type { Authentication, Question } from '../../core/dane/authenticate.ts';
import { tlsaRecords } from '../../core/dane/usable.ts';
import { NOW, SERVER_AUTH, basicConstraints, dnsName, extendedKeyUsage, issue, keyUsage, name, newKey, subjectAltName } from '../x509/issue.ts';
import type { Fields, TestKey } from '../x509/issue.ts';

export const HOST = 'mx.example.org';

export interface Issued {
  readonly key: TestKey;
  readonly subject: Uint8Array;
  readonly der: Uint8Array;
}

/** Signed by `issuer`, by itself where there is none. */
export function issued(subject: string, issuer: Issued | null, fields: Partial<Fields> = {}): Issued {
  const key = fields.key ?? newKey();
  const named = name(subject);
  const der = issue({ subject: named, issuer: issuer?.subject ?? named, issuerKey: issuer?.key ?? key, ...fields, key });
  return { key, subject: named, der };
}

export const asAuthority = [basicConstraints(true), keyUsage(5, 6)];
export const asServer = [subjectAltName(dnsName(HOST)), keyUsage(0), extendedKeyUsage(SERVER_AUTH)];

export const root = issued('CN=Root', null, { extensions: asAuthority });
export const intermediate = issued('CN=Intermediate', root, { extensions: asAuthority, serial: 2 });
export const leaf = issued('CN=leaf', intermediate, { extensions: asServer, serial: 3 });

export const FULL_CHAIN: readonly Issued[] = [leaf, intermediate, root];

/** Presentation form of a record for a certificate, such as `3 1 1`; `wrong` spoils the data. */
export function record(parameters: string, { der, key }: Pick<Issued, 'der' | 'key'>, wrong = false): string {
  const [, selector, matchingType] = parameters.split(' ');
  const selected = selector === '0' ? der : key.spki;
  const data = matchingType === '0' ? toHex(selected) : createHash(matchingType === '1' ? 'sha256' : 'sha512').update(selected).digest('hex');
  return `${parameters} ${wrong ? data.replace(/..$/, (last) => (last === '00' ? '01' : '00')) : data}`;
}

export const recordsOf = (...texts: readonly string[]) => tlsaRecords(texts.map((text) => {
  const [usage = 0, selector = 0, matchingType = 0] = text.split(' ').map(Number);
  return { usage, selector, matchingType, data: text.split(' ')[3] ?? '' };
}));

/** Judges records against a chain, by default the whole one, now, for the host. */
export function judged(texts: readonly string[], chain: readonly Pick<Issued, 'der'>[] = FULL_CHAIN, question: Partial<Question> = {}): Authentication {
  return authenticate({ records: recordsOf(...texts), chain: chain.map(({ der }) => der), referenceIdentifiers: [HOST], nowMs: NOW, ...question });
}

/** Code for each depth of one record, then for the anchor beside the chain, if there is such a comparison. */
export const codes = ({ comparisons }: Authentication, index = 0): string[] =>
  comparisons.filter(({ record: number }) => number === index).map(({ reason }) => reason.code);
