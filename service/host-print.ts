/** Prints the page's report with a Chromium of this computer. The report goes by HTTP: it may be larger than any message to the engine, which has no part in it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SESSION_HEADER } from '../core/api/page.ts';
import { LARGEST_DOCUMENT } from '../core/api/shell-contract.ts';
import { printPdf } from '../core/net/print-pdf.ts';
import type { PageAccess } from './page-access.ts';
import { firstRefusal, methodRule, originRule } from './request-rules.ts';

/** The seam to the browser that prints. */
export type Print = (html: string, options: { readonly signal: AbortSignal }) => ReturnType<typeof printPdf>;

export interface PrintExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly port: number;
  readonly access: PageAccess;
}

/** @returns why the request is not answered with a PDF; null where it is */
export type AnswerPrint = (exchange: PrintExchange) => Promise<{ readonly status: number; readonly why: string } | null>;

/** One report at a time: each starts a browser. */
export function printDesk(print: Print = printPdf): AnswerPrint {
  let busy = false;
  return async (exchange) => {
    const refusal = refusalOf(exchange);
    if (refusal !== null) return refusal;
    if (busy) return { status: 503, why: 'another report is being printed' };
    busy = true;
    try {
      return await printed(exchange, print);
    } finally {
      busy = false;
    }
  };
}

function refusalOf({ request, port, access }: PrintExchange): { readonly status: number; readonly why: string } | null {
  const verdict = firstRefusal([methodRule(request.method, ['POST']), originRule(request.headers, port)]);
  if (!verdict.ok) return verdict;
  const session = request.headers[SESSION_HEADER.toLowerCase()];
  if (typeof session !== 'string' || !access.isSession(session)) return { status: 401, why: 'no session' };
  return Number(request.headers['content-length'] ?? 0) > LARGEST_DOCUMENT ? TOO_LONG : null;
}

const TOO_LONG = { status: 413, why: 'the report is larger than 64 MiB' } as const;

async function printed({ request, response }: PrintExchange, print: Print): Promise<{ readonly status: number; readonly why: string } | null> {
  // Whoever goes away needs no PDF.
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const html = await readBody(request);
  if (html === null) return TOO_LONG;
  const pdf = await print(html, { signal: gone.signal });
  if (!pdf.ok) return { status: 503, why: pdf.failure.text };
  response.writeHead(200, { 'Content-Type': 'application/pdf', 'Content-Length': pdf.value.length });
  response.end(pdf.value);
  return null;
}

/** @returns null where the body is longer than the limit or breaks off */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > LARGEST_DOCUMENT) return null;
      chunks.push(chunk);
    }
  } catch {
    return null; // the client went away
  }
  return Buffer.concat(chunks).toString('utf8');
}
