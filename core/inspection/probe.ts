/** Talks to one address as a sender would, then once more for each key type that the server may hold besides. */
import type { SmtpFact } from '../smtp/facts.ts';
import { converse } from '../smtp/dialogue.ts';
import type { Session } from '../smtp/session.ts';
import type { TlsFact } from '../tls/facts.ts';
import { describeCertificate } from '../x509/describe.ts';
import type { CertificateFact, X509Fact } from '../x509/facts.ts';
import { certificateSubject } from '../base/subject.ts';
import type { TlsStart } from '../target/target.ts';
import type { CompleteOptions } from './options.ts';
import type { Ports } from './ports.ts';

/** One connection and what was presented on it. */
export interface Probe {
  readonly connection: number;
  readonly session: Session;
  /** leaf first; empty where no Certificate message was seen */
  readonly chain: readonly PresentedCertificate[];
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

type Purpose = 'default' | 'RSA' | 'ECDSA' | 'EdDSA';
const KEY_TYPES = ['RSA', 'ECDSA', 'EdDSA'] as const;

/** The first probe is always there. A further one is there for each further key type that the server showed. */
export async function* probeAddress(request: ProbeRequest, context: ProbeContext): AsyncGenerator<SmtpFact | TlsFact | X509Fact, Probe[]> {
  const first = yield* probe(request, 'default', context);
  const probes = [first];
  if (context.options.probe === 'quick' || first.chain.length === 0) return probes;
  for (const keyType of KEY_TYPES) {
    if (probes.some((earlier) => leafKeyType(earlier) === keyType)) continue;
    const next = yield* probe(request, keyType, context);
    if (leafKeyType(next) === keyType) probes.push(next);
    if (wantsNoMore(next.session)) break;
  }
  return probes;
}

export const leafKeyType = ({ chain }: Probe): CertificateFact['keyType'] | null => chain[0]?.fact.keyType ?? null;

/** A server that puts us off gets no further connection. A refused handshake only says that it has no such key. */
const wantsNoMore = ({ failure }: Session): boolean => failure !== null && failure.code !== 'tls' && failure.phase !== 'ehlo-protected' && failure.phase !== 'quit';

async function* probe(request: ProbeRequest, purpose: Purpose, context: ProbeContext): AsyncGenerator<SmtpFact | TlsFact | X509Fact, Probe> {
  const { ports, options, signal } = context;
  const { host, address, port } = request;
  const number = context.nextConnection();
  const session = yield* converse({
    connection: { number, host, address, port, purpose }, tls: request.tls, helo: options.helo, timeouts: options.timeouts, ports, signal,
    request: {
      serverName: request.serverName, keyTypes: purpose === 'default' ? KEY_TYPES : [purpose], minimumVersion: 'TLSv1', maximumVersion: 'TLSv1.3',
    },
  });
  const chain = yield* describeChain(session.presented?.certificates ?? [], context);
  return { connection: number, session, chain };
}

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
