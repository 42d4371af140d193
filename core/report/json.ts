/** The JSON report. Its fields are stable: they are added to, never renamed; what would break a reader gets a new schema version. */
import type { Outcome } from '../dane/facts.ts';
import type { ServerComparison } from '../dns/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import type { Evidence, Finding, Remedy, Severity } from '../findings/finding.ts';
import { finishedLookups } from '../findings/state.ts';
import type { Run } from '../inspection/run.ts';
import { notTested } from './circumstances.ts';
import { jsonCircumstances } from './json-circumstances.ts';
import type { JsonCircumstances } from './json-circumstances.ts';
import { jsonConsole, jsonEndpoint } from './json-endpoints.ts';
import type { JsonConsole, JsonEndpoint } from './json-endpoints.ts';
import { jsonHost, jsonLookup, jsonSenders } from './json-hosts.ts';
import type { JsonHost, JsonLookup, JsonSender } from './json-hosts.ts';
import { sendersOf } from './senders.ts';

export const SCHEMA_VERSION = 1;

export interface JsonReport {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** of the program that inspected */
  readonly version: string;
  /** as typed */
  readonly target: string;
  /** `finished`, or why the report is not whole */
  readonly state: Run['state'];
  /** ISO 8601 UTC; null in an empty run */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly outcome: Outcome;
  readonly headline: string;
  readonly rfc: string | null;
  readonly destination: { readonly kind: string; readonly domain: string; readonly mxStatus: SecurityStatus; readonly reason: string | null } | null;
  /** what becomes of mail for the domain, for each kind of sender */
  readonly senders: readonly JsonSender[];
  readonly hosts: readonly JsonHost[];
  readonly endpoints: readonly JsonEndpoint[];
  readonly lookups: readonly JsonLookup[];
  /** what every name server said; absent where the run did not ask them all */
  readonly comparisons?: readonly ServerComparison[];
  readonly findings: readonly JsonFinding[];
  /** commands were changed or left out by hand: not what a sender meets */
  readonly edited: boolean;
  /** what a person typed over channels of their own after the run; absent where there were none */
  readonly consoles?: readonly JsonConsole[];
  /** kinds of what was left out before the report was made; empty where nothing was */
  readonly redacted: readonly string[];
  /** sentences: what a reader might believe was tested, and was not */
  readonly notTested: readonly string[];
  /** what the result depends on besides the domain; null in an empty run */
  readonly circumstances: JsonCircumstances | null;
}

export interface JsonFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly subject: string;
  readonly message: string;
  readonly rfc: string;
  readonly remedy: Remedy | null;
  readonly evidence: readonly Evidence[];
}

export function jsonReport(run: Run, findings: readonly Finding[]): JsonReport {
  const { context, destination, outcome } = run;
  const senders = sendersOf(run);
  return {
    schemaVersion: SCHEMA_VERSION, version: context?.version ?? '', target: context?.target.input ?? '', state: run.state,
    startedAt: context?.startedAt ?? null, finishedAt: finishedAt(run), outcome: outcome.outcome, headline: outcome.headline, rfc: outcome.rfc,
    destination: destination === null ? null : { kind: destination.kind, domain: destination.domain, mxStatus: destination.mxStatus, reason: destination.reason?.text ?? null },
    senders: jsonSenders(senders.domain),
    hosts: run.hosts.map((host, index) => jsonHost(run, host, senders.hosts[index]?.senders)),
    endpoints: run.endpoints.map((endpoint, index) => jsonEndpoint(run, endpoint, senders.endpoints[index]?.senders)),
    lookups: finishedLookups(run).map(jsonLookup),
    ...(run.comparisons === undefined ? {} : { comparisons: run.comparisons.map(({ name, rrtype, zone, servers }) => ({ name, rrtype, zone, servers })) }),
    findings: findings.map(({ code, severity, subject, message, rfc, remedy, evidence }) => ({ code, severity, subject, message, rfc, remedy, evidence })),
    edited: run.edited, ...(run.consoles.length === 0 ? {} : { consoles: run.consoles.map((console) => jsonConsole(run, console)) }),
    redacted: context?.redacted ?? [], notTested: notTested(run),
    circumstances: jsonCircumstances(run),
  };
}

function finishedAt({ state, context, elapsedMs }: Run): string | null {
  if (context === null || state === 'running' || state === 'empty') return null;
  return new Date(Date.parse(context.startedAt) + elapsedMs).toISOString();
}
