/** What is wrong with a line though the dialogue can go on. */
import type { SmtpNoticeCode } from './facts.ts';
import { USUAL_LINE } from './reply.ts';
import type { ReceivedLine } from './reply.ts';

export interface Notice {
  readonly code: SmtpNoticeCode;
  readonly text: string;
}

export function noticesOf(line: ReceivedLine): readonly Notice[] {
  const notices: Notice[] = [];
  if (line.bytes.length > USUAL_LINE) {
    // RFC 5321 §4.5.3.1.5: 512 octets with code and CRLF
    notices.push({ code: 'line-too-long', text: `a reply line of ${String(line.bytes.length)} octets, where ${String(USUAL_LINE)} are allowed` });
  }
  // RFC 5321 §2.3.8: lines end with CRLF, and a bare LF or CR must not be sent
  if (line.ending === 'lf' || line.text.includes('\r')) notices.push({ code: 'bare-lf', text: 'a line ending that is not CRLF' });
  // RFC 5321 §4.2: the text of a reply is HT, SP and the printable characters of ASCII
  if (/[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f]/.test(line.text)) notices.push({ code: 'control-characters', text: 'control characters in a reply' });
  if (/[^\x00-\x7f]/.test(line.text)) notices.push({ code: 'not-ascii', text: 'octets in a reply that are not ASCII' });
  return notices;
}
