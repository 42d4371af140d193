import { useTheme } from '../theme/theme.ts';
import type { ThemeChoice } from '../theme/theme.ts';

const CHOICES: readonly { readonly choice: ThemeChoice; readonly word: string }[] = [
  { choice: 'system', word: 'System' }, { choice: 'light', word: 'Light' }, { choice: 'dark', word: 'Dark' },
];

export function ThemeSwitch(): React.ReactNode {
  const chosen = useTheme((state) => state.choice);
  const choose = useTheme((state) => state.choose);
  return (
    <fieldset className="segments">
      <legend className="for-screen-reader">Theme</legend>
      {CHOICES.map(({ choice, word }) => (
        <label key={choice} className={choice === chosen ? 'segment chosen' : 'segment'}>
          <input type="radio" name="theme" value={choice} checked={choice === chosen} onChange={() => choose(choice)} />
          {word}
        </label>
      ))}
    </fieldset>
  );
}
