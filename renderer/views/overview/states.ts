/** What a reader must know before the matrix: circumstances that explain it, each with its exact words. */
import type { SubjectId } from '../../../core/base/subject.ts';
import type { ConnectionState, Run } from '../../../core/inspection/run.ts';
import type { Status } from '../../status/vocabulary.ts';
import { OUTCOMES } from '../../status/vocabulary.ts';
import { counted, leftOut } from '../../text/counted.ts';
import type { ViewName } from '../../workbench/views.ts';

export interface Notice {
  readonly id: string;
  readonly status: Status;
  readonly title: string;
  readonly help: string | null;
  /** the one thing to do about it: a view that shows why, or one of the others */
  readonly action?: NoticeAction;
}

/** `connection`: the one whose end is meant; of several another would be in front. */
export type NoticeAction = { readonly view: ViewName; readonly connection?: SubjectId } | 'run-again' | 'open-run' | 'change-resolver';

export function notices(run: Run): readonly Notice[] {
  return [...anchors(run), implicitMx(run), strippedSignatures(run), portBlocked(run), noIpv6(run), noTlsa(run), comeLater(run), hungUp(run), ...rollovers(run)].filter((one) => one !== null);
}

const DAY = 86_400_000;

/** `Result of 2026-10-02, 52 days old.` Days as the calendar in UTC counts them. */
export function ageInWords(startedAt: string, now: number): string {
  const day = startedAt.slice(0, 10);
  const days = Math.floor(now / DAY) - Math.floor(Date.parse(startedAt) / DAY);
  if (Number.isNaN(days)) return 'A saved result, of an unknown day.';
  return days <= 0 ? `Result of ${day}, made today.` : `Result of ${day}, ${counted(days, 'day')} old.`;
}

/** Told calmly: while one anchor does, nothing about the result changes. */
function anchors(run: Run): readonly Notice[] {
  return (run.context?.anchorWarnings ?? []).map(({ code, text }) => ({ id: `anchor-${code}`, status: code === 'ends-soon' ? CALM : OUTCOMES['not-determined'], title: 'Trust anchors.', help: text }));
}

const CALM: Status = { sign: 'circle', tone: 'neutral', word: 'note' };

function implicitMx(run: Run): Notice | null {
  if (run.destination?.kind !== 'implicit-mx') return null;
  return { id: 'implicit-mx', status: OUTCOMES.opportunistic, title: `No MX RRset; senders use the address of ${run.destination.domain} itself.`, help: null };
}

/** Where the authoritative servers could be asked instead, the notice of that says all of it. */
function strippedSignatures(run: Run): Notice | null {
  const round = run.dnsNotices.find((one) => one.code === 'resolving-from-root');
  const strips = run.dnsNotices.find((one) => one.code === 'forwarder-strips-dnssec');
  const title = round?.text ?? (strips === undefined ? null : `The resolver ${strips.text}.`);
  return title === null ? null : { id: 'stripped', status: round === undefined ? OUTCOMES['not-determined'] : CALM, title, help: null, action: 'change-resolver' };
}

function portBlocked(run: Run): Notice | null {
  // An address without a route from here was not tried: that says nothing about the port.
  const made = run.connections.filter((one) => one.failure?.code !== 'no-route');
  if (made.length === 0 || !made.every((one) => one.failure?.code === 'connect-timeout')) return null;
  const hosts = new Set(made.map((one) => one.connection.host)).size;
  const port = made[0]?.connection.port ?? 25;
  return {
    id: 'port-blocked', status: OUTCOMES['not-determined'],
    title: `This network does not let us reach port ${String(port)} (${String(hosts)} ${hosts === 1 ? 'host' : 'hosts, all'} timed out).`,
    help: `DNS and TLSA results below are complete; TLS could not be checked. Check from another host with danescope check --save FILE ${run.context?.target.input ?? 'TARGET'}, and open its run here.`,
    action: 'open-run',
  };
}

function noIpv6(run: Run): Notice | null {
  const unreached = run.connections.filter((one) => one.connection.address.includes(':') && one.failure?.code === 'no-route');
  if (unreached.length === 0) return null;
  const addresses = new Set(unreached.map((one) => one.connection.address)).size;
  return { id: 'no-ipv6', status: OUTCOMES['not-determined'], title: `No IPv6 from here: ${counted(addresses, 'address', 'addresses')} not tested.`, help: null };
}

function noTlsa(run: Run): Notice | null {
  if (run.hosts.length === 0 || !run.hosts.every((host) => host.tlsa === 'absent' || host.tlsa === 'insecure')) return null;
  return { id: 'no-tlsa', status: OUTCOMES.opportunistic, title: 'No DANE: senders use TLS if offered, unauthenticated.', help: run.hosts[0]?.reason.text ?? null, action: { view: 'tlsa' } };
}

function comeLater(run: Run): Notice | null {
  const all = run.connections.filter((one) => one.failure?.code === 'try-later');
  const [later] = all;
  if (later === undefined) return null;
  const checked = later.parameters === null ? 'TLS was not reached.' : 'TLS was still checked.';
  return { id: 'come-later', status: OUTCOMES['not-determined'], title: `The server asked to come back later; ${checked}`, help: `${later.connection.host}, ${later.connection.address}: ${ended(later.failure?.text ?? '')}${others(all, (count) => ` ${counted(count, 'more host')} did too.`)}`, action: 'run-again' };
}

const ended = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

const sentence = (text: string): string => ended(`${text.slice(0, 1).toUpperCase()}${text.slice(1)}`);

/** What is said of the first is said of others too: of how many, in words. */
function others(all: readonly ConnectionState[], words: (count: number) => string): string {
  const count = new Set(all.map((one) => one.connection.host)).size - 1;
  return count > 0 ? words(count) : '';
}

function hungUp(run: Run): Notice | null {
  const all = run.connections.filter((one) => (one.failure?.code === 'closed' || one.failure?.code === 'reset') && one.failure.phase !== 'quit');
  const [closed] = all;
  if (closed?.failure == null) return null;
  return { id: 'hung-up', status: OUTCOMES.refused, title: `${closed.connection.host}${others(all, (count) => ` and ${counted(count, 'more host')}`)} closed the connection.`, help: sentence(closed.failure.text), action: { view: 'dialogue', connection: closed.subject } };
}

/** One by one as long as they are few: of a provider with many hosts the matrix would be out of sight. */
function rollovers(run: Run): readonly Notice[] {
  const all = changes(run);
  if (all.length <= FEW) return all.map(({ name, help }) => ({ id: `rollover-${name}`, status: SAFE, title: `${name}: rollover under way, safe.`, help }));
  const names = all.slice(0, FEW).map(({ name }) => name).join(', ');
  return [{ id: 'rollover', status: SAFE, title: `${String(all.length)} MX hosts: rollover under way, safe.`, help: `${names} ${leftOut(all.length, FEW) ?? ''}: a record matches nothing that is shown now; another record does.` }];
}

const FEW = 3;

/**
 * A record that matches nothing beside one that does is how a change of keys looks on its way (RFC 7671 §8.1): good, and told so
 * that nobody removes it. Only where every endpoint of the host is authenticated.
 */
function changes(run: Run): readonly { readonly name: string; readonly help: string }[] {
  return run.hosts.flatMap(({ name, records }) => {
    const endpoints = run.endpoints.filter(({ verdict }) => verdict.host === name);
    if (endpoints.length === 0 || endpoints.some(({ verdict }) => verdict.outcome !== 'authenticated')) return [];
    const matched = new Set(endpoints.flatMap(({ comparisons }) => comparisons.filter((one) => one.matched).map(({ record }) => record)));
    const waiting = records.filter(({ usable, index }) => usable && !matched.has(index) && endpoints.some(({ comparisons }) => comparisons.some((one) => one.record === index && one.reason.code.endsWith('-differs'))));
    if (waiting.length === 0 || matched.size === 0) return [];
    const told = waiting.map(({ index }) => String(index + 1)).join(', ');
    return [{ name, help: `Record ${told} matches nothing that is shown now; another record does.` }];
  });
}

const SAFE: Status = { sign: 'check', tone: 'secure', word: 'safe' };
