/** Findings of the lab's scenes: which codes they have is held by test/scenarios; here it is what they say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBase64 } from '../../core/base/bytes.ts';
import { parseMessage } from '../../core/dns/message.ts';
import { recordText } from '../../core/dns/presentation.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { assess } from '../../core/findings/assess.ts';
import { FINDING_CODES, SEVERITIES } from '../../core/findings/codes.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { EMPTY_RUN, fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

const SCENES = ['tlsa-mismatch', 'one-address-bad', 'dual-key-one-record', 'two-mx-one-bad', 'name-mismatch', 'anchor-not-sent', 'ds-mismatch', 'signature-expired', 'starttls-refused', 'domain-unsigned', 'good-311', 'tlsa-missing',
  'tls12-other-chain', 'sni-rejected', 'client-hello-dropped', 'handshake-failed', 'tls-too-old', 'connection-failed', 'lookup-failed', 'nsec3-iterations'] as const;

let lab: Lab;
const runs = new Map<string, { readonly run: Run; readonly events: readonly InspectionEvent[]; readonly findings: readonly Finding[] }>();

beforeAll(async () => {
  lab = await startLab({ only: SCENES });
  for (const name of SCENES) {
    const { run, events } = await inspectInLab(lab, `${name}.example`);
    runs.set(name, { run, events, findings: assess(run) });
  }
});
afterAll(() => lab.close());

const only = (scene: (typeof SCENES)[number]): Finding => {
  const findings = runs.get(scene)?.findings ?? [];
  expect(findings).toHaveLength(1);
  return findings[0] as Finding;
};

describe('nsec3-iterations', () => {
  test('RFC 5155 §3.1.3: its evidence is the answers whose authority section holds the records that say it', () => {
    const { exchanges } = runs.get('nsec3-iterations')?.run ?? EMPTY_RUN;
    const answers = only('nsec3-iterations').evidence.filter(({ subject }) => subject.startsWith('rrset:'));
    expect(answers.length).toBeGreaterThan(0);
    for (const { label, seq } of answers) {
      const message = parseMessage(fromBase64(exchanges.find(({ answer }) => answer?.seq === seq)?.answer?.response ?? ''));
      expect(message.ok && message.value.authority.filter(({ type }) => type === RRTYPE.NSEC3).map((record) => recordText(record)), label).toContainEqual(expect.stringMatching(/ NSEC3 1 \d+ 150 /));
    }
  });
});

describe('every finding', () => {
  test('is of the closed list, with its section, its evidence and a remedy', () => {
    const findings = [...runs.values()].flatMap((one) => one.findings);
    expect(findings.length).toBeGreaterThan(8);
    for (const { code, rfc, evidence, remedy, message } of findings) {
      expect(FINDING_CODES).toContain(code);
      expect(rfc).toMatch(/^RFC \d+ §[\d.]+$/);
      expect(evidence).not.toEqual([]);
      expect(remedy?.text).toMatch(/^[A-Z].*\.$/);
      expect(message).toMatch(/^[A-Za-z0-9_].*\.$/);
      expect(message).not.toMatch(/undefined|null\b|\.\.|  /);
    }
  });

  test('of a mismatch leads to the endpoint, what it presented, the records that count and their lookup', () => {
    const { evidence } = only('tlsa-mismatch');
    expect(evidence.map(({ label }) => label)).toEqual([expect.stringMatching(/^[\d.]+ ECDSA$/), 'certificate at depth 0', 'TLSA record 1', expect.stringMatching(/^lookup of _25\._tcp\..* TLSA$/)]);
    expect(evidence.map(({ subject }) => subject.split(':')[0])).toEqual(['endpoint', 'cert', 'tlsa', 'rrset']);
  });

  test('points at events that are about the same', () => {
    for (const { findings, events } of runs.values()) for (const { seq } of findings.flatMap(({ evidence }) => evidence)) {
      if (seq !== null) expect(events[seq]?.seq).toBe(seq);
    }
  });

  test('is the same for a run that was saved', () => {
    for (const { events, findings } of runs.values()) expect(assess(fold(JSON.parse(JSON.stringify(events)) as InspectionEvent[]))).toEqual(findings);
  });
});

describe('no finding', () => {
  test('of a failed attempt while the next one at the same address may get through', () => {
    const { events = [] } = runs.get('client-hello-dropped') ?? {};
    const failed = events.findIndex((event) => event.type === 'smtp.failed');
    expect(failed).toBeGreaterThan(0);
    const during = events.slice(0, failed + 1);
    expect(assess(fold(during))).toEqual([]);
    expect(assess({ ...fold(during), state: 'stopped' }).map(({ code }) => code)).toEqual(['handshake-failed']);
  });

  test('where nothing is known, and where all is well', () => {
    expect(assess(EMPTY_RUN)).toEqual([]);
    expect(runs.get('good-311')?.findings).toEqual([]);
  });

  test('is an error before its evidence is there: prefixes of a good run have none', () => {
    const events = runs.get('good-311')?.events ?? [];
    for (let length = 0; length < events.length; length += 1) expect(assess(fold(events.slice(0, length)))).toEqual([]);
  });
});

describe('tlsa-mismatch', () => {
  test('gives the record of the key that is shown, ready to paste', () => {
    const { run } = runs.get('tlsa-mismatch') ?? { run: EMPTY_RUN };
    const leaf = run.certificates[run.endpoints[0]?.verdict.chain[0] ?? ''];
    expect(only('tlsa-mismatch').remedy?.copy).toBe(`_25._tcp.mx1.tlsa-mismatch.example. 3600 IN TLSA 3 1 1 ${leaf?.spkiSha256}`);
  });

  test('says to keep the old record and to wait 2 × TTL (RFC 7671 §8.1)', () => {
    expect(only('tlsa-mismatch').remedy?.text).toMatch(/keep the old record.*2 × TTL \(7200 s\)/);
  });

  test('names the address that is wrong and the one that is right', () => {
    const { message, subject } = only('one-address-bad');
    const bad = /^endpoint:mx1\.one-address-bad\.example\/([\d.]+)\/ecdsa$/.exec(subject)?.[1];
    expect(message).toContain(`(${bad}, ECDSA)`);
    expect(message).toMatch(/The chain shown at 192\.0\.2\.\d+ matches\.$/);
  });

  test('names the key type that is wrong and the one that is right', () => {
    expect(only('dual-key-one-record').message).toMatch(/\(192\.0\.2\.\d+, RSA\).*The ECDSA chain matches, so only senders that negotiate RSA are concerned\.$/);
  });

  test('is about the host that is wrong', () => {
    expect(only('two-mx-one-bad').subject).toMatch(/^endpoint:mx2\./);
  });
});

describe('what an admin needs to know', () => {
  test('RFC 7672 §3.2.2: which names were looked for, and which are in the certificate', () => {
    expect(only('name-mismatch').message).toMatch(/is for mail\.somewhere-else\.example, but senders look for mx1\.name-mismatch\.example and name-mismatch\.example\./);
  });

  test('RFC 7672 §3.1.2: who issued the last certificate that was sent', () => {
    expect(only('anchor-not-sent').message).toMatch(/chain of 1 certificate .* issued by CN=/);
  });

  test('RFC 4035 §5.2: which zone the DS records do not fit', () => {
    expect(only('ds-mismatch').subject.toLowerCase()).toBe('zone:ds-mismatch.example');
    const labels = only('ds-mismatch').evidence.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('RFC 4035 §5.3.1: which lookups fail for it', () => {
    expect(only('signature-expired').message).toContain('no answer for _25._tcp.mx1.signature-expired.example TLSA');
  });

  test('RFC 3207 §4: the reply, and that TLS is a must here', () => {
    expect(only('starttls-refused')).toMatchObject({ severity: 'error', message: expect.stringMatching(/with 454\. Senders that do DANE skip the host/) as string });
  });

  test('what to publish where nothing is', () => {
    expect(only('tlsa-missing').remedy?.copy).toMatch(/^_25\._tcp\.mx1\.tlsa-missing\.example\. \d+ IN TLSA 3 1 1 [0-9a-f]{64}$/);
  });
});

describe('what a handshake was', () => {
  test('the TLS version that shows the wrong chain, and the one that shows the right one; the comparisons are of the wrong one', () => {
    expect(only('tls12-other-chain').message).toMatch(/\(192\.0\.2\.\d+, ECDSA, TLS 1\.2 only\).*The chain shown with TLS 1\.3 matches, so only senders that negotiate TLS 1\.2 are concerned\.$/);
    const [endpoint] = runs.get('tls12-other-chain')?.run.endpoints ?? [];
    expect(new Set(endpoint?.comparisons.map(({ protocol }) => protocol))).toEqual(new Set(['TLSv1.2']));
    expect(endpoint?.comparisons.some(({ matched }) => matched)).toBe(false);
  });

  test('RFC 7672 §8.1: the name that is refused, and the chain without it, with both dialogues', () => {
    const { message, evidence } = only('sni-rejected');
    expect(message).toMatch(/unrecognized_name because of the name mx1\.sni-rejected\.example .* Without a name it shows a chain of 2 certificates, the first for mx1\.sni-rejected\.example\./);
    expect(evidence.map(({ label }) => label)).toEqual([expect.stringMatching(/^dialogue with /), expect.stringMatching(/^dialogue without a name with /)]);
  });

  test('how long the ClientHello was that got no answer, and the one that did', () => {
    expect(only('client-hello-dropped').message).toMatch(/\(\d+ octets; one of \d+ is answered\)/);
  });

  test('a failure that may be ours is no error of the domain', () => {
    const { run } = runs.get('handshake-failed') ?? { run: EMPTY_RUN };
    expect(only('handshake-failed')).toMatchObject({ severity: 'error', message: expect.stringContaining('Senders that do DANE skip the host') as string });
    const ours: Run = { ...run, connections: run.connections.map((state) => (state.tlsFailure === null ? state : { ...state, tlsFailure: { ...state.tlsFailure, mayBeOurs: true } })) };
    expect(assess(ours)).toMatchObject([{ code: 'handshake-failed', severity: 'warning', message: expect.stringContaining('nothing is said about what senders meet') as string }]);
  });

  test('RFC 8996: without TLSA records old TLS is a weakness', () => {
    const { run } = runs.get('tls-too-old') ?? { run: EMPTY_RUN };
    expect(assess({ ...run, hosts: run.hosts.map((host) => ({ ...host, tlsa: 'insecure' as const })) }).find(({ code }) => code === 'tls-too-old')?.severity).toBe('warning');
  });

  test('where nobody listens the evidence is the event that says so', () => {
    const { events } = runs.get('connection-failed') ?? { events: [] };
    expect(only('connection-failed').evidence.map(({ seq }) => events[seq ?? -1]?.type)).toEqual(['smtp.failed']);
  });
});

describe('a lookup without an answer', () => {
  test('RFC 5321 §5.1: SERVFAIL for MX is not called bogus', () => {
    expect(only('lookup-failed')).toMatchObject({ rfc: 'RFC 5321 §5.1', message: expect.stringMatching(/SERVFAIL\. Senders, with DANE or without, get no answer for lookup-failed\.example MX/) as string });
  });
});

describe('without TLSA records', () => {
  test('a server without STARTTLS is a weakness, not what stops the mail', () => {
    const { run } = runs.get('starttls-refused') ?? { run: EMPTY_RUN };
    const unsigned: Run = { ...run, hosts: run.hosts.map((host) => ({ ...host, tlsa: 'insecure' })) };
    expect(assess(unsigned).find(({ code }) => code === 'starttls-refused')).toMatchObject({ severity: 'warning' });
  });
});

test('worst first, then by subject', () => {
  const { run } = runs.get('two-mx-one-bad') ?? { run: EMPTY_RUN };
  const aliased: Run = { ...run, hosts: run.hosts.map((host) => ({ ...host, canonicalName: 'elsewhere.example' })) };
  expect(assess(aliased).map(({ code, subject }) => [code, subject.split('/')[0]])).toEqual([
    ['tlsa-mismatch', 'endpoint:mx2.two-mx-one-bad.example'], ['mx-is-alias', 'mx:mx1.two-mx-one-bad.example'], ['mx-is-alias', 'mx:mx2.two-mx-one-bad.example']]);
});

test('each code is in the list once, with a severity', () => {
  expect(new Set(FINDING_CODES).size).toBe(Object.keys(SEVERITIES).length);
});
