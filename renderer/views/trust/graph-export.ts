/** The graph as a file: SVG that stands alone and follows its reader's theme, PNG of that SVG in the theme of the window. */
import type { FileToSave } from '../../../core/api/shell.ts';
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import { graphSummary } from '../../../core/graph/sentences.ts';
import { GRAPH_COLOURS } from '../../../core/graph/graph-style.ts';
import { svgFile, svgSize } from '../../../core/graph/svg.ts';

export const graphAsSvg = (placed: PlacedGraph): FileToSave => ({ name: 'trust-graph.svg', type: 'image/svg+xml', content: svgFile(placed, graphSummary(placed.graph)) });

/** @returns null where the browser refuses a canvas of that size */
export async function graphAsPng(placed: PlacedGraph): Promise<FileToSave | null> {
  const { width, height } = svgSize(placed);
  const scale = pngScale(width, height);
  const image = await imageOf(svgFile(placed, graphSummary(placed.graph), windowPalette()));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.floor(width * scale), Math.floor(height * scale)];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob === null ? null : { name: 'trust-graph.png', type: 'image/png', content: new Uint8Array(await blob.arrayBuffer()) };
}

/** What browsers give a canvas: longer sides or more pixels end in an empty picture. */
const [LONGEST_SIDE, MOST_PIXELS] = [16_000, 64_000_000];

/** 2 where it fits, less for a larger graph. */
export const pngScale = (width: number, height: number): number => Math.min(2, LONGEST_SIDE / Math.max(width, height, 1), Math.sqrt(MOST_PIXELS / Math.max(width * height, 1)));

/** The colours of the page at this moment, as a style sheet: an image has no page to ask. */
function windowPalette(): string {
  const style = getComputedStyle(document.documentElement);
  return `:root{${GRAPH_COLOURS.map((name) => `--${name}:${style.getPropertyValue(`--${name}`).trim()}`).join(';')}}`;
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}
