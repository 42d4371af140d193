/** The only way for text from outside onto the screen: escaped, and isolated so that it cannot reorder its surroundings. */
import { plainText } from '../../core/base/plain-text.ts';

interface PlainProps {
  readonly text: string;
  readonly limit?: number;
  readonly mono?: boolean;
}

export function Plain({ text, limit = 4096, mono = false }: PlainProps): React.ReactNode {
  return <bdi className={mono ? 'mono' : undefined}>{plainText(text, limit)}</bdi>;
}
