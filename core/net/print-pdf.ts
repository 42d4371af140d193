/** A report to PDF, printed by a Chromium of this computer: no window, no script, no network, nothing left behind. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plainText } from '../base/plain-text.ts';
import { failed, success, type Result } from '../base/result.ts';
import { BROWSER_VARIABLE, findBrowser } from './find-browser.ts';

export interface PdfFailure {
  readonly code: 'no-browser' | 'not-started' | 'too-slow' | 'stopped' | 'no-pdf';
  /** in words, with the way out */
  readonly text: string;
}

export interface PrintOptions {
  /** path of the browser; null: the one that is found */
  readonly browser?: string | null;
  /** ms after which the browser is ended */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/** ms; the largest report that the limits allow takes half of it on two slow processors */
const PATIENCE = 60_000;
/** octets */
const LARGEST_PDF = 256 * 1024 * 1024;
const WAY_OUT = 'Save the report as HTML, open it in any browser and print it from there.';

/** Goes before the document, whose own beginning the parser then merges (HTML §13.2.6.4.4): whatever is in it, no script runs and nothing is loaded. */
const GUARD = `<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">\n`;

/** No policy of a document stops `<meta http-equiv=refresh>`, and a browser that prints a file follows it into other files. A link without `rel` does nothing and may stand where a meta does. */
const withoutRefresh = (html: string): string => html.replaceAll(/<meta(?=[\s/>])/gi, '<link');

/** @param html a whole document without script and external requests */
export async function printPdf(html: string, { browser = null, patience = PATIENCE, signal }: PrintOptions = {}): Promise<Result<Uint8Array, PdfFailure>> {
  const program = browser ?? findBrowser();
  if (program === null) return failed({ code: 'no-browser', text: `No Chromium, Chrome or Edge was found to print with; name one in ${BROWSER_VARIABLE}. ${WAY_OUT}` });
  // Only we may enter the folder (mode 0700): a report is nobody else's business.
  const folder = await mkdtemp(join(tmpdir(), 'danescope-print-'));
  try {
    const page = join(folder, 'report.html');
    const pdf = join(folder, 'report.pdf');
    await writeFile(page, `${GUARD}${withoutRefresh(html)}`, { mode: 0o600 });
    const ending = await printed(program, argumentsFor(page, pdf, join(folder, 'profile')), { patience, signal });
    return ending ?? await pdfOf(pdf);
  } finally {
    // Helpers of the browser may still write to its profile when it has ended.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function argumentsFor(page: string, pdf: string, profile: string): string[] {
  return [
    '--headless=new', `--user-data-dir=${profile}`, `--print-to-pdf=${pdf}`, '--no-pdf-header-footer', '--generate-pdf-document-outline', '--export-tagged-pdf',
    // Nothing leaves this computer, by name or by address.
    '--host-resolver-rules=MAP * ~NOTFOUND', '--proxy-server=127.0.0.1:9', '--proxy-bypass-list=<-loopback>',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions', '--disable-default-apps', '--disable-breakpad', '--disable-domain-reliability',
    '--no-first-run', '--no-default-browser-check', '--no-pings', '--disable-gpu', '--disable-dev-shm-usage', '--password-store=basic', '--use-mock-keychain',
    // Chromium's sandbox does not run as root: there the choice is this or no PDF.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    pathToFileURL(page).href,
  ];
}

/** Of what the browser says, its end is kept. */
const LONGEST_COMPLAINT = 4000;

/** @returns null where the browser ended by itself, in good order */
function printed(program: string, args: readonly string[], { patience, signal }: { readonly patience: number; readonly signal: AbortSignal | undefined }): Promise<Result<never, PdfFailure> | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true });
    let complaint = '';
    let why: PdfFailure | null = null;
    const end = (failure: PdfFailure): void => {
      why ??= failure;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end({ code: 'too-slow', text: `The browser ${program} printed no PDF within ${String(patience / 1000)} seconds. ${WAY_OUT}` }), patience);
    const stop = (): void => end({ code: 'stopped', text: 'Printing was stopped.' });
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-LONGEST_COMPLAINT)));
    const settle = (failure: PdfFailure | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve(failure === null ? null : failed(failure));
    };
    child.once('error', (error) => settle({ code: 'not-started', text: `The browser ${program} could not be started (${error.message}). ${WAY_OUT}` }));
    // Not `close`: a helper that outlives the browser may hold its stderr.
    child.once('exit', (code, killed) => settle(why ?? (code === 0 ? null : { code: 'no-pdf', text: `The browser ${program} ended with ${killed ?? `exit code ${String(code)}`}${lastLine(complaint)}. ${WAY_OUT}` })));
  });
}

function lastLine(complaint: string): string {
  const line = complaint.trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : ` and said: ${plainText(line, 300)}`;
}

async function pdfOf(path: string): Promise<Result<Uint8Array, PdfFailure>> {
  const size = await stat(path).then((about) => about.size, () => 0);
  if (size === 0 || size > LARGEST_PDF) return failed({ code: 'no-pdf', text: `The browser wrote ${size === 0 ? 'no PDF' : `a PDF of ${String(size)} octets, more than we take`}. ${WAY_OUT}` });
  const pdf = new Uint8Array(await readFile(path));
  return new TextDecoder('latin1').decode(pdf.subarray(0, 5)) === '%PDF-' ? success(pdf) : failed({ code: 'no-pdf', text: `What the browser wrote is no PDF. ${WAY_OUT}` });
}
