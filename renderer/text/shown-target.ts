/** What a run is about, as every place of the window tells it. */
import { plainText } from '../../core/base/plain-text.ts';
import { targetWords } from '../../core/target/target-words.ts';
import type { RunSession } from '../session/run-session.ts';

const LONGEST = 700;

/** Escaped and cut, but never in its A-label; as typed until the engine has read it, and then in both forms. @returns null before the first run */
export function shownTarget({ target, whole: { context } }: Pick<RunSession, 'target' | 'whole'>, longest = LONGEST): string | null {
  if (target === null) return null;
  const typed = plainText(target.trim(), longest);
  return context !== null && plainText(context.target.input, longest) === typed ? targetWords(context.target, longest) : typed;
}
