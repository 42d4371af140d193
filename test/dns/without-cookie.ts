import { parseMessage } from '../../core/dns/message.ts';
import { COOKIE_OPTION } from '../../core/dns/query.ts';

/** The answer for another asker: cookies are of one hop (RFC 7873 §4). The lab's OPT is the last record and has no other option. */
export function withoutCookie(answer: Uint8Array): Uint8Array {
  const parsed = parseMessage(answer);
  const cookie = parsed.ok ? parsed.value.edns?.options.find(({ code }) => code === COOKIE_OPTION) : undefined;
  if (cookie === undefined) return answer;
  const shorter = answer.slice(0, answer.length - 4 - cookie.data.length);
  shorter.fill(0, -2);
  return shorter;
}
