/** The name of a host or zone: with A-labels it stands in both forms, each isolated, so that letters from right to left reorder neither the other nor what stands around. */
import { useMemo } from 'react';
import { unicodeName } from '../../core/target/name-words.ts';
import { Plain } from './plain.tsx';

const LONGEST = 254;

export function HostName({ name }: { readonly name: string }): React.ReactNode {
  // A row of a run that goes on is drawn again and again.
  const unicode = useMemo(() => unicodeName(name), [name]);
  if (unicode === null) return <Plain text={name} limit={LONGEST} labels />;
  return <span className="both-forms"><Plain text={unicode} limit={LONGEST} labels /> <Plain className="a-label" text={name} limit={LONGEST} labels /></span>;
}
