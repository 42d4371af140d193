/** Beside Run: whether each command waits. */
import { useHand } from './hand-context.ts';
import { toggleStep } from './step-actions.ts';
import { useStep } from './step-store.ts';

export function StepToggle(): React.ReactNode {
  const hand = useHand();
  const on = useStep((state) => state.on);
  return (
    <label className="step-toggle" title="Pause before each command (F9)">
      <input type="checkbox" checked={on} aria-keyshortcuts="F9" onChange={() => toggleStep(hand)} /><span>Step</span><span className="for-screen-reader">: pause before each command</span>
    </label>
  );
}
