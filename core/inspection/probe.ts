/** Talks to one address as a sender would, then once more for each key type that the server may hold besides. */
import { certificateSubject } from '../base/subject.ts';
import type { DaneFact } from '../dane/facts.ts';
import type { SessionEnd } from '../dane/outcome.ts';
import { converse } from '../smtp/dialogue.ts';
import type { SmtpFact } from '../smtp/facts.ts';
import type { ConverseOptions, Session } from '../smtp/session.ts';
import type { TlsClient, TlsHandshake } from '../tls/client.ts';
import type { TlsFact } from '../tls/facts.ts';
import { describeCertificate } from '../x509/describe.ts';
import type { CertificateFact, KeyType, X509Fact } from '../x509/facts.ts';
import type { TlsStart } from '../target/target.ts';
import type { CompleteOptions } from './options.ts';
import type { Ports } from './ports.ts';

/** One connection and what was presented on it. */
export interface Probe {
  readonly connection: number;
  readonly end: SessionEnd;
  /** leaf first; empty where no Certificate message was seen */
  readonly chain: readonly PresentedCertificate[];
}

/** Turns a probe into a verdict. Until the TLSA records are known it is not ready; it can be asked all the same, and waits. */
export interface Judge {
  isReady(): boolean;
  verify(probe: Probe): AsyncGenerator<DaneFact, void>;
}

export interface PresentedCertificate {
  readonly der: Uint8Array;
  readonly fact: CertificateFact;
}

export interface ProbeRequest {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly tls: TlsStart;
  /** SNI: the TLSA base domain (RFC 7672 §8.1); null for an address literal */
  readonly serverName: string | null;
}

export interface ProbeContext {
  readonly ports: Ports;
  readonly options: CompleteOptions;
  readonly signal: AbortSignal;
  readonly nextConnection: () => number;
  /** by sha256; a certificate is told once a run */
  readonly certificates: Map<string, CertificateFact>;
}

type Told = SmtpFact | TlsFact | X509Fact | DaneFact;
type Purpose = 'default' | 'RSA' | 'ECDSA' | 'EdDSA';
const KEY_TYPES = ['RSA', 'ECDSA', 'EdDSA'] as const;

/** There is a verdict on the first connection, and on each further one that shows a further key type. */
export async function* probeAddress(request: ProbeRequest, judge: Judge, context: ProbeContext): AsyncGenerator<Told, void> {
  const seen = new Set<KeyType>();
  const first = yield* probe(request, { purpose: 'default', judge, seen }, context);
  if (context.options.probe === 'quick' || seen.size === 0) return;
  let last = first;
  for (const purpose of KEY_TYPES) {
    if (wantsNoMore(last)) return;
    if (!seen.has(purpose)) last = yield* probe(request, { purpose, judge, seen }, context);
  }
}

/** A server that puts us off gets no further connection. A refused handshake only says that it has no such key. */
const wantsNoMore = ({ failure }: Session): boolean => failure !== null && failure.code !== 'tls' && failure.phase !== 'ehlo-protected' && failure.phase !== 'quit';

interface Attempt {
  readonly purpose: Purpose;
  readonly judge: Judge;
  /** key types that the address has shown so far; grows */
  readonly seen: Set<KeyType>;
}

/**
 * The verdict is there as soon as the handshake is: the rest of the dialogue changes nothing about it. Where the TLSA records
 * are not known by then, the dialogue goes on first, as a server does not wait for our DNS.
 */
async function* probe(request: ProbeRequest, attempt: Attempt, context: ProbeContext): AsyncGenerator<Told, Session> {
  const number = context.nextConnection();
  const wire = watched(context.ports.tls);
  const dialogue = converse(conversation(request, attempt.purpose, number, { ...context, ports: { ...context.ports, tls: wire.client } }));
  let judged = false;
  try {
    for (;;) {
      const step = await dialogue.next();
      if (step.done === true) {
        if (!judged) yield* judgeProbe(number, { end: step.value, certificates: step.value.presented?.certificates ?? [] }, attempt, context);
        return step.value;
      }
      yield step.value;
      if (step.value.type === 'tls.established' && attempt.judge.isReady()) {
        judged = true;
        yield* judgeProbe(number, { end: ESTABLISHED, certificates: wire.certificates() }, attempt, context);
      }
    }
  } finally {
    await dialogue.return(undefined as never);
  }
}

const ESTABLISHED: SessionEnd = { failure: null, tlsFailure: null, established: true };

function conversation({ host, address, port, tls, serverName }: ProbeRequest, purpose: Purpose, number: number, { ports, options, signal }: ProbeContext): ConverseOptions {
  return {
    connection: { number, host, address, port, purpose }, tls, helo: options.helo, timeouts: options.timeouts, ports, signal,
    request: { serverName, keyTypes: purpose === 'default' ? KEY_TYPES : [purpose], minimumVersion: 'TLSv1', maximumVersion: 'TLSv1.3' },
  };
}

/** Keeps what was presented in the handshake: facts carry digests, the verdict needs the certificates. */
function watched(client: TlsClient): { readonly client: TlsClient; readonly certificates: () => readonly Uint8Array[] } {
  let handshake: TlsHandshake | null = null;
  return {
    client: { library: client.library, handshake: async (...request) => (handshake = await client.handshake(...request)) },
    certificates: () => handshake?.presented?.certificates ?? [],
  };
}

interface Shown {
  readonly end: SessionEnd;
  readonly certificates: readonly Uint8Array[];
}

/** A connection for one key type alone counts only if that is what the server showed. */
async function* judgeProbe(connection: number, { end, certificates }: Shown, { purpose, judge, seen }: Attempt, context: ProbeContext): AsyncGenerator<Told, void> {
  const chain = yield* describeChain(certificates, context);
  const keyType = chain[0]?.fact.keyType ?? null;
  if (purpose !== 'default' && (keyType !== purpose || seen.has(purpose))) return;
  if (keyType !== null) seen.add(keyType);
  yield* judge.verify({ connection, end, chain });
}

export const leafKeyType = ({ chain }: Probe): KeyType | null => chain[0]?.fact.keyType ?? null;

async function* describeChain(certificates: readonly Uint8Array[], context: ProbeContext): AsyncGenerator<X509Fact, PresentedCertificate[]> {
  const chain: PresentedCertificate[] = [];
  for (const der of certificates) {
    const fact = describeCertificate(der);
    chain.push({ der, fact });
    if (context.certificates.has(fact.sha256)) continue;
    context.certificates.set(fact.sha256, fact);
    yield { type: 'certificate.seen', at: context.ports.clock.monotonic(), subject: certificateSubject(fact.sha256), certificate: fact };
  }
  return chain;
}
