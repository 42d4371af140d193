/** A row of a hex dump without its offset, in halves that stand below each other where the pane is narrow. */
import type { HexRow } from './hex-dump.ts';

/** characters of the first half: eight octets and the gap after them, and their text */
const [HEX, TEXT] = [25, 8];

export const HexCells = ({ hex, text }: Pick<HexRow, 'hex' | 'text'>): React.ReactNode => (
  <><td className="hex"><Halves of={hex} at={HEX} /></td><td><Halves of={text} at={TEXT} /></td></>
);

const Halves = ({ of, at }: { readonly of: string; readonly at: number }): React.ReactNode => <><span className="octets">{of.slice(0, at)}</span><span className="octets">{of.slice(at)}</span></>;
