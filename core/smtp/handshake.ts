/** The TLS handshake as a phase of the dialogue. */
import { createHash } from 'node:crypto';
import { toHex } from '../base/bytes.ts';
import type { TlsHandshake } from '../tls/client.ts';
import type { PresentedChain, TlsAftermath, TlsFailure } from '../tls/facts.ts';
import { offerOf } from '../tls/offer.ts';
import type { Certificate } from '../x509/certificate.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { judgeStaple } from '../x509/ocsp.ts';
import type { CommandChannel } from './command-channel.ts';
import type { Fact } from './phase-outcome.ts';
import type { ConverseOptions, Session } from './session.ts';

export type HandshakeResult = Pick<Session, 'tlsFailure' | 'established' | 'offer' | 'presented' | 'ocspStaple' | 'parameters'> & { readonly afterwards: (() => TlsAftermath) | null };

/** Tells the handshake and, where it succeeds, puts the channel under its protection. @param expired whether the signal's abort was its deadline */
export async function* handshake(channel: CommandChannel, options: ConverseOptions, signal: AbortSignal, expired: () => boolean): AsyncGenerator<Fact, HandshakeResult> {
  const { tls } = options.ports;
  const connection = options.connection.number;
  const offer = offerOf(options.request, tls.library);
  yield channel.fact({ type: 'tls.started', connection, offer });
  const { presented, ocspStaple, outcome } = await tls.handshake(channel.connection, options.request, signal);
  if (presented !== null) yield channel.fact({ type: 'tls.presented', connection, presented: presentedChain(presented, ocspStaple, options.ports.clock.now()) });
  const known = { offer, presented, ocspStaple };
  if (outcome.ok) {
    channel.protect(outcome.value.channel);
    yield channel.fact({ type: 'tls.established', connection, parameters: outcome.value.parameters });
    return { ...known, tlsFailure: null, established: true, parameters: outcome.value.parameters, afterwards: outcome.value.afterwards ?? null };
  }
  const tlsFailure = withDeadline(outcome.failure, expired());
  yield channel.fact({ type: 'tls.failed', connection, failure: tlsFailure });
  return { ...known, tlsFailure, established: false, parameters: null, afterwards: null };
}

/** The client cannot tell a deadline from a person who stopped the run. */
const withDeadline = (failure: TlsFailure, expired: boolean): TlsFailure => (failure.code === 'aborted' && expired ? { ...failure, code: 'timeout' } : failure);

function presentedChain({ certificates, proven, source, note }: NonNullable<TlsHandshake['presented']>, staple: Uint8Array | null, nowMs: number): PresentedChain {
  return {
    certificates: certificates.map((der) => toHex(new Uint8Array(createHash('sha256').update(der).digest()))), proven, source, note,
    ocsp: staple === null ? null : judgeStaple(staple, readable(certificates), nowMs),
  };
}

/** From the leaf up to the first that cannot be read. */
function readable(certificates: readonly Uint8Array[]): Certificate[] {
  const chain: Certificate[] = [];
  for (const der of certificates) {
    const certificate = parseCertificate(der);
    if (!certificate.ok) break;
    chain.push(certificate.value);
  }
  return chain;
}
