/** The terminal obeys nothing that it is given to show: asserted on the emulator's own buffer, title, bell and answers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Terminal } from '@xterm/xterm';
import { ansiLine } from '../../renderer/terminal/ansi.ts';
import { LineLog } from '../../renderer/terminal/line-log.ts';
import type { LogContent } from '../../renderer/terminal/line-log.ts';
import { searchPattern } from '../../renderer/terminal/search-pattern.ts';
import { sealedTerminal } from '../../renderer/terminal/sealed-terminal.ts';
import type { Span, TerminalLine } from '../../renderer/terminal/terminal-line.ts';

const COLUMNS = 100;
const ROWS = 8;

interface Watched {
  readonly terminal: Terminal;
  /** what a terminal would do to the world around it */
  readonly told: string[];
}

function watched(): Watched {
  const terminal = sealedTerminal({ cols: COLUMNS, rows: ROWS });
  const told: string[] = [];
  terminal.onTitleChange((title) => told.push(`title ${title}`));
  terminal.onData((data) => told.push(`answer ${data}`));
  terminal.onBinary((data) => told.push(`answer ${data}`));
  terminal.onBell(() => told.push('bell'));
  terminal.buffer.onBufferChange(() => told.push('other buffer'));
  return { terminal, told };
}

let world: Watched;
beforeEach(() => { world = watched(); });
afterEach(() => world.terminal.dispose());

const line = (id: string, text: string): TerminalLine => ({ id, spans: [{ text: `${id} `, tone: 'quiet' }, { text, tone: 'text' }] });

const shown = (log: LineLog, lines: readonly TerminalLine[], settings: Partial<LogContent> = {}): Promise<void> =>
  new Promise((resolve) => {
    log.show({ log: 'one', place: 'end', ...settings, lines });
    world.terminal.write('', () => setTimeout(resolve, 0));
  });

const rowTexts = ({ buffer: { active } }: Terminal): string[] =>
  Array.from({ length: active.baseY + active.cursorY + 1 }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');

const ESC = '\u001B';
const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ['moves the cursor', `${ESC}[1;1H${ESC}[5A${ESC}[2Joverwritten`],
  ['sets the title (OSC 0, 2)', `${ESC}]0;owned\u0007${ESC}]2;owned${ESC}\\`],
  ['writes the clipboard (OSC 52)', `${ESC}]52;c;b3duZWQ=\u0007`],
  ['makes a link (OSC 8)', `${ESC}]8;;https://evil.example/${ESC}\\click${ESC}]8;;${ESC}\\`],
  ['changes the palette (OSC 4, 10, 11)', `${ESC}]4;16;#ff0000\u0007${ESC}]10;#ff0000\u0007`],
  ['asks for an answer (DA, DSR, DECRQSS)', `${ESC}[c${ESC}[6n${ESC}[>c${ESC}P$qm${ESC}\\`],
  ['colours', `${ESC}[31;41mred`],
  ['other buffer, resize, reset', `${ESC}[?1049h${ESC}[8;1;1t${ESC}c${ESC}[!p`],
  ['C1 controls', '\u009B2J\u009D0;owned\u009C\u0090q\u009C\u0085next'],
  ['line ends and tabs', 'a\r\nb\u000Bc\td\b\b\be'],
  ['line drawing', `${ESC}(0qqq\u000Eqqq\u000F`],
  ['bell and NUL', '\u0007\u0000'],
  ['bidirectional controls', '\u202Egnol\u202C \u2066x\u2069 \u200F'],
  ['zero width', 'a\u200Bb\u200Dc\uFEFFd\u2060e'],
];

describe('nothing that a server sends', () => {
  test.each(HOSTILE)('%s: it stands there escaped', async (_what, text) => {
    const { terminal, told } = world;
    const log = new LineLog(terminal);
    await shown(log, [line('before', 'ok'), line('it', text), line('after', 'ok')]);
    const rows = rowTexts(terminal);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe('before ok');
    expect(rows[1]?.startsWith('it ')).toBe(true);
    expect(rows[1]).toMatch(/\\x|\\u\{/);
    expect(rows[2]).toBe('after ok');
    expect(rows.join('')).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/);
    expect(told).toEqual([]);
  });

  test('its colours are ours', async () => {
    await shown(new LineLog(world.terminal), [line('it', `${ESC}[31;41mred`)]);
    const cell = world.terminal.buffer.active.getLine(0)?.getCell(12);
    expect([cell?.getFgColor(), cell?.isBgDefault()]).toEqual([16, true]);
  });

  test('a flood of combining marks is escaped after the fourth', async () => {
    await shown(new LineLog(world.terminal), [line('it', `Z${'\u0301'.repeat(500)}`)]);
    const cells = Array.from({ length: COLUMNS }, (_, column) => world.terminal.buffer.active.getLine(0)?.getCell(column)?.getChars() ?? '');
    expect(Math.max(...cells.map((chars) => chars.length))).toBeLessThanOrEqual(5);
  });

  test('a line of 100 kB is cut', async () => {
    await shown(new LineLog(world.terminal), [line('it', 'x'.repeat(100_000)), line('after', 'ok')]);
    expect(rowTexts(world.terminal)).toHaveLength(12);
  });
});

describe('the second lock: sequences that were written raw', () => {
  test.each(HOSTILE.slice(0, 8))('%s: swallowed by the parser', async (_what, text) => {
    const { terminal, told } = world;
    await new Promise<void>((resolve) => { terminal.write(`first\r\n${text}`, resolve); });
    expect(told).toEqual([]);
    expect([terminal.cols, terminal.rows, terminal.buffer.active.type]).toEqual([COLUMNS, ROWS, 'normal']);
    expect(rowTexts(terminal)[0]).toBe('first');
  });
});

describe('a line longer than a row', () => {
  const said = 'abcdefghij'.repeat(19);
  const long: TerminalLine = { id: 'long', spans: [{ text: '12:00:00', tone: 'quiet' }, { text: ' <- ', tone: 'quiet' }, { text: said, tone: 'text' }] };
  const blanks = ' '.repeat(12);

  test('goes on below its text, and is one line', async () => {
    const log = new LineLog(world.terminal);
    await shown(log, [line('a', 'ok'), long, line('z', 'ok')]);
    expect(rowTexts(world.terminal)).toEqual(['a ok', `12:00:00 <- ${said.slice(0, 88)}`, `${blanks}${said.slice(88, 176)}`, `${blanks}${said.slice(176)}`, 'z ok']);
    expect([0, 1, 2, 3, 4].map((row) => world.terminal.buffer.active.getLine(row)?.isWrapped)).toEqual([false, false, true, true, false]);
    expect(log.rowsOf(1)).toEqual({ first: 1, count: 3 });
    expect([0, 1, 2, 3, 4].map((row) => log.hangAt(row))).toEqual([0, 0, 12, 12, 0]);
    expect([...log.hangs()]).toEqual([12]);
  });

  test('ends its rows at spaces; a word longer than a third of one is cut', async () => {
    const words = `${'a'.repeat(40)} ${'b'.repeat(40)} ${'c'.repeat(60)} ${'d'.repeat(87)} e`;
    const log = new LineLog(world.terminal);
    await shown(log, [{ ...long, spans: [...long.spans.slice(0, 2), { text: words, tone: 'text' }] }, line('z', 'ok')]);
    expect(rowTexts(world.terminal).map((row) => row.replace(/\u00A0+$/, ''))).toEqual([
      `12:00:00 <- ${'a'.repeat(40)} ${'b'.repeat(40)} `, `${blanks}${'c'.repeat(60)} `, `${blanks}${'d'.repeat(87)} `, `${blanks}e`, 'z ok',
    ]);
    expect(log.rowsOf(0)).toEqual({ first: 0, count: 4 });
    expect(log.rowsOf(1)).toEqual({ first: 4, count: 1 });
    const buffer = world.terminal.buffer.active;
    const whole = [0, 1, 2, 3].map((row) => buffer.getLine(row)?.translateToString(false) ?? '').join('');
    for (const sought of [words, 'a b', `${'c'.repeat(60)} d`, 'dd e']) expect(new RegExp(searchPattern(sought, log.hangs())).test(whole), sought).toBe(true);
    expect(new RegExp(searchPattern('ab', log.hangs())).test(whole)).toBe(false);
  });

  test('is wrapped as the emulator does where it has a character that fills rows elsewhere', async () => {
    await shown(new LineLog(world.terminal), [{ ...long, spans: [...long.spans.slice(0, 2), { text: `${'a'.repeat(80)}\u00A0${'b'.repeat(40)}`, tone: 'text' }] }]);
    expect(rowTexts(world.terminal)).toEqual([`12:00:00 <- ${'a'.repeat(80)}\u00A0bbbbbbb`, 'b'.repeat(33)]);
  });

  test('also in a window of another width, and after it', async () => {
    const log = new LineLog(world.terminal);
    await shown(log, [long]);
    for (const columns of [60, 90]) {
      world.terminal.resize(columns, ROWS);
      await expect.poll(() => rowTexts(world.terminal)[1]).toBe(`${blanks}${said.slice(columns - 12, 2 * (columns - 12))}`);
      expect(log.hangAt(1)).toBe(12);
    }
  });

  test.each<readonly [what: string, text: string, before: string]>([
    ['its characters take two columns', '漢字'.repeat(60), 'x '],
    ['what stands before it takes most of the row', said, 'x'.repeat(60)],
  ])('is wrapped as the emulator does where %s', async (_what, text, before) => {
    await shown(new LineLog(world.terminal), [{ id: 'it', spans: [{ text: before, tone: 'quiet' }, { text, tone: 'text' }] }]);
    expect(rowTexts(world.terminal)[1]).not.toMatch(/^ /);
  });

  test('is found across its rows, and by what it says alone', () => {
    const found = (sought: string, text: string): boolean => new RegExp(searchPattern(sought, new Set([12])), 'gi').test(text);
    expect(found('a.b[c', `xx a.b${blanks}[c`)).toBe(true);
    expect(found('a.b[c', 'xx a-b[c')).toBe(false);
    expect(found('ab', 'a b')).toBe(false);
    expect(new RegExp(searchPattern(String.raw`\x1b(?:.*)+$^|{2}/-`, new Set()), 'g').test(String.raw`say \x1b(?:.*)+$^|{2}/-`)).toBe(true);
  });
});

describe('a log', () => {
  const many = (count: number, from = 0): TerminalLine[] => Array.from({ length: count }, (_, index) => line(String(from + index), 'text'));

  test('grows in place: what is there is not written again', async () => {
    const { terminal } = world;
    const log = new LineLog(terminal);
    const first = many(20);
    await shown(log, first);
    let parsed = 0;
    terminal.onWriteParsed(() => { parsed += 1; });
    const marker = terminal.registerMarker(0);
    await shown(log, [...first, ...many(5, 20)]);
    expect(parsed).toBeGreaterThan(0);
    expect(marker.isDisposed).toBe(false);
    expect(rowTexts(terminal)).toEqual([...first, ...many(5, 20)].map(({ id }) => `${id} text`));
  });

  test('a line that changed is shown as it is now', async () => {
    const log = new LineLog(world.terminal);
    const [one, ...rest] = many(4);
    if (one === undefined) throw new Error('no line');
    await shown(log, [one, ...rest]);
    await shown(log, [line('0', 'changed'), ...rest]);
    expect(rowTexts(world.terminal)).toEqual(['0 changed', '1 text', '2 text', '3 text']);
    await shown(log, []);
    expect(rowTexts(world.terminal)).toEqual(['']);
  });

  test('lines and rows know each other, wrapped ones and after those that fell off', async () => {
    const log = new LineLog(world.terminal);
    await shown(log, [line('short', 'a'), line('long', 'y'.repeat(COLUMNS * 2)), line('last', 'z')]);
    expect([0, 1, 2].map((index) => log.rowsOf(index))).toEqual([{ first: 0, count: 1 }, { first: 1, count: 3 }, { first: 4, count: 1 }]);
    expect([0, 1, 2, 3, 4, 5].map((row) => log.lineAt(row))).toEqual([0, 1, 1, 1, 2, null]);
    world.terminal.options.scrollback = 20;
    await shown(log, many(100), { log: 'two' });
    expect(log.rowsOf(99)).toEqual({ first: 27, count: 1 });
    expect(log.rowsOf(0)).toBeNull();
    expect(log.lineAt(0)).toBe(72);
  });

  test('follows the newest line, stays where the reader scrolled to, and takes up following at the end', async () => {
    const { terminal } = world;
    const log = new LineLog(terminal);
    const lines = many(50);
    await shown(log, lines);
    expect(terminal.buffer.active.viewportY).toBe(50 - ROWS);
    terminal.scrollToLine(10);
    await shown(log, [...lines, ...many(10, 50)]);
    expect(terminal.buffer.active.viewportY).toBe(10);
    terminal.scrollToBottom();
    await shown(log, [...lines, ...many(20, 50)]);
    expect(terminal.buffer.active.viewportY).toBe(70 - ROWS);
    await shown(log, many(30), { log: 'another', place: 'start' });
    expect(terminal.buffer.active.viewportY).toBe(0);
  });

  describe('of a run that is over', () => {
    const lines = many(50);
    const top = (): number => world.terminal.buffer.active.viewportY;

    test.each<readonly [how: string, sizes: readonly number[]]>([
      ['line by line', Array.from({ length: 50 }, (_, index) => index + 1)],
      ['with lines to the last', [10, 30]],
      ['at once', [50]],
      ['from a file', []],
    ])('stands at its beginning when it came %s', async (_how, sizes) => {
      const log = new LineLog(world.terminal);
      for (const size of sizes) {
        await shown(log, lines.slice(0, size));
        expect(top()).toBe(Math.max(0, size - ROWS));
      }
      await shown(log, lines, { place: 'start' });
      expect(top()).toBe(0);
    });

    test('also when its lines and its end come faster than they are written', async () => {
      const log = new LineLog(world.terminal);
      for (let size = 1; size <= 50; size += 1) log.show({ log: 'one', lines: lines.slice(0, size), place: 'end' });
      await shown(log, lines, { place: 'start' });
      await expect.poll(() => log.rowsOf(49)).not.toBeNull();
      expect(top()).toBe(0);
    });

    test('stands at its beginning also where a line of it was chosen before it was shown: that is brought into sight from there', async () => {
      await shown(new LineLog(world.terminal), lines, { place: 'as-it-is' });
      expect(top()).toBe(0);
    });

    test('stays where the reader is who went elsewhere while it ran, or later', async () => {
      const log = new LineLog(world.terminal);
      await shown(log, lines.slice(0, 40));
      world.terminal.scrollToLine(12);
      await shown(log, lines, { place: 'start' });
      expect(top()).toBe(12);
      world.terminal.scrollToBottom();
      await shown(log, [...lines], { place: 'start' });
      expect(top()).toBe(50 - ROWS);
    });

    test('stays where it is when a line of it was chosen', async () => {
      const log = new LineLog(world.terminal);
      await shown(log, lines.slice(0, 40));
      await shown(log, lines, { place: 'as-it-is' });
      await shown(log, lines, { place: 'start' });
      expect(top()).toBe(40 - ROWS);
    });

    test('is followed again when it is replayed', async () => {
      const log = new LineLog(world.terminal);
      await shown(log, lines, { place: 'start' });
      await shown(log, lines.slice(0, 30));
      expect(top()).toBe(30 - ROWS);
    });
  });

  test('a log begins at its own place, also the first', async () => {
    const log = new LineLog(world.terminal);
    await shown(log, many(50), { place: 'start' });
    expect(world.terminal.buffer.active.viewportY).toBe(0);
    await shown(log, many(40), { log: 'another' });
    expect(world.terminal.buffer.active.viewportY).toBe(40 - ROWS);
  });

  test('the reader who scrolls while lines are on their way stays where he went', async () => {
    const { terminal } = world;
    const log = new LineLog(terminal);
    for (const from of ['the end', 'elsewhere']) {
      const lines = many(50);
      await shown(log, lines, { log: from });
      if (from === 'elsewhere') terminal.scrollToLine(20);
      const written = shown(log, [...lines, ...many(10, 50)], { log: from });
      terminal.scrollToLine(3);
      await written;
      expect(terminal.buffer.active.viewportY, from).toBe(3);
    }
  });

  test('10,000 lines that come in a hundred parts are all there', async () => {
    const log = new LineLog(world.terminal);
    const lines = many(10_000);
    for (let end = 100; end <= lines.length; end += 100) log.show({ log: 'one', lines: lines.slice(0, end), place: 'end' });
    await expect.poll(() => log.rowsOf(9999), { timeout: 20_000 }).toEqual({ first: 9999, count: 1 });
    expect(rowTexts(world.terminal).at(-1)).toBe('9999 text');
  });
});

test.each([
  [80, 'time and difference said'], [58, 'time said'], [40, 'said'],
])('in %i columns a line has what there is room for', (columns, text) => {
  const form = (one: string): Span[] => [{ text: one, tone: 'text' }];
  const line = { id: 'x', spans: form('time and difference said'), narrow: form('time said'), narrowest: form('said') };
  expect(ansiLine(line, columns).replaceAll(/\u001B\[(?:[\d;]*m|K)/g, '')).toBe(text);
});

test('only colour, weight and erase-to-edge are ever written', () => {
  for (const [, text] of HOSTILE) {
    const written = ansiLine({ id: 'x', spans: [{ text, tone: 'bogus', strong: true }], ground: 'secure', divides: true }, COLUMNS);
    expect(written.replaceAll(/\u001B\[(?:[\d;]*m|K)/g, '')).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
  }
});
