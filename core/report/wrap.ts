/** Breaks text at spaces so that lines have at most `width` columns; a word that is longer stays whole, as it may be copied, and so does `RFC 7672 §3.1`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replaceAll(/RFC (\d+) §/g, 'RFC\u00A0$1\u00A0§').split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return (line === '' ? lines : [...lines, indent + line]).map((whole) => whole.replaceAll('\u00A0', ' '));
}
