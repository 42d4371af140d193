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
  if (console === undefined) return <Explanation />;
  return (
    // A log can be scrolled, so it can be reached by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={ref} role="log" aria-label="Console transcript" className="console-lines" tabIndex={0}>
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

function Explanation(): React.ReactNode {
  return (
    <div className="console-explanation">
      <p>Here you talk SMTP to a server of the run yourself. The channel is opened as in the run: connect, EHLO, STARTTLS, the certificate held against the TLSA records. Then every line is yours.</p>
      <p className="quiet">The state of the channel stands above at all times. One line is sent at a time; DATA and AUTH are asked about each time; passwords are kept nowhere. What is said becomes part of the run.</p>
    </div>
  );
}
