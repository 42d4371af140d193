/** The lab's name servers over their sockets, asked with another implementation of the wire format. */
import { execFile, execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import packet from 'dns-packet';
import type { Record as PacketRecord } from 'dns-packet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';

const ROOT = '203.0.113.1';
const EXAMPLE = '203.0.113.2';
const TEST = '203.0.113.3';

let lab: Lab;
beforeAll(async () => {
  const before = performance.now();
  lab = await startLab();
  console.log(`lab started in ${(performance.now() - before).toFixed(0)} ms`);
});
afterAll(() => lab.close());

interface Question {
  readonly server: string;
  readonly name: string;
  readonly type: string;
  readonly payloadSize?: number;
  readonly dnssecOk?: boolean;
}

function encode({ name, type, payloadSize = 1232, dnssecOk = true }: Question): Buffer {
  return packet.encode({
    type: 'query', id: 4711, questions: [{ name, type, class: 'IN' }],
    additionals: payloadSize === 0 ? [] : [{ type: 'OPT', name: '.', udpPayloadSize: payloadSize, flags: dnssecOk ? packet.DNSSEC_OK : 0, extendedRcode: 0, ednsVersion: 0, options: [] }],
  });
}

async function portOf(server: string, transport: 'udp' | 'tcp'): Promise<number> {
  const port = await lab.network.loopbackPort(server, 53, transport);
  if (port === null) throw new Error(`nobody at ${server}`);
  return port;
}

async function udp(question: Question): Promise<Buffer> {
  const port = await portOf(question.server, 'udp');
  const socket = createSocket('udp4');
  return await new Promise((resolve) => {
    socket.once('message', (message) => { socket.close(); resolve(message); });
    socket.send(encode(question), port, '127.0.0.1');
  });
}

async function tcp(questions: readonly Question[], server: string): Promise<Buffer[]> {
  const socket = connect(await portOf(server, 'tcp'), '127.0.0.1');
  for (const message of questions.map(encode)) socket.write(Buffer.concat([Buffer.of(message.length >> 8, message.length & 0xff), message]));
  let waiting = Buffer.alloc(0);
  const messages: Buffer[] = [];
  for await (const chunk of socket) {
    waiting = Buffer.concat([waiting, chunk as Buffer]);
    while (waiting.length > 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      messages.push(waiting.subarray(2, 2 + waiting.readUInt16BE(0)));
      waiting = waiting.subarray(2 + waiting.readUInt16BE(0));
    }
    if (messages.length === questions.length) break;
  }
  return messages;
}

interface Told {
  readonly rcode: string;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
}

/** `owner type` of each record. */
function read(message: Buffer): Told {
  const decoded = packet.decode(message);
  const list = (records: readonly PacketRecord[]): string[] =>
    records.filter((record) => record.type !== 'OPT').map((record) => `${record.name === '' ? '.' : record.name} ${record.type}`);
  return {
    rcode: decoded.rcode, authoritative: decoded.flag_aa, truncated: decoded.flag_tc,
    answer: list(decoded.answers), authority: list(decoded.authorities), additional: list(decoded.additionals),
  };
}

const ask = async (server: string, name: string, type: Question['type'], rest: Partial<Question> = {}): Promise<Told> => read(await udp({ server, name, type, ...rest }));

async function serverOf(domain: string): Promise<string> {
  const decoded = packet.decode(await udp({ server: domain.endsWith('.test') ? TEST : EXAMPLE, name: domain, type: 'NS' }));
  const glue = decoded.additionals.find((record) => record.type === 'A');
  return (glue as { readonly data: string }).data;
}

describe('an authoritative server', () => {
  test('refers to a child with DS, its signature and glue (RFC 4035 §3.1.4)', async () => {
    expect(await ask(ROOT, 'mx1.good-311.example', 'A')).toEqual({
      rcode: 'NOERROR', authoritative: false, truncated: false, answer: [], authority: ['example NS', 'example DS', 'example RRSIG'], additional: ['a.nic.example A'],
    });
  });

  test('refers to an unsigned child with NSEC instead of DS (RFC 4035 §3.1.4)', async () => {
    const told = await ask(EXAMPLE, 'mx1.domain-unsigned.example', 'A');
    expect(told.authority).toEqual(['domain-unsigned.example NS', 'domain-unsigned.example NSEC', 'domain-unsigned.example RRSIG']);
  });

  test('refers to an unsigned child in an opt-out span with NSEC3 of the closest encloser (RFC 5155 §7.2.7)', async () => {
    const told = await ask(TEST, 'mx1.mx-host-unsigned.test', 'A');
    expect(told.authority.map((record) => record.replace(/^[0-9a-v]{32}\./, 'hash.'))).toEqual(['mx-host-unsigned.test NS', 'hash.test NSEC3', 'hash.test RRSIG', 'hash.test NSEC3', 'hash.test RRSIG']);
  });

  test('sends no DNSSEC records to who did not ask for them (RFC 4035 §3.1)', async () => {
    expect((await ask(ROOT, 'mx1.good-311.example', 'A', { dnssecOk: false })).authority).toEqual(['example NS']);
    expect((await ask(EXAMPLE, 'nothing.example', 'A', { dnssecOk: false })).authority).toEqual(['example SOA']);
  });

  test('answers DS from the parent (RFC 4035 §3.1.4.1)', async () => {
    expect(await ask(EXAMPLE, 'good-311.example', 'DS')).toMatchObject({ authoritative: true, answer: ['good-311.example DS', 'good-311.example RRSIG'] });
    const child = await ask(await serverOf('good-311.example'), 'good-311.example', 'DS');
    expect(child).toMatchObject({ rcode: 'NOERROR', answer: [], authority: ['good-311.example SOA', 'good-311.example RRSIG', 'good-311.example NSEC', 'good-311.example RRSIG'] });
  });

  test('proves a missing name and its wildcard (RFC 4035 §3.1.3.2)', async () => {
    const told = await ask(EXAMPLE, 'domain-does-not-exist.example', 'MX');
    expect(told.rcode).toBe('NXDOMAIN');
    expect(told.authority).toEqual(['example SOA', 'example RRSIG', 'dnssec-work-limit.example NSEC', 'dnssec-work-limit.example RRSIG', 'example NSEC', 'example RRSIG']);
  });

  test('says of an empty non-terminal that it exists (RFC 8020 §2, RFC 4592 §2.2.2)', async () => {
    const told = await ask(await serverOf('good-311.example'), '_tcp.mx1.good-311.example', 'TLSA');
    expect(told).toMatchObject({ rcode: 'NOERROR', answer: [] });
    expect(told.authority).toContain('mx1.good-311.example NSEC');
  });

  test('denies an empty non-terminal where the scene wants it', async () => {
    const server = await serverOf('tlsa-ancestor-denied.example');
    expect((await ask(server, '_tcp.mx1.tlsa-ancestor-denied.example', 'TLSA')).rcode).toBe('NXDOMAIN');
    expect((await ask(server, '_25._tcp.mx1.tlsa-ancestor-denied.example', 'TLSA')).answer).toHaveLength(2);
  });

  test('follows an alias inside the zone (RFC 1034 §4.3.2)', async () => {
    const told = await ask(await serverOf('mx-is-alias.example'), 'mx1.mx-is-alias.example', 'A');
    expect(told.answer).toEqual(['mx1.mx-is-alias.example CNAME', 'mx1.mx-is-alias.example RRSIG', 'mail.mx-is-alias.example A', 'mail.mx-is-alias.example RRSIG']);
  });

  test('refuses names of zones that are not its own', async () => {
    expect((await ask(EXAMPLE, 'mx1.good-nsec3.test', 'A')).rcode).toBe('REFUSED');
    expect((await ask(await serverOf('good-311.example'), 'good-211.example', 'MX')).rcode).toBe('REFUSED');
  });

  test('truncates over UDP what is too large, and gives it over TCP (RFC 2181 §9)', async () => {
    const server = await serverOf('good-tcp.example');
    const name = '_25._tcp.mx1.good-tcp.example';
    expect(await ask(server, name, 'TLSA')).toMatchObject({ truncated: true, answer: [] });
    const [message] = await tcp([{ server, name, type: 'TLSA' }], server);
    expect(read(message as Buffer).answer).toHaveLength(5);
    expect(message?.length).toBeGreaterThan(1232);
  });

  test('keeps to 512 octets without EDNS (RFC 6891 §6.2.5)', async () => {
    const message = await udp({ server: EXAMPLE, name: 'nothing.example', type: 'A', payloadSize: 0 });
    expect(message.length).toBeLessThanOrEqual(512);
    expect(read(message).authority).toEqual(['example SOA']);
  });

  test('answers several queries on one connection (RFC 7766 §6.2.1)', async () => {
    const answers = await tcp([{ server: EXAMPLE, name: 'good-311.example', type: 'DS' }, { server: EXAMPLE, name: 'example', type: 'SOA' }], EXAMPLE);
    expect(answers.map((answer) => read(answer).answer[0])).toEqual(['good-311.example DS', 'example SOA']);
  });

  test('echoes the letter case of the question', async () => {
    const question = packet.decode(await udp({ server: EXAMPLE, name: 'gOOd-311.eXample', type: 'DS' })).questions[0];
    expect(question?.name).toBe('gOOd-311.eXample');
  });
});

const hasDig = ((): boolean => {
  try {
    execFileSync('dig', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasDig)('dig reads answers over UDP and TCP', async () => {
  const run = async (transport: 'udp' | 'tcp'): Promise<string> => {
    const port = String(await portOf(ROOT, transport));
    const flag = transport === 'tcp' ? '+tcp' : '+notcp';
    return (await promisify(execFile)('dig', ['+norec', '+short', flag, '-p', port, '@127.0.0.1', '.', 'NS'])).stdout;
  };
  expect(await run('udp')).toBe('a.root-servers.\n');
  expect(await run('tcp')).toBe('a.root-servers.\n');
});
