/** What three kinds of sender do with mail for the inspected domain: at each endpoint, at each host, in all. A pure view of a run. */
import { concludeEndpoint, conclusion, contactOf, SENDER_KINDS, together, undetermined, type Conclusions, type Contact, type SenderConclusion, type SenderKind } from '../dane/senders.ts';
import type { EndpointVerdict } from '../dane/facts.ts';
import type { Destination, DestinationHost } from '../destination/facts.ts';
import type { ConnectionState, Run } from '../inspection/run.ts';

export interface SendersView {
  readonly domain: Conclusions;
  /** in the order of the run's hosts */
  readonly hosts: readonly { readonly name: string; readonly senders: Conclusions }[];
  /** in the order of the run's endpoints */
  readonly endpoints: readonly { readonly verdict: EndpointVerdict; readonly senders: Conclusions }[];
}

const SENDER_WORDS: { readonly [Kind in SenderKind]: string } = {
  'opportunistic-dane': 'with DANE', 'mandatory-dane': 'DANE required', 'without-dane': 'without DANE',
};

/** Configurations that make a sender one of the kind. */
const SENDER_EXAMPLES: { readonly [Kind in SenderKind]: string } = {
  'opportunistic-dane': 'Postfix dane, Exim hosts_try_dane', 'mandatory-dane': 'Postfix dane-only, Exim hosts_require_dane', 'without-dane': 'opportunistic STARTTLS',
};

const ACTION_WORDS: { readonly [Action in SenderConclusion['action']]: string } = {
  'delivers-authenticated': 'delivers, authenticated', 'delivers-encrypted': 'delivers, encrypted', 'delivers-perhaps-in-clear': 'delivers, perhaps in clear',
  'tries-next-host': 'tries the next host', defers: 'defers', bounces: 'bounces', 'not-determined': 'not determined',
};

export interface SenderRow extends SenderConclusion {
  readonly kind: SenderKind;
  /** such as `with DANE` */
  readonly sender: string;
  /** such as `Postfix dane, Exim hosts_try_dane` */
  readonly example: string;
  /** such as `delivers, encrypted` */
  readonly does: string;
}

/** One row for each kind of sender, in words. */
export const senderRows = (conclusions: Conclusions): SenderRow[] => SENDER_KINDS.map((kind) =>
  ({ ...conclusions[kind], kind, sender: SENDER_WORDS[kind], example: SENDER_EXAMPLES[kind], does: ACTION_WORDS[conclusions[kind].action] }));

export function sendersOf(run: Run): SendersView {
  const endpoints = run.endpoints.map(({ verdict }) => ({ verdict, senders: atEndpoint(run, verdict) }));
  const hosts = run.hosts.map((host) => {
    const parts = endpoints.filter(({ verdict }) => verdict.host === host.name).map(({ senders }) => senders);
    return { name: host.name, senders: eachKind((kind) => (parts.length === 0 ? withoutEndpoint(run, host)[kind] : together(parts.map((part) => part[kind]), 'host'))) };
  });
  return { endpoints, hosts, domain: domainOf(run, hosts.map(({ senders }) => senders)) };
}

const eachKind = (conclude: (kind: SenderKind) => SenderConclusion): Conclusions =>
  Object.fromEntries(SENDER_KINDS.map((kind) => [kind, conclude(kind)])) as unknown as Conclusions;

function atEndpoint(run: Run, verdict: EndpointVerdict): Conclusions {
  const host = run.hosts.find(({ name }) => name === verdict.host);
  if (host === undefined) return eachKind(() => undetermined('RFC 7672 §2.2'));
  const connection = run.connections.find((state) => state.connection.number === verdict.connection);
  const isWeak = verdict.notes?.some(({ code }) => code === 'weak-algorithm') === true;
  const concluded = concludeEndpoint({ isWeak, mxStatus: host.mxStatus, disposition: host.tlsa, outcome: verdict.outcome, reason: verdict.reason, contact: contact(run, connection) });
  return failsHere(run, host) ? { ...eachKind(() => undetermined('RFC 7672 §2.1.3')), 'without-dane': concluded['without-dane'] } : concluded;
}

/** The lookup failed for a reason on our side, so that senders may well have an answer. */
const failsHere = ({ outcome }: Run, { name, tlsa }: DestinationHost): boolean =>
  tlsa === 'lookup-failed' && outcome.hosts.some((host) => host.name === name && host.outcome === 'not-determined');

function contact(run: Run, connection: ConnectionState | undefined): Contact {
  if (connection === undefined) return 'unknown';
  const { parameters, failure, tlsFailure } = connection;
  const made = parameters === null ? 'not-made' : isUnlikeSenders(connection) ? 'unlikeSenders' : 'made';
  return contactOf(made, failure, tlsFailure?.mayBeOurs === true, run.context?.target.tls !== 'on-connect');
}

/** Older than senders' libraries speak (RFC 8996), or only without the name that many of them send. */
const isUnlikeSenders = ({ connection, parameters }: ConnectionState): boolean =>
  connection.purpose === 'without SNI' || (parameters !== null && /^(SSLv3|TLSv1(\.1)?)$/.test(parameters.protocol));

/** No connection was made: what DNS says decides, where it does. */
function withoutEndpoint(run: Run, host: DestinationHost): Conclusions {
  if (failsHere(run, host)) return eachKind(() => undetermined('RFC 7672 §2.1.3'));
  if (host.addresses.length === 0 && host.tlsa !== 'lookup-failed') return eachKind(() => conclusion('tries-next-host', 'The host has no address.', 'RFC 5321 §5.1'));
  return concludeEndpoint({ mxStatus: host.mxStatus, disposition: host.tlsa, outcome: 'not-determined', reason: host.reason, contact: 'unknown' });
}

function domainOf({ destination, state, outcome }: Run, hosts: readonly Conclusions[]): Conclusions {
  const early = destination === null ? null : beforeHosts(destination, outcome.outcome === 'not-determined');
  if (early !== null) return early;
  if (state === 'running' || state === 'empty' || destination === null || hosts.length < destination.hosts.length) return eachKind(() => undetermined('RFC 7672 §2.2'));
  return eachKind((kind) => together(hosts.map((senders) => senders[kind]), 'domain'));
}

/** Mail that goes nowhere, whoever sends it; null where there are hosts. */
function beforeHosts({ kind, mxStatus }: Destination, isUndetermined: boolean): Conclusions | null {
  switch (kind) {
    case 'null-mx': return eachKind(() => conclusion('bounces', 'The domain accepts no mail.', 'RFC 7505 §3'));
    case 'domain-does-not-exist': return eachKind(() => conclusion('bounces', 'The domain does not exist.', 'RFC 5321 §5.1'));
    case 'no-mail-host': return eachKind(() => conclusion('bounces', 'The domain has neither MX hosts nor an address.', 'RFC 5321 §5.1'));
    case 'lookup-failed': return isUndetermined ? eachKind(() => undetermined('RFC 7672 §2.1.3')) : failedMx(mxStatus === 'bogus');
    case 'mx': case 'implicit-mx': case 'host': case 'address-literal': return null;
  }
}

/** RFC 7672 §2.1.2: who validates gets no answer. A resolver that does not validate may have one where the fault is a signature. */
function failedMx(isBogus: boolean): Conclusions {
  const defers = conclusion('defers', 'The MX lookup fails: the mail waits and bounces in the end.', 'RFC 7672 §2.1.2', 'dnssec-invalid');
  return { 'opportunistic-dane': defers, 'mandatory-dane': defers, 'without-dane': isBogus ? conclusion('not-determined', 'Its resolver decides: if that validates, the mail waits and bounces in the end; if not, it is delivered.', 'RFC 4035 §5.5') : { ...defers, rfc: 'RFC 5321 §5.1', tlsrpt: null } };
}
