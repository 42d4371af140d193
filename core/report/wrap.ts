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

/** Breaks one line where it is too long, at a space where there is one, even inside of a word; what follows is indented. */
export function fit(line: string, width: number, indent = '      '): string[] {
  if (line.length <= width) return [line];
  const space = line.lastIndexOf(' ', width);
  // Between the halves of a surrogate pair nothing is broken.
  const end = space > width / 2 ? space : /[\uD800-\uDBFF]/.test(line.charAt(width - 1)) ? width - 1 : width;
  return [line.slice(0, end), ...fit(`${indent}${line.slice(end).trimStart()}`, width, indent)];
}
