/** What was recorded of the practice lab, with the keys of that day: see `record.test.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerAddress } from '../../core/dns/facts.ts';

export interface Recording {
  /** ms since 1970: the time for which the signatures hold */
  readonly recordedAt: number;
  readonly trustAnchorText: string;
  readonly rootHints: readonly ServerAddress[];
  readonly messages: readonly RecordedMessage[];
  /** every lookup of the runs */
  readonly questions: readonly { readonly name: string; readonly rrtype: string }[];
  /** DER in base64 */
  readonly certificates: readonly string[];
  /** of mail servers, with their line endings */
  readonly serverLines: readonly string[];
  readonly runFile: string;
}

export interface RecordedMessage {
  readonly address: string;
  /** lower case */
  readonly name: string;
  readonly rrtype: string;
  readonly transport: 'udp' | 'tcp';
  /** base64 */
  readonly response: string;
}

export const recording = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded-lab.json'), 'utf8')) as Recording;
