/** A modal dialog: the browser keeps the focus inside and gives it back; Esc closes. What is inside is made anew each time. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly label: string;
  readonly className: string;
  readonly shown: boolean;
  readonly close: () => void;
  readonly children: ReactNode;
}

export function Dialog({ label, className, shown, close, children }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown && ref.current?.open === false) ref.current.showModal();
    if (!shown && ref.current?.open === true) ref.current.close();
  }, [shown]);
  return <dialog ref={ref} className={className} aria-label={label} onClose={close}>{shown ? children : null}</dialog>;
}
