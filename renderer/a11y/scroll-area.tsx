/** A part that scrolls by itself must be reachable by keyboard (axe: scrollable-region-focusable). */
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex */
import type { ReactNode } from 'react';

export function ScrollArea({ label, className, children }: { readonly label: string; readonly className: string; readonly children: ReactNode }): ReactNode {
  return <section className={className} aria-label={label} tabIndex={0}>{children}</section>;
}
