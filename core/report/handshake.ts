/** A handshake in words: what was agreed, every message and every alert with its sender. Escaped. */
import { plainText } from '../base/plain-text.ts';
import type { ConnectionState } from '../inspection/run.ts';
import type { PresentedChain, TlsAlert, TlsMessage, TlsParameters } from '../tls/facts.ts';
import { versionWords } from '../tls/names.ts';

type Shaken = Pick<ConnectionState, 'parameters' | 'tlsFailure' | 'presented' | 'afterwards'>;

export interface HandshakePart {
  readonly label: 'Agreed' | 'Asked and given' | 'Messages' | 'Alerts' | 'Chain' | 'OCSP staple';
  readonly text: string;
}

/** In this order; what there was nothing of is left out. */
export function handshakeParts({ parameters, tlsFailure, presented, afterwards }: Shaken): HandshakePart[] {
  const messages = parameters?.messages ?? tlsFailure?.messages ?? [];
  const alerts = [...parameters?.alerts ?? tlsFailure?.alerts ?? [], ...afterwards?.alerts ?? []];
  const parts: readonly (HandshakePart | null)[] = [
    parameters === null ? null : { label: 'Agreed', text: agreedText(parameters) },
    parameters === null ? null : { label: 'Asked and given', text: aboutText(parameters, afterwards?.tickets ?? 0) },
    messages.length === 0 ? null : { label: 'Messages', text: messagesText(messages) },
    alerts.length === 0 ? null : { label: 'Alerts', text: alerts.slice(0, SHOWN).map(alertText).join('; ') },
    presented === null ? null : { label: 'Chain', text: presentedText(presented) },
    presented?.ocsp == null ? null : { label: 'OCSP staple', text: `${plainText(presented.ocsp.status)}. ${plainText(presented.ocsp.text, 400)}` },
  ];
  return parts.filter((part) => part !== null);
}

export const handshakeLines = (state: Shaken): string[] => handshakeParts(state).map(({ label, text }) => (label === 'Agreed' ? text : `${label}: ${text}`));

function presentedText({ certificates, proven, source, note }: PresentedChain): string {
  const count = `${String(certificates.length)} certificate${certificates.length === 1 ? '' : 's'} presented`;
  return `${count}${proven ? '' : ', not proven'}${source === 'wire' ? '' : ' (the TLS library’s view)'}${note === null ? '' : `: ${plainText(note, 400)}`}`;
}

const SHOWN = 60;

function agreedText({ protocol, cipher, group, signatureScheme, handshakeMs }: TlsParameters): string {
  const parts = [versionWords(protocol), cipher, ...(group === null ? [] : [group]), ...(signatureScheme === null ? [] : [`signed with ${signatureScheme}`]), `${String(Math.round(handshakeMs))} ms`];
  return parts.map((part) => plainText(part, 200)).join(', ');
}

function aboutText({ serverName, alpn, helloRetryRequest, resumed, clientCertificateRequested, timestamps }: TlsParameters, tickets: number): string {
  return [
    serverName === null ? 'no SNI' : `SNI ${plainText(serverName, 260)}`, alpn === null ? 'no ALPN' : `ALPN ${plainText(alpn, 100)}`,
    ...(helloRetryRequest ? ['HelloRetryRequest'] : []), ...(resumed ? ['resumed'] : []), ...(clientCertificateRequested ? ['a client certificate is asked for'] : []),
    ...(tickets === 0 ? [] : [`${String(tickets)} session ticket${tickets === 1 ? '' : 's'}`]),
    ...(timestamps === undefined || timestamps === 0 ? [] : [`${String(timestamps)} certificate timestamps`]),
  ].join(', ');
}

/** In the order of the wire, with octets; what one side says in a row stands behind one arrow. */
function messagesText(messages: readonly TlsMessage[]): string {
  const told = messages.slice(0, SHOWN).map(({ from, name, size }, index) => {
    const arrow = messages[index - 1]?.from === from ? '' : from === 'client' ? '-> ' : '<- ';
    return `${arrow}${plainText(name, 60)} (${String(size)})`;
  });
  return `${told.join(' ')}${messages.length > SHOWN ? ` and ${String(messages.length - SHOWN)} more` : ''}`;
}

/** Such as `close_notify (0) by the server, a warning`. */
export function alertText({ from, level, code, name }: TlsAlert): string {
  const number = code === null ? '' : ` (${String(code)})`;
  return `${plainText(name, 60)}${number} by the ${from}${level === 'unknown' ? '' : level === 'fatal' ? ', fatal' : ', a warning'}`;
}
