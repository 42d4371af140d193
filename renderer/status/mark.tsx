/** Sign and word together; in a dense table the word may be the name of the sign, which is a single element then: a table has them by the hundred. */
import { Glyph } from './glyph.tsx';
import type { Status } from './vocabulary.ts';

interface MarkProps {
  readonly status: Status;
  readonly wordless?: boolean;
  readonly size?: number;
}

export function Mark({ status, wordless = false, size = 14 }: MarkProps): React.ReactNode {
  if (wordless) return <Glyph sign={status.sign} size={size} className={`mark glyph tone-${status.tone}`} label={status.word} />;
  return (
    <span className={`mark tone-${status.tone}`}>
      <Glyph sign={status.sign} size={size} />
      <span className="mark-word">{status.word}</span>
    </span>
  );
}
