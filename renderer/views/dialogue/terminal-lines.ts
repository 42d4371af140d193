/** Rows of the dialogue as lines of the terminal. The same row is the same line again. */
import type { Span, TerminalLine, Tone } from '../../terminal/terminal-line.ts';
import type { DialogueRow } from './model.ts';

const known = new WeakMap<DialogueRow, TerminalLine>();

export function terminalLines(rows: readonly DialogueRow[]): readonly TerminalLine[] {
  return rows.map((row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const line = row.kind === 'band' ? bandLine(row) : dialogueLine(row);
    known.set(row, line);
    return line;
  });
}

/** The channel's state in words, across the window. */
function bandLine({ id, text, protected: inside }: DialogueRow): TerminalLine {
  const spans: readonly Span[] = [{ text: `── ${text}`, tone: inside ? 'secure' : 'quiet', strong: true }];
  return { id, spans, ground: inside ? 'secure' : 'plain', divides: true, spoken: text };
}

function dialogueLine(row: DialogueRow): TerminalLine {
  const { id, time, difference, text, hint, protected: inside } = row;
  const said: readonly Span[] = [
    { text: row.prefix.padEnd(4), tone: row.unexpected || row.kind === 'failure' ? 'bogus' : toneOf(row, 'quiet') },
    { text, tone: row.unexpected || row.kind === 'failure' ? 'bogus' : toneOf(row, 'text'), strong: row.unexpected || row.kind === 'failure' },
  ];
  return {
    id, spans: [{ text: `${time.padEnd(12)}  ${difference.padStart(7)}  `, tone: 'quiet' }, ...said],
    narrow: [{ text: `${time.padEnd(12)} `, tone: 'quiet' }, ...said], narrowest: said,
    ground: inside ? 'secure' : 'plain', spoken: [text, hint, time].filter((part) => part !== '').join(', '),
  };
}

const toneOf = ({ kind }: DialogueRow, server: Tone): Tone => (kind === 'client' ? 'accent' : (kind === 'server' ? server : 'quiet'));
