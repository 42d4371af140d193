import { closeDialog } from './ui-store.ts';

export function DialogHead({ title }: { readonly title: string }): React.ReactNode {
  return (
    <div className="dialog-head">
      <h2>{title}</h2>
      <button type="button" className="quiet-button" onClick={closeDialog}>Close <kbd aria-hidden="true">Esc</kbd></button>
    </div>
  );
}
