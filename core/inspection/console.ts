/** A console on one endpoint of a run that is over: a connection of its own, verified as the run's were; its events go on with the run's. */
import { failed, success, type Result } from '../base/result.ts';
import { judgeEndpoint } from '../dane/verify.ts';
import { ConsoleDesk } from '../smtp/console-desk.ts';
import { converse } from '../smtp/dialogue.ts';
import type { ConverseOptions } from '../smtp/session.ts';
import type { ConsoleRefusal, ConsoleRequest } from './control.ts';
import type { Fact, InspectionEvent } from './events.ts';
import { waitingFact } from './inspect-host.ts';
import { describeChain, watched } from './probe.ts';
import { USUAL } from './probe-plan.ts';
import type { RunControl } from './run-control.ts';
import type { KnownHost, NextConnection, RunThread } from './run-thread.ts';
import { Aborted, type Visit } from './turns.ts';

/** The events as they come, or why there is no console. Aborting the signal says QUIT and closes the channel. */
export function openConsole(request: ConsoleRequest, control: RunControl, signal: AbortSignal): Result<AsyncGenerator<InspectionEvent, void>, ConsoleRefusal> {
  const { thread } = control;
  if (thread === null) return failed({ code: 'run-goes-on', text: 'The run is not over yet.' });
  if (control.desk !== null) return failed({ code: 'console-open', text: 'A channel of this run is open already.' });
  const known = thread.hosts.get(request.host);
  if (known === undefined || !known.host.addresses.some(({ address }) => address === request.address)) return failed({ code: 'unknown-endpoint', text: 'The run knows no such endpoint.' });
  // RFC 7671 §10.2: TLSA records are not used beyond their TTL.
  const age = thread.ports.clock.now() - known.readAt;
  if (known.host.records.length > 0 && age > known.host.tlsaTtl * 1000) return failed({ code: 'records-expired', text: 'The TLSA records of this run are older than their TTL. Run again, then open the channel.' });
  control.desk = new ConsoleDesk(request.allow);
  return success(console({ request, thread, known, control, desk: control.desk, signal }));
}

interface Opened {
  readonly request: ConsoleRequest;
  readonly thread: RunThread;
  readonly known: KnownHost;
  readonly control: RunControl;
  readonly desk: ConsoleDesk;
  readonly signal: AbortSignal;
}

async function* console(opened: Opened): AsyncGenerator<InspectionEvent, void> {
  const { request, thread, control, desk, signal } = opened;
  // A person who closes before the channel is there does not wait for it.
  const stop = AbortSignal.any([signal, desk.closing]);
  const visit: Visit<Fact> = {
    visitor: { run: thread, kind: 'console' },
    waiting: (behind) => waitingFact({ host: request.host, address: request.address, waits: 'console', behind }, thread.ports),
  };
  try {
    for await (const fact of thread.turns.at<Fact, void>(request.address, stop, () => channel(opened), visit)) yield thread.stamp(fact);
  } catch (error) {
    if (!(error instanceof Aborted)) throw error;
  } finally {
    control.desk = null;
  }
}

async function* channel(opened: Opened): AsyncGenerator<Fact, void> {
  const { request, known, thread: { ports, nextConnection, certificates } } = opened;
  const place = nextConnection(known.host.name, request.address);
  const wire = watched(ports.tls);
  const dialogue = converse(conversation(opened, place, wire.client));
  try {
    for (let step = await dialogue.next(); step.done !== true; step = await dialogue.next()) {
      yield step.value;
      if (step.value.type !== 'tls.established') continue;
      const chain = yield* describeChain(wire.certificates(), { ports, certificates });
      yield verdict(opened, place, chain.map(({ der }) => der), chain[0]?.fact.keyType ?? null);
    }
  } finally {
    await dialogue.return(undefined as never);
  }
}

type Place = ReturnType<NextConnection>;

/** The same question as that of the run's connections (see `EndpointJudge`), about this one alone. */
function verdict({ request: { address }, thread, known: { host } }: Opened, { number: connection, subject }: Place, chain: readonly Uint8Array[], keyType: Parameters<typeof judgeEndpoint>[0]['keyType']): Fact {
  const { ports: { clock }, target: { port } } = thread;
  const judged = judgeEndpoint({
    host: host.name, address, port, keyType, connection, session: { failure: null, tlsFailure: null, established: true }, records: host.records, disposition: host.tlsa,
    referenceIdentifiers: host.referenceIdentifiers, chain, proven: true, nowMs: clock.now(),
  });
  return { type: 'dane.channel', at: clock.monotonic(), subject, connection, endpoint: judged.verdict };
}

function conversation({ request: { address, keyType }, thread: { target, ports, helo, timeouts }, known: { host }, desk, signal }: Opened, { number, subject }: Place, tls: ConverseOptions['ports']['tls']): ConverseOptions {
  // An address literal has no name to send (RFC 6066 §3); else it is the TLSA base domain (RFC 7672 §8.1).
  const serverName = target.kind === 'host' && target.literal !== null ? null : host.tlsaBaseDomain ?? host.name;
  const { maximumVersion, groups, keyTypes } = USUAL;
  return {
    subject, connection: { number, host: host.name, address, port: target.port, purpose: 'console' },
    tls: target.tls, helo, timeouts, ports: { ...ports, tls }, signal, desk,
    request: { serverName, keyTypes: keyType === null ? keyTypes : [keyType], minimumVersion: 'TLSv1.2', maximumVersion, groups },
  };
}
