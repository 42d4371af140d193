import { expect, test } from 'vitest';
import { ehloName } from '../../core/net/ehlo-name.ts';
import { labVantage, systemVantage } from '../../core/net/vantage.ts';
import { anchorsText, resolutionText } from '../../core/report/vantage-words.ts';
import { systemPorts } from '../../core/net/ports.ts';

const server = { name: null, address: '192.0.2.53', port: 53 };

test('resolvers and root servers that a person chose are taken as they are', async () => {
  expect((await systemVantage({ resolvers: [server] })).resolution).toEqual({ mode: 'forwarding', servers: [server], why: null });
  expect((await systemVantage({ rootServers: [server] })).resolution).toEqual({ mode: 'iterative', rootServers: [server], why: null });
});

test('the root keys that ship are trusted unless others are given', async () => {
  const { trustAnchors } = await systemVantage({ resolvers: [server] });
  expect(trustAnchors.map(({ keyTag }) => keyTag).sort((left, right) => left - right)).toEqual([20_326, 38_696]);
  expect(anchorsText(trustAnchors)).toMatch(/20326 KSK-2017.*38696 KSK-2024/);
});

test('how names are resolved is told in words', () => {
  expect(resolutionText({ mode: 'iterative', why: null })).toBe('iterative from the root');
  expect(resolutionText({ mode: 'forwarding', servers: [server, { ...server, port: 5353 }], why: 'port 53 is blocked' })).toBe('forwarding to 192.0.2.53, 192.0.2.53 port 5353 (port 53 is blocked)');
});

test('the lab is resolved from its own root with its own anchor', () => {
  const lab = { name: 'practice lab', network: systemPorts().network, rootHints: [server], trustAnchorText: `. IN DS 1 13 2 ${'00'.repeat(32)}\n` };
  expect(labVantage(lab)).toMatchObject({ lab: 'practice lab', resolution: { mode: 'iterative', rootServers: [server] }, trustAnchors: [{ keyTag: 1, source: 'practice lab' }] });
});

test('RFC 5321 §4.1.1.1: EHLO gives a fully qualified name, else an address literal', () => {
  expect(ehloName('Probe.Example.ORG', ['192.0.2.7'])).toBe('probe.example.org');
  for (const name of ['localhost', 'a_b.example', '-a.example', 'evil.example\r\nMAIL', '']) expect(ehloName(name, ['192.0.2.7'])).toBe('[192.0.2.7]');
  expect(ehloName('localhost', [])).toBe('[127.0.0.1]');
});
