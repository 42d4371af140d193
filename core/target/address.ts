/** IP address literals as text: read, checked and put in one form, so that equal addresses are equal strings. */

export function isIpv4(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((octet) => Number(octet) <= 255 && String(Number(octet)) === octet);
}

/** RFC 5952 form, or null where the text is no IPv6 address. A zone such as `%eth0` is refused: it means nothing elsewhere. */
export function canonicalIpv6(text: string): string | null {
  if (text.length > 45) return null;
  const halves = withoutDottedQuad(text)?.split('::');
  if (halves === undefined || halves.length > 2) return null;
  const [left, right] = halves.map(readGroups);
  if (left === null || left === undefined || right === null) return null;
  if (right === undefined) return left.length === 8 ? formatGroups(left) : null;
  const missing = 8 - left.length - right.length;
  return missing < 1 ? null : formatGroups([...left, ...Array.from({ length: missing }, () => 0), ...right]);
}

/** Private, shared, link-local and loopback (RFC 1918, 6598, 3927, 4193, 4291). */
export function isLocalAddress(address: string): boolean {
  if (isIpv4(address)) return /^(?:10|127|169\.254|192\.168)\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(address);
  return /^(?:::1$|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/i.test(canonicalIpv6(address) ?? '');
}

/** The last 32 bits may be written as an IPv4 address (RFC 4291 §2.2). */
function withoutDottedQuad(text: string): string | null {
  const quad = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (quad === null) return text;
  if (!isIpv4(quad[2] ?? '')) return null;
  const [a = 0, b = 0, c = 0, d = 0] = (quad[2] ?? '').split('.').map(Number);
  return `${quad[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function readGroups(text: string): number[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? groups.map((group) => Number.parseInt(group, 16)) : null;
}

/** Lower case, no leading zeros, the first longest run of zeros as `::` (RFC 5952 §4). */
function formatGroups(groups: readonly number[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    const end = groups.findIndex((group, index) => index >= start && group !== 0);
    const length = (end === -1 ? groups.length : end) - start;
    if (length > best.length) best = { start, length };
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best.length < 2) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}
