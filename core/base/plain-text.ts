/**
 * Text from DNS, SMTP, TLS or a file is hostile until it went through here: control characters, escape sequences,
 * invisible characters and bidirectional controls are shown, never obeyed.
 */
const HIDDEN: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f], [0x7f, 0x9f], [0xad, 0xad], [0x034f, 0x034f], [0x061c, 0x061c], [0x115f, 0x1160], [0x17b4, 0x17b5], [0x180b, 0x180f],
  [0x200b, 0x200f], [0x2028, 0x202e], [0x2060, 0x206f], [0x3164, 0x3164], [0xd800, 0xdfff], [0xfe00, 0xfe0f], [0xfeff, 0xfeff],
  [0xffa0, 0xffa0], [0xfff0, 0xfffb], [0xe0000, 0xe0fff],
];

/** One line in which nothing can move a cursor, end a line, hide or reorder characters. Cut after `maximumLength` characters. */
export function plainText(text: string, maximumLength = 4096): string {
  let plain = '';
  let length = 0;
  for (const character of text) {
    if (length >= maximumLength) return `${plain}…`;
    const point = character.codePointAt(0) ?? 0;
    plain += HIDDEN.some(([first, last]) => point >= first && point <= last) ? escaped(point) : character;
    length += 1;
  }
  return plain;
}

function escaped(point: number): string {
  return point <= 0xff ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
}
