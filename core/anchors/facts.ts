/** What is told about the trust anchors of a run before it begins. Plain data. */

export interface AnchorWarning {
  /**
   * - `promise-ended`: older than the time for which they were promised to do
   * - `no-usable-anchor`: every key was revoked, or there is none
   * - `not-signing`: none of them signs the root now
   * - `ends-soon`: within 30 days none of them will do
   */
  readonly code: 'promise-ended' | 'no-usable-anchor' | 'not-signing' | 'ends-soon';
  /** a sentence, with the way out */
  readonly text: string;
}
