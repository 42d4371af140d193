/** Beside Run: whether each command waits. */
import { seenTip } from '../a11y/tip.ts';
import { useKeyOf, withKey } from '../commands/key-hint.tsx';
import { useHand } from './hand-context.ts';
import { toggleStep } from './step-actions.ts';
import { useStep } from './step-store.ts';

export function StepToggle(): React.ReactNode {
  const hand = useHand();
  const key = useKeyOf('step.toggle');
  const on = useStep((state) => state.on);
  return (
    <label className="step-toggle" {...seenTip(withKey('Pause before each command', key))}>
      <input type="checkbox" checked={on} aria-keyshortcuts={key?.aria} onChange={() => toggleStep(hand)} /><span>Step</span><span className="for-screen-reader">: pause before each command</span>
    </label>
  );
}
