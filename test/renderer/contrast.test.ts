/** Computes the contrast of every pair of the palette in each theme, from the style sheet that the window uses. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leastDistance } from './colour-distance.ts';

const sheet = readFileSync(resolve(import.meta.dirname, '../../renderer/theme/tokens.css'), 'utf8');

type Palette = { readonly [token: string]: string };

/** @param selector of a block; what it leaves out is as at the root */
function block(selector: string): Palette {
  const start = sheet.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no block ${selector}`);
  const body = sheet.slice(start, sheet.indexOf('}', start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
}

const light = block(':root');
const theme = (name: string): Palette => ({ ...light, ...block(`:root[data-theme='${name}']`) });
const palettes = { light, dark: theme('dark'), 'high contrast light': theme('hc-light'), 'high contrast dark': theme('hc-dark') };
const themes: readonly (readonly [name: string, palette: Palette, text: number, graphics: number])[] = [
  ['light', palettes.light, 4.5, 3],
  ['dark', palettes.dark, 4.5, 3],
  ['high contrast light', palettes['high contrast light'], 7, 4.5],
  ['high contrast dark', palettes['high contrast dark'], 7, 4.5],
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

describe('the colours of the statuses are those of the design', () => {
  const DESIGN: readonly (readonly [token: string, ...colours: readonly string[]])[] = [
    ['ground', '#ffffff', '#14181d', '#ffffff', '#000000'],
    ['secure', '#0a7485', '#3aa6ba', '#004a57', '#5cc4d2'],
    ['insecure', '#1f2328', '#e6e9ec', '#000000', '#ffffff'],
    ['text', '#1f2328', '#e6e9ec', '#000000', '#ffffff'],
    ['bogus', '#8f0d14', '#e5675c', '#6a0e18', '#f07f78'],
    ['warning', '#a06a00', '#f4c04a', '#724800', '#ffd35c'],
    ['expired', '#7a2ec2', '#a678ec', '#571195', '#b889f0'],
    ['pending', '#5b6570', '#97a1ab', '#000000', '#ffffff'],
    ['focus', '#0b5cad', '#7ab7ff', '#000000', '#ffffff'],
    ['absent-secure', '#3f8f9d', '#2f7f90', '#2f6b76', '#3d95a2'],
    ['absent-bogus', '#b8555a', '#a64a43', '#8f3a42', '#b35f5a'],
    ['absent-insecure', '#6e7781', '#8b949e', '#5a5a5a', '#a8a8a8'],
    ['sep-fill', '#d9dee3', '#2a3138', '#e0e0e0', '#303030'],
  ];
  test.each(DESIGN)('%s', (token, ...colours) => {
    expect(Object.values(palettes).map((palette) => palette[token])).toEqual(colours);
  });
});

test('no two statuses come closer than in the design, whatever colours their reader sees', () => {
  const least = Object.values(palettes).map((palette) => leastDistance(['secure', 'insecure', 'bogus', 'warning', 'expired'].map((token) => palette[token] ?? '')).toFixed(1));
  expect(least).toEqual(['24.5', '29.5', '19.6', '25.9']);
});
