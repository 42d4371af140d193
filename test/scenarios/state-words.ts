/** The states that a window must have words for, each with the scene of the lab that shows it: held by the unit tests and, on the screen, by the e2e suite. */
export interface StateWords {
  readonly scene: string;
  /** default `<scene>.example` */
  readonly target?: string;
  readonly place: 'headline' | 'notice' | 'finding';
  /** whole; of a finding its beginning */
  readonly title: string;
  /** part of what stands beside it; null where the title says it all */
  readonly help: string | null;
  /** name of the button that is the one thing to do; null where there is nothing */
  readonly action: string | null;
}

/**
 * Without a scene, as no server makes them: the empty window, a run that goes on, no network (`offline.spec.ts`), a bug of ours
 * (`runs.spec.ts`), a run of another day (`replay.test.ts`, `runs.spec.ts`).
 */
export const STATES: readonly StateWords[] = [
  {
    scene: 'port-25-blocked', place: 'notice', title: 'This network does not let us reach port 25 (2 hosts, all timed out).',
    help: 'DNS and TLSA results below are complete; TLS could not be checked.', action: 'Open a run',
  },
  { scene: 'good-behind-stripping-resolver', place: 'notice', title: 'The resolver 203.0.113.253 removes signatures; asking the authoritative servers directly.', help: null, action: 'Change resolver' },
  { scene: 'no-ipv6', place: 'notice', title: 'No IPv6 from here: 1 address not tested.', help: null, action: null },
  { scene: 'clock-off', place: 'finding', title: 'This computer’s clock is off by 412 s; signature times may be misjudged.', help: null, action: null },
  { scene: 'null-mx', place: 'headline', title: 'null-mx.example accepts no mail (null MX, RFC 7505).', help: 'Not an error.', action: null },
  { scene: 'good-implicit-mx', place: 'notice', title: 'No MX RRset; senders use the address of good-implicit-mx.example itself.', help: null, action: null },
  { scene: 'domain-does-not-exist', place: 'headline', title: 'domain-does-not-exist.example does not exist (secure proof).', help: null, action: null },
  { scene: 'domain-not-there-unproved', target: 'domain-not-there-unproved.invalid', place: 'headline', title: 'domain-not-there-unproved.invalid does not exist (not proved).', help: null, action: null },
  {
    scene: 'ds-mismatch', place: 'headline', title: 'Validating senders cannot find the MX hosts of ds-mismatch.example at all: mail from them is delayed and will bounce',
    help: 'DS', action: 'Show in Trust',
  },
  { scene: 'tlsa-missing', place: 'notice', title: 'No DANE: senders use TLS if offered, unauthenticated.', help: null, action: 'Show in TLSA' },
  { scene: 'come-later-inside-tls', place: 'notice', title: 'The server asked to come back later; TLS was still checked.', help: '450 4.7.1 Greylisted, try again in five minutes', action: 'Run again' },
  { scene: 'greeting-try-later', place: 'notice', title: 'The server asked to come back later; TLS was not reached.', help: '421', action: 'Run again' },
  { scene: 'hung-up-after-ehlo', place: 'notice', title: 'mx1.hung-up-after-ehlo.example closed the connection.', help: 'Closed by the server after EHLO, without reply', action: 'Show in Dialogue' },
  { scene: 'good-current-next', place: 'notice', title: 'mx1.good-current-next.example: rollover under way, safe.', help: 'Record 2 matches nothing that is shown now; another record does.', action: null },
];

export const targetOf = ({ scene, target }: StateWords): string => target ?? `${scene}.example`;
