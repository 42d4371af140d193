/** Records against depths: which record matches which certificate, and why the others do not. */
import { useMemo } from 'react';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { OUTCOMES, SECURITY } from '../../status/vocabulary.ts';
import type { Status } from '../../status/vocabulary.ts';
import type { DestinationHost, TlsaDisposition } from '../../../core/destination/facts.ts';
import { tlsaName } from '../../../core/destination/tlsa-owner.ts';
import { HostName } from '../../text/host-name.tsx';
import { Plain } from '../../text/plain.tsx';
import { EndpointPicker } from '../endpoint-picker.tsx';
import { HostPicker } from './host-picker.tsx';
import { RecordGrid } from './record-grid.tsx';
import { AgilityNotes, HostEndpoints, RecordOffers } from './record-offers.tsx';
import { tlsaGrid } from './model.ts';

export function TlsaView(): React.ReactNode {
  const run = useSession((state) => state.run);
  const { host, endpoint } = useFocus();
  const grid = useMemo(() => (host === null ? null : tlsaGrid(run, host, endpoint)), [run, host, endpoint]);
  if (host === null || grid === null) return <p className="view-empty">The TLSA records of each host, held against its certificates, stand here.</p>;
  return (
    <div className="tlsa-view">
      <div className="view-head">
        <h2>TLSA records of <HostName name={host.name} /></h2>
        {run.endpoints.length > 0 ? <EndpointPicker /> : <HostPicker />}
      </div>
      <p className="provenance">
        <Mark status={DISPOSITIONS[host.tlsa]} />
        <span className="mono"><Plain text={ownerOf(host)} limit={300} /></span>
        {host.records.length === 0 ? null : <span className="quiet">TTL {host.tlsaTtl} s</span>}
      </p>
      {host.records.length === 0 ? <p className="view-empty"><Plain text={host.reason.text} limit={600} /></p> : <RecordGrid key={host.name} grid={grid} />}
      {endpoint === null || endpoint.verdict.host !== host.name ? null : (
        <p className="tlsa-verdict"><Mark status={OUTCOMES[endpoint.verdict.outcome]} /> <Plain text={endpoint.verdict.reason.text} limit={600} />{endpoint.verdict.reason.rfc === null ? null : <> <span className="reference"><Plain text={endpoint.verdict.reason.rfc} limit={60} /></span></>}</p>
      )}
      <AgilityNotes endpoint={endpoint} />
      <HostEndpoints host={host} endpoint={endpoint} />
      <RecordOffers host={host} endpoint={endpoint} owner={ownerOf(host)} />
    </div>
  );
}

/** The owner name of the records that count, else the first that was asked for. */
const ownerOf = (host: DestinationHost): string => tlsaName(host) ?? host.name;

const DISPOSITIONS: { readonly [Disposition in TlsaDisposition]: Status } = {
  usable: { ...SECURITY.secure, word: 'secure, usable' },
  unusable: { ...OUTCOMES['tls-required-unauthenticated'], word: 'secure, none usable' },
  absent: { ...OUTCOMES.opportunistic, word: 'none' },
  insecure: { ...SECURITY.insecure, word: 'insecure: they do not count' },
  'lookup-failed': { ...OUTCOMES['lookup-failed'], word: 'lookup failed' },
  'not-applicable': { sign: 'dash', tone: 'pending', word: 'not applicable' },
};
