/** What a run leaves behind for a console that goes on with it: its numbers go on, and what it knows of its hosts. */
import { addressSubject, connectionSubject, type SubjectId } from '../base/subject.ts';
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
  readonly nextConnection: NextConnection;
  /** by sha256; a certificate is told once a run */
  readonly certificates: Map<string, CertificateFact>;
  readonly hosts: Map<string, KnownHost>;
}

/** `number` counts the connections of the run, the subject those to one address of a host: it names the same in the next run, whatever ran at once. */
export type NextConnection = (host: string, address: string) => { readonly number: number; readonly subject: SubjectId };

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

export function connectionCounter(): NextConnection {
  let number = 0;
  const counts = new Map<SubjectId, number>();
  return (host, address) => {
    const place = addressSubject(host, address);
    const nth = (counts.get(place) ?? 0) + 1;
    counts.set(place, nth);
    number += 1;
    return { number, subject: connectionSubject(host, address, nth) };
  };
}
