/**
 * What a terminal of the window shows: lines of spans. Texts may come from anywhere: they are escaped again when they are
 * written, and there is no way to hand the terminal a control character.
 */
export type Tone = 'text' | 'quiet' | 'accent' | 'secure' | 'bogus' | 'warning';

/** Ground of the whole row, to the edge of the window. */
export type Ground = 'plain' | 'secure';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
  readonly strong?: boolean;
}

/** A line that did not change must be the same object again: then it is not written again. */
export interface TerminalLine {
  /** unique in its log */
  readonly id: string;
  readonly spans: readonly Span[];
  /** in place of `spans` where the terminal is narrow */
  readonly narrow?: readonly Span[];
  /** and where it is narrower still */
  readonly narrowest?: readonly Span[];
  readonly ground?: Ground;
  /** a row that parts what is above from what is below: filled with a line to the edge */
  readonly divides?: boolean;
  /** what is said aloud, where that is not the text of the spans */
  readonly spoken?: string;
}

/** the whole line as text, as it is copied */
export const lineText = (line: TerminalLine): string => line.spans.map(({ text }) => text).join('');
