/** `danescope check`: inspects each target in turn and tells it live. */
import { plainText } from '../core/base/plain-text.ts';
import { assess } from '../core/findings/assess.ts';
import { inspect } from '../core/inspection/inspect.ts';
import { DEFAULT_TIMEOUTS } from '../core/inspection/options.ts';
import type { InspectOptions } from '../core/inspection/options.ts';
import { ehloName } from '../core/net/ehlo-name.ts';
import { loadAnchorStore } from '../core/net/anchor-store.ts';
import { openAsIs } from '../core/net/open-vantage.ts';
import type { OpenVantage } from '../core/net/open-vantage.ts';
import { version } from '../core/net/program-version.ts';
import { systemVantage } from '../core/net/vantage.ts';
import type { Vantage } from '../core/net/vantage.ts';
import { exitCode } from '../core/report/exit-code.ts';
import { parseTarget } from '../core/target/parse.ts';
import type { TargetOptions } from '../core/target/parse.ts';
import type { Target } from '../core/target/target.ts';
import { readCheckArguments } from './check-arguments.ts';
import type { CheckArguments, TargetArgument } from './check-arguments.ts';
import { tellerOf } from './check-formats.ts';
import type { Teller } from './check-formats.ts';
import { worstExitCode } from './exit-codes.ts';
import { readAnchorFile, readHintsFile, unusableStore } from './files.ts';
import { NOT_WRITTEN } from './output.ts';
import type { Output } from './output.ts';
import { checkOutput, DOCUMENTS } from './report-formats.ts';
import { RunRecorder } from './run-recorder.ts';
import { UsageError } from './usage-error.ts';

/** seen by nobody but the lab's own servers */
const LAB_HELO = 'probe.example.org';

export async function check(args: readonly string[], output: Output): Promise<number> {
  const read = readCheckArguments(args, output.colour);
  const targets = read.targets.map((target) => targetOf(target, read));
  if (isDocument(read.format)) checkOutput(read.format, read.outputFile, output.terminal);
  const from = await vantageOf(read);
  for (const { text } of from.vantage.anchorWarnings ?? []) output.error(`danescope: trust anchors: ${plainText(text, 400)}\n`);
  const stop = stopSignal(output);
  const teller = tellerOf(read, output);
  try {
    const codes: number[] = [];
    for (const target of targets) {
      if (stop.signal.aborted && codes.length > 0) break;
      codes.push(await inspectOne(target, { read, from, signal: stop.signal, teller, output }));
    }
    await teller.end();
    return worstExitCode(codes);
  } finally {
    stop.release();
    await from.close();
  }
}

const isDocument = (format: CheckArguments['format']): format is (typeof DOCUMENTS)[number] => DOCUMENTS.some((one) => one === format);

interface Checking {
  readonly read: CheckArguments;
  readonly from: OpenVantage;
  readonly signal: AbortSignal;
  readonly teller: Teller;
  readonly output: Output;
}

/** @returns the exit code of this run alone */
async function inspectOne(target: Target, { read, from, signal, teller, output }: Checking): Promise<number> {
  const recorder = new RunRecorder(read.save, { force: read.force });
  const { ports, options } = from.runOf(target, optionsOf(read, from.vantage));
  try {
    for await (const event of inspect(target, ports, options, signal)) {
      recorder.record(event);
      teller.event(event);
    }
    const run = recorder.run();
    const findings = assess(run);
    teller.run(run, findings, recorder.events());
    const lost = recorder.failure();
    if (lost === null) return exitCode(run, findings);
    output.error(`danescope: ${plainText(lost, 400)}\n`);
    return NOT_WRITTEN;
  } finally {
    recorder.close();
  }
}

const SMTP_PORT = 25;
/** TLS on connect (RFC 8314 §3.3) */
const SUBMISSIONS_PORT = 465;

function targetOf({ kind, text }: TargetArgument, { port, tls }: CheckArguments): Target {
  const options: TargetOptions = { ...(port === null ? {} : { port }), ...(tls === null ? {} : { tls }), ...KINDS[kind] };
  const result = parseTarget(text, options);
  if (result.ok) {
    const portNamed = port !== null || /:\d+$/.test(text);
    return result.value.tls === 'on-connect' && !portNamed && result.value.port === SMTP_PORT ? { ...result.value, port: SUBMISSIONS_PORT } : result.value;
  }
  const { message, example } = result.failure;
  throw new UsageError(`target “${text.slice(0, 80)}”: ${message.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())}`, `such as: danescope check ${example}`);
}

const KINDS: { readonly [Kind in TargetArgument['kind']]: Pick<TargetOptions, 'kind'> } = { any: {}, domain: { kind: 'mx' }, host: { kind: 'host' } };

async function vantageOf(read: CheckArguments): Promise<OpenVantage> {
  if (read.lab) return (await import('../lab/open.ts')).openLab();
  if (read.trustAnchors.length === 0) refuseBrokenStore();
  return openAsIs(await systemVantage({
    resolvers: read.resolvers.map((resolver) => ({ name: null, ...resolver })), fallback: read.fallback,
    ...(read.rootHints === null ? {} : { rootServers: readHintsFile(read.rootHints) }),
    ...(read.trustAnchors.length === 0 ? {} : { trustAnchors: read.trustAnchors.flatMap((file) => readAnchorFile(file)) }),
  }));
}

/** Before anything is sent: with no anchor every verdict would be "cannot say". */
function refuseBrokenStore(): void {
  const store = loadAnchorStore();
  if (!store.ok) throw unusableStore(store.failure);
}

function optionsOf(read: CheckArguments, vantage: Vantage): InspectOptions {
  const { timeout } = read;
  const timeouts = timeout === null ? DEFAULT_TIMEOUTS : { ...DEFAULT_TIMEOUTS, connect: timeout, banner: timeout, reply: timeout, handshake: timeout };
  return {
    helo: read.helo ?? (read.lab ? LAB_HELO : ehloName()), version: version(), resolution: vantage.resolution, trustAnchors: vantage.trustAnchors, anchorWarnings: vantage.anchorWarnings ?? [], sources: vantage.sources, sourceNames: vantage.sourceNames,
    families: read.families, probe: read.probe, timeouts, lab: vantage.lab, allServers: read.allServers, minimiseQueryNames: read.minimise,
    ...(read.deadline === null ? {} : { deadline: read.deadline }),
    ...(read.allowSha1 ? { policy: { allowSha1Signatures: true } } : {}),
  };
}

const INTERRUPTED = 130;

/** Ctrl+C ends the run in an orderly way, and what is known is told; a second one ends us. A reader that goes away stops the run too. */
function stopSignal(output: Output): { readonly signal: AbortSignal; readonly release: () => void } {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(INTERRUPTED);
    // A server that owes a reply is waited for (RFC 5321 §4.3.1): who sees nothing happen would think that we did not hear.
    output.error('danescope: stopping; again to end at once\n');
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.on(name, interrupt);
  output.closed.addEventListener('abort', () => stop.abort(), { once: true });
  return {
    signal: stop.signal,
    release: () => {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}
