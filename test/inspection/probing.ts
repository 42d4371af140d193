/** One address probed over real sockets with servers of a test. */
import { createHash } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import type { EndpointVerdict } from '../../core/dane/facts.ts';
import type { DestinationHost, TlsaRecord } from '../../core/destination/facts.ts';
import { EndpointJudge } from '../../core/inspection/endpoint-judge.ts';
import type { Fact, StepTimeouts } from '../../core/inspection/events.ts';
import { withDefaults } from '../../core/inspection/options.ts';
import { probeAddress } from '../../core/inspection/probe.ts';
import { connectionCounter } from '../../core/inspection/run-thread.ts';
import { systemPorts } from '../../core/net/ports.ts';
import type { ConnectionFact, SmtpFact } from '../../core/smtp/facts.ts';
import { mailServer, type Script, type ServerSide } from '../smtp/mail-server.ts';
import { chainOf, pemOf } from '../tls/certificates.ts';

export type Options = Parameters<ServerSide['startTls']>[0];
export const chains = { ecdsa: chainOf('p256', 1), rsa: chainOf('rsa', 1), other: chainOf('p256', 1) };
export const credentials = (name: keyof typeof chains): { key: string; cert: string } =>
  ({ key: chains[name].leaf.keyPem, cert: pemOf(chains[name].leaf, ...chains[name].intermediates) });
export const dual: Options = { key: [credentials('ecdsa').key, credentials('rsa').key], cert: [credentials('ecdsa').cert, credentials('rsa').cert] };

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const record = (name: keyof typeof chains, index = 0): TlsaRecord =>
  ({ index, usage: 3, selector: 1, matchingType: 1, data: sha256(chains[name].leaf.spki), usable: true, reason: null });

export const HOST: DestinationHost = {
  name: 'mx.example.org', preference: 10, mxStatus: 'secure', addresses: [], addressStatus: 'secure', canonicalName: 'mx.example.org',
  tlsaCandidates: ['_25._tcp.mx.example.org'], tlsaBaseDomain: 'mx.example.org', tlsa: 'usable', tlsaTtl: 3600, records: [record('ecdsa'), record('rsa', 1)],
  referenceIdentifiers: ['mx.example.org'], reason: { code: 'usable', text: '', rfc: null, ede: null },
};

/** What the nth connection (from 0) meets after 220. */
export type Behaviour = (side: ServerSide, nth: number) => void | Promise<void>;

/** A polite server up to the ClientHello. */
export function serverThat(behaves: Behaviour, greeting: (nth: number) => string = () => '220 mx ESMTP'): Script {
  let connections = 0;
  return async (side) => {
    const nth = connections;
    connections += 1;
    side.send(`${greeting(nth)}\r\n`);
    for (let command = await side.command(); command !== null; command = await side.command()) {
      if (command === 'STARTTLS') {
        side.send('220 go ahead\r\n');
        await behaves(side, nth);
      } else if (command === 'QUIT') {
        side.send('221 bye\r\n');
        side.end();
      } else side.send(side.socket instanceof TLSSocket ? '250 mx\r\n' : '250-mx\r\n250 STARTTLS\r\n');
    }
  };
}

export const tls = (options: Options): Behaviour => (side) => { side.startTls(options); };
export const firstChunk = (side: ServerSide): Promise<Buffer> => new Promise((resolve) => { side.socket.once('data', (chunk: Buffer) => { side.socket.pause(); resolve(chunk); }); });
export const isTls13 = (hello: Buffer): boolean => hello.includes(Buffer.from([0x00, 0x2b])) && hello.includes(Buffer.from([3, 4, 3, 3]));

export interface Probed {
  readonly facts: readonly Fact[];
  readonly connections: readonly ConnectionFact[];
  readonly names: readonly (string | null)[];
  readonly notices: readonly Extract<SmtpFact, { type: 'smtp.notice' }>[];
  readonly compared: number;
  /** each as told, in order */
  readonly told: readonly EndpointVerdict[];
  /** the last of each key type */
  readonly verdicts: ReadonlyMap<string | null, EndpointVerdict>;
}

export async function probed(script: Script, host: Partial<DestinationHost> = {}, probe: 'quick' | 'full' | 'intrusive' = 'full', timeouts: Partial<StepTimeouts> = {}): Promise<Probed> {
  const server = await mailServer(script);
  const ports = systemPorts();
  const known = { ...HOST, ...host };
  const judge = new EndpointJudge({ address: '127.0.0.1', port: server.port, clock: ports.clock, known: () => known, host: () => Promise.resolve(known) });
  const options = withDefaults({ helo: 'client.example', version: '0', resolution: { mode: 'iterative', rootServers: [], why: null }, trustAnchors: [], probe, timeouts: { handshake: 2000, ...timeouts } });
  const request = { host: known.name, address: '127.0.0.1', port: server.port, tls: 'starttls', serverName: known.name } as const;
  const facts: Fact[] = [];
  try {
    for await (const fact of probeAddress(request, judge, { ports, options, signal: new AbortController().signal, nextConnection: connectionCounter(), certificates: new Map() })) facts.push(fact);
  } finally {
    server.close();
  }
  return summary(facts);
}

function summary(facts: readonly Fact[]): Probed {
  const told = facts.flatMap((fact) => (fact.type === 'dane.endpoint' ? [fact.endpoint] : []));
  return {
    facts,
    connections: facts.flatMap((fact) => (fact.type === 'smtp.connection' ? [fact.connection] : [])),
    names: facts.flatMap((fact) => (fact.type === 'tls.started' ? [fact.offer.serverName] : [])),
    notices: facts.flatMap((fact) => (fact.type === 'smtp.notice' ? [fact] : [])),
    compared: facts.filter(({ type }) => type === 'dane.compared').length,
    told, verdicts: new Map(told.map((verdict) => [verdict.keyType, verdict])),
  };
}

