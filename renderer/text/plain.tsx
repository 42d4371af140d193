/** The only way for text from outside onto the screen: escaped, and isolated so that it cannot reorder its surroundings. */
import { Fragment } from 'react';
import { plainText } from '../../core/base/plain-text.ts';
import { wholeReferences } from '../../core/base/whole-references.ts';

interface PlainProps {
  readonly text: string;
  readonly limit?: number;
  readonly mono?: boolean;
  /** in place of `mono` */
  readonly className?: string;
  /** a line may end between the labels of a name, and between the parts of a distinguished one, before it has to end within one */
  readonly labels?: boolean;
}

const BETWEEN_LABELS = /(?<=\.)(?=[\p{L}_])|(?<=,)(?=\S)/u;

export function Plain({ text, limit = 4096, mono = false, className = mono ? 'mono' : undefined, labels = false }: PlainProps): React.ReactNode {
  const plain = mono ? plainText(text, limit) : wholeReferences(plainText(text, limit));
  return <bdi className={className}>{labels ? withBreaks(plain) : plain}</bdi>;
}

const withBreaks = (plain: string): React.ReactNode => plain.split(BETWEEN_LABELS).map((part, index) => <Fragment key={`${String(index)} ${part}`}>{index === 0 ? null : <wbr />}{part}</Fragment>);
