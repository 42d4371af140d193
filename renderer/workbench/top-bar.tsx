import { useUi } from './ui-store.ts';
import { TargetField } from './target-field.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

export function TopBar(): React.ReactNode {
  return (
    <header className="top-bar" data-pane="top">
      <h1 className="brand"><Lens /> Danescope</h1>
      <TargetField />
      <ThemeSwitch />
      <button type="button" className="quiet-button" aria-keyshortcuts="F1" onClick={() => useUi.setState({ paletteShown: true })}>
        Commands <kbd>F1</kbd>
      </button>
    </header>
  );
}

function Lens(): React.ReactNode {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" aria-hidden="true">
      <circle cx="8.5" cy="8.5" r="6.2" />
      <path d="m13.2 13.2 4.6 4.6" strokeWidth="2.2" />
      <path d="M5.6 8.7 7.7 10.8 11.6 6.3" />
    </svg>
  );
}
