/** Run files that are dropped anywhere on the window are opened. */
import { useEffect } from 'react';
import { openRunFiles } from './run-files.ts';

export function useRunDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      // Without this the browser would leave the page for the file.
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void openRunFiles(files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, []);
}
