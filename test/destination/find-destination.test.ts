import { describe, expect, test } from 'vitest';
import { valueOf } from '../../core/base/parallel.ts';
import { findDestination, MAXIMUM_HOSTS, type FoundDestination } from '../../core/destination/find-destination.ts';
import { parseTarget } from '../../core/target/parse.ts';
import type { Target } from '../../core/target/target.ts';
import { addresses, alias, bogus, denied, mx, scriptedDns, timeout, type Answer } from './scripted-dns.ts';

const clock = { monotonic: () => 0 };

function target(text: string): Target {
  const result = parseTarget(text);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function find(text: string, answers: { readonly [question: string]: Answer }): Promise<FoundDestination & { readonly asked: string[] }> {
  const { lookUp, asked } = scriptedDns(answers);
  return { ...(await valueOf(findDestination(target(text), { lookUp, clock, families: [4, 6] }))), asked };
}

describe('RFC 5321 §5.1: MX hosts', () => {
  test('are tried in order of preference, each once', async () => {
    const { destination } = await find('d.example', { 'd.example MX': mx([20, 'b.example'], [10, 'C.example'], [10, 'a.example'], [30, 'b.example']) });
    expect(destination).toMatchObject({ kind: 'mx', mxStatus: 'secure', hosts: [
      { name: 'a.example', preference: 10 }, { name: 'c.example', preference: 10 }, { name: 'b.example', preference: 20 }] });
  });

  test('are not looked for where a host was named; it counts as securely named (RFC 7672 §2.2.2)', async () => {
    const { destination, asked } = await find('mx1.d.example:25', {});
    expect(destination).toMatchObject({ kind: 'host', mxStatus: 'secure', hosts: [{ name: 'mx1.d.example', preference: null }] });
    expect(asked).toEqual([]);
  });

  test('an address literal needs no lookup at all', async () => {
    const { destination, asked } = await find('[2001:db8::25]', {});
    expect(destination).toMatchObject({ kind: 'address-literal', hosts: [{ name: '2001:db8::25' }] });
    expect(asked).toEqual([]);
  });

  test('more than any sender tries are cut, and that is told', async () => {
    const many = Array.from({ length: 30 }, (_, index) => [index, `mx${index}.example`] as const);
    const { lookUp } = scriptedDns({ 'd.example MX': mx(...many) });
    const facts = [];
    for await (const fact of findDestination(target('d.example'), { lookUp, clock, families: [4, 6] })) facts.push(fact);
    expect(facts.find(({ type }) => type === 'dns.notice')).toMatchObject({ code: 'work-limit' });
    expect(facts.find(({ type }) => type === 'destination.found')).toMatchObject({ destination: { hosts: { length: MAXIMUM_HOSTS } } });
  });
});

describe('RFC 5321 §5.1: the implicit MX', () => {
  test('is the domain itself where a secure answer says that there is no MX', async () => {
    const found = await find('d.example', { 'd.example A': addresses('A', '192.0.2.1') });
    expect(found.destination).toMatchObject({ kind: 'implicit-mx', hosts: [{ name: 'd.example' }] });
    expect(found.addresses?.addresses).toMatchObject([{ address: '192.0.2.1' }]);
  });

  test('is there as well where an insecure answer says it', async () => {
    const { destination } = await find('d.example', { 'd.example MX': { status: 'insecure' }, 'd.example A': { ...addresses('A', '192.0.2.1'), status: 'insecure' } });
    expect(destination).toMatchObject({ kind: 'implicit-mx', mxStatus: 'insecure' });
  });

  test.each([['bogus', bogus], ['timeout', timeout]])('RFC 7672 §2.1.1: is not there after a %s', async (_name, answer) => {
    const { destination, asked } = await find('d.example', { 'd.example MX': answer, 'd.example A': addresses('A', '192.0.2.1') });
    expect(destination).toMatchObject({ kind: 'lookup-failed', hosts: [], reason: { rfc: 'RFC 7672 §2.1.2' } });
    expect(asked).toEqual(['d.example MX']);
  });

  test('is not there for a name that does not exist', async () => {
    expect((await find('d.example', { 'd.example MX': denied })).destination).toMatchObject({ kind: 'domain-does-not-exist', mxStatus: 'secure' });
  });

  test('needs an address', async () => {
    expect((await find('d.example', {})).destination).toMatchObject({ kind: 'no-mail-host', hosts: [] });
  });

  test('stays the host where its address lookup fails: that is no proof that there is none', async () => {
    const found = await find('d.example', { 'd.example A': timeout, 'd.example AAAA': {} });
    expect(found.destination).toMatchObject({ kind: 'implicit-mx', hosts: [{ name: 'd.example' }] });
    expect(found.addresses?.failure).not.toBeNull();
  });
});

describe('RFC 7505 §3: null MX', () => {
  test('accepts no mail', async () => {
    expect((await find('d.example', { 'd.example MX': mx([0, '.']) })).destination).toMatchObject({ kind: 'null-mx', hosts: [] });
  });

  test('beside other MX records is no host', async () => {
    expect((await find('d.example', { 'd.example MX': mx([0, '.'], [10, 'mx1.example']) })).destination).toMatchObject({ kind: 'mx', hosts: [{ name: 'mx1.example' }] });
  });
});

test('RFC 7672 §3.2.2: the expansion of an aliased domain is known', async () => {
  const found = await find('d.example', { 'd.example MX': { ...mx([10, 'mx1.example']), ...alias('other.example') } });
  expect(found).toMatchObject({ expandedDomain: 'other.example', destination: { domain: 'd.example' } });
});
