import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointSubject } from '../../core/base/subject.ts';
import type { EndpointVerdict } from '../../core/dane/facts.ts';
import type { Fact, InspectionEvent } from '../../core/inspection/events.ts';
import { EMPTY_RUN, fold, foldEvent, foldEvents } from '../../core/inspection/fold.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
let events: readonly InspectionEvent[];
beforeAll(async () => {
  lab = await startLab({ only: ['dual-key-one-record'] });
  ({ events } = await inspectInLab(lab, 'dual-key-one-record.example'));
});
afterAll(() => lab.close());

const told = (facts: readonly Fact[]): InspectionEvent[] => facts.map((fact, seq) => ({ ...fact, seq }));

describe('a run is the fold of its events', () => {
  test('nothing is an empty run', () => {
    expect(fold([])).toEqual(EMPTY_RUN);
  });

  test('one event more at a time, or all at once: the same', () => {
    let run = EMPTY_RUN;
    for (const event of events) run = foldEvent(run, event);
    expect(run).toEqual(fold(events));
  });

  test('in batches of any size: the same, and no earlier run is touched', () => {
    const runs = [EMPTY_RUN];
    for (let at = 0; at < events.length; at += 7) runs.push(deepFrozen(foldEvents(runs.at(-1) ?? EMPTY_RUN, events.slice(at, at + 7))));
    expect(runs.at(-1)).toEqual(fold(events));
    for (const [index, run] of runs.entries()) expect(run).toEqual(fold(events.slice(0, index * 7)));
  });

  test('every prefix is a valid run that says what it has', () => {
    for (let length = 1; length < events.length; length += 1) {
      const run = fold(events.slice(0, length));
      expect(run).toMatchObject({ state: 'running', events: length });
      expect(run.outcome.outcome).toBe('pending');
      expect(run.stage).not.toBe('');
    }
  });

  test('an event leaves what it does not touch as it is', () => {
    const at = events.findIndex(({ type }) => type === 'smtp.line');
    const before = fold(events.slice(0, at));
    const after = foldEvent(before, events[at] as InspectionEvent);
    expect(after.zones).toBe(before.zones);
    expect(after.lookups).toBe(before.lookups);
    expect(after.exchanges).toBe(before.exchanges);
    expect(after.outcome).toBe(before.outcome);
    expect(before.connections.flatMap(({ lines }) => lines)).toHaveLength(0);
    expect(after.connections.flatMap(({ lines }) => lines)).toHaveLength(1);
  });

  test('freezes nothing and changes nothing in place', () => {
    const frozen = events.map((event) => deepFrozen(structuredClone(event)));
    let run = deepFrozen(structuredClone(EMPTY_RUN));
    for (const event of frozen) run = deepFrozen(foldEvent(run, event));
    expect(run).toEqual(fold(events));
  });

  test('has every lookup, exchange and line that was told', () => {
    const run = fold(events);
    const count = (type: InspectionEvent['type']): number => events.filter((event) => event.type === type).length;
    expect(run.lookups).toHaveLength(count('dns.lookup.started'));
    expect(run.lookups.every(({ lookup, finishedSeq }) => lookup !== null && finishedSeq !== null)).toBe(true);
    expect(run.exchanges).toHaveLength(count('dns.queried'));
    expect(run.exchanges.every(({ answer, failure }) => answer !== null || failure !== null)).toBe(true);
    expect(run.connections.flatMap(({ lines }) => lines)).toHaveLength(count('smtp.line'));
    expect(run.endpoints.flatMap(({ comparisons }) => comparisons)).toHaveLength(count('dane.compared'));
    expect(run.zones.flatMap(({ signatures }) => signatures)).toHaveLength(count('dnssec.signature'));
  });
});

describe('order of arrival', () => {
  const lookup = { name: 'a.example', rrtype: 'A', status: 'secure', rcode: 'NOERROR', noData: true, reason: null, canonicalName: 'a.example', aliases: [], records: [], ttl: 0, zones: [], elapsedMs: 3, fromCache: true } as const;

  test('a lookup that finishes without having been told as started is there', () => {
    const [state] = fold(told([{ type: 'dns.lookup.finished', at: 10, subject: 'rrset:a.example/A', lookup }])).lookups;
    expect(state).toMatchObject({ name: 'a.example', startedAt: 7, finishedSeq: 0, lookup });
  });

  test('comparisons come before the verdict: until then the endpoint is pending', () => {
    const reason = { code: 'matched', text: '', rfc: null, ede: null } as const;
    const endpoint = 'endpoint:mx1.example/2001:db8::1/ecdsa';
    const run = fold(told([{ type: 'dane.compared', at: 1, subject: endpoint, comparison: { endpoint, record: 0, depth: 0, certificate: 'ab', matched: true, reason } }]));
    expect(run.endpoints).toMatchObject([{ verdict: { host: 'mx1.example', address: '2001:db8::1', keyType: 'ECDSA', outcome: 'pending' }, comparisons: { length: 1 } }]);
  });

  test('a host with slashes in its name has one endpoint, before the verdict and after', () => {
    const reason = { code: 'matched', text: '', rfc: null, ede: null } as const;
    const host = 'a/192.0.2.9/rsa.example';
    const endpoint = endpointSubject(host, '192.0.2.1', 'ECDSA');
    const verdict: EndpointVerdict = { host, address: '192.0.2.1', port: 25, keyType: 'ECDSA', connection: 1, outcome: 'authenticated', reason, chain: [], matched: null, names: null, dates: 'valid' };
    const facts: readonly Fact[] = [{ type: 'dane.compared', at: 1, subject: endpoint, comparison: { endpoint, record: 0, depth: 0, certificate: 'ab', matched: true, reason } }, { type: 'dane.endpoint', at: 2, subject: endpoint, endpoint: verdict }];
    expect(fold(told(facts.slice(0, 1))).endpoints).toMatchObject([{ verdict: { host, address: '192.0.2.1', keyType: 'ECDSA' } }]);
    expect(fold(told(facts)).endpoints).toMatchObject([{ verdict, comparisons: { length: 1 } }]);
  });

  test('a zone of which only a check is known is indeterminate (RFC 4035 §4.3)', () => {
    const check = { zone: 'example', keyTag: 1, algorithm: 13, digestType: 2, published: '', computed: null, result: 'no-such-dnskey' } as const;
    expect(fold(told([{ type: 'dnssec.digest', at: 1, subject: 'zone:example', check }])).zones).toMatchObject([{ zone: { zone: 'example', status: 'indeterminate' }, digests: { length: 1 } }]);
  });

  test('an event for a connection that nobody opened changes nothing', () => {
    const run = fold(told([{ type: 'smtp.capabilities', at: 1, subject: 'connection:a/b/9', connection: 9, protected: false, keywords: [] }]));
    expect(run.connections).toEqual([]);
  });
});

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFrozen(part);
  }
  return value;
}

describe('connections that wait their turn', () => {
  const wait = (index: number): Fact => ({ type: 'smtp.waiting', at: 0, subject: 'run:1', wait: { host: 'mx.example', address: `192.0.2.${String(index)}`, waits: 'run', behind: 'run' } });

  test('a file that tells of more than an inspection has addresses is cut: each one kept would cost the next', () => {
    const run = fold(told(Array.from({ length: 3000 }, (_, index) => wait(index))));
    expect([run.events, run.waiting?.length]).toEqual([3000, 1000]);
  });
});
