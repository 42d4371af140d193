/** What went over the channel. Text of the server is escaped; it can do nothing here but be read. */
import { useEffect, useRef } from 'react';
import type { ConsoleState } from '../../../core/inspection/run.ts';
import { useSession } from '../../session/session-store.ts';
import { Plain } from '../../text/plain.tsx';
import { clockTime } from '../../text/time.ts';
import { arrow } from './model.ts';

export function Transcript({ console }: { readonly console: ConsoleState | undefined }): React.ReactNode {
  const startedAt = useSession((state) => state.run.context?.startedAt ?? null);
  const lines = console?.lines ?? [];
  const ref = useRef<HTMLDivElement>(null);
  const last = lines.at(-1)?.seq;
  useEffect(() => {
    if (ref.current !== null && last !== undefined) ref.current.scrollTop = ref.current.scrollHeight;
  }, [last]);
  return (
    // A log can be scrolled, so it can be reached by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={ref} role="log" aria-label="Console transcript" className="lines console-lines" tabIndex={0}>
      {lines.map((line) => (
        <div key={line.seq} className={`line line-${line.from}${line.protected ? ' protected' : ''}${line.unexpected ? ' unexpected' : ''}`}>
          <span className="line-time">{clockTime(startedAt, line.at)}</span>
          <span className="line-prefix">{arrow(line)}</span>
          <span className="line-text"><Plain text={line.text} limit={1000} /></span>
        </div>
      ))}
    </div>
  );
}
