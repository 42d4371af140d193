/** A report to PDF: a hidden window of its own, without script, without network, in a session that leaves nothing behind. */
import { BrowserWindow, session } from 'electron';
import type { Session } from 'electron';
import { APP_SCHEME } from '../core/api/page.ts';
import type { PdfOnTheWire } from '../core/api/shell-contract.ts';
import { SHUT_OFF, shutOffSession } from './window.ts';

const REPORT_URL = `${APP_SCHEME}://report/`;
/** The report is one file with its styles and drawings in it. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/** ms; the largest report of the practice lab takes a tenth of it */
const PATIENCE = 60_000;

/** One after the other: they share the session. */
let last: Promise<unknown> = Promise.resolve();

export function printPdf(html: string): Promise<PdfOnTheWire> {
  const mine = last.then(() => printed(html));
  // What befell one report is told to whoever wanted it; the next is printed all the same.
  last = mine.catch(() => {});
  return mine;
}

async function printed(html: string): Promise<PdfOnTheWire> {
  const own = reportSession();
  serveOnly(own, html);
  const window = new BrowserWindow({ show: false, title: 'Danescope report', webPreferences: { ...SHUT_OFF, session: own, javascript: false } });
  try {
    const pdf = await inTime(loadedAndPrinted(window));
    return pdf === null ? { ok: false, why: 'it took longer than a minute' } : { ok: true, base64: pdf.toString('base64') };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  } finally {
    window.destroy();
    own.protocol.unhandle(APP_SCHEME);
  }
}

let kept: Session | null = null;

function reportSession(): Session {
  if (kept !== null) return kept;
  // A name without `persist:` is kept in memory alone.
  kept = session.fromPartition('report');
  shutOffSession(kept, { permits: () => false, loads: (url) => url === REPORT_URL || url.startsWith('data:image/') });
  return kept;
}

function serveOnly(own: Session, html: string): void {
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': REPORT_POLICY, 'X-Content-Type-Options': 'nosniff' };
  own.protocol.handle(APP_SCHEME, ({ url }) => (url === REPORT_URL ? new Response(html, { headers }) : new Response('no such file', { status: 404, headers })));
}

async function loadedAndPrinted(window: BrowserWindow): Promise<Buffer> {
  await window.loadURL(REPORT_URL);
  return window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true, generateDocumentOutline: true });
}

async function inTime(pdf: Promise<Buffer>): Promise<Buffer | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE);
  });
  try {
    return await Promise.race([pdf, late]);
  } finally {
    clearTimeout(timer);
  }
}
