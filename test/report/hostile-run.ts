/** A run in which every text from outside is an attack: markup, escape sequences, bidirectional controls, 10 kB in length. */
import type { Run } from '../../core/inspection/run.ts';

export const ATTACKS = [
  '<script>window.attacked=true</script>', '"><img src=x onerror="window.attacked=true">', '\'/><svg onload=window.attacked=true>', '</title></style></pre><script>window.attacked=true</script>',
  '\u001b[2J\u001b]0;owned\u0007', '\u202Eevil\u202C\u2066\u200F', '&lt;&#0;&amp;]]>-->', 'javascript:window.attacked=true', '\u0000\uD800\uFFFE\u2028', '@import url(http://127.0.0.1:9/)', 'x'.repeat(10_000),
];

/** Numbers and closed words stay as they are: the reader of run files would refuse others. */
const KEPT = new Set(['state', 'status', 'type', 'kind', 'outcome', 'code', 'result', 'method', 'claim', 'role', 'keyType', 'family', 'tlsa', 'transport', 'from', 'ending', 'purpose', 'probe', 'mode', 'dates', 'mxStatus', 'addressStatus', 'phases', 'rfc', 'sha256', 'certificate', 'chain', 'host', 'name', 'zone', 'parent', 'owner', 'signer', 'rrtype', 'tlsaCandidates', 'tlsaBaseDomain', 'canonicalName', 'domain', 'zones', 'startedAt', 'at', 'tls']);

/** @param first which attack the first text becomes; the next text gets the next one */
export function hostileRun(run: Run, first = 0): Run {
  let turn = first;
  const attack = (): string => ATTACKS[turn++ % ATTACKS.length] ?? '';
  const spoilt = JSON.parse(JSON.stringify(run), (key, value: unknown) => (typeof value === 'string' && !KEPT.has(key) && !/^\d+$/.test(key) ? attack() : value)) as Run;
  // Names tie the parts of a run together: all of one name change alike.
  const named = Object.entries({ 'mx1.tlsa-mismatch.example': `<script>window.attacked=true</script>\u202E${'y'.repeat(10_000)}`, 'Practice Lab': '"><script>window.attacked=true</script>' });
  return named.reduce((text, [name, hostile]) => JSON.parse(JSON.stringify(text).replaceAll(name, JSON.stringify(hostile).slice(1, -1))) as Run, spoilt);
}
