import { describe, expect, test } from 'vitest';
import { endpointSubject } from '../../core/base/subject.ts';
import type { SubjectId } from '../../core/base/subject.ts';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import { foundItems, searchItems } from '../../renderer/search/model.ts';
import { isSearched, itemsIn } from '../../renderer/search/searched-views.ts';
import { deepLink, isDeepLink, subjectOf } from '../../renderer/selection/deep-link.ts';
import { hasSubject } from '../../renderer/selection/follow-deep-links.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const items = searchItems(run, assess(run));
const kinds = (text: string): string[] => [...new Set(foundItems(items, text).map((item) => item.kind))];

describe('the search over all of a run', () => {
  test('it finds findings, hosts, endpoints, records, certificates, questions and lines, each with its view', () => {
    const views = new Map(items.map((item) => [item.kind, item.view]));
    expect(Object.fromEntries(views)).toEqual({
      Finding: 'findings', 'MX host': 'overview', Endpoint: 'overview', 'TLSA record': 'tlsa', Zone: 'trust', Certificate: 'certificates', Question: 'answers', 'Line sent': 'dialogue', 'Line received': 'dialogue',
    });
  });

  test('in a view of one thing it finds what is there, and it is selected there', () => {
    const inTrust = itemsIn(items, 'trust');
    expect(new Set(inTrust.map(({ kind }) => kind))).toEqual(new Set(['Zone', 'Question', 'TLSA record', 'Certificate', 'Endpoint', 'MX host']));
    expect(new Set(inTrust.map(({ view }) => view))).toEqual(new Set(['trust']));
    expect(itemsIn(items, null)).toBe(items);
    expect((['overview', 'certificates', 'tlsa', 'trust', 'findings', 'report'] as const).map(isSearched)).toEqual([true, true, true, true, false, false]);
  });

  test('every word must be in it; what begins with the text comes first', () => {
    expect(foundItems(items, 'tlsa-mismatch')[0]).toMatchObject({ kind: 'Finding', title: 'tlsa-mismatch' });
    expect(kinds('line sent ehlo')).toEqual(['Line sent']);
    expect(foundItems(items, 'endpoint 192.0.2.10 rsa')[0]).toMatchObject({ kind: 'Endpoint', subject: endpointSubject('mx1.example.org', '192.0.2.10', 'RSA') });
    expect(foundItems(items, 'no such thing')).toEqual([]);
  });

  test('RFC 6698 §2.1: the parameters of TLSA records are found as they stand, those records first, and in no digest', () => {
    const found = foundItems(items, '3 1 1');
    const records = items.filter(({ kind, title }) => kind === 'TLSA record' && title.startsWith('3 1 1 '));
    expect(records.length).toBeGreaterThan(0);
    expect(found.slice(0, records.length)).toEqual(records);
    expect(found.filter(({ title, detail }) => !`${title} ${detail}`.includes('3 1 1'))).toEqual([]);
    expect(foundItems(items, 'tlsa  3 1 1')[0]).toEqual(records[0]);
    expect(foundItems(items, '3 1')).toEqual(expect.arrayContaining(records));
    expect(foundItems(items, `3 1 1 ${records[0]?.title.slice(6, 12) ?? ''}`)[0]).toEqual(records[0]);
    expect(kinds('2 0 3')).toEqual([]);
  });

  test('a line leads to its connection and event', () => {
    const line = foundItems(items, 'line sent ehlo')[0];
    expect(line?.subject).toMatch(/^connection:/);
    expect(run.connections.flatMap((one) => one.lines).find((one) => one.seq === line?.event)?.text).toMatch(/^EHLO/);
  });

  test('every line leads to the connection it was spoken on, and ids are apart', () => {
    const subjects = run.connections.flatMap((one) => one.lines.map(({ seq }) => [`line ${String(seq)}`, one.subject] as const));
    expect(items.flatMap(({ id, subject }) => (id.startsWith('line ') ? [[id, subject]] : []))).toEqual(subjects);
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
  });
});

describe('links to a subject', () => {
  const subject = endpointSubject('mx1.example.org', '2001:db8::10', 'RSA');

  test('there and back', () => {
    expect(subjectOf(deepLink(subject))).toBe(subject);
    expect(subjectOf(deepLink('rrset:_25._tcp.ä&b=c#d/TLSA'))).toBe('rrset:_25._tcp.ä&b=c#d/TLSA');
  });

  test.each(['', '#', '#8f3kTOKEN', '#subject=', '#subject=evil:x', '#subject=%', '#subject=__proto__:x', `#subject=mx:${'a'.repeat(5000)}`])('%j names none', (hash) => {
    expect(subjectOf(hash)).toBeNull();
  });

  test('the one-time token of the local host is no link', () => {
    expect(isDeepLink('#q8Zk3-_token')).toBe(false);
  });

  test('the run has its endpoints, records and zones, and no others', () => {
    const has = (one: string): boolean => hasSubject(twoHosts, run, one as SubjectId);
    expect(has(endpointSubject('mx1.example.org', '192.0.2.10', 'RSA'))).toBe(true);
    expect(has('tlsa:mx1.example.org/0')).toBe(true);
    expect(has('tlsa:mx1.example.org/99')).toBe(false);
    expect(has('endpoint:gone/192.0.2.1/rsa')).toBe(false);
  });
});
