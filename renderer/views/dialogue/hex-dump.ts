/** Bytes as offset, hex and text, sixteen a row. */
export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const WIDTH = 16;

/** @param limit bytes shown at most; a line can be long, a window cannot */
export function hexDump(bytes: Uint8Array, limit = 4096): readonly HexRow[] {
  const shown = bytes.subarray(0, limit);
  return Array.from({ length: Math.ceil(shown.length / WIDTH) }, (_, index) => {
    const row = [...shown.subarray(index * WIDTH, (index + 1) * WIDTH)];
    return {
      offset: (index * WIDTH).toString(16).padStart(4, '0'),
      hex: hexOf(row),
      text: row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
    };
  });
}

function hexOf(row: readonly number[]): string {
  const digits = row.map((byte) => byte.toString(16).padStart(2, '0'));
  return [digits.slice(0, WIDTH / 2).join(' '), digits.slice(WIDTH / 2).join(' ')].join('  ').trimEnd();
}
