import { describe, expect, test } from 'vitest';
import type { EndpointVerdict, Outcome } from '../../core/dane/facts.ts';
import type { Destination, DestinationHost } from '../../core/destination/facts.ts';
import { domainOutcome } from '../../core/inspection/outcome.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { DomainOutcome, Run } from '../../core/inspection/run.ts';

const reason = { code: 'r', text: 'because', rfc: 'RFC 7672 §2.2', ede: null };

const verdict = (host: string, address: string, outcome: Outcome): EndpointVerdict =>
  ({ host, address, port: 25, keyType: 'ECDSA', connection: 1, outcome, reason, chain: [], matched: null, names: null, dates: 'valid' });

const HOST: DestinationHost = {
  name: 'a', preference: 0, mxStatus: 'secure', addresses: [], addressStatus: 'bogus', canonicalName: 'a', tlsaCandidates: [], tlsaBaseDomain: null,
  tlsa: 'lookup-failed', tlsaTtl: 0, records: [], referenceIdentifiers: [], reason,
};

/** Each host with the outcomes of its endpoints. */
function outcomeOf(hosts: { readonly [host: string]: readonly Outcome[] }, changes: Partial<Run> = {}, kind: Destination['kind'] = 'mx'): DomainOutcome {
  const names = Object.keys(hosts);
  const destination: Destination = { kind, domain: 'd.example', hosts: names.map((name, index) => ({ name, preference: index * 10 })), mxStatus: 'secure', reason: null };
  const endpoints = names.flatMap((host) => (hosts[host] ?? []).map((outcome, index) => ({ verdict: verdict(host, `192.0.2.${index}`, outcome), seq: 1, comparisons: [] })));
  return domainOutcome({ ...EMPTY_RUN, state: 'finished', destination, endpoints, ...changes });
}

describe('the domain', () => {
  test.each<[string, { readonly [host: string]: readonly Outcome[] }, Outcome, string]>([
    ['authenticated everywhere', { a: ['authenticated'], b: ['authenticated'] }, 'authenticated', 'Mail to d.example is authenticated on all 2 MX hosts'],
    ['authenticated on the only host', { a: ['authenticated', 'authenticated'] }, 'authenticated', 'Mail to d.example is authenticated on its MX host'],
    ['refused everywhere', { a: ['refused'], b: ['refused', 'refused'] }, 'refused', 'Mail from senders that do DANE is delayed and will bounce'],
    ['failing everywhere', { a: ['lookup-failed'] }, 'lookup-failed', 'Mail from senders that do DANE is delayed and will bounce'],
    ['refused or failing everywhere', { a: ['lookup-failed'], b: ['refused'] }, 'refused', 'Mail from senders that do DANE is delayed and will bounce'],
    ['refused on some', { a: ['authenticated'], b: ['refused'] }, 'refused', 'Mail gets through by 1 of 2 MX hosts; b is skipped by senders that do DANE'],
    ['refused at one of two addresses', { a: ['authenticated', 'refused'] }, 'refused', 'Mail gets through, but 1 of 2 endpoints of a is refused'],
    ['as without DANE', { a: ['opportunistic'] }, 'opportunistic', 'Mail to d.example goes as without DANE on its MX host'],
    ['all unusable', { a: ['tls-required-unauthenticated'] }, 'tls-required-unauthenticated', 'Mail to d.example needs TLS, but the server is not authenticated on its MX host'],
    ['a mix is named', { a: ['authenticated'], b: ['opportunistic'] }, 'opportunistic', 'Mail to d.example: of 2 MX hosts 1 authenticated, 1 as without DANE'],
    ['nothing could be seen', { a: ['not-determined'] }, 'not-determined', 'What happens to mail to d.example could not be determined from here'],
    ['no endpoint at all is not "all well"', { a: [] }, 'not-determined', 'What happens to mail to d.example could not be determined from here'],
    ['what could not be tested does not hide what was', { a: ['authenticated', 'not-determined'] }, 'authenticated', 'Mail to d.example is authenticated on its MX host; 1 endpoint could not be tested from here'],
    ['a host of which nothing is known', { a: ['authenticated'], b: ['not-determined'] }, 'not-determined', 'Mail to d.example: of 2 MX hosts 1 authenticated, 1 not determined from here'],
  ])('%s', (_name, hosts, outcome, headline) => {
    expect(outcomeOf(hosts)).toMatchObject({ outcome, headline });
  });

  test('RFC 7672 §2.1.2: a host whose lookup failed is closed even if nothing was probed', () => {
    expect(outcomeOf({ a: [] }, { hosts: [HOST] })).toMatchObject({ outcome: 'lookup-failed', headline: 'Mail from senders that do DANE is delayed and will bounce' });
  });

  test('RFC 7672 §2.2.1: authenticated hosts that insecure MX records name are no secure delivery to the domain', () => {
    const destination: Destination = { kind: 'mx', domain: 'd.example', hosts: [{ name: 'a', preference: 0 }], mxStatus: 'insecure', reason: null };
    expect(outcomeOf({ a: ['authenticated'] }, { destination })).toMatchObject({
      outcome: 'opportunistic', rfc: 'RFC 7672 §2.2.1', hosts: [{ outcome: 'authenticated' }],
      headline: 'Mail to d.example is authenticated on 1 of 1 MX host, but its MX records are insecure: forged ones can lead it elsewhere',
    });
    expect(outcomeOf({ a: ['refused'] }, { destination })).toMatchObject({ outcome: 'refused' });
  });

  test('RFC 5321 §5.1: a host that is proved to have no address does not hide what the others are', () => {
    const none = { ...HOST, name: 'b', tlsa: 'not-applicable' as const, reason: { ...reason, code: 'no-addresses' } };
    expect(outcomeOf({ a: ['authenticated'], b: [] }, { hosts: [none] })).toMatchObject({ outcome: 'authenticated', headline: 'Mail to d.example is authenticated on its MX host' });
    expect(outcomeOf({ b: [] }, { hosts: [none] })).toMatchObject({ outcome: 'not-determined' });
  });

  test.each([['reset', 'banner', 'not-determined'], ['connect-refused', 'connect', 'not-determined'], ['starttls-not-offered', 'ehlo', 'opportunistic'], ['not-smtp', 'banner', 'opportunistic']] as const)(
    'without DANE, %s at %s: %s', (code, phase, outcome) => {
      const connection = { connection: { host: 'a' }, failure: { code, phase, text: 'It ends.', replyCode: null }, parameters: null, tlsFailure: null } as unknown as Run['connections'][number];
      expect(outcomeOf({ a: ['opportunistic'] }, { connections: [connection] })).toMatchObject({ outcome, hosts: [{ outcome }] });
    });

  test('of a host that was named is not called an MX host', () => {
    expect(outcomeOf({ 'd.example': ['authenticated'] }, {}, 'host').headline).toBe('Mail to d.example is authenticated');
    expect(outcomeOf({ 'd.example': ['refused'] }, {}, 'host').headline).toBe('Senders that do DANE do not deliver to d.example');
  });

  test('is pending while it runs, host by host', () => {
    const running = outcomeOf({ a: ['authenticated'], b: [] }, { state: 'running' });
    expect(running).toMatchObject({ outcome: 'pending', headline: 'Checking 2 MX hosts of d.example', hosts: [{ outcome: 'authenticated' }, { outcome: 'pending' }] });
  });
});

describe('without hosts', () => {
  test.each<[Destination['kind'], Outcome, string]>([
    ['null-mx', 'not-determined', 'd.example accepts no mail (null MX, RFC 7505)'],
    ['domain-does-not-exist', 'not-determined', 'd.example does not exist (secure proof)'],
    ['no-mail-host', 'not-determined', 'd.example has neither MX hosts nor an address: it gets no mail'],
    ['lookup-failed', 'lookup-failed', 'The MX lookup of d.example fails: mail from senders that do DANE is delayed and will bounce'],
  ])('%s', (kind, outcome, headline) => {
    expect(outcomeOf({}, {}, kind)).toMatchObject({ outcome, headline, hosts: [] });
  });

  test('RFC 4035 §5.5: where the MX RRset is bogus, every sender behind a validating resolver is told of', () => {
    const destination: Destination = { kind: 'lookup-failed', domain: 'd.example', hosts: [], mxStatus: 'bogus', reason };
    expect(domainOutcome({ ...EMPTY_RUN, state: 'finished', destination })).toMatchObject({ outcome: 'lookup-failed', headline: 'Validating senders cannot find the MX hosts of d.example at all: mail from them is delayed and will bounce' });
  });
});
