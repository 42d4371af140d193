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

function focusInside(pane: HTMLElement): boolean {
  const preferred = pane.querySelector<HTMLElement>('[data-pane-entry] [tabindex="0"]') ?? pane.querySelector<HTMLElement>(STOPS);
  (preferred ?? pane).focus();
  return pane.contains(document.activeElement);
}
