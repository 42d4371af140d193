/** Which commands wait for the person, and in which words that is told. */
import type { ConnectionState, PausedState, Run } from '../../core/inspection/run.ts';
import { duration } from '../text/time.ts';

export interface Waiting {
  readonly paused: PausedState;
  readonly host: string;
  readonly address: string;
  readonly isProtected: boolean;
  /** ms for which the server waited when it was last told; null below the limit of the warning */
  readonly idleMs: number | null;
}

/** In the order in which they came to wait. */
export const waitingCommands = ({ connections }: Run): readonly Waiting[] =>
  connections.flatMap((state) => (state.paused === undefined ? [] : [waiting(state, state.paused)])).toSorted((left, right) => left.paused.seq - right.paused.seq);

const waiting = ({ connection: { host, address }, parameters, idleMs }: ConnectionState, paused: PausedState): Waiting =>
  ({ paused, host, address, isProtected: parameters !== null, idleMs: idleMs ?? null });

/** Servers may close after 5 minutes without a command. */
export const idleWarning = (idleMs: number): string => `The server has waited for ${duration(idleMs)}; from 5 minutes on it may close the connection (RFC 5321 §4.5.3.2.7).`;
