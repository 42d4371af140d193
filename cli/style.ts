/** Colour repeats what a sign and a word say; it never says anything alone. */
import { noStyle } from '../core/report/style.ts';
import type { Style, Tone } from '../core/report/style.ts';

/** Select Graphic Rendition (ECMA-48 §8.3.117); tones follow the colours of the trust graph. */
const CODES: { readonly [T in Tone]: string } = { good: '36', plain: '', bad: '31', doubtful: '33', quiet: '2', strong: '1' };

const coloured: Style = (tone, text) => (CODES[tone] === '' ? text : `\u001b[${CODES[tone]}m${text}\u001b[0m`);

export const styleFor = (colour: boolean): Style => (colour ? coloured : noStyle);
