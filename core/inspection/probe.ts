/** Talks to one address as a sender would, then again in each way that another sender may meet it (see the probe plan). */
import { certificateSubject, type SubjectId } from '../base/subject.ts';
import type { Reason } from '../base/subject.ts';
import type { DaneFact } from '../dane/facts.ts';
import type { SessionEnd } from '../dane/outcome.ts';
import { converse } from '../smtp/dialogue.ts';
import type { SmtpFact, SmtpNoticeCode } from '../smtp/facts.ts';
import type { ConverseOptions, Session } from '../smtp/session.ts';
import type { TlsClient, TlsHandshake } from '../tls/client.ts';
import type { TlsFact, TlsParameters } from '../tls/facts.ts';
import { describeCertificate } from '../x509/describe.ts';
import type { CertificateFact, X509Fact } from '../x509/facts.ts';
import type { TlsStart } from '../target/target.ts';
import type { ProbeDepth } from './events.ts';
import type { CompleteOptions } from './options.ts';
import type { Ports } from './ports.ts';
import type { NextConnection } from './run-thread.ts';
import { isTooOld, nextAsk, wantsNoMore, type Answer, type Ask } from './probe-plan.ts';

/** One connection and what was presented on it. */
export interface Probe {
  readonly connection: number;
  readonly end: SessionEnd;
  /** null where no handshake was completed */
  readonly protocol: string | null;
  /** leaf first; empty where no Certificate message was seen */
  readonly chain: readonly PresentedCertificate[];
  /** why senders make no TLS here although we did, with an offer that theirs is not */
  readonly unlikeSenders: Reason | null;
  /** a person edited or left out commands on the way */
  readonly edited: boolean;
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
  readonly nextConnection: NextConnection;
  /** by sha256; a certificate is told once a run */
  readonly certificates: Map<string, CertificateFact>;
}

type Told = SmtpFact | TlsFact | X509Fact | DaneFact;

/** There is a verdict on the first handshake that succeeds, and again on each that shows another key type, version or chain. */
export async function* probeAddress(request: ProbeRequest, judge: Judge, context: ProbeContext): AsyncGenerator<Told, void> {
  const made: Made[] = [];
  const depth = depthOf(request, context);
  for (let ask = nextAsk(made, depth); ask !== null && !context.signal.aborted && context.options.control?.isStopped !== true; ask = nextAsk(made, depth)) {
    const notice = noticeBefore(ask, made);
    if (notice !== null) yield { ...notice, type: 'smtp.notice', at: context.ports.clock.monotonic() };
    if (notice?.code === 'probing-stopped') break;
    made.push(yield* new Connecting(request, ask, judge, context).run());
  }
  // The ladder is at its end: what the usual offer met is what senders meet.
  const [first] = made;
  if (first !== undefined && !made.some(isEstablished)) yield* judge.verify({ connection: first.number, end: first.session, protocol: null, chain: first.chain, unlikeSenders: null, edited: first.session.edited });
}

/** With TLS from the start there is nothing in clear to put a command behind. */
const depthOf = ({ tls }: ProbeRequest, { options: { probe } }: ProbeContext): ProbeDepth => (probe === 'intrusive' && tls === 'on-connect' ? 'full' : probe);

interface ProbeNotice {
  readonly subject: SubjectId;
  readonly connection: number;
  readonly code: SmtpNoticeCode;
  readonly text: string;
}

/** Why there is no further connection to the address, or why the handshake is tried once more; null where neither is so. */
function noticeBefore(ask: Ask, made: readonly Made[]): ProbeNotice | null {
  const last = made.at(-1);
  if (last === undefined) return null;
  const { session: { failure, tlsFailure }, number: connection, subject } = last;
  // RFC 5321 §4.2.1: after 4yz a client comes back later, not at once.
  if (wantsNoMore(failure)) return { connection, subject, code: 'probing-stopped', text: `${failure?.text ?? ''}: this address gets no further connection now, so what else it shows stays unknown` };
  if (made.some(isEstablished)) return null;
  return { connection, subject, code: 'tried-again', text: `${tlsFailure?.text ?? 'the handshake failed'}; tried once more ${ask.purpose === 'without SNI' ? ask.purpose : `with a ${ask.purpose}`}` };
}

const isEstablished = ({ session }: Made): boolean => session.established;

interface Made extends Answer {
  readonly number: number;
  readonly subject: SubjectId;
  readonly session: Session;
  readonly chain: readonly PresentedCertificate[];
}

/** One connection. Its verdict is there as soon as the handshake is: the rest of the dialogue changes nothing about it. */
class Connecting {
  readonly #request: ProbeRequest;
  readonly #ask: Ask;
  readonly #judge: Judge;
  readonly #context: ProbeContext;
  readonly #number: number;
  readonly #subject: SubjectId;

  constructor(request: ProbeRequest, ask: Ask, judge: Judge, context: ProbeContext) {
    this.#request = request;
    this.#ask = ask;
    this.#judge = judge;
    this.#context = context;
    ({ number: this.#number, subject: this.#subject } = context.nextConnection(request.host, request.address));
  }

  /** Where the TLSA records are not known by the end of the handshake, the dialogue goes on first: a server does not wait for our DNS. */
  async *run(): AsyncGenerator<Told, Made> {
    const wire = watched(this.#context.ports.tls);
    const dialogue = converse(this.#conversation(wire.client));
    let chain: readonly PresentedCertificate[] | null = null;
    let isJudged = false;
    let edited = false;
    try {
      for (;;) {
        const step = await dialogue.next();
        if (step.done === true) {
          const session = step.value;
          chain ??= yield* describeChain(session.presented?.certificates ?? [], this.#context);
          if (session.parameters !== null && !isJudged) yield* this.#verdict(session.parameters, chain, edited);
          return { ask: this.#ask, number: this.#number, subject: this.#subject, session, chain, keyType: chain[0]?.fact.keyType ?? null };
        }
        yield step.value;
        edited ||= step.value.type === 'smtp.decided' && (step.value.decision === 'edited' || step.value.decision === 'skipped');
        if (step.value.type !== 'tls.established' || !this.#judge.isReady()) continue;
        isJudged = true;
        chain = yield* describeChain(wire.certificates(), this.#context);
        yield* this.#verdict(step.value.parameters, chain, edited);
      }
    } finally {
      await dialogue.return(undefined as never);
    }
  }

  async *#verdict({ protocol }: TlsParameters, chain: readonly PresentedCertificate[], edited: boolean): AsyncGenerator<Told, void> {
    // Not as senders do it, so nothing about what they meet.
    if (this.#isInjection) return;
    yield* this.#judge.verify({ connection: this.#number, end: ESTABLISHED, protocol, chain, unlikeSenders: this.#unlikeSenders(protocol), edited });
  }

  get #isInjection(): boolean {
    return this.#ask.purpose === 'command injection';
  }

  #unlikeSenders(protocol: string): Reason | null {
    // RFC 7672 §8.1: senders always send the name, and go elsewhere when it is refused.
    if (!this.#ask.serverName) return { code: 'sni-rejected', rfc: 'RFC 7672 §8.1', ede: null, text: `The server refuses the name ${this.#request.serverName ?? ''} in the ClientHello, which senders that do DANE must send; without a name it goes on.` };
    // RFC 8996 §4, §5: OpenSSL of today needs security level 0 for these; senders that do DANE are at level 1 or above.
    if (isTooOld(protocol)) return { code: 'tls-too-old', rfc: protocol === 'TLSv1.1' ? 'RFC 8996 §5' : 'RFC 8996 §4', ede: null, text: `The server speaks nothing newer than ${protocol}, which senders of today do not speak any more; they cannot make the TLS that the TLSA records require.` };
    return null;
  }

  #conversation(tls: TlsClient): ConverseOptions {
    const { host, address, port, tls: start, serverName } = this.#request;
    const { purpose, why, keyTypes, maximumVersion, groups } = this.#ask;
    const { ports, options, signal } = this.#context;
    return {
      subject: this.#subject, connection: { number: this.#number, host, address, port, purpose, ...(why === null ? {} : { why }) },
      tls: start, helo: options.helo, timeouts: options.timeouts, ports: { ...ports, tls }, signal, injection: this.#isInjection, ...(options.control === null ? {} : { pilot: options.control }),
      // From TLS 1.0 on: a server that speaks nothing newer shows its chain at once, and is told apart by the version.
      request: { serverName: this.#ask.serverName ? serverName : null, keyTypes, minimumVersion: 'TLSv1', maximumVersion, groups },
    };
  }
}

const ESTABLISHED: SessionEnd = { failure: null, tlsFailure: null, established: true };

/** Keeps what was presented in the handshake: facts carry digests, the verdict needs the certificates. */
export function watched(client: TlsClient): { readonly client: TlsClient; readonly certificates: () => readonly Uint8Array[] } {
  let handshake: TlsHandshake | null = null;
  return {
    client: { library: client.library, handshake: async (...request) => (handshake = await client.handshake(...request)) },
    certificates: () => handshake?.presented?.certificates ?? [],
  };
}

export async function* describeChain(certificates: readonly Uint8Array[], context: Pick<ProbeContext, 'ports' | 'certificates'>): AsyncGenerator<X509Fact, PresentedCertificate[]> {
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
