/** Computes the contrast of every pair of the palette in each theme, from the style sheet that the window uses. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const sheet = readFileSync(resolve(import.meta.dirname, '../../renderer/theme/tokens.css'), 'utf8');
const [plain = '', more = ''] = sheet.split('@media (prefers-contrast: more)');

type Palette = { readonly [token: string]: string };

const block = (css: string, theme: string): Palette => {
  const [, body = ''] = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css) ?? [];
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
};

const light = block(plain, 'light');
const dark = block(plain, 'dark');
const themes: readonly (readonly [name: string, palette: Palette, text: number, graphics: number])[] = [
  ['light', light, 4.5, 3],
  ['dark', dark, 4.5, 3],
  ['high contrast light', { ...light, ...block(more, 'light') }, 7, 4.5],
  ['high contrast dark', { ...dark, ...block(more, 'dark') }, 7, 4.5],
];

/** WCAG 2.2 relative luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(left: string, right: string): number {
  const [high = 0, low = 0] = [luminance(left), luminance(right)].toSorted((one, other) => other - one);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['ground', 'ground-side', 'ground-bar', 'ground-hover', 'ground-selected', 'ground-field'];
const TINTS = ['tint-secure', 'tint-bogus', 'tint-warning', 'tint-expired', 'tint-neutral'];
/** words are written in these */
const TEXTS = ['text', 'text-quiet', 'secure', 'bogus', 'warning-text', 'expired', 'pending', 'accent'];
/** signs and outlines are drawn in these */
const SIGNS = ['secure', 'insecure', 'bogus', 'warning', 'expired', 'pending', 'focus', 'line-strong'];
const OUTLINES = ['absent-secure', 'absent-bogus', 'absent-insecure'];

const pairs = (fronts: readonly string[], grounds: readonly string[]): (readonly [string, string])[] => fronts.flatMap((front) => grounds.map((ground) => [front, ground] as const));

describe.each(themes)('%s', (_name, palette, text, graphics) => {
  const tooLow = (wanted: readonly (readonly [string, string])[], least: number): string[] => wanted.flatMap(([front, ground]) => {
    const value = contrast(palette[front] ?? '', palette[ground] ?? '');
    return value >= least ? [] : [`${front} on ${ground}: ${value.toFixed(2)} < ${String(least)}`];
  });

  test('every token has a colour', () => {
    expect([...GROUNDS, ...TINTS, ...TEXTS, ...SIGNS, ...OUTLINES, 'sep-fill', 'on-accent'].filter((token) => palette[token] === undefined)).toEqual([]);
  });

  test('words on every ground (WCAG 1.4.3)', () => {
    expect(tooLow([...pairs(TEXTS, GROUNDS), ...pairs(['text', 'text-quiet'], TINTS), ['warning-text', 'tint-warning'], ['on-accent', 'accent'], ['text', 'sep-fill'], ['text-quiet', 'tint-neutral']], text)).toEqual([]);
  });

  test('signs, borders of fields and the focus ring on every ground (WCAG 1.4.11)', () => {
    expect(tooLow([...pairs(SIGNS, [...GROUNDS, ...TINTS]), ...pairs(OUTLINES, ['ground']), ['secure', 'sep-fill']], graphics)).toEqual([]);
  });
});
