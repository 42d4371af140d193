/** Small documents over HTTPS: no redirects, no cookies, a bound on size and time. */
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { DocumentSource, FetchFailure } from '../anchors/ports.ts';
import { concatBytes } from '../base/bytes.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';

export interface HttpsOptions {
  /** PEM; without it the authorities that ship with the runtime */
  readonly authorities?: string;
  /** ms for all of it */
  readonly timeout?: number;
  /** octets */
  readonly maximumLength?: number;
}

const TIMEOUT = 30_000;
const MAXIMUM_LENGTH = 262_144;

export class HttpsDocuments implements DocumentSource {
  readonly #options: HttpsOptions;

  constructor(options: HttpsOptions = {}) {
    this.#options = options;
  }

  fetch(url: string, signal: AbortSignal): Promise<Result<Uint8Array, FetchFailure>> {
    const { authorities, timeout = TIMEOUT, maximumLength = MAXIMUM_LENGTH } = this.#options;
    const patience = AbortSignal.timeout(timeout);
    return new Promise((resolve) => {
      const end = (code: FetchFailure['code'], text: string): void => resolve(failed({ code, text: `${url}: ${text}` }));
      const failure = (error: Error & { readonly code?: string }): void => {
        if (signal.aborted) end('aborted', 'stopped');
        else if (patience.aborted) end('timeout', `no answer within ${String(timeout / 1000)} s`);
        else end(isTlsError(error) ? 'tls' : 'unreachable', error.message === '' ? (error.code ?? 'no connection') : error.message);
      };
      const request = get(url, { signal: AbortSignal.any([signal, patience]), headers: { accept: '*/*' }, ...(authorities === undefined ? {} : { ca: authorities }) }, (response) => {
        if (response.statusCode !== 200) {
          response.destroy();
          end('status', `the server answers ${String(response.statusCode)}`);
          return;
        }
        collect(response, maximumLength, (bytes) => (bytes === null ? end('too-large', `more than ${String(maximumLength)} octets`) : resolve(success(bytes))), failure);
      });
      request.on('error', failure);
    });
  }
}

const isTlsError = ({ code }: { readonly code?: string }): boolean => code !== undefined && /CERT|^ERR_(?:TLS|SSL)|SELF_SIGNED|UNABLE_TO/.test(code);

/** @param done gets null where it is too much */
function collect(response: IncomingMessage, limit: number, done: (bytes: Uint8Array | null) => void, failure: (error: Error) => void): void {
  const chunks: Uint8Array[] = [];
  let size = 0;
  response.on('error', failure);
  response.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= limit) return;
    done(null);
    response.destroy();
  });
  response.on('end', () => done(concatBytes(...chunks)));
}
