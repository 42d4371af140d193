/** One inspection from the target to the verdict, told as events while it happens. */
import { parallel } from '../base/parallel.ts';
import { PausableDeadline } from '../base/pausable-deadline.ts';
import { domainSubject, type SubjectId } from '../base/subject.ts';
import { findDestination } from '../destination/find-destination.ts';
import type { HostSearch } from '../destination/host.ts';
import type { Lookup } from '../dns/facts.ts';
import { createResolver, type Resolver } from '../dnssec/resolver.ts';
import type { Target } from '../target/target.ts';
import type { Fact, InspectionEvent, RunContext } from './events.ts';
import { inspectHost, MAXIMUM_PROBED } from './inspect-host.ts';
import { withDefaults, type CompleteOptions, type InspectOptions } from './options.ts';
import type { Ports } from './ports.ts';
import { connectionCounter, stamper, type RunThread } from './run-thread.ts';
import { Aborted } from './turns.ts';
import { readTlsa } from '../dane/usable.ts';

/** RRsets for which every name server is asked, at most */
const COMPARED = 60;

/**
 * Ends with `run.finished`, with `run.stopped` when the signal is aborted, or with `run.failed` when the engine has a bug: the
 * events so far are the evidence and stay valid. Stopping the iteration early stops all work.
 */
export async function* inspect(target: Target, ports: Ports, options: InspectOptions, signal?: AbortSignal): AsyncGenerator<InspectionEvent, void> {
  const stop = new AbortController();
  const abort = (): void => { stop.abort(); };
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const complete = withDefaults(options);
  const { helo, timeouts, turns } = complete;
  const thread: RunThread = { target, ports, helo, timeouts, turns, stamp: stamper(), nextConnection: connectionCounter(), certificates: new Map(), hosts: new Map() };
  const { stamp } = thread;
  const deadline = new PausableDeadline(ports.clock, complete.deadline, stop.signal);
  complete.control?.attach(deadline, abort, (ms) => ports.clock.sleep(ms, stop.signal));
  const stopped = (): Ending => ({ type: 'run.stopped', text: deadline.expired ? `stopped after ${Math.round(complete.deadline / 1000)} s, the time a run may take; what had not been tested by then is not known` : 'stopped before the end' });
  try {
    yield* untilLeft(stamp(started(target, ports, complete)), abort);
    for await (const fact of whole(thread, complete, deadline.signal)) {
      if (deadline.signal.aborted) break;
      if (fact.type === 'destination.host') thread.hosts.set(fact.host.name, { host: fact.host, readAt: ports.clock.now() });
      yield* untilLeft(stamp(fact), abort);
    }
    yield stamp(ending(target, ports, deadline.signal.aborted ? stopped() : { type: 'run.finished' }));
  } catch (error) {
    yield stamp(ending(target, ports, error instanceof Aborted ? stopped() : { type: 'run.failed', text: bugText(error) }));
  } finally {
    complete.control?.detach(thread);
    deadline.clear();
    abort();
    signal?.removeEventListener('abort', abort);
  }
}

/** A viewer that leaves at this event must not wait for stages that wait for one another. */
async function* untilLeft(event: InspectionEvent, abort: () => void): AsyncGenerator<InspectionEvent, void> {
  let taken = false;
  try {
    yield event;
    taken = true;
  } finally {
    if (!taken) abort();
  }
}

async function* whole(thread: RunThread, options: CompleteOptions, signal: AbortSignal): AsyncGenerator<Fact, void> {
  if (signal.aborted) return;
  const { target, ports, nextConnection, certificates } = thread;
  const resolver = openResolver(ports, options, signal);
  const context = { lookUp: resolver.lookUp.bind(resolver), clock: ports.clock, families: options.families };
  const asked = new Map<string, Lookup>();
  const found = yield* noting(findDestination(target, context), asked);
  const hostContext = { ports, options, signal, nextConnection, certificates, tls: target.tls, turns: options.turns, visitor: { run: thread, kind: 'run' as const }, takeAddress: addressCount() };
  const searches = found.destination.hosts.map((host): HostSearch => ({ host, found, port: target.port, context, readTlsa }));
  yield* noting(parallel<Fact, void>(searches.map((search) => inspectHost(search, hostContext))), asked);
  if (!options.allServers) return;
  // `_tcp` above a TLSA record is asked for another reason and decides nothing.
  const questions = [...asked.values()].filter(({ name }) => !name.startsWith('_tcp.')).slice(0, COMPARED);
  for (const { name, rrtype } of questions) if (!signal.aborted) yield* resolver.compareServers(name, rrtype);
}

/** Takes note of the lookups that the stage finished. */
async function* noting<Value>(stage: AsyncGenerator<Fact, Value>, lookups: Map<string, Lookup>): AsyncGenerator<Fact, Value> {
  try {
    for (;;) {
      const step = await stage.next();
      if (step.done === true) return step.value;
      if (step.value.type === 'dns.lookup.finished') lookups.set(`${step.value.lookup.name} ${step.value.lookup.rrtype}`, step.value.lookup);
      yield step.value;
    }
  } finally {
    await stage.return(undefined as never);
  }
}

function openResolver({ network, clock, random }: Ports, { resolution, trustAnchors, timeouts, policy, minimiseQueryNames }: CompleteOptions, signal: AbortSignal): Resolver {
  return createResolver({
    network, clock, random, trustAnchors, signal, policy, minimiseQueryNames, timeouts: { udp: timeouts.dns, tcp: timeouts.dns * 2 },
    resolution: resolution.mode === 'iterative'
      ? { mode: 'iterative', rootHints: resolution.rootServers }
      : { mode: 'forwarding', forwarders: resolution.servers, fallback: resolution.fallbackRootServers ?? [] },
  });
}

function addressCount(): () => boolean {
  let taken = 0;
  return () => {
    taken += 1;
    return taken <= MAXIMUM_PROBED;
  };
}

function runContext(target: Target, ports: Ports, options: CompleteOptions): RunContext {
  const { resolution, helo, version, families, probe, timeouts, lab, allServers, minimiseQueryNames } = options;
  const servers = resolution.mode === 'iterative' ? resolution.rootServers : resolution.servers;
  return {
    target, startedAt: new Date(ports.clock.now()).toISOString(), version, helo, families, probe, timeouts, lab, allServers, minimiseQueryNames, tlsLibrary: ports.tls.library,
    resolver: { mode: resolution.mode, servers, why: resolution.why },
    ...(options.sources.length === 0 ? {} : { sources: options.sources }),
    ...(options.sourceNames.length === 0 ? {} : { sourceNames: options.sourceNames }),
    ...(options.anchorWarnings.length === 0 ? {} : { anchorWarnings: options.anchorWarnings }),
    trustAnchors: options.trustAnchors.map(({ kind, keyTag, algorithm, source, label, since }) => ({ kind, keyTag, algorithm, source, label, since })),
  };
}

const started = (target: Target, ports: Ports, options: CompleteOptions): Fact =>
  ({ type: 'run.started', at: ports.clock.monotonic(), subject: runSubject(target), context: runContext(target, ports, options) });

type Ending = { readonly type: 'run.finished' } | { readonly type: 'run.stopped' | 'run.failed'; readonly text: string };

const ending = (target: Target, ports: Ports, what: Ending): Fact => ({ ...what, at: ports.clock.monotonic(), subject: runSubject(target) });

const runSubject = (target: Target): SubjectId => domainSubject(target.kind === 'host' ? target.host : target.domain);

/** With the place in our code: the text is all that a saved run keeps of our bug. */
const bugText = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message).slice(0, 4000) : String(error).slice(0, 4000));
