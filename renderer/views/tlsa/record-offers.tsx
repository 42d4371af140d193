/** Below the grid: why digests were passed over, how each endpoint of the host fared, and records that would match. */
import { useMemo } from 'react';
import type { DestinationHost } from '../../../core/destination/facts.ts';
import type { EndpointState } from '../../../core/inspection/run.ts';
import { tip } from '../../a11y/tip.ts';
import { copyText } from '../../commands/clipboard.ts';
import { endpointId } from '../../selection/focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { OUTCOMES } from '../../status/vocabulary.ts';
import { shortHex } from '../../text/dns-numbers.ts';
import { Plain } from '../../text/plain.tsx';
import { agilityNotes, recordsThatMatch } from './would-match.ts';

interface OfProps {
  readonly host: DestinationHost;
  readonly endpoint: EndpointState | null;
}

export function AgilityNotes({ endpoint }: { readonly endpoint: EndpointState | null }): React.ReactNode {
  const notes = agilityNotes(endpoint);
  return notes.length === 0 ? null : <ul className="chain-remarks agility">{notes.map((note) => <li key={note}><Mark status={NOTE} wordless /> <Plain text={note} limit={400} /></li>)}</ul>;
}

const NOTE = { sign: 'info', tone: 'neutral', word: 'Note' } as const;

export function HostEndpoints({ host, endpoint }: OfProps): React.ReactNode {
  const endpoints = useSession((state) => state.run.endpoints).filter(({ verdict }) => verdict.host === host.name);
  const select = useSelection((state) => state.select);
  if (endpoints.length < 2) return null;
  return (
    <section className="copy-records" aria-labelledby="host-endpoints-title">
      <h3 id="host-endpoints-title">On each endpoint</h3>
      <ul>{endpoints.map((one) => {
        const { address, keyType, outcome, matched } = one.verdict;
        return (
          <li key={endpointId(one)}>
            <button type="button" className="subject-link" aria-current={one === endpoint} onClick={() => select(endpointId(one))}><Plain text={address} limit={60} /> {keyType ?? ''}</button>
            <Mark status={OUTCOMES[outcome]} />
            <span className="quiet">{matched === null ? 'no record matches' : `by record ${String(matched.record + 1)}${matched.depth === null ? '' : `, depth ${String(matched.depth)}`}`}</span>
          </li>
        );
      })}</ul>
    </section>
  );
}

export function RecordOffers({ host, endpoint, owner }: OfProps & { readonly owner: string }): React.ReactNode {
  const run = useSession((state) => state.run);
  const offers = useMemo(() => recordsThatMatch(run, host, owner, endpoint), [run, host, owner, endpoint]);
  if (offers.length === 0) return null;
  return (
    <section className="copy-records" aria-labelledby="offers-title">
      <h3 id="offers-title">Records that would match what is shown now</h3>
      <ul>{offers.map(({ depth, numbers, data, line, published, note }) => (
        <li key={depth}>
          <span>depth {depth}</span> <span className="mono">{numbers} {shortHex(data)}</span>
          <button type="button" className="plain-button" aria-label={`Copy record ${numbers} for depth ${String(depth)}`} {...tip(line)} onClick={() => void copyText(line, `the record ${numbers}`)}>Copy record</button>
          {published ? <Mark status={PUBLISHED} /> : null}
          <span className="quiet">{note}</span>
        </li>
      ))}</ul>
    </section>
  );
}

const PUBLISHED = { sign: 'check', tone: 'secure', word: 'published' } as const;
