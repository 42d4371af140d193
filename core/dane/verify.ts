/** The DANE stage for one endpoint: tells every comparison as a fact and returns the verdict. */
import { endpointSubject } from '../base/subject.ts';
import type { SubjectId } from '../base/subject.ts';
import type { TlsaDisposition, TlsaRecord } from '../destination/facts.ts';
import { sha256 } from '../x509/describe.ts';
import type { KeyType } from '../x509/facts.ts';
import { authenticate } from './authenticate.ts';
import type { Authentication } from './authenticate.ts';
import type { Comparison, DaneFact, EndpointVerdict } from './facts.ts';
import { endpointOutcome } from './outcome.ts';
import type { SessionEnd } from './outcome.ts';

export interface EndpointQuestion {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** of the leaf; null where no certificate was seen */
  readonly keyType: KeyType | null;
  readonly connection: number | null;
  readonly records: readonly TlsaRecord[];
  readonly disposition: TlsaDisposition;
  /** DER as presented, leaf first; empty where nothing was */
  readonly chain: readonly Uint8Array[];
  /** the handshake was completed, so the server holds the key of the leaf */
  readonly proven: boolean;
  /** how the session ended, where it did not come to a completed handshake */
  readonly session?: SessionEnd;
  /** RFC 7672 §3.2.2; null where names are not part of the question */
  readonly referenceIdentifiers: readonly string[] | null;
  /** ms since 1970: the time for which dates are judged */
  readonly nowMs: number;
}

export interface VerifyRequest extends EndpointQuestion {
  /** monotonic ms, for the facts */
  readonly monotonic: () => number;
}

export async function* verifyEndpoint(request: VerifyRequest): AsyncGenerator<DaneFact, EndpointVerdict> {
  const { verdict, comparisons } = judgeEndpoint(request);
  for (const comparison of comparisons) {
    yield { type: 'dane.compared', at: request.monotonic(), subject: comparison.endpoint, comparison };
  }
  return verdict;
}

export interface EndpointJudgement {
  readonly verdict: EndpointVerdict;
  readonly comparisons: readonly (Comparison & { readonly endpoint: SubjectId })[];
}

/** Records are compared with a chain that is only presented too, but such a chain authenticates nobody. */
export function judgeEndpoint(question: EndpointQuestion): EndpointJudgement {
  const endpoint = endpointSubject(question.host, question.address, question.keyType);
  const chain = question.chain.map(sha256);
  const authentication = question.chain.length === 0 ? null : authenticate(question);
  const comparisons = (authentication?.comparisons ?? []).map((comparison) => ({
    endpoint, certificate: comparison.depth === null ? null : chain[comparison.depth] ?? null, ...comparison,
  }));
  return { verdict: verdictOn(question, chain, authentication), comparisons };
}

function verdictOn(question: EndpointQuestion, chain: readonly string[], authentication: Authentication | null): EndpointVerdict {
  const { host, address, port, keyType, connection, disposition, proven } = question;
  const session = question.session ?? { failure: null, tlsFailure: null, established: proven };
  const { outcome, reason } = endpointOutcome(disposition, session, authentication);
  return {
    host, address, port, keyType, connection, outcome, reason, chain,
    matched: outcome === 'authenticated' ? authentication?.matched ?? null : null,
    names: authentication?.names ?? null,
    dates: authentication?.dates ?? 'unknown',
    notes: authentication?.notes ?? [],
  };
}
