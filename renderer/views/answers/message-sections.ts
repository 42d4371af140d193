/** Where each section of a DNS message lies in its bytes (RFC 1035 §4.1), so that bytes can be read beside their meaning. */
export interface MessagePart {
  readonly title: string;
  readonly from: number;
  /** first octet behind it */
  readonly to: number;
}

const [HEADER, FIXED_QUESTION, FIXED_RECORD] = [12, 4, 10];

/** Ends where the bytes do not go on as they should; the rest is told as such. */
export function messageParts(bytes: Uint8Array): readonly MessagePart[] {
  if (bytes.length < HEADER) return [{ title: 'Too short for a header', from: 0, to: bytes.length }];
  const parts: MessagePart[] = [{ title: 'Header', from: 0, to: HEADER }];
  let at: number | null = HEADER;
  for (const [index, title] of ['Question', 'Answer', 'Authority', 'Additional'].entries()) {
    const from: number = at;
    const count = (bytes[4 + index * 2] ?? 0) * 256 + (bytes[5 + index * 2] ?? 0);
    for (let entry = 0; entry < count && at !== null; entry += 1) at = index === 0 ? behindQuestion(bytes, at) : behindRecord(bytes, at);
    if (at === null) return [...parts, { title: `${title}: not readable to its end`, from, to: bytes.length }];
    if (at > from) parts.push({ title, from, to: at });
  }
  return at < bytes.length ? [...parts, { title: 'Behind the message', from: at, to: bytes.length }] : parts;
}

/** A pointer ends a name (RFC 1035 §4.1.4). */
function behindName(bytes: Uint8Array, at: number): number | null {
  for (let here = at; here < bytes.length;) {
    const length = bytes[here] ?? 0;
    if (length === 0) return here + 1;
    if (length >= 0xc0) return here + 2;
    here += length + 1;
  }
  return null;
}

const within = (bytes: Uint8Array, end: number): number | null => (end <= bytes.length ? end : null);

function behindQuestion(bytes: Uint8Array, at: number): number | null {
  const name = behindName(bytes, at);
  return name === null ? null : within(bytes, name + FIXED_QUESTION);
}

function behindRecord(bytes: Uint8Array, at: number): number | null {
  const name = behindName(bytes, at);
  if (name === null || name + FIXED_RECORD > bytes.length) return null;
  return within(bytes, name + FIXED_RECORD + (bytes[name + 8] ?? 0) * 256 + (bytes[name + 9] ?? 0));
}
