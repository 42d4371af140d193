/** Serves the built page under `app://inspector/`: a scheme of its own has an origin, which `file:` has not. */
import { protocol } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from '../core/api/page.ts';
import type { PageFile } from '../service/page-files.ts';
import { securityHeaders } from '../service/request-rules.ts';

/** Must be called before the app is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

export function servePage(files: ReadonlyMap<string, PageFile>): void {
  protocol.handle(APP_SCHEME, ({ method, url }) => {
    const headers = securityHeaders(null, pathOf(url));
    const file = url.startsWith(`${APP_ORIGIN}/`) ? files.get(pathOf(url)) : undefined;
    if (method !== 'GET' && method !== 'HEAD') return new Response('only GET and HEAD here', { status: 405, headers });
    if (file === undefined) return new Response('no such file', { status: 404, headers });
    return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'Content-Type': file.type } });
  });
}

const pathOf = (url: string): string => url.slice(APP_ORIGIN.length).split(/[?#]/, 1)[0] ?? '';
