/** From the outcome of each endpoint to that of each MX host and of the domain: what happens to mail. */
import { assertNever } from '../base/assert-never.ts';
import type { EndpointVerdict, Outcome } from '../dane/facts.ts';
import type { Destination } from '../destination/facts.ts';
import { isOwnSide } from '../dnssec/own-side.ts';
import type { SmtpFailure } from '../smtp/facts.ts';
import type { DomainOutcome, Run } from './run.ts';

type Folded = Pick<Run, 'state' | 'context' | 'destination' | 'hosts' | 'endpoints' | 'connections' | 'lookups' | 'edited'>;

/** Worst first: what keeps mail back, then what could not be said, then what leaves it unprotected. */
export const WORST_FIRST: readonly Outcome[] = ['refused', 'lookup-failed', 'not-determined', 'opportunistic', 'tls-required-unauthenticated', 'authenticated'];

/** A verdict on a dialogue that a person changed is never told as a sender's. */
export function domainOutcome(run: Folded): DomainOutcome {
  const outcome = uneditedOutcome(run);
  return run.edited && outcome.headline !== '' ? { ...outcome, headline: `${outcome.headline} (edited by hand)` } : outcome;
}

function uneditedOutcome(run: Folded): DomainOutcome {
  const { destination } = run;
  if (run.state === 'empty') return { outcome: 'pending', headline: '', rfc: null, hosts: [] };
  if (destination === null || destination.hosts.length === 0) return withoutHosts(run, destination);
  const hosts = destination.hosts.map(({ name, preference }) => ({ name, preference, ...hostOutcome(run, name) }));
  const told = hosts.map(({ name, preference, outcome }) => ({ name, preference, outcome }));
  // RFC 5321 §5.1: a host that is proved to have no address is passed over; where there is another, that one decides.
  const withAddress = hosts.filter(({ name }) => !hasNoAddress(run, name));
  const deciding = withAddress.length > 0 ? withAddress : hosts;
  const outcome = run.state === 'running' ? 'pending' : worst(deciding.map((host) => host.outcome));
  // RFC 7672 §2.2.1: with insecure MX records TLS to the hosts they name is no secure delivery to the domain.
  if (destination.mxStatus === 'insecure' && PROTECTED.has(outcome)) return { outcome: 'opportunistic', headline: insecureHeadline(destination, deciding, outcome), rfc: 'RFC 7672 §2.2.1', hosts: told };
  return { ...domainSentence(destination, deciding, outcome, run.endpoints.map(({ verdict }) => verdict)), outcome, hosts: told };
}

const PROTECTED: ReadonlySet<Outcome> = new Set(['authenticated', 'tls-required-unauthenticated']);

const hasNoAddress = ({ hosts }: Folded, name: string): boolean => hosts.some((host) => host.name === name && host.reason.code === 'no-addresses');

/** DANE holds for the hosts, but not for the way to their names (RFC 7672 §2.2.1). */
function insecureHeadline(destination: Destination, hosts: readonly HostOutcome[], outcome: Outcome): string {
  const good = hosts.filter((host) => host.outcome === 'authenticated').length;
  const what = outcome === 'authenticated' || good > 0 ? `authenticated on ${good} of ${count(hosts.length, word(destination))}` : `encrypted on its ${word(destination)}${hosts.length === 1 ? '' : 's'}`;
  return `Mail to ${destination.domain} is ${what}, but its MX records are insecure: forged ones can lead it elsewhere`;
}

function withoutHosts(run: Folded, destination: Destination | null): DomainOutcome {
  const domain = destination?.domain ?? '';
  const says = (outcome: Outcome, headline: string, rfc: string | null): DomainOutcome => ({ outcome, headline, rfc, hosts: [] });
  switch (destination?.kind) {
    case 'null-mx': return says('not-determined', `${domain} accepts no mail (null MX, RFC 7505)`, 'RFC 7505 §3');
    case 'domain-does-not-exist': return says('not-determined', `${domain} does not exist${destination.mxStatus === 'secure' ? ' (secure proof)' : ' (not proved)'}`, 'RFC 5321 §5.1');
    case 'no-mail-host': return says('not-determined', `${domain} has neither MX hosts nor an address: it gets no mail`, 'RFC 5321 §5.1');
    case 'lookup-failed': {
      if (failsHere(run, domain)) return says('not-determined', `What happens to mail to ${domain} could not be determined: our own resolver is unusable`, 'RFC 4033 §5');
      // RFC 4035 §5.5: a validating resolver gives SERVFAIL to whoever asks, so this meets senders without DANE too.
      return destination.mxStatus === 'bogus'
        ? says('lookup-failed', `Validating senders cannot find the MX hosts of ${domain} at all: mail from them is delayed and will bounce`, 'RFC 4035 §5.5')
        : says('lookup-failed', `The MX lookup of ${domain} fails: mail from senders that do DANE is delayed and will bounce`, 'RFC 7672 §2.1.2');
    }
    case 'mx': case 'implicit-mx': case 'host': case 'address-literal': case undefined:
      return run.state === 'running' ? says('pending', 'Finding out where mail goes', null) : says('not-determined', 'Nothing was tested', null);
  }
}

interface HostOutcome {
  readonly name: string;
  readonly outcome: Outcome;
  /** every endpoint is refused or failed: the sender cannot use the host at all */
  readonly closed: boolean;
  readonly endpoints: number;
  readonly blocked: number;
}

/** Endpoints that could not be tested do not hide what the tested ones showed. */
function hostOutcome(run: Folded, name: string): Omit<HostOutcome, 'name'> {
  const verdicts = run.endpoints.map(({ verdict }) => verdict).filter(({ host }) => host === name);
  const blocked = verdicts.filter(isBlocked).length;
  const determined = verdicts.filter(({ outcome }) => outcome !== 'not-determined' && outcome !== 'pending');
  const counts = { closed: blocked > 0 && blocked === determined.length, endpoints: determined.length, blocked };
  // RFC 7672 §2.1.3: it is the sender's own security-aware resolver that has to work; ours does not, theirs may.
  if (run.hosts.some((host) => host.name === name && host.tlsa === 'lookup-failed') && failsHere(run, name)) return { ...counts, outcome: 'not-determined', closed: false };
  if (run.hosts.some((host) => host.name === name && host.tlsa === 'lookup-failed')) return { ...counts, outcome: 'lookup-failed', closed: true };
  if (run.state === 'running' && (verdicts.length === 0 || verdicts.some(({ outcome }) => outcome === 'pending'))) return { ...counts, outcome: 'pending' };
  const outcome = worst(determined.map(({ outcome }) => outcome));
  // Without DANE nothing has to be seen for the verdict, but a server that nobody got to speak to was not tested.
  return { ...counts, outcome: outcome === 'opportunistic' && isUntested(run, name) ? 'not-determined' : outcome };
}

/** Every connection to the host ended for a reason that says nothing about its TLS. */
function isUntested({ connections }: Folded, name: string): boolean {
  const made = connections.filter(({ connection }) => connection.host === name);
  return made.length > 0 && made.every(({ failure, parameters, tlsFailure }) => parameters === null && tlsFailure === null && failure !== null && saysNothing(failure));
}

function saysNothing({ code, phase }: SmtpFailure): boolean {
  switch (code) {
    case 'connect-refused': case 'connect-timeout': case 'connect-unreachable': case 'no-route': case 'reply-timeout': case 'limit': case 'aborted': case 'by-hand': return true;
    case 'closed': case 'reset': case 'rejected': case 'try-later': return phase === 'connect' || phase === 'banner' || phase === 'ehlo';
    case 'starttls-not-offered': case 'starttls-refused': case 'response-injection': case 'not-smtp': case 'reply-malformed': case 'tls': return false;
    default: return assertNever(code);
  }
}

/** Whether lookups of that name, or of what lies below it, failed for a reason that is not the domain's. */
const failsHere = ({ lookups }: Folded, name: string): boolean =>
  lookups.some(({ lookup }) => lookup !== null && `.${lookup.name}`.endsWith(`.${name}`) && isOwnSide(lookup.reason));

const isBlocked = ({ outcome }: EndpointVerdict): boolean => outcome === 'refused' || outcome === 'lookup-failed';

const worst = (outcomes: readonly Outcome[]): Outcome => WORST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 'not-determined';

interface Sentence {
  readonly headline: string;
  readonly rfc: string | null;
}

/** The first that applies: closed everywhere, closed somewhere, authenticated everywhere, a mix. */
function domainSentence(destination: Destination, hosts: readonly HostOutcome[], outcome: Outcome, verdicts: readonly EndpointVerdict[]): Sentence {
  const { domain } = destination;
  const rfc = verdicts.find((verdict) => verdict.outcome === outcome)?.reason.rfc ?? null;
  if (outcome === 'pending') return { headline: `Checking ${count(hosts.length, word(destination))} of ${domain}`, rfc: null };
  if (outcome === 'refused' || outcome === 'lookup-failed') return { headline: blockedHeadline(destination, hosts), rfc: rfc ?? 'RFC 7672 §2.1.2' };
  const untested = verdicts.filter((verdict) => verdict.outcome === 'not-determined').length;
  const tail = untested > 0 && outcome !== 'not-determined' ? `; ${count(untested, 'endpoint')} could not be tested from here` : '';
  return { headline: `${openHeadline(destination, hosts, outcome)}${tail}`, rfc };
}

function blockedHeadline(destination: Destination, hosts: readonly HostOutcome[]): string {
  const closed = hosts.filter((host) => host.closed);
  const through = hosts.length - closed.length;
  if (through === 0) return destination.kind === 'host' ? `Senders that do DANE do not deliver to ${destination.domain}` : 'Mail from senders that do DANE is delayed and will bounce';
  const parts = hosts.filter((host) => host.blocked > 0 || host.closed)
    .map((host) => (host.closed ? `${host.name} is skipped by senders that do DANE` : `${host.blocked} of ${count(host.endpoints, 'endpoint')} of ${host.name} ${host.blocked === 1 ? 'is' : 'are'} refused`));
  const how = closed.length === 0 ? 'Mail gets through, but' : `Mail gets through by ${through} of ${count(hosts.length, word(destination))};`;
  return `${how} ${parts.join('; ')}`;
}

function openHeadline(destination: Destination, hosts: readonly HostOutcome[], outcome: Outcome): string {
  const { domain } = destination;
  if (hosts.every((host) => host.outcome === outcome)) return uniformHeadline(destination, hosts.length, outcome);
  const mix = WORST_FIRST.toReversed().flatMap((kind) => {
    const number = hosts.filter((host) => host.outcome === kind).length;
    return number === 0 ? [] : [`${number} ${MIX_WORDS[kind]}`];
  });
  return `Mail to ${domain}: of ${hosts.length} MX hosts ${mix.join(', ')}`;
}

const MIX_WORDS: { readonly [Kind in Outcome]: string } = {
  authenticated: 'authenticated', 'tls-required-unauthenticated': 'with TLS required but not authenticated', opportunistic: 'as without DANE',
  refused: 'refused', 'lookup-failed': 'with failing lookups', 'not-determined': 'not determined from here', pending: 'pending',
};

function uniformHeadline(destination: Destination, hosts: number, outcome: Outcome): string {
  const { domain } = destination;
  const all = hosts === 1 ? `its ${word(destination)}` : `all ${count(hosts, word(destination))}`;
  const on = destination.kind === 'host' ? '' : ` on ${all}`;
  switch (outcome) {
    case 'authenticated': return `Mail to ${domain} is authenticated${on}`;
    case 'tls-required-unauthenticated': return `Mail to ${domain} needs TLS, but the server is not authenticated${on}`;
    case 'opportunistic': return `Mail to ${domain} goes as without DANE${on}`;
    case 'refused': case 'lookup-failed': case 'not-determined': case 'pending':
      return `What happens to mail to ${domain} could not be determined from here`;
  }
}

const word = ({ kind }: Destination): string => (kind === 'mx' ? 'MX host' : 'host');
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
