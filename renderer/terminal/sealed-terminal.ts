/**
 * A terminal emulator that obeys nothing. What is written to it is escaped before (`ansi.ts`); this is the second lock: every
 * sequence but colour and erase-to-edge is swallowed by the parser, so a hole in the first could still not move the cursor, set
 * a title, reach the clipboard, make a link or answer a query.
 */
import { Terminal } from '@xterm/xterm';
import type { ITerminalInitOnlyOptions, ITerminalOptions } from '@xterm/xterm';

/** rows that are kept; the oldest fall off */
const SCROLLBACK = 100_000;

export function sealedTerminal(options: ITerminalOptions & ITerminalInitOnlyOptions = {}): Terminal {
  const terminal = new Terminal({
    // Proposed are decorations, by which the marked line and the matches of a search are shown. It opens nothing to what is written.
    allowProposedApi: true,
    ...options, scrollback: SCROLLBACK, disableStdin: true, windowOptions: {}, linkHandler: null, logLevel: 'off',
    cursorBlink: false, cursorInactiveStyle: 'none', drawBoldTextInBrightColors: false, reflowCursorLine: true, convertEol: false,
  });
  seal(terminal);
  return terminal;
}

const range = (first: number, last: number): string[] => Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));

/** final bytes, intermediates and private markers of ECMA-48 §5.4 */
const FINALS = range(0x40, 0x7e);
const INTERMEDIATES = ['', ...range(0x20, 0x2f)];
const PREFIXES = ['', ...range(0x3c, 0x3f)];
/** Independent control functions and character sets (ECMA-48 §5.5, ECMA-35). */
const ESCAPE_FINALS = range(0x30, 0x7e).filter((final) => !'[]PX^_\\'.includes(final));
/** Operating system commands that terminals are known to obey; the emulator ignores numbers that nobody registered. */
const COMMANDS = [...Array.from({ length: 20 }, (_, index) => index), 22, 50, 51, 52, 60, 61, ...Array.from({ length: 20 }, (_, index) => index + 100), 133, 633, 777, 1337, 9001];

const swallow = (): boolean => true;

function seal({ parser }: Terminal): void {
  for (const final of FINALS) {
    for (const prefix of PREFIXES) {
      for (const intermediates of INTERMEDIATES) {
        if (prefix === '' && intermediates === '' && (final === 'm' || final === 'K')) continue;
        parser.registerCsiHandler({ prefix, intermediates, final }, swallow);
      }
    }
    for (const intermediates of INTERMEDIATES) parser.registerDcsHandler({ intermediates, final }, swallow);
  }
  for (const final of ESCAPE_FINALS) for (const intermediates of INTERMEDIATES) parser.registerEscHandler({ intermediates, final }, swallow);
  for (const command of COMMANDS) parser.registerOscHandler(command, swallow);
}
