/** What a run leaves behind for a console that goes on with it: its numbers go on, and what it knows of its hosts. */
import type { DestinationHost } from '../destination/facts.ts';
import type { Target } from '../target/target.ts';
import type { CertificateFact } from '../x509/facts.ts';
import type { Fact, InspectionEvent, StepTimeouts } from './events.ts';
import type { Ports } from './ports.ts';
import type { Turns } from './turns.ts';

export interface RunThread {
  readonly target: Target;
  readonly ports: Ports;
  readonly helo: string;
  readonly timeouts: StepTimeouts;
  readonly turns: Turns;
  readonly stamp: (fact: Fact) => InspectionEvent;
  readonly nextConnection: () => number;
  /** by sha256; a certificate is told once a run */
  readonly certificates: Map<string, CertificateFact>;
  readonly hosts: Map<string, KnownHost>;
}

export interface KnownHost {
  readonly host: DestinationHost;
  /** ms since 1970 */
  readonly readAt: number;
}

/** Numbers the facts from 0 and counts their time from the first. */
export function stamper(): (fact: Fact) => InspectionEvent {
  let start: number | null = null;
  let seq = -1;
  return (fact) => {
    start ??= fact.at;
    seq += 1;
    return { ...fact, seq, at: Math.max(0, fact.at - start) };
  };
}

export function counter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}
