/** Seeded generation of verification cases: a path that holds, then up to four things changed about it. */
import { createHash } from 'node:crypto';
import { toHex } from '../../core/base/bytes.ts';
import type { TlsaFields } from '../../core/dane/usable.ts';
import { NULL, element, latin1, objectIdentifier, sequence } from '../x509/der-writer.ts';
import {
  ANY_PURPOSE, CLIENT_AUTH, NOW, SERVER_AUTH, attribute, authorityKeyIdentifier, basicConstraints, directoryName, dnsName, extendedKeyUsage, extension, ipName, issue,
  issuerPart, keyIdentifierPart, keyUsage, mailName, name, nameConstraints, newKey, otherName, serialPart, signatureAlgorithm, subjectAltName,
  subjectKeyIdentifier, uriName,
} from '../x509/issue.ts';
import type { Fields, KeyKind, TestKey } from '../x509/issue.ts';

export interface GeneratedCase {
  readonly id: string;
  /** what was changed */
  readonly changes: readonly string[];
  readonly names: readonly string[];
  readonly nowMs: number;
  readonly records: readonly TlsaFields[];
  readonly chain: readonly Uint8Array[];
}

/** A small generator with a seed (mulberry32): the same cases on every machine, but for keys. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** from 0 up to, not including, `limit` */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }
}

/** A certificate to be: its fields and its extensions by purpose, so that changes can replace one. */
interface Draft {
  fields: Fields;
  readonly extensions: Map<string, Uint8Array>;
}

interface Drafts {
  /** leaf first, root last */
  readonly path: Draft[];
  /** certificates beside the path: cross-signed, renewed, unrelated */
  readonly others: Draft[];
  names: string[];
  nowMs: number;
  readonly changes: string[];
}

const HOST = 'mx.example.org';
const KINDS: readonly KeyKind[] = ['P-256', 'P-256', 'P-256', 'P-256', 'P-384', 'Ed25519', 'RSA-2048', 'RSA-1024', 'RSA-PSS'];

/** Keys are dear; a stock of each kind will do. */
export function keyStock(): readonly TestKey[] {
  return [...KINDS, ...KINDS].map((kind) => newKey(kind));
}

export function generateCase(id: string, dice: Dice, keys: readonly TestKey[]): GeneratedCase {
  const drafts = validPath(dice, keys);
  const count = dice.pick([0, 1, 1, 1, 2, 2, 3, 4]);
  for (let step = 0; step < count; step += 1) change(drafts, dice, keys);
  const path = drafts.path.map(certificate);
  const others = drafts.others.map(certificate);
  const chain = presented(path, others, drafts, dice);
  return { id, changes: drafts.changes, names: drafts.names, nowMs: drafts.nowMs, chain, records: records([...path, ...others, ...chain], dice, drafts) };
}

const keyIdentifier = (key: TestKey): Uint8Array => Uint8Array.from(createHash('sha1').update(key.spki).digest());

function validPath(dice: Dice, keys: readonly TestKey[]): Drafts {
  const length = dice.pick([2, 2, 3, 3, 3, 4, 5]);
  const pathKeys = Array.from({ length }, () => dice.pick(keys));
  const subjects = pathKeys.map((_, position) => (position === 0 ? name(dice.pick(['', `CN=${HOST}`, 'O=Mail'])) : name(`O=Test,CN=Authority ${position}`)));
  const withIdentifiers = dice.chance(60);
  const path = pathKeys.map((key, position): Draft => {
    const issuer = Math.min(position + 1, length - 1);
    const extensions = new Map<string, Uint8Array>();
    if (position === 0) extensions.set('names', subjectAltName(dnsName(HOST)));
    if (position > 0 || dice.chance(30)) extensions.set('basicConstraints', basicConstraints(position > 0, position > 0 && dice.chance(20) ? position - 1 : null));
    if (dice.chance(50)) extensions.set('keyUsage', position > 0 ? keyUsage(5, 6) : keyUsage(0));
    if (position === 0 && dice.chance(50)) extensions.set('purpose', extendedKeyUsage(SERVER_AUTH, CLIENT_AUTH));
    if (withIdentifiers) {
      extensions.set('subjectKey', subjectKeyIdentifier(keyIdentifier(key)));
      extensions.set('authorityKey', authorityKeyIdentifier(keyIdentifierPart(keyIdentifier(pathKeys[issuer] as TestKey))));
    }
    return { extensions, fields: { subject: subjects[position] as Uint8Array, issuer: subjects[issuer] as Uint8Array, key, issuerKey: pathKeys[issuer] as TestKey, serial: position + 1 } };
  });
  return { path, others: [], names: [HOST], nowMs: NOW, changes: [] };
}

const certificate = ({ fields, extensions }: Draft): Uint8Array => issue({ ...fields, extensions: [...extensions.values()] });

type Change = (drafts: Drafts, dice: Dice, keys: readonly TestKey[]) => void;

function change(drafts: Drafts, dice: Dice, keys: readonly TestKey[]): void {
  const [kind, apply] = dice.pick(Object.entries(CHANGES));
  drafts.changes.push(kind);
  apply(drafts, dice, keys);
}

const any = (drafts: Drafts, dice: Dice): Draft => dice.pick([...drafts.path, ...drafts.others]);
const authority = (drafts: Drafts, dice: Dice): Draft => dice.pick(drafts.path.slice(1));
const DAY = 86_400_000;

const CHANGES: { readonly [kind: string]: Change } = {
  dates: (drafts, dice) => {
    const draft = any(drafts, dice);
    draft.fields = { ...draft.fields, ...dice.pick([
      { notAfter: NOW - DAY }, { notBefore: NOW + DAY }, { notAfter: NOW }, { notBefore: NOW }, { notAfter: NOW + 1000 }, { notBefore: NOW + 1000 },
      { notAfter: Date.UTC(2050, 0, 1) }, { notAfter: Date.UTC(9999, 11, 31) }, { notBefore: Date.UTC(1951, 0, 1) }, { notBefore: Date.UTC(1949, 0, 1) },
    ]) };
  },
  time: (drafts, dice) => { drafts.nowMs += dice.pick([-20, -10, 90, 100, 89]) * DAY; },
  signature: (drafts, dice) => { const draft = any(drafts, dice); draft.fields = { ...draft.fields, breakSignature: true }; },
  'signing-key': (drafts, dice, keys) => { const draft = any(drafts, dice); draft.fields = { ...draft.fields, issuerKey: dice.pick(keys) }; },
  'outer-algorithm': (drafts, dice, keys) => { const draft = any(drafts, dice); draft.fields = { ...draft.fields, outerAlgorithm: signatureAlgorithm(dice.pick(keys)) }; },
  sha1: (drafts, dice) => { const draft = any(drafts, dice); if (draft.fields.issuerKey.kind !== 'RSA-PSS') draft.fields = { ...draft.fields, sha1: true }; },
  version: (drafts, dice) => { const draft = any(drafts, dice); draft.fields = { ...draft.fields, version: dice.pick([0, 1, 2]) }; },
  'version-1-root': (drafts) => {
    const root = drafts.path.at(-1) as Draft;
    root.fields = { ...root.fields, version: 0 };
    root.extensions.clear();
  },
  'basic-constraints': (drafts, dice) => {
    const draft = any(drafts, dice);
    const made = dice.pick([null, basicConstraints(true), basicConstraints(false), basicConstraints(true, 0), basicConstraints(true, 1, false), basicConstraints(false, 0), extension('2.5.29.19', sequence(element(0x01, Uint8Array.of(0xff)), element(0x02, Uint8Array.of(0xff))), true), extension('2.5.29.19', latin1('x'))]);
    put(draft, 'basicConstraints', made);
  },
  'path-length': (drafts, dice) => put(authority(drafts, dice), 'basicConstraints', basicConstraints(true, dice.below(3))),
  'key-usage': (drafts, dice) => put(any(drafts, dice), 'keyUsage', dice.pick([null, keyUsage(5), keyUsage(0), keyUsage(6), keyUsage(2), keyUsage(4), keyUsage(7), keyUsage(8), keyUsage(), keyUsage(0, 5)])),
  'extended-key-usage': (drafts, dice) => put(any(drafts, dice), 'purpose', dice.pick([null, extendedKeyUsage(CLIENT_AUTH), extendedKeyUsage(ANY_PURPOSE), extendedKeyUsage(SERVER_AUTH), extendedKeyUsage('2.16.840.1.113730.4.1'), extendedKeyUsage('1.3.6.1.4.1.311.10.3.3'), extendedKeyUsage()])),
  'netscape-type': (drafts, dice) => put(any(drafts, dice), 'netscape', extension('2.16.840.1.113730.1.1', element(0x03, Uint8Array.of(0, dice.pick([0x80, 0x40, 0x04, 0x02, 0x01, 0xff]))))),
  'critical-extension': (drafts, dice) => put(any(drafts, dice), 'unknown', extension(dice.pick(['1.2.3.4', '2.5.29.36', '2.5.29.32', '2.5.29.54', '1.3.6.1.5.5.7.1.1', '2.5.29.35', '2.5.29.14', '1.3.6.1.5.5.7.48.1.5']), dice.pick([NULL, sequence()]), dice.chance(70))),
  'twice-the-same': (drafts, dice) => {
    const draft = any(drafts, dice);
    const first = [...draft.extensions.values()][0];
    if (first !== undefined) draft.extensions.set('twice', first);
  },
  'malformed-extension': (drafts, dice) => put(any(drafts, dice), 'malformed', extension(dice.pick(['2.5.29.15', '2.5.29.17', '2.5.29.30', '2.5.29.31', '2.5.29.35', '2.5.29.37', '2.5.29.14', '1.3.6.1.5.5.7.1.14']), dice.pick([NULL, new Uint8Array(), sequence(NULL), latin1('\x30\x05\x01')]))),
  'subject-key': (drafts, dice, keys) => put(any(drafts, dice), 'subjectKey', dice.pick([null, subjectKeyIdentifier(keyIdentifier(dice.pick(keys)))])),
  'authority-key': (drafts, dice, keys) => {
    const draft = any(drafts, dice);
    const root = drafts.path.at(-1) as Draft;
    put(draft, 'authorityKey', dice.pick([
      null, authorityKeyIdentifier(), authorityKeyIdentifier(keyIdentifierPart(keyIdentifier(dice.pick(keys)))), authorityKeyIdentifier(serialPart(dice.below(5))),
      authorityKeyIdentifier(issuerPart(root.fields.subject), serialPart(dice.below(6))), authorityKeyIdentifier(issuerPart(name('CN=Nobody'))),
      authorityKeyIdentifier(issuerPart((draft.fields.issuer))),
    ]));
  },
  'issuer-name': (drafts, dice) => {
    const draft = any(drafts, dice);
    const position = drafts.path.indexOf(draft);
    const number = Math.min(position + 1, drafts.path.length - 1);
    draft.fields = { ...draft.fields, issuer: name(dice.pick([
      `O=Test,CN=authority ${number}`, `O=TEST,CN=  Authority   ${number} `, `O=!Test,CN=!AUTHORITY ${number}`, `O=Test,CN=Authority${number}`, `CN=Authority ${number},O=Test`, `O=~test,CN=~Authority ${number}`, '',
    ])) };
  },
  'subject-name': (drafts, dice) => {
    const leaf = drafts.path[0] as Draft;
    leaf.fields = { ...leaf.fields, subject: dice.pick([name('CN=mx.example.org,emailAddress=~post@example.org'), name('CN=*.example.org'), name('CN=other.example.net'), name('C=!DE,O=Test'), name('CN=x,CN=MX.example.org'), leaf.fields.issuer, name('CN=mx.example.org\0.example.net'), name('emailAddress=post@example.org')]) };
  },
  'subject-alt-name': (drafts, dice) => put(dice.chance(85) ? drafts.path[0] as Draft : any(drafts, dice), 'names', dice.pick([
    null, subjectAltName(), subjectAltName(dnsName('*.example.org')), subjectAltName(dnsName('MX.Example.ORG')), subjectAltName(dnsName('m*.example.org')), subjectAltName(dnsName('*x.example.org')), subjectAltName(dnsName('*.org')),
    subjectAltName(dnsName('mx.*.org')), subjectAltName(dnsName('*.*.org')), subjectAltName(mailName('post@example.org')), subjectAltName(ipName(192, 0, 2, 1)), subjectAltName(dnsName('mx.example.org\0.test')), subjectAltName(dnsName('mx.example.org.')),
    subjectAltName(uriName('https://mx.example.org/'), dnsName('other.example.org')), subjectAltName(dnsName('other.example.net'), dnsName(HOST)), subjectAltName(directoryName(name('O=Test,CN=x')), dnsName(HOST)),
    subjectAltName(dnsName('*.example.org-')), subjectAltName(dnsName('*.-example.org')), subjectAltName(dnsName('*.ex_ample.org')), subjectAltName(dnsName('*.xn--bcher-kva.org')), subjectAltName(dnsName('')), subjectAltName(otherName('1.2.3.5', element(0x0c, latin1('post@example.org'))), dnsName(HOST)),
    subjectAltName(uriName('mailto:post@example.org'), dnsName(HOST)), subjectAltName(mailName('no-at-sign'), dnsName(HOST)), subjectAltName(ipName(1, 2, 3), dnsName(HOST)), subjectAltName(otherName('1.2.3.4', NULL), dnsName(HOST)),
  ])),
  'reference-names': (drafts, dice) => { drafts.names = dice.pick([['MX.EXAMPLE.ORG'], ['other.example.org'], ['example.org', HOST], ['a.b.example.org'], ['.example.org'], ['.org'], ['mx.example.org.test'], ['mx1.bücher.org'], ['mx.xn--bcher-kva.org'], ['xn--mx.example.org'], ['x_y.example.org'], [], ['-.example.org'], ['mx'], ['*.example.org']]); },
  'name-constraints': (drafts, dice) => {
    const bases = [
      dnsName('example.org'), dnsName('.example.org'), dnsName('mx.example.org'), dnsName('org'), dnsName(''), dnsName('example.net'), dnsName('EXAMPLE.org'), mailName('example.org'), mailName('.org'), mailName('post@example.org'), mailName('@example.org'), mailName('POST@example.org'),
      uriName('mx.example.org'), uriName('.example.org'), uriName('example.net'), ipName(192, 0, 2, 0, 255, 255, 255, 0), ipName(10, 0, 0, 0, 255, 0, 0, 0), ipName(...Array.from({ length: 32 }, () => 0)), ipName(1, 2, 3),
      directoryName(name('O=Test')), directoryName(name('O=test,CN=x')), directoryName(name('')), directoryName(name('CN=mx.example.org')), otherName('1.2.3.4', NULL),
    ];
    const some = (): Uint8Array[] => Array.from({ length: dice.below(3) }, () => dice.pick(bases));
    put(authority(drafts, dice), 'nameConstraints', nameConstraints(some(), some()));
  },
  'constraint-bounds': (drafts, dice) => put(authority(drafts, dice), 'nameConstraints', extension('2.5.29.30', sequence(element(0xa0, sequence(dnsName('example.org'), ...dice.pick([[element(0x80, Uint8Array.of(0))], [element(0x80, Uint8Array.of(1))], [element(0x81, Uint8Array.of(1))]])))), true)),
  'self-issued': (drafts, dice, keys) => {
    const position = 1 + dice.below(drafts.path.length - 1);
    const draft = drafts.path[position] as Draft;
    const below = drafts.path[position - 1] as Draft;
    const key = dice.pick(keys);
    const extensions = new Map(draft.extensions);
    put(draft, 'subjectKey', subjectKeyIdentifier(keyIdentifier(draft.fields.key)));
    extensions.set('authorityKey', authorityKeyIdentifier(keyIdentifierPart(keyIdentifier(draft.fields.key))));
    extensions.set('subjectKey', subjectKeyIdentifier(keyIdentifier(key)));
    put(below, 'authorityKey', dice.pick([null, authorityKeyIdentifier(keyIdentifierPart(keyIdentifier(key)))]));
    below.fields = { ...below.fields, issuerKey: key };
    drafts.path.splice(position, 0, { extensions, fields: { ...draft.fields, issuer: draft.fields.subject, key, issuerKey: draft.fields.key, serial: 40 + position } });
  },
  'cross-signed': (drafts, dice, keys) => {
    const draft = authority(drafts, dice);
    const extensions = new Map(draft.extensions);
    extensions.delete('authorityKey');
    const key = dice.pick(keys);
    const issuer = name('O=Other,CN=Cross root');
    drafts.others.push({ extensions, fields: { ...draft.fields, issuer, issuerKey: key, serial: 60 } });
    drafts.others.push({ extensions: new Map([['basicConstraints', basicConstraints(true)]]), fields: { subject: issuer, issuer, key, issuerKey: key, serial: 61 } });
  },
  'renewed-authority': (drafts, dice, keys) => {
    const draft = authority(drafts, dice);
    drafts.others.push({ extensions: new Map(draft.extensions), fields: { ...draft.fields, serial: 70, ...dice.pick([{ notAfter: NOW - DAY }, { notAfter: NOW + 400 * DAY }, { key: dice.pick(keys) }, { breakSignature: true }]) } });
  },
  unrelated: (drafts, dice, keys) => {
    const key = dice.pick(keys);
    drafts.others.push({ extensions: new Map([['basicConstraints', basicConstraints(true)]]), fields: { subject: name('CN=Unrelated'), issuer: name('CN=Unrelated'), key, issuerKey: key } });
  },
  'leaf-alone': (drafts) => { drafts.path.splice(1); const leaf = drafts.path[0] as Draft; leaf.fields = { ...leaf.fields, issuer: leaf.fields.subject, issuerKey: leaf.fields.key }; leaf.extensions.delete('authorityKey'); drafts.path.push({ ...leaf }); },
  'multi-valued-name': (drafts, dice) => {
    const parent = authority(drafts, dice);
    const position = drafts.path.indexOf(parent);
    const attributes = [attribute('CN', 'Many'), attribute('O', 'Test')];
    const set = (order: readonly Uint8Array[]): Uint8Array => sequence(element(0x31, ...order));
    parent.fields = { ...parent.fields, subject: set(attributes) };
    const below = drafts.path[position - 1] as Draft;
    below.fields = { ...below.fields, issuer: set(attributes.toReversed()) };
    if (position === drafts.path.length - 1) parent.fields = { ...parent.fields, issuer: parent.fields.subject };
  },
  'time-form': (drafts, dice) => {
    const draft = any(drafts, dice);
    const [from, to] = [[element(0x17, latin1('260101000000Z')), element(0x18, latin1('20260101000000Z')), element(0x17, latin1('2601010000Z')), element(0x17, latin1('260101000000+0100')), element(0x17, latin1('261301000000Z')), element(0x17, latin1('260230000000Z')), element(0x18, latin1('20260101000000.5Z')), element(0x17, latin1('500101000000Z')), element(0x17, latin1('490101000000Z'))],
      [element(0x17, latin1('270101000000Z')), element(0x18, latin1('20270101000000Z')), element(0x18, latin1('99991231235959Z')), element(0x17, latin1('2701010000Z')), element(0x18, latin1('20270101000000')), element(0x17, latin1('270101000060Z')), element(0x17, latin1('270101240000Z')), element(0x17, latin1('280229000000Z')), element(0x17, latin1('270229000000Z'))]] as const;
    draft.fields = { ...draft.fields, validity: sequence(dice.pick(from), dice.pick(to)) };
  },
  'name-encoding': (drafts, dice) => {
    const parent = authority(drafts, dice);
    const position = drafts.path.indexOf(parent);
    const written = (): Uint8Array => {
      const [tag, octets] = dice.pick([[0x0c, [0x41, 0xc3, 0xa4, 0x20, 0x42]], [0x14, [0x61, 0xe4, 0x20, 0x42]], [0x1e, [0, 0x41, 0, 0xe4, 0, 0x20, 0, 0x62]], [0x1c, [0, 0, 0, 0x41, 0, 0, 0, 0xe4, 0, 0, 0, 0x20, 0, 0, 0, 0x42]], [0x0c, [0x20, 0x41, 0xc3, 0xa4, 0x09, 0x20, 0x42, 0x0a]], [0x13, [0x61, 0xe4, 0x20, 0x62]], [0x16, [0x41, 0xe4, 0x20, 0x42]], [0x1a, [0x41, 0xe4, 0x20, 0x42]], [0x12, [0x41, 0x20]], [0x0c, [0xef, 0xbb, 0xbf, 0x41]], [0x1e, [0xd8, 0x00, 0, 0x41]], [0x0c, [0xed, 0xa0, 0x80]], [0x0c, [0xff]], [0x04, [0x41]], [0x0c, []], [0x0c, [0x20]], [0x0c, [0x41, 0xc2, 0xa0, 0x42]], [0x0c, [0x41, 0x0b, 0x42]]] as const);
      return sequence(element(0x31, sequence(objectIdentifier(dice.pick(['2.5.4.3', '2.5.4.3', '2.5.4.10'])), element(tag, Uint8Array.from(octets)))));
    };
    const once = written();
    parent.fields = { ...parent.fields, subject: once };
    const below = drafts.path[position - 1] as Draft;
    below.fields = { ...below.fields, issuer: dice.chance(40) ? once : written() };
    if (position === drafts.path.length - 1 && dice.chance(80)) parent.fields = { ...parent.fields, issuer: parent.fields.subject };
  },
  'behind-an-extension': (drafts, dice) => put(any(drafts, dice), dice.pick(['basicConstraints', 'keyUsage', 'names']), extension(dice.pick(['2.5.29.19', '2.5.29.15', '2.5.29.17']), dice.pick([Uint8Array.of(0x30, 3, 1, 1, 0xff, 5, 0), Uint8Array.of(3, 2, 5, 0xa0, 0), Uint8Array.of(3, 2, 2, 4), Uint8Array.of(0x30, 0, 0), Uint8Array.of(0x30, 3, 1, 1, 1), Uint8Array.of(0x30, 3, 1, 1, 0), Uint8Array.of(0x30, 6, 1, 1, 0xff, 2, 1, 0), Uint8Array.of(0x30, 3, 2, 1, 0)]), dice.chance(50))),
  'algorithm-parameters': (drafts, dice) => {
    const draft = any(drafts, dice);
    draft.fields = { ...draft.fields, algorithm: sequence(objectIdentifier(dice.pick(['1.2.840.10045.4.3.2', '1.2.840.113549.1.1.11', '1.2.840.10045.4.3.3', '1.3.101.112', '1.2.3.4'])), ...dice.pick([[], [NULL], [sequence()]])) };
  },
  'key-form': (drafts, dice) => {
    const draft = any(drafts, dice);
    const { spki } = draft.fields.key;
    const rsa = Buffer.from(spki).indexOf(Buffer.from('06092a864886f70d0101010500', 'hex'));
    // An RSA key without its NULL parameters.
    if (rsa > 0) draft.fields = { ...draft.fields, spki: sequence(sequence(objectIdentifier('1.2.840.113549.1.1.1')), spki.slice(rsa + 13)) };
    // A P-256 key as compressed point.
    else if (draft.fields.key.kind === 'P-256') draft.fields = { ...draft.fields, spki: sequence(sequence(objectIdentifier('1.2.840.10045.2.1'), objectIdentifier('1.2.840.10045.3.1.7')), element(0x03, Uint8Array.of(0, 2 + ((spki.at(-1) as number) & 1)), spki.slice(27, 59))) };
  },
  'unique-identifiers': (drafts, dice) => { const draft = any(drafts, dice); draft.fields = { ...draft.fields, uniqueIdentifiers: dice.pick([[element(0x81, Uint8Array.of(0, 1))], [element(0x82, Uint8Array.of(0, 1))], [element(0x81, Uint8Array.of(0, 1)), element(0x82, Uint8Array.of(0, 7))], [NULL], [element(0xa1, NULL)]]) }; },
  'general-names': (drafts, dice) => put(drafts.path[0] as Draft, 'names', subjectAltName(dnsName(HOST), dice.pick([element(0xa3, NULL), element(0xa5, NULL), element(0x88, Uint8Array.of(0x2a, 3)), element(0x89, latin1('x')), element(0xa4, NULL), element(0x84, latin1('x')), otherName('1.2.3', NULL), element(0xa0, NULL), element(0x88, Uint8Array.of(0x80)), ipName()]))),
  'distribution-points': (drafts, dice) => put(any(drafts, dice), 'points', extension('2.5.29.31', sequence(...dice.pick([[], [sequence()], [sequence(element(0xa0, element(0xa0, uriName('http://example.org/crl'))))], [sequence(element(0xa0, element(0xa1, attribute('CN', 'x'))))], [sequence(element(0x81, Uint8Array.of(1, 6)))], [sequence(element(0xa2, directoryName(name('CN=x'))))], [sequence(element(0xa0, NULL))], [sequence(NULL)], [sequence(element(0xa0, element(0xa2, NULL)))], [sequence(element(0xa2, NULL))]])))),
  'serial-number': (drafts, dice) => { const draft = any(drafts, dice); draft.fields = { ...draft.fields, serialElement: element(0x02, dice.pick([Uint8Array.of(0), Uint8Array.of(0xff), new Uint8Array(30).fill(0x55), Uint8Array.of(0, 1), Uint8Array.of(0, 0), new Uint8Array()])) }; },
  'version-number': (drafts, dice) => { const draft = any(drafts, dice); draft.fields = { ...draft.fields, version: dice.pick([3, 4, 200, 70_000]) }; },
  'proxy': (drafts, dice) => put(any(drafts, dice), 'proxy', extension('1.3.6.1.5.5.7.1.14', sequence(sequence(objectIdentifier('1.3.6.1.5.5.7.21.1'))), true)),
  'key-algorithm': (drafts, dice) => {
    const draft = any(drafts, dice);
    const { spki } = draft.fields.key;
    // An algorithm that no library knows, around the same key.
    draft.fields = { ...draft.fields, spki: sequence(sequence(objectIdentifier('1.2.3.4.5')), element(0x03, Uint8Array.of(0), spki.slice(-20))) };
  },
};

function put(draft: Draft, kind: string, value: Uint8Array | null): void {
  if (value === null) draft.extensions.delete(kind);
  else draft.extensions.set(kind, value);
}

/** What the server sends: mostly all in order; else with something left out, moved, doubled or added. */
function presented(path: readonly Uint8Array[], others: readonly Uint8Array[], drafts: Drafts, dice: Dice): Uint8Array[] {
  const chain = [...path];
  for (const other of others) chain.splice(1 + dice.below(chain.length), 0, other);
  if (dice.chance(70)) return chain;
  const kind = dice.pick(['without-root', 'without-one', 'reversed', 'doubled', 'leaf-only', 'leaf-not-first', 'shuffled']);
  drafts.changes.push(kind);
  const at = Math.min(1 + dice.below(Math.max(chain.length - 1, 1)), chain.length - 1);
  switch (kind) {
    case 'without-root': return chain.slice(0, -1);
    case 'without-one': return chain.filter((_, index) => index !== at || chain.length === 1);
    case 'reversed': return [chain[0] as Uint8Array, ...chain.slice(1).reverse()];
    case 'doubled': return [...chain, chain[at] as Uint8Array];
    case 'leaf-only': return chain.slice(0, 1);
    case 'leaf-not-first': return [...chain.slice(1), chain[0] as Uint8Array];
    default: return [chain[0] as Uint8Array, ...chain.slice(1).sort(() => dice.below(3) - 1)];
  }
}

function records(certificates: readonly Uint8Array[], dice: Dice, drafts: Drafts): TlsaFields[] {
  return Array.from({ length: dice.pick([1, 1, 1, 2, 2, 3]) }, () => {
    const usage = dice.pick([2, 2, 2, 2, 2, 2, 3, 3, 3, 0, 1, 4]);
    const subject = usage === 3 && dice.chance(60) ? certificates[0] : usage === 2 && dice.chance(60) ? dice.pick(certificates.slice(1)) : dice.pick(certificates);
    const selector = dice.pick([0, 0, 0, 0, 1, 1, 1, 1, 2]);
    const matchingType = dice.pick([0, 0, 1, 1, 1, 1, 2, 2, 2, 3]);
    const data = associated(subject ?? (certificates[0] as Uint8Array), { selector, matchingType }, drafts, dice);
    return { usage, selector, matchingType, data: toHex(data) };
  });
}

function associated(certificate: Uint8Array, { selector, matchingType }: Pick<TlsaFields, 'selector' | 'matchingType'>, drafts: Drafts, dice: Dice): Uint8Array {
  const draft = [...drafts.path, ...drafts.others].find(({ fields }) => contains(certificate, fields.spki ?? fields.key.spki));
  const selected = selector === 0 ? certificate : draft?.fields.spki ?? draft?.fields.key.spki ?? certificate;
  const data = matchingType === 1 ? digest('sha256', selected) : matchingType === 2 ? digest('sha512', selected) : Uint8Array.from(selected);
  if (dice.chance(12)) data[data.length - 1] = (data.at(-1) as number) ^ 1;
  if (dice.chance(4)) return data.slice(0, -1);
  return data;
}

const digest = (algorithm: string, bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash(algorithm).update(bytes).digest());

const contains = (outer: Uint8Array, inner: Uint8Array): boolean => Buffer.from(outer).includes(Buffer.from(inner));
