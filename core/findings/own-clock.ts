/** Where dates are at fault and our own clock is off too, which of them is wrong: said beside the fault, and nothing is judged by it. */
import type { Lookup } from '../dns/facts.ts';
import type { SignatureCheck } from '../dnssec/facts.ts';
import { clockOffset, CLOCK_TOLERANCE, type ClockMeasured } from '../inspection/clock-offset.ts';
import type { Run } from '../inspection/run.ts';

/** null where it is right, or not known */
export function clockThatIsOff(run: Run): ClockMeasured | null {
  const offset = clockOffset(run);
  return offset.state === 'measured' && Math.abs(offset.seconds) >= CLOCK_TOLERANCE ? offset : null;
}

/** A sentence with a space in front; empty where the clock does not explain the fault. Dates are ISO 8601. */
export function certificateClockWords(run: Run, certificate: { readonly notBefore: string; readonly notAfter: string } | undefined): string {
  if (certificate === undefined) return '';
  return clockWords(run, [{ from: Date.parse(certificate.notBefore), until: Date.parse(certificate.notAfter) }], 'it is valid now');
}

/** The same for signatures in the zones that the failed lookups rest on. */
export function signatureClockWords(run: Run, lookups: readonly Lookup[]): string {
  const isConcerned = ({ zone }: SignatureCheck): boolean => zone === '.' || lookups.some((lookup) => restsOn(lookup, zone.toLowerCase()));
  const untimely = run.zones.flatMap(({ signatures }) => signatures.filter((check) => (check.result === 'expired' || check.result === 'not-yet-valid') && isConcerned(check)));
  return clockWords(run, untimely.map(({ inception, expiration }) => ({ from: inception * 1000, until: expiration * 1000 })), 'the signature is valid now');
}

/** A failed lookup may not tell all its zones: those above its name count, and above the end of its aliases, which is in another zone. */
const restsOn = ({ name, canonicalName, zones }: Lookup, zone: string): boolean =>
  zones.some((one) => one.toLowerCase() === zone) || [name, canonicalName].some((one) => `.${one}`.toLowerCase().endsWith(`.${zone}`));

/** @param dates ms since 1970 */
function clockWords(run: Run, dates: readonly { readonly from: number; readonly until: number }[], words: string): string {
  const offset = clockThatIsOff(run);
  const now = Date.parse(run.context?.startedAt ?? '') + run.elapsedMs - (offset?.seconds ?? 0) * 1000;
  if (offset === null || !dates.some(({ from, until }) => from <= now && now <= until)) return '';
  return ` This computer’s clock is off by ${String(Math.abs(offset.seconds))} s: by that of the name servers ${words}.`;
}
