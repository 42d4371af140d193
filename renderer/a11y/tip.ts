/** What a part of the window says in the tooltip (`tooltips.ts`): to those who look, and as its description to those who listen. */
import { plainText } from '../../core/base/plain-text.ts';

interface Tip {
  readonly 'data-tip'?: string;
  readonly 'aria-description'?: string;
}

/** characters of one line; what is longer stands whole elsewhere */
const LONGEST = 400;

/** @param text lines of it may hold anything; undefined says nothing */
export function tip(text: string | undefined): Tip {
  if (text === undefined) return {};
  const plain = plainTip(text);
  return { 'data-tip': plain, 'aria-description': plain };
}

/** Of a part that says the same in words already, to those who listen. */
export function seenTip(text: string): Tip {
  return { 'data-tip': plainTip(text) };
}

const plainTip = (text: string): string => text.split('\n').map((line) => plainText(line, LONGEST)).join('\n');
