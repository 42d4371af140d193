/** Run files that are dropped anywhere on the window are opened. */
import { useEffect } from 'react';
import { openRunFiles } from './run-files.ts';

export function useRunDrop(): void {
  useEffect(() => {
    const end = new AbortController();
    acceptRunFiles(window, end.signal);
    return () => end.abort();
  }, []);
}

/** @param place where a file may be dropped: the window, or a document in it that hears for itself */
export function acceptRunFiles(place: Window | Document, signal: AbortSignal | null = null): void {
  const options = signal === null ? {} : { signal };
  place.addEventListener('dragover', (event) => {
    // Without this the browser would leave the page for the file.
    if (isDrag(event) && event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  }, options);
  place.addEventListener('drop', (event) => {
    const files = isDrag(event) ? [...(event.dataTransfer?.files ?? [])] : [];
    if (files.length === 0) return;
    event.preventDefault();
    void openRunFiles(files);
  }, options);
}

const isDrag = (event: Event): event is DragEvent => 'dataTransfer' in event;
