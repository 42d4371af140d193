/** Whom the engine has asked before any run. The practice lab asks nobody. */
import type { Runtime } from '../../../core/api/inspector-client.ts';
import { isLocalAddress } from '../../../core/target/address.ts';
import { Plain } from '../../text/plain.tsx';

export function AskedAtStart({ runtime: { lab, sources } }: { readonly runtime: Pick<Runtime, 'lab' | 'sources'> }): React.ReactNode {
  if (lab) return null;
  const named = sources.filter((address) => !isLocalAddress(address));
  return (
    <>
      <dt>At start</dt>
      <dd>asked two root servers whether they answer here{named.length === 0 ? null : <>, and the system’s resolver for the DNS name of <span className="mono"><Plain text={named.join(', ')} limit={200} /></span>, which reports tell</>}; nothing about a target</dd>
    </>
  );
}
