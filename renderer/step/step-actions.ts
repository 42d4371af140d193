/** What the keys, the buttons of the strip and the palette do in step mode. */
import { plainText } from '../../core/base/plain-text.ts';
import type { ControlAction } from '../../core/inspection/control.ts';
import { useSession } from '../session/session-store.ts';
import { say } from '../workbench/ui-store.ts';
import type { Hand } from './hand.ts';
import { isStepping, useStep } from './step-store.ts';
import { waitingCommands } from './waiting.ts';

/** On: what is under way pauses at its next command. Off: what waits goes on. */
export function toggleStep(hand: Hand): void {
  const on = !isStepping();
  useStep.setState({ on });
  say(on ? 'Each command waits for you' : 'Commands go out by themselves');
  if (useSession.getState().busy) void told(hand, { type: on ? 'pause' : 'continue' });
}

export const sendNext = (hand: Hand): void => answerNext(hand, 'send');
export const skipNext = (hand: Hand): void => answerNext(hand, 'skip');

function answerNext(hand: Hand, type: 'send' | 'skip'): void {
  const [next] = waitingCommands(useSession.getState().run);
  if (next === undefined) return say('No command waits for you');
  void told(hand, { type, pause: next.paused.pause });
}

/** @returns why not, in words; null where it went out */
export async function sendEdited(hand: Hand, pause: number, text: string): Promise<string | null> {
  const answer = await hand.control({ type: 'edit', pause, text });
  return answer.ok ? null : answer.failure.text;
}

export const nothingWaits = (): string | null => (waitingCommands(useSession.getState().run).length === 0 ? 'No command waits for you' : null);

/** A refusal is said; a line to the engine that is lost is told elsewhere. */
export async function told(hand: Hand, action: ControlAction): Promise<void> {
  try {
    const answer = await hand.control(action);
    if (!answer.ok) say(plainText(answer.failure.text, 300));
  } catch (error) {
    say(`The engine cannot be reached: ${plainText(error instanceof Error ? error.message : String(error), 200)}`);
  }
}
