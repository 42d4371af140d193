/** MX and alias names that no person would choose: each is carried as it is, and none ends the run or takes another host with it. */
import { expect, test } from 'vitest';
import { valueOf } from '../../core/base/parallel.ts';
import { toHex } from '../../core/base/bytes.ts';
import { findDestination, type DestinationContext } from '../../core/destination/find-destination.ts';
import { resolveHost } from '../../core/destination/host.ts';
import type { DestinationHost } from '../../core/destination/facts.ts';
import { nameFromLabels, nameText, parseName, sameName, type Name } from '../../core/dns/name.ts';
import type { LookUp } from '../../core/destination/look-up.ts';
import { parseTarget } from '../../core/target/parse.ts';
import { addresses, alias, scriptedDns, type Answer } from './scripted-dns.ts';

const label = (...octets: number[]): Uint8Array => Uint8Array.from(octets);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const LONGEST = nameFromLabels([...Array.from({ length: 3 }, () => new Uint8Array(63).fill(0xff)), new Uint8Array(61).fill(0x5c)]);

const HOSTILE: readonly (readonly [string, Name])[] = [
  ['a dot at the end of the last label', nameFromLabels([text('a'), text('b.')])],
  ['dots inside labels', nameFromLabels([text('mx.1'), text('example')])],
  ['a backslash at the end', nameFromLabels([text('mx'), text('b\\')])],
  ['NUL and 0xff', nameFromLabels([label(0, 0xff, 0x80), text('example')])],
  ['a slash', nameFromLabels([text('a/192.0.2.9/rsa'), text('example')])],
  ['upper-case letters and what looks like an escape', nameFromLabels([text('MX\\065'), text('Example')])],
  ['255 octets', LONGEST],
];

/** The resolver's own reading of names: a name that does not parse would be our bug. */
const strict = (lookUp: LookUp): LookUp => (name, rrtype) => {
  parseName(name);
  return lookUp(name, rrtype);
};

const mxOf = (...hosts: readonly Name[]): Answer => ({
  records: hosts.map((host, index) => ({ owner: 'owner', type: 'MX', ttl: 60, text: '', rdata: toHex(Uint8Array.of(0, 10 + index, ...host)) })),
});

async function hostsOf(answers: { readonly [question: string]: Answer }): Promise<DestinationHost[]> {
  const target = parseTarget('example.org');
  if (!target.ok) throw new Error('the test is wrong');
  const context: DestinationContext = { lookUp: strict(scriptedDns(answers).lookUp), clock: { monotonic: () => 0 }, families: [4] };
  const found = await valueOf(findDestination(target.value, context));
  return Promise.all(found.destination.hosts.map((host) => valueOf(resolveHost({ host, found, port: 25, context, readTlsa: () => [] }))));
}

test.each(HOSTILE)('an MX name with %s is one host beside a healthy one', async (_, name) => {
  const hosts = await hostsOf({ 'example.org MX': mxOf(parseName('mx.example.org'), name), 'mx.example.org A': addresses('A', '192.0.2.1') });
  expect(hosts.map((host) => host.name)).toContain('mx.example.org');
  const hostile = hosts.find((host) => host.name !== 'mx.example.org');
  expect(sameName(parseName(hostile?.name ?? ''), name)).toBe(true);
});

test.each(HOSTILE)('an alias to a name with %s is followed to it', async (_, name) => {
  const hosts = await hostsOf({ 'example.org MX': mxOf(parseName('mx.example.org')), 'mx.example.org A': { ...addresses('A', '192.0.2.1'), ...alias(nameText(name)) } });
  expect(sameName(parseName(hosts[0]?.canonicalName ?? ''), name)).toBe(true);
});
