/** F6 and Shift+F6 walk the panes of the window in reading order; each pane remembers nothing and takes its first stop. */

const STOPS = '[tabindex="0"], button:not([disabled]):not([tabindex="-1"]), input:not([disabled]), select:not([disabled]), a[href]';

export function focusNextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.parentElement?.closest('[data-pane]') === null);
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  for (let tried = 1; tried <= panes.length; tried += 1) {
    const pane = panes[((current < 0 && step === -1 ? 0 : current) + step * tried + panes.length * 2) % panes.length];
    if (pane !== undefined && focusInside(pane)) return;
  }
}

/** @param selector of a pane or a part of one */
export function focusFirst(selector: string): void {
  const pane = document.querySelector<HTMLElement>(selector);
  if (pane !== null) focusInside(pane);
}

/**
 * Whoever had the keyboard went from the screen.
 * @param before who had it before that, where it is known
 */
export function giveBack(before: Element | null = null): void {
  if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
  // Not its first button: the key that was pressed last may be pressed once more.
  else document.querySelector<HTMLElement>('[data-pane="centre"] [role="tabpanel"]')?.focus();
}

function focusInside(pane: HTMLElement): boolean {
  const preferred = pane.querySelector<HTMLElement>('[data-pane-entry] [tabindex="0"]') ?? pane.querySelector<HTMLElement>(STOPS);
  (preferred ?? pane).focus();
  return pane.contains(document.activeElement);
}
