import { useDeferredValue, useMemo } from 'react';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import { shownSenders } from './senders.ts';

/** What senders do: the question behind all the others. */
export function Senders(): React.ReactNode {
  const run = useDeferredValue(useSession((state) => state.run));
  const rows = useMemo(() => shownSenders(run), [run]);
  if (rows.length === 0) return null;
  return (
    <section className="senders" aria-labelledby="senders-title">
      <h3 id="senders-title">What senders do</h3>
      <dl>
        {rows.map((row) => (
          <div key={row.kind}>
            <dt>{row.sender} <span className="quiet sender-example">{row.example}</span></dt>
            <dd><Mark status={row.status} /></dd>
            <dd className="sender-why"><Plain text={row.text} limit={500} /> <span className="reference"><Plain text={row.rfc} limit={60} /></span></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
