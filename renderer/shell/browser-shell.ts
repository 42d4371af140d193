/** What the page asks of its window, where the window is a browser's: the page helps itself, and the local host prints. */
import { PRINT_PATH, SESSION_HEADER } from '../../core/api/page.ts';
import type { FileToSave, OpenedFile, PdfAnswer, SaveAnswer, Shell } from '../../core/api/shell.ts';
import { fileField } from '../session/file-field.ts';

/** @param session the value that tells the local host who asks; null where the page has none */
export function browserShell(session: () => string | null): Shell {
  return {
    kind: 'browser',
    save: (file) => Promise.resolve(download(file)),
    open: chooseFile,
    printPdf: (html) => print(html, session()),
    // The browser's menus are its own, and nobody else speaks to a page.
    showCommands: () => {},
    listen: () => () => {},
  };
}

function download({ name, type, content }: FileToSave): SaveAnswer {
  const bytes = typeof content === 'string' ? content : new Uint8Array(content);
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
  return { saved: true, where: name };
}

function chooseFile(): Promise<OpenedFile | null> {
  const field = fileField('.jsonl,.json,.run,application/jsonl');
  return new Promise((resolve) => {
    field.addEventListener('cancel', () => resolve(null), { once: true });
    field.addEventListener('change', () => resolve(opened(field.files?.[0])), { once: true });
    field.click();
  });
}

const opened = async (file: File | undefined): Promise<OpenedFile | null> => (file === undefined ? null : { name: file.name, text: await file.text() });

async function print(html: string, session: string | null): Promise<PdfAnswer> {
  try {
    const answer = await fetch(PRINT_PATH, { method: 'POST', body: html, headers: { 'Content-Type': 'text/html; charset=utf-8', [SESSION_HEADER]: session ?? '' } });
    if (answer.ok) return { ok: true, pdf: new Uint8Array(await answer.arrayBuffer()) };
    return { ok: false, why: (await answer.text()).trim() };
  } catch (error) {
    // The host went away, or broke off.
    return { ok: false, why: `the inspector that opened this page does not answer (${error instanceof Error ? error.message : String(error)})` };
  }
}
