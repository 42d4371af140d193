/** Figures of repeated measurements, and how they are printed. */

export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return { least: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, most: at(sorted.length - 1) };
}

/** Columns as wide as their widest cell; the first to the left, figures to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    const cells = widths.map((width, column) => column === 0 ? (line[column] ?? '').padEnd(width) : (line[column] ?? '').padStart(width));
    process.stdout.write(`  ${cells.join('   ')}\n`);
  }
}

/** `0.93 (0.91 to 0.95)` */
export const spreadText = ({ least, median, most }: Spread, digits = 2): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
