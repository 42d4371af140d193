/** What a server says it can do, from its reply to EHLO (RFC 5321 §4.1.1.1). */
import type { Reply } from './reply.ts';

/** One entry a line after the greeting: the keyword in upper case, then its parameters as sent. */
export function capabilitiesOf(reply: Reply): readonly string[] {
  return reply.texts.slice(1).map((text) => text.trim()).filter((text) => text !== '').map((text) => {
    const keyword = keywordOf(text);
    return `${keyword}${text.slice(keyword.length)}`;
  });
}

/** Keywords are compared without regard to case (RFC 5321 §2.4). */
export const keywordOf = (capability: string): string => (/^\S+/.exec(capability)?.[0] ?? '').toUpperCase();

export const offers = (capabilities: readonly string[], keyword: string): boolean => capabilities.some((capability) => keywordOf(capability) === keyword);

/** These are meant to differ: RFC 3207 §4.2, RFC 4954 §4, RFC 8689 §2. */
const MEANT_TO_DIFFER = new Set(['STARTTLS', 'AUTH', 'REQUIRETLS']);

/** Keywords that are offered on one side of TLS only. */
export function differingKeywords(before: readonly string[], after: readonly string[]): { readonly gone: readonly string[]; readonly come: readonly string[] } {
  const [left, right] = [keywords(before), keywords(after)];
  return { gone: [...left].filter((keyword) => !right.has(keyword)), come: [...right].filter((keyword) => !left.has(keyword)) };
}

const keywords = (capabilities: readonly string[]): ReadonlySet<string> => new Set(capabilities.map(keywordOf).filter((keyword) => !MEANT_TO_DIFFER.has(keyword)));
