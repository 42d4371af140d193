/** Webs of authorities that sign each other, as path builders meet them in the wild: several keys a name, renewals, loops, dead ends. */
import { createHash } from 'node:crypto';
import { toHex } from '../../core/base/bytes.ts';
import type { TlsaFields } from '../../core/dane/usable.ts';
import {
  NOW, authorityKeyIdentifier, basicConstraints, dnsName, extendedKeyUsage, CLIENT_AUTH, issue, issuerPart, keyIdentifierPart, keyUsage, name, nameConstraints, serialPart,
  subjectAltName, subjectKeyIdentifier,
} from '../x509/issue.ts';
import type { Fields, TestKey } from '../x509/issue.ts';
import type { Dice, GeneratedCase } from './generated-cases.ts';

const HOST = 'mx.example.org';
const DAY = 86_400_000;

interface Authority {
  readonly subject: Uint8Array;
  readonly keys: readonly TestKey[];
}

interface Issued {
  readonly der: Uint8Array;
  readonly spki: Uint8Array;
}

export function generateGraph(id: string, dice: Dice, keys: readonly TestKey[]): GeneratedCase {
  const authorities = Array.from({ length: 1 + dice.below(5) }, (_, index): Authority =>
    ({ subject: name(`O=Web,CN=Authority ${index}`), keys: Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, () => dice.pick(keys)) }));
  const leaf = leafOf(authorities, dice, keys);
  const web = Array.from({ length: 1 + dice.below(10) }, (_, index) => authorityCertificate(authorities, index, dice));
  const chain = [leaf.der, ...shuffled(web, dice).slice(0, dice.chance(70) ? web.length : 1 + dice.below(web.length)).map(({ der }) => der)];
  return { id, changes: ['graph'], names: dice.chance(50) ? [HOST] : [], nowMs: NOW, chain, records: Array.from({ length: dice.pick([1, 1, 2, 3]) }, () => recordOf(dice.pick(web), dice)) };
}

function leafOf(authorities: readonly Authority[], dice: Dice, keys: readonly TestKey[]): Issued {
  const key = dice.pick(keys);
  const issuer = dice.pick(authorities.slice(0, 2));
  const issuerKey = dice.pick(issuer.keys);
  const der = issue({ subject: name('CN=leaf'), issuer: issuer.subject, key, issuerKey, serial: 1, extensions: [subjectAltName(dnsName(HOST)), ...authorityPart(issuer, issuerKey, dice)] });
  return { der, spki: key.spki };
}

/** Mostly in order; now and then something about it stops a path. */
function authorityCertificate(authorities: readonly Authority[], index: number, dice: Dice): Issued {
  const subject = dice.pick(authorities);
  const issuer = dice.chance(35) ? subject : dice.pick(authorities);
  const [key, issuerKey] = [dice.pick(subject.keys), dice.pick(issuer.keys)];
  const dates: Partial<Fields> = dice.chance(20) ? dice.pick([{ notAfter: NOW - DAY }, { notBefore: NOW + DAY }, { notAfter: NOW + 400 * DAY }, { notAfter: NOW - 2 * DAY }, { notAfter: NOW }]) : {};
  const extensions = [
    ...(dice.chance(93) ? [basicConstraints(dice.chance(95), dice.chance(15) ? dice.below(3) : null)] : []),
    ...(dice.chance(30) ? [dice.pick([keyUsage(5, 6), keyUsage(5), keyUsage(0)])] : []),
    ...(dice.chance(45) ? [subjectKeyIdentifier(identifierOf(dice.chance(85) ? key : dice.pick(subject.keys)))] : []),
    ...(dice.chance(5) ? [extendedKeyUsage(CLIENT_AUTH)] : []),
    ...(dice.chance(5) ? [nameConstraints([dnsName(dice.pick(['example.org', 'example.net']))])] : []),
    ...authorityPart(issuer, issuerKey, dice),
  ];
  const fields: Fields = { subject: subject.subject, issuer: issuer.subject, key, issuerKey: dice.chance(92) ? issuerKey : dice.pick(dice.pick(authorities).keys), serial: 10 + index, extensions, breakSignature: dice.chance(3), ...dates };
  return { der: issue(dice.chance(3) ? { ...fields, version: 0, extensions: [] } : fields), spki: key.spki };
}

function authorityPart(issuer: Authority, issuerKey: TestKey, dice: Dice): Uint8Array[] {
  if (!dice.chance(40)) return [];
  return [authorityKeyIdentifier(...dice.pick([[keyIdentifierPart(identifierOf(issuerKey))], [keyIdentifierPart(identifierOf(dice.pick(issuer.keys)))], [keyIdentifierPart(identifierOf(issuerKey)), issuerPart(issuer.subject), serialPart(10 + dice.below(4))], [issuerPart(issuer.subject), serialPart(10 + dice.below(6))]]))];
}

const identifierOf = ({ spki }: TestKey): Uint8Array => Uint8Array.from(createHash('sha1').update(spki).digest());

function recordOf({ der, spki }: Issued, dice: Dice): TlsaFields {
  const [selector, matchingType] = [dice.below(2), dice.below(3)];
  const selected = selector === 0 ? der : spki;
  return { usage: dice.chance(92) ? 2 : 3, selector, matchingType, data: matchingType === 0 ? toHex(selected) : createHash(matchingType === 1 ? 'sha256' : 'sha512').update(selected).digest('hex') };
}

function shuffled<Value>(values: readonly Value[], dice: Dice): Value[] {
  const left = [...values];
  return values.map(() => left.splice(dice.below(left.length), 1)[0] as Value);
}
