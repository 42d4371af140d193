/** How the run was made: what a reader needs to judge, or repeat, what it says. */
import { useMemo } from 'react';
import { useSession } from '../../session/session-store.ts';
import { Plain } from '../../text/plain.tsx';
import { circumstances } from './circumstances.ts';

export function Circumstances(): React.ReactNode {
  const run = useSession((state) => state.run);
  const facts = useMemo(() => circumstances(run), [run]);
  if (facts.length === 0) return null;
  return (
    <section className="circumstances" aria-labelledby="circumstances-title">
      <h3 id="circumstances-title">How this was checked</h3>
      <dl>{facts.map(({ label, text }) => <div key={label}><dt>{label}</dt><dd><Plain text={text} limit={400} /></dd></div>)}</dl>
    </section>
  );
}
