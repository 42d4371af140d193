/** Names under constraints on several levels, and names that a sender looks for: of every kind, near and far, sound and broken. */
import { createHash } from 'node:crypto';
import { element, latin1, objectIdentifier, sequence, setOf } from '../x509/der-writer.ts';
import {
  NOW, attribute, basicConstraints, directoryName, dnsName, ipName, issue, mailName, name, nameConstraints, otherName, subjectAltName, uriName,
} from '../x509/issue.ts';
import type { TestKey } from '../x509/issue.ts';
import type { Dice, GeneratedCase } from './generated-cases.ts';

const HOST = 'mx.example.org';

export function generateNames(id: string, dice: Dice, keys: readonly TestKey[]): GeneratedCase {
  const depth = dice.pick([1, 2, 2, 3]);
  const key = keys[0] as TestKey;
  const subjects = Array.from({ length: depth + 1 }, (_, level) => (level === 0 ? leafSubject(dice) : authoritySubject(level, dice)));
  for (let level = 1; level < depth; level += 1) if (dice.chance(12)) subjects[level] = subjects[level + 1] as Uint8Array;
  const chain = subjects.map((subject, level) => issue({
    subject, issuer: subjects[Math.min(level + 1, depth)] as Uint8Array, key, issuerKey: key, serial: level + 1,
    extensions: level === 0 ? leafExtensions(dice) : [basicConstraints(true), ...(dice.chance(55) ? [constraints(dice)] : []), ...(dice.chance(12) ? [subjectAltName(...alternatives(dice))] : [])],
  }));
  const names = dice.pick([[], [HOST], [HOST], [HOST], referenceNames(dice)]);
  const anchor = chain.at(-1) as Uint8Array;
  return { id, changes: ['names'], names, nowMs: NOW, chain, records: [{ usage: 2, selector: 0, matchingType: 1, data: createHash('sha256').update(anchor).digest('hex') }] };
}

const some = <Value>(dice: Dice, most: number, make: () => Value): Value[] => Array.from({ length: dice.below(most + 1) }, make);

const LABELS = ['mx', 'example', 'org', 'net', 'a', 'EXAMPLE', 'ex-ample', 'ex_ample', 'xn--bcher-kva', '*', 'm*', '', '-a', 'a-', '1', 'b\u00fccher', 'example org', 'ex\0'];
const label = (dice: Dice): string => (dice.chance(70) ? dice.pick(LABELS.slice(0, 6)) : dice.pick(LABELS));
const host = (dice: Dice): string => (dice.chance(45) ? dice.pick([HOST, '*.example.org', 'example.org', 'MX.example.ORG', '.example.org', 'org', 'x.mx.example.org', 'xmx.example.org']) : [...some(dice, 3, () => label(dice)), label(dice)].join('.'));
const address = (dice: Dice): string => dice.pick([`post@${host(dice)}`, `POST@${host(dice)}`, `post@example.org`, `"a@b"@example.org`, 'example.org', '@example.org', 'post@', '', `.${host(dice)}`, 'po\0st@example.org', host(dice)]);
const uri = (dice: Dice): string => dice.pick([`https://${host(dice)}/`, `https://${host(dice)}:25/x`, `https://user@${host(dice)}/`, `ldap://${host(dice)}`, 'https:///x', 'urn:x', `mailto:post@${host(dice)}`, `//${host(dice)}`, `https://[2001:db8::1]/`, `https://192.0.2.1/`, `https://${host(dice)}?x:y`, host(dice)]);
const someIp = (dice: Dice): Uint8Array => dice.pick([ipName(192, 0, 2, 1), ipName(10, 1, 2, 3), ipName(...Array.from({ length: 16 }, (_, at) => at)), ipName(192, 0, 2)]);
const mask = (dice: Dice): Uint8Array => dice.pick([ipName(192, 0, 2, 0, 255, 255, 255, 0), ipName(192, 0, 2, 9, 255, 255, 255, 0), ipName(0, 0, 0, 0, 0, 0, 0, 0), ipName(10, 0, 0, 0, 255, 0, 255, 0), ipName(...Array.from({ length: 32 }, () => 0)), ipName(192, 0, 2, 0), ipName(...Array.from({ length: 32 }, (_, at) => (at < 16 ? at : 255)))]);
const directory = (dice: Dice): Uint8Array => name(dice.pick(['', 'O=Test', 'O=test,CN=mx.example.org', 'O=!TEST', 'CN=mx.example.org', 'O=Test,OU=Mail', 'C=!DE,O=Test', 'O=  Test ', 'O=Testing', 'emailAddress=~post@example.org', 'O=Test,CN=Authority 1']));

/** A value of any kind: of a subject, or of a subtree. */
function anyName(dice: Dice): Uint8Array {
  switch (dice.below(12)) {
    case 0: case 1: return mailName(address(dice));
    case 2: return uriName(uri(dice));
    case 3: return someIp(dice);
    case 4: return directoryName(directory(dice));
    case 5: return otherName('1.2.3.4', element(dice.pick([0x0c, 0x16]), latin1(address(dice).replaceAll(/[^\0-\x7f]/g, 'u'))));
    case 6: return element(0x88, Uint8Array.of(0x2a, 3));
    default: return dnsName(host(dice));
  }
}

function subtree(dice: Dice): Uint8Array {
  switch (dice.below(12)) {
    case 0: case 1: return mailName(address(dice));
    case 2: case 3: return uriName(host(dice));
    case 4: return mask(dice);
    case 5: case 6: return directoryName(directory(dice));
    case 7: return dice.chance(30) ? element(0x88, Uint8Array.of(0x2a, 3)) : otherName('1.2.3.4', element(0x0c, latin1('x')));
    default: return dnsName(host(dice));
  }
}

const constraints = (dice: Dice): Uint8Array => nameConstraints(some(dice, 3, () => subtree(dice)), some(dice, 2, () => subtree(dice)));

const alternatives = (dice: Dice): Uint8Array[] => some(dice, 3, () => anyName(dice));

const leafExtensions = (dice: Dice): Uint8Array[] => (dice.chance(15) ? [] : [subjectAltName(...(dice.chance(60) ? [dnsName(HOST)] : []), ...alternatives(dice))]);

const authoritySubject = (level: number, dice: Dice): Uint8Array => name(dice.pick([`CN=Authority ${level}`, `O=Test,CN=Authority ${level}`, `O=Test,CN=a.example.org,OU=${level}`, `emailAddress=~ca${level}@example.org`]));

/** A CN of any string type, several of them, or none. */
function leafSubject(dice: Dice): Uint8Array {
  if (dice.chance(25)) return directory(dice);
  const cn = (): Uint8Array => {
    const tag = dice.pick([0x0c, 0x0c, 0x13, 0x16, 0x14, 0x1e, 0x1a, 0x12]);
    const text = dice.chance(60) ? host(dice) : dice.pick(['mx.example.org\0', 'mx.example.org\0\0', '\0', 'mx.example.org\0.net', ' mx.example.org', 'mx', '_mx.example.org', 'mx-.example.org', 'mx.example.org.', 'mx..example.org', '127.0.0.1', 'Mail server']);
    const octets = tag === 0x1e ? Array.from(text, (character) => [0, character.charCodeAt(0)]).flat() : [...(tag === 0x0c ? new TextEncoder().encode(text) : latin1(text))];
    return sequence(objectIdentifier('2.5.4.3'), element(tag, Uint8Array.from(octets)));
  };
  const other = dice.pick([attribute('O', 'Test'), attribute('emailAddress', '~post@example.org'), attribute('emailAddress', 'post@example.org'), attribute('C', '!DE')]);
  return sequence(...dice.pick([[setOf(cn())], [setOf(cn()), setOf(cn())], [setOf(other), setOf(cn())], [setOf(cn(), other)]]));
}

function referenceNames(dice: Dice): string[] {
  const text = (): string => dice.pick([HOST, 'MX.EXAMPLE.ORG', 'other.example.org', 'example.org', 'a.example.org', 'mx.ex-ample.org', 'mx.xn--bcher-kva.org', 'org', 'a.b.example.org', '.example.org', 'mx', 'mx.example.net', '1.example.org', '*.example.org', 'mx.ex_ample.org', 'xn--mx.example.org']);
  return [text(), ...some(dice, 2, text)];
}
