/** How the shells get IANA's documents; the real one is in `core/net`, tests bring their own. */
import type { Result } from '../base/result.ts';

export interface DocumentSource {
  /** The octets of an HTTPS resource. Nothing of it is believed for the way it came. */
  fetch(url: string, signal: AbortSignal): Promise<Result<Uint8Array, FetchFailure>>;
}

export interface FetchFailure {
  readonly code: 'unreachable' | 'tls' | 'status' | 'too-large' | 'timeout' | 'aborted';
  /** a clause that names the address */
  readonly text: string;
}

/** RFC 9718 §3.1, §3.2 */
export const ROOT_ANCHORS_XML = 'https://data.iana.org/root-anchors/root-anchors.xml';
export const ROOT_ANCHORS_SIGNATURE = 'https://data.iana.org/root-anchors/root-anchors.p7s';
