/**
 * Writes `recorded-lab.json`, what the other tests of this folder mutate: `DANESCOPE_FUZZ_RECORD=1 npx vitest run test/fuzz/record.test.ts`.
 * Recorded and not made anew, as fresh keys would make every seed another one.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFileHeader, runFileLine } from '../../core/inspection/run-file.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';
import type { Recording, RecordedMessage } from './recording.ts';

const SCENES = [
  'good-311', 'good-nsec3', 'good-rsa', 'good-ed25519', 'good-tcp', 'good-201', 'mx-is-alias', 'domain-unsigned', 'mx-host-unsigned', 'tlsa-missing', 'dnssec-bogus',
  'ds-mismatch', 'domain-does-not-exist', 'no-mail-host', 'parent-unsigned',
];
const IN_RUN_FILE = 'good-201';

test.skipIf(process.env['DANESCOPE_FUZZ_RECORD'] === undefined)('record the lab', async () => {
  const lab = await startLab({ only: SCENES });
  const events: InspectionEvent[] = [];
  let runFile = '';
  for (const scene of lab.scenes) {
    const told = (await inspectInLab(lab, scene.target, { probe: 'quick' })).events;
    events.push(...told);
    if (scene.name === IN_RUN_FILE) runFile = runFileHeader() + told.map(runFileLine).join('');
  }
  await lab.close();
  const recording: Recording = {
    recordedAt: Date.now(), trustAnchorText: lab.trustAnchorText, rootHints: lab.rootHints, messages: messagesOf(events), questions: questionsOf(events),
    certificates: distinct(events.flatMap((event) => event.type === 'certificate.seen' ? [event.certificate.der] : [])),
    serverLines: distinct(events.flatMap((event) => event.type === 'smtp.line' && event.line.from === 'server' ? [`${event.line.text}\r\n`] : [])),
    runFile,
  };
  writeFileSync(join(import.meta.dirname, 'recorded-lab.json'), `${JSON.stringify(recording, null, 1)}\n`);
  expect(recording.messages.length).toBeGreaterThan(50);
});

function messagesOf(events: readonly InspectionEvent[]): RecordedMessage[] {
  const messages = new Map<string, RecordedMessage>();
  let asked: Extract<InspectionEvent, { readonly type: 'dns.queried' }>[] = [];
  for (const event of events) {
    if (event.type === 'run.started') asked = [];
    if (event.type === 'dns.queried') asked.push(event);
    if (event.type !== 'dns.answered') continue;
    const query = asked.find(({ exchange }) => exchange === event.exchange);
    if (query === undefined) throw new Error('an answer without a query');
    const { server, name, rrtype, transport } = query;
    messages.set([server.address, name.toLowerCase(), rrtype, transport].join(' '), { address: server.address, name: name.toLowerCase(), rrtype, transport, response: event.response });
  }
  return [...messages.values()];
}

function questionsOf(events: readonly InspectionEvent[]): Recording['questions'] {
  const texts = events.flatMap((event) => event.type === 'dns.lookup.started' ? [`${event.name} ${event.rrtype}`] : []);
  return distinct(texts).map((text) => ({ name: text.split(' ')[0] ?? '', rrtype: text.split(' ')[1] ?? '' }));
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
