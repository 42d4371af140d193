/** Certificates whose signed part is something else than it should be in one place, well framed and properly signed. */
import { createHash } from 'node:crypto';
import { concatBytes } from '../../core/base/bytes.ts';
import { childrenOf, decoded, wholeElement } from '../../core/x509/der.ts';
import type { Element } from '../../core/x509/der.ts';
import { element, latin1, sequence } from '../x509/der-writer.ts';
import {
  NOW, SERVER_AUTH, authorityKeyIdentifier, basicConstraints, directoryName, dnsName, extendedKeyUsage, extension, ipName, issue, issuerPart, keyIdentifierPart, keyUsage, mailName, name,
  nameConstraints, serialPart, subjectAltName, subjectKeyIdentifier, uriName,
} from '../x509/issue.ts';
import type { TestKey } from '../x509/issue.ts';
import type { Dice, GeneratedCase } from './generated-cases.ts';

export function generateOctets(id: string, dice: Dice, keys: readonly TestKey[]): GeneratedCase {
  const which = dice.below(3);
  const count = dice.pick([1, 1, 2]);
  const told: string[] = [];
  const alter = (level: number) => (level !== which ? {} : { alter: (signedPart: Uint8Array): Uint8Array => {
    let octets = signedPart;
    for (let step = 0; step < count; step += 1) octets = altered(octets, dice, told);
    return octets;
  } });
  const [key, rootKey] = [dice.pick(keys), keys[0] as TestKey];
  const [root, authority] = [name('O=Test,CN=Root'), name('O=Test,CN=Authority')];
  const identifier = Uint8Array.from(createHash('sha1').update(key.spki).digest());
  const chain = [
    issue({ subject: name('O=Test,CN=mx.example.org'), issuer: authority, key, issuerKey: key, serial: 3, ...alter(0), extensions: [
      basicConstraints(false), keyUsage(0, 2), extendedKeyUsage(SERVER_AUTH), subjectAltName(dnsName('mx.example.org'), mailName('post@example.org'), uriName('https://example.org/'), ipName(192, 0, 2, 1), directoryName(name('CN=x'))),
      authorityKeyIdentifier(keyIdentifierPart(identifier), issuerPart(root), serialPart(2)), extension('2.5.29.31', sequence(sequence(element(0xa0, element(0xa0, uriName('http://example.org/crl')))))),
    ] }),
    issue({ subject: authority, issuer: root, key, issuerKey: rootKey, serial: 2, ...alter(1), extensions: [
      basicConstraints(true, 1), keyUsage(5, 6), subjectKeyIdentifier(identifier), nameConstraints([dnsName('example.org')], [ipName(10, 0, 0, 0, 255, 0, 0, 0), directoryName(name('C=!DE'))]), extension('2.16.840.1.113730.1.1', element(0x03, Uint8Array.of(0, 0x04))),
    ] }),
    issue({ subject: root, issuer: root, key: rootKey, issuerKey: rootKey, serial: 1, ...alter(2), extensions: [basicConstraints(true), keyUsage(5)] }),
  ];
  const usage = dice.chance(25) ? 3 : 2;
  const named = usage === 3 ? chain[0] : dice.pick(chain.slice(1));
  const data = createHash('sha256').update(named as Uint8Array).digest('hex');
  const full = dice.chance(10);
  const record = { usage, selector: 0, matchingType: full ? 0 : 1, data: full ? Buffer.from(named as Uint8Array).toString('hex') : data };
  return { id, changes: told, names: dice.chance(60) ? ['mx.example.org'] : [], nowMs: NOW, chain, records: [record] };
}

/** One element somewhere in the tree becomes another; all lengths are written anew. */
function altered(octets: Uint8Array, dice: Dice, told: string[]): Uint8Array {
  const places = countOf(wholeElement(octets));
  let left = 1 + dice.below(places - 1);
  const rewrite = (one: Element): Uint8Array => {
    if (left-- === 0) return spoilt(one, dice, told);
    const inner = insideOf(one);
    return inner === null ? element(one.tag, one.content) : element(one.tag, ...inner.map(rewrite));
  };
  return rewrite(wholeElement(octets));
}

/** What is constructed, and values of extensions. */
function insideOf(one: Element): readonly Element[] | null {
  if ((one.tag & 0x20) === 0 && one.tag !== 0x04) return null;
  const inner = decoded(() => childrenOf(one));
  return inner.ok && inner.value.length > 0 ? inner.value : null;
}

const countOf = (one: Element): number => 1 + (insideOf(one) ?? []).reduce((sum, inner) => sum + countOf(inner), 0);

/** Without [0] to [2] constructed, which are strings in pieces in many places, and [0] primitive, a list to libssl: BER, a kind in which we differ. */
const TAGS = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c, 0x1e, 0x30, 0x31, 0x81, 0x82, 0x86, 0x87, 0xa3, 0xa4];

function spoilt(one: Element, dice: Dice, told: string[]): Uint8Array {
  const kind = dice.pick(['tag', 'gone', 'twice', 'empty', 'octet', 'octet', 'octet', 'longer', 'shorter', 'null-behind', 'other-content', 'inside-out']);
  told.push(`${kind} of ${Buffer.from(one.raw).toString('hex').slice(0, 60)}`);
  const content = Uint8Array.from(one.content);
  switch (kind) {
    case 'tag': {
      const tag = dice.pick(TAGS);
      told.push(`to ${tag.toString(16)}`);
      return element(tag, content);
    }
    case 'gone': return new Uint8Array();
    case 'twice': return concatBytes(element(one.tag, content), element(one.tag, content));
    case 'empty': return element(one.tag);
    case 'octet': {
      const at = dice.below(Math.max(content.length, 1));
      if (content.length > 0 && insideOf(one) === null) content[at] = dice.pick([0, 0x80, 0xff, dice.below(256), (content[at] as number) ^ 1]);
      told.push(`at ${at}: ${(content[at] ?? 0).toString(16)}`);
      return element(one.tag, content);
    }
    case 'longer': return element(one.tag, (one.tag & 0x20) === 0 ? concatBytes(content, Uint8Array.of(dice.pick([0, 1, 0x80, 0xff]))) : concatBytes(content, element(dice.pick(TAGS), Uint8Array.of(1))));
    case 'shorter': return element(one.tag, (one.tag & 0x20) === 0 ? content.slice(0, -1) : content);
    case 'null-behind': return concatBytes(element(one.tag, content), element(0x05));
    case 'other-content': return element(one.tag, (one.tag & 0x20) === 0 ? latin1(dice.pick(['', 'x', '\0', '0', '*', '20260101000000Z', 'mx.example.org'])) : sequence());
    default: return sequence(element(one.tag, content));
  }
}
