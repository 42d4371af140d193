/** How far colours are apart for all eyes: CIE76 in CIELAB, as seen with none and with each of the three deficiencies of colour vision. */

/** Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB; the first is normal vision. */
const VISIONS: readonly (readonly number[])[] = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
];
/** IEC 61966-2-1, D65 */
const XYZ = [0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041];
const WHITE = [0.95047, 1, 1.08883];

/** The least distance of any two. @param colours `#rrggbb` */
export function leastDistance(colours: readonly string[]): number {
  const distances = VISIONS.flatMap((vision) => {
    const seen = colours.map((colour) => lab(times(vision, linear(colour)).map((part) => Math.min(1, Math.max(0, part)))));
    return seen.flatMap((one, index) => seen.slice(index + 1).map((other) => Math.hypot(...one.map((part, axis) => part - (other[axis] ?? 0)))));
  });
  return Math.min(...distances);
}

const times = (matrix: readonly number[], vector: readonly number[]): readonly number[] =>
  [0, 3, 6].map((row) => vector.reduce((sum, part, column) => sum + (matrix[row + column] ?? 0) * part, 0));

const linear = (colour: string): readonly number[] => [1, 3, 5].map((start) => {
  const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

function lab(rgb: readonly number[]): readonly number[] {
  const [x = 0, y = 0, z = 0] = times(XYZ, rgb).map((part, axis) => root(part / (WHITE[axis] ?? 1)));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE 15:2004 §8.2.1 */
const root = (part: number): number => (part > 216 / 24_389 ? Math.cbrt(part) : ((24_389 / 27) * part + 16) / 116);
