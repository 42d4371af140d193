/** What a person asks of a run besides looking at it, and how it is refused. */
import type { Result } from '../base/result.ts';
import type { ConsolePermission, DeskRefusal } from '../smtp/permission.ts';

export type ControlAction =
  /** step mode on; off, then what waits goes on */
  | { readonly type: 'pause' | 'continue' }
  /** the run ends: each server that waits gets its QUIT */
  | { readonly type: 'stop' }
  | { readonly type: 'send' | 'skip'; readonly pause: number }
  | { readonly type: 'edit'; readonly pause: number; readonly text: string }
  /** a line into the console; `confirmed`: the person was asked about it */
  | { readonly type: 'type'; readonly text: string; readonly confirmed: boolean }
  | { readonly type: 'close' };

export type ControlAnswer = Result<void, ControlRefusal>;

export interface ControlRefusal {
  readonly code: DeskRefusal['code'] | 'unknown-run' | 'run-is-over' | 'nothing-waits' | 'no-console';
  /** in words, for the person */
  readonly text: string;
}

export interface ConsoleRequest {
  readonly host: string;
  readonly address: string;
  /** the key type of the endpoint; null for what senders usually meet there */
  readonly keyType: 'RSA' | 'ECDSA' | 'EdDSA' | null;
  readonly allow: ConsolePermission;
}

export interface ConsoleRefusal {
  readonly code: 'unknown-run' | 'run-goes-on' | 'console-open' | 'unknown-endpoint' | 'records-expired';
  readonly text: string;
}
