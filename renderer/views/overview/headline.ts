/** The sentence at the top in each state a run can be in, with the exact words of the states. */
import type { Outcome } from '../../../core/dane/facts.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { OUTCOMES } from '../../status/vocabulary.ts';
import type { Status } from '../../status/vocabulary.ts';
import type { ViewName } from '../../workbench/views.ts';
import { counted } from '../../text/counted.ts';

export interface Headline {
  readonly status: Status;
  readonly title: string;
  readonly help: string | null;
  /** the view that shows why, where the sentence needs one */
  readonly view?: ViewName;
}

const RUNNING: Status = { sign: 'pending', tone: 'pending', word: 'running' };
const FAULT: Status = { sign: 'warning', tone: 'warning', word: 'failed' };
const STOPPED: Status = { sign: 'question', tone: 'warning', word: 'stopped' };
const NO_MAIL: Status = { sign: 'circle', tone: 'neutral', word: 'no mail' };
const NO_DOMAIN: Status = { sign: 'circle', tone: 'neutral', word: 'no such domain' };

export function headline(run: Run, running: boolean): Headline {
  if (run.state === 'failed') return { status: FAULT, title: `The inspector failed at ${run.stage === '' ? 'an unknown stage' : run.stage}; the evidence so far is kept.`, help: run.failure };
  if (running) return { status: RUNNING, title: progress(run), help: null };
  if (run.state === 'running' || run.state === 'stopped') return { status: STOPPED, title: 'Stopped; the evidence so far is kept.', help: run.failure };
  return special(run) ?? judged(run);
}

const judged = (run: Run): Headline => ({ status: shortly(run), title: run.outcome.headline, help: run.outcome.rfc });

const GETS_THROUGH: ReadonlySet<Outcome> = new Set(['authenticated', 'tls-required-unauthenticated', 'opportunistic']);

/** No worse than the sentence: where another endpoint takes the mail, the word says so. */
function shortly({ outcome: { outcome }, endpoints }: Run): Status {
  const status = OUTCOMES[outcome];
  if (outcome !== 'refused' && outcome !== 'lookup-failed') return status;
  return endpoints.some(({ verdict }) => GETS_THROUGH.has(verdict.outcome)) ? { ...status, word: `${status.word} in part` } : status;
}

/** `3 of 5 endpoints · TLS handshake with mx1` */
function progress(run: Run): string {
  const addresses = run.hosts.reduce((sum, host) => sum + host.addresses.length, 0);
  const known = new Set(run.endpoints.map(({ verdict }) => `${verdict.host}/${verdict.address}`)).size;
  const stage = run.stage === '' ? 'starting' : run.stage;
  return addresses === 0 ? stage : `${String(known)} of ${counted(addresses, 'endpoint')} · ${stage}`;
}

function special(run: Run): Headline | null {
  const destination = run.destination;
  switch (destination?.kind) {
    case 'null-mx': return { status: NO_MAIL, title: `${destination.domain} accepts no mail (null MX, RFC 7505).`, help: 'Not an error.' };
    case 'domain-does-not-exist': {
      const proof = destination.mxStatus === 'secure' ? 'secure proof' : 'not proved';
      return { status: NO_DOMAIN, title: `${destination.domain} does not exist (${proof}).`, help: 'Mail to it bounces (RFC 5321 §5.1).' };
    }
    // What senders do is known: it bounces (RFC 5321 §5.1).
    case 'no-mail-host': return { status: NO_MAIL, title: run.outcome.headline, help: run.outcome.rfc };
    case 'lookup-failed': return destination.mxStatus === 'bogus' ? { ...judged(run), help: destination.reason?.text ?? run.outcome.rfc, view: 'trust' } : null;
    case 'mx': case 'implicit-mx': case 'host': case 'address-literal': case undefined: return null;
  }
}
