/** Sign and word together; the word may be for screen readers only where the sign stands in a dense table. */
import { Glyph } from './glyph.tsx';
import type { Status } from './vocabulary.ts';

interface MarkProps {
  readonly status: Status;
  readonly wordless?: boolean;
  readonly size?: number;
}

export function Mark({ status, wordless = false, size = 14 }: MarkProps): React.ReactNode {
  return (
    <span className={`mark tone-${status.tone}`}>
      <Glyph sign={status.sign} size={size} />
      <span className={wordless ? 'for-screen-reader' : 'mark-word'}>{status.word}</span>
    </span>
  );
}
