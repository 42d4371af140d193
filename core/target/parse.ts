/** Reads what a person typed as the target of an inspection. */
import { plainText } from '../base/plain-text.ts';
import { failed, success, type Result } from '../base/result.ts';
import { canonicalIpv6, isIpv4 } from './address.ts';
import { parseDomainName } from './domain-name.ts';
import type { Target, TargetError, TlsStart } from './target.ts';

export interface TargetOptions {
  /** wins over a port in the text */
  readonly port?: number;
  readonly tls?: TlsStart;
  /** without it, a bare name is a mail domain and a name with a port is a host */
  readonly kind?: 'mx' | 'host';
}

const SMTP_PORT = 25;
/** TLS on connect (RFC 8314 §3.3) */
const SUBMISSIONS_PORT = 465;
/** local part, `@`, domain and port of RFC 5321 §4.5.3.1 fit well */
const MAXIMUM_LENGTH = 400;

/**
 * `example.org`, `user@example.org`, `mx1.example.org:25`, `192.0.2.25`, `[2001:db8::25]:465`, `bücher.example`.
 * Fails with what is wrong with which part, and an example that would do. Text in the error is safe to show.
 */
export function parseTarget(text: string, options: TargetOptions = {}): Result<Target, TargetError> {
  const input = text.trim();
  if (input === '') return wrong('empty', '', 'Nothing was given. Give a mail domain, an address, or a host with a port.', 'example.org');
  if (input.length > MAXIMUM_LENGTH) return wrong('too-long', input.slice(0, 40), `The target has ${input.length} characters; no domain or address is that long.`, 'example.org');
  const shape = unexpectedShape(input);
  if (shape !== null) return shape;
  if (options.port !== undefined && !isPort(options.port)) return badPort(String(options.port), 'example.org');
  const at = input.lastIndexOf('@');
  if (at === -1) return parseHostPart(input, { ...options, input, mailbox: false });
  if (at === 0) return wrong('unexpected', '@', 'There is no local part before the @.', 'user@example.org');
  // RFC 5321 §4.1.2: an @ is part of the local part only inside quotes.
  if (/@/.test(input.slice(0, at)) && !/^"(?:[^"\\]|\\.)*"$/.test(input.slice(0, at))) {
    return wrong('unexpected', input.slice(input.indexOf('@')), `There is more than one @ in “${input}”. Give one address, or the domain alone.`, `user@${input.slice(at + 1) || 'example.org'}`);
  }
  return parseHostPart(input.slice(at + 1), { ...options, input, mailbox: true });
}

interface Context extends TargetOptions {
  readonly input: string;
  readonly mailbox: boolean;
}

function unexpectedShape(input: string): Result<never, TargetError> | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(input) ?? /^(mailto|smtps?):/i.exec(input);
  if (scheme !== null) return wrong('unexpected', scheme[0], `“${scheme[0]}” starts a link. Give only the domain, the address or the host.`, 'example.org');
  const space = /\s/u.exec(input);
  if (space !== null) return wrong('unexpected', input, `There is white space inside “${input}”. Give one target at a time.`, 'example.org');
  const slash = input.indexOf('/');
  if (slash !== -1) return wrong('unexpected', input.slice(slash), `“${input.slice(slash)}” is a path. Give only the name.`, input.slice(0, slash) || 'example.org');
  return null;
}

function parseHostPart(text: string, context: Context): Result<Target, TargetError> {
  if (text === '') return wrong('empty', '', 'There is no domain after the @.', 'user@example.org');
  if (text.startsWith('[')) return parseBracketed(text, context);
  const colons = text.split(':').length - 1;
  if (colons > 1) return parseBareIpv6(text, context);
  const [name = '', portText] = text.split(':');
  const port = readPort(portText, context, name);
  if (!port.ok) return port;
  if (isIpv4(name)) return literalTarget(name, 'ipv4', port.value, context);
  if (/^[\d.]*\d\.[\d.]*$/.test(name)) return wrong('bad-address', name, `“${name}” looks like an IPv4 address but is none: four numbers from 0 to 255.`, '192.0.2.25');
  return nameTarget(name, port.value, portText !== undefined, context);
}

/** `[2001:db8::25]:465`, and the address literals of RFC 5321 §4.1.3 */
function parseBracketed(text: string, context: Context): Result<Target, TargetError> {
  const parts = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (parts === null) return wrong('bad-address', text, `“${text}” opens a bracket; after the closing one only a port may follow.`, '[2001:db8::25]:25');
  const inside = (parts[1] ?? '').replace(/^IPv6:/i, '');
  const ipv6 = canonicalIpv6(inside);
  const port = readPort(parts[2], context, `[${inside}]`);
  if (!port.ok) return port;
  if (ipv6 !== null) return literalTarget(ipv6, 'ipv6', port.value, context);
  if (isIpv4(inside)) return literalTarget(inside, 'ipv4', port.value, context);
  return wrong('bad-address', inside, `“${inside}” in the brackets is not an IP address.`, '[2001:db8::25]:25');
}

function parseBareIpv6(text: string, context: Context): Result<Target, TargetError> {
  const ipv6 = canonicalIpv6(text);
  if (ipv6 === null) return wrong('bad-address', text, `“${text}” has several colons but is not an IPv6 address. A port goes after the closing bracket.`, '[2001:db8::25]:25');
  return literalTarget(ipv6, 'ipv6', context.port ?? SMTP_PORT, context);
}

function readPort(text: string | undefined, context: Context, host: string): Result<number, TargetError> {
  if (text !== undefined && (!/^\d{1,5}$/.test(text) || !isPort(Number(text)))) return badPort(text, host);
  return success(context.port ?? (text === undefined ? SMTP_PORT : Number(text)));
}

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

const badPort = (text: string, host: string): Result<never, TargetError> =>
  wrong('bad-port', text, text === '' ? 'There is a colon but no port after it.' : `The port “${text}” is not a number from 1 to 65535.`, `${host}:25`);

function nameTarget(text: string, port: number, portGiven: boolean, context: Context): Result<Target, TargetError> {
  const name = parseDomainName(text);
  if (!name.ok) return wrong(name.failure.code, name.failure.part, name.failure.message, name.failure.example);
  const { ascii, unicode } = name.value;
  const common = { input: context.input, unicode, port, tls: tlsStart(port, context) };
  const mailDomain = context.kind === 'mx' || (context.kind === undefined && (context.mailbox || !portGiven));
  return success(mailDomain ? { kind: 'mail-domain', domain: ascii, ...common } : { kind: 'host', host: ascii, literal: null, ...common });
}

function literalTarget(host: string, literal: 'ipv4' | 'ipv6', port: number, context: Context): Result<Target, TargetError> {
  if (context.kind === 'mx') return wrong('not-a-name', host, `“${host}” is an address and has no MX records. Give a domain, or ask for the host.`, 'example.org');
  return success({ kind: 'host', input: context.input, host, unicode: null, literal, port, tls: tlsStart(port, context) });
}

const tlsStart = (port: number, options: TargetOptions): TlsStart => options.tls ?? (port === SUBMISSIONS_PORT ? 'on-connect' : 'starttls');

/** What was typed is shown again in the error, so it is made harmless here. */
function wrong(code: TargetError['code'], part: string, message: string, example: string): Result<never, TargetError> {
  return failed({ code, part: plainText(part, 100), message: plainText(message, 400), example: plainText(example, 100) });
}
