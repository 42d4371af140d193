/** Which node lies next in a direction, as the picture has it. */
import type { Box } from '../../../core/graph/layout.ts';

const DIRECTIONS: { readonly [key: string]: readonly [x: number, y: number] } = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** @returns the index of the node to go to, or null where the key leads nowhere */
export function walk(key: string, nodes: readonly Box[], current: number | null): number | null {
  if (nodes.length === 0) return null;
  const order = nodes.map((_, index) => index).toSorted((left, right) => (nodes[left]?.y ?? 0) - (nodes[right]?.y ?? 0) || (nodes[left]?.x ?? 0) - (nodes[right]?.x ?? 0));
  if (key === 'Home') return order[0] ?? null;
  if (key === 'End') return order.at(-1) ?? null;
  const direction = DIRECTIONS[key];
  const from = current === null ? undefined : nodes[current];
  if (direction === undefined) return null;
  return from === undefined ? (order[0] ?? null) : nearest(from, nodes, direction);
}

/** What lies aside counts three times: straight on goes first. */
function nearest(from: Box, nodes: readonly Box[], [dx, dy]: readonly [number, number]): number | null {
  let best: { readonly index: number; readonly distance: number } | null = null;
  nodes.forEach((box, index) => {
    const [x, y] = [box.x + box.width / 2 - from.x - from.width / 2, box.y + box.height / 2 - from.y - from.height / 2];
    const [ahead, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
    const distance = ahead + 3 * aside;
    if (ahead > 4 && (best === null || distance < best.distance)) best = { index, distance };
  });
  return (best as { readonly index: number } | null)?.index ?? null;
}
