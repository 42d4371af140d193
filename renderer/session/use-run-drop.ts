/** A run file that is dropped anywhere on the window is opened. */
import { useEffect } from 'react';
import { useController } from './controller-context.ts';
import { openRunFile } from './run-files.ts';

export function useRunDrop(): void {
  const controller = useController();
  useEffect(() => {
    const over = (event: DragEvent): void => {
      // Without this the browser would leave the page for the file.
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      void openRunFile(file, controller);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [controller]);
}
