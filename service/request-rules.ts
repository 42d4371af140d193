/** Which requests the local host answers. Any web page and any program of this computer can send some to 127.0.0.1. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { REPORT_STYLE } from '../core/report/html-style.ts';

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly status: 403 | 405; readonly why: string };

const OK: Verdict = { ok: true };
const refused = (why: string): Verdict => ({ ok: false, status: 403, why });

/** A name that an attacker points at 127.0.0.1 (DNS rebinding) shows in Host; an address of another kind is none of ours. */
export function hostRule({ headersDistinct: { host } }: Pick<IncomingMessage, 'headersDistinct'>, port: number): Verdict {
  // RFC 9112 §3.2: exactly one; Node would take the first of several.
  return host?.length === 1 && host[0] === `127.0.0.1:${String(port)}` ? OK : refused('the Host header is not this server');
}

/** What changes something or speaks to the engine must come from our own page. */
export function originRule(headers: IncomingHttpHeaders, port: number): Verdict {
  return headers.origin === `http://127.0.0.1:${String(port)}` ? OK : refused('the Origin is not this page');
}

/** Any other request need not tell its Origin: a page's own files are asked for without. One that does must be of our page. */
export const toldOriginRule = (headers: IncomingHttpHeaders, port: number): Verdict => (headers.origin === undefined ? OK : originRule(headers, port));

/**
 * Other sites get nothing, neither as a script or image nor in a frame. A top-level navigation may come from anywhere: the
 * document holds no secret, and the start page that is opened as a file counts as another site.
 */
export function fetchSiteRule(headers: IncomingHttpHeaders): Verdict {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return OK;
  const topLevel = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return topLevel ? OK : refused('the request comes from another site');
}

export function methodRule(method: string | undefined, allowed: readonly string[]): Verdict {
  return allowed.includes(method ?? '') ? OK : { ok: false, status: 405, why: `only ${allowed.join(' and ')} here` };
}

/** The first rule that refuses decides. */
export const firstRefusal = (verdicts: readonly Verdict[]): Verdict => verdicts.find((verdict) => !verdict.ok) ?? OK;

/** A worker that is loaded from an address has the policy of its own answer (CSP3 §4.2.3). */
const LAYOUT_WORKER = /^\/assets\/layout-worker-[\w-]+\.js$/;

/** The preview of a report stands in a frame that has the policy of its page (CSP3 §7.8): the report's one style sheet may be there, and no other. */
const REPORT_STYLE_HASH = `'sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}'`;

/**
 * Sent with every answer, by the local host and by Electron's `app:` scheme alike.
 * @param connect what else the page may connect to, such as `ws://127.0.0.1:4711`
 * @param path of the file, where one is asked for: the worker that lays graphs out may compile WebAssembly, the page may not
 */
export function securityHeaders(connect: string | null, path = ''): { readonly [name: string]: string } {
  const policy = [
    "default-src 'none'",
    LAYOUT_WORKER.test(path) ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'",
    `style-src 'self' ${REPORT_STYLE_HASH}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${connect === null ? '' : ` ${connect}`}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    // The page has no link to elsewhere; should a text ever become one, its name is not looked up for having been shown.
    'X-DNS-Prefetch-Control': 'off',
    'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
    'Cache-Control': 'no-store',
  };
}
