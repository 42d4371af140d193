import { mxSubject } from '../base/subject.ts';
import { versionWords } from '../tls/names.ts';
import type { Assessor } from './assessor.ts';
import { addressesOf } from './failed-connection.ts';
import { finding, groupBy, handshakeEvidence, hostOf, requiresTls } from './state.ts';

const OLD: ReadonlySet<string> = new Set(['TLSv1', 'TLSv1.1', 'SSLv3']);

/** Nothing newer than TLS 1.1: deprecated, and not spoken by the libraries of today at their usual security level (RFC 8996 §4, §5). */
export const tlsTooOld: Assessor = (run) => {
  const old = run.connections.filter(({ connection, parameters }) => parameters !== null && OLD.has(parameters.protocol) && connection.purpose !== 'TLS 1.2');
  return groupBy(old, ({ connection }) => connection.host).flatMap((connections) => {
    const [first] = connections;
    if (first === undefined) return [];
    const host = hostOf(run, first.connection.host);
    const tlsRequired = host !== undefined && requiresTls(host);
    const effect = tlsRequired ? 'Its TLSA records make TLS a must, so they do not deliver.' : 'They deliver in the clear or not at all.';
    return [finding({
      code: 'tls-too-old', subject: mxSubject(first.connection.host), rfc: first.parameters?.protocol === 'TLSv1.1' ? 'RFC 8996 §5' : 'RFC 8996 §4', evidence: handshakeEvidence(connections),
      message: `${first.connection.host} (${addressesOf(connections)}) speaks nothing newer than ${versionWords(first.parameters?.protocol ?? 'TLSv1.1')}. Many senders do not speak that any more. ${effect}`,
      remedy: { text: 'Switch on TLS 1.2 and TLS 1.3; where the software has neither, renew it.', copy: null },
      ...(tlsRequired ? {} : { severity: 'warning' as const }),
    })];
  });
};
