/**
 * Tooltips as WCAG 1.4.13 has them: what has `data-tip` says it after a short wait, to the keyboard as to the mouse; the pointer may go onto it; Esc closes it and nothing else. The
 * listeners stand at the document, once: a table of any length pays nothing for what its rows say (ADR 105).
 */
import { Tooltip } from './tooltip.ts';

export function startTooltips(): void {
  const tip = new Tooltip();
  const moved = realMoves();
  // Before those who end an event.
  const early = { capture: true };
  document.addEventListener('pointerover', (event) => {
    if (moved(event)) tip.over(event.target, event.clientX);
  }, early);
  document.documentElement.addEventListener('pointerleave', () => tip.left());
  document.addEventListener('pointerdown', ({ target }) => tip.pressed(target), early);
  document.addEventListener('focusin', ({ target }) => tip.focused(target), early);
  document.addEventListener('focusout', () => tip.blurred(), early);
  document.addEventListener('scroll', ({ target }) => tip.scrolled(target), early);
  for (const name of ['blur', 'resize'] as const) window.addEventListener(name, () => tip.close());
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !tip.escaped()) return;
    // Before anybody else hears it: a dialog, a menu and the run stay as they are.
    event.preventDefault();
    event.stopImmediatePropagation();
  }, early);
}

/** Where rows move under a pointer that rests, nobody pointed at what comes there; a finger points at nothing before it presses. */
function realMoves(): (event: PointerEvent) => boolean {
  let [x, y] = [-1, -1];
  return ({ clientX, clientY, pointerType }) => {
    const moved = clientX !== x || clientY !== y;
    [x, y] = [clientX, clientY];
    return moved && pointerType !== 'touch';
  };
}
