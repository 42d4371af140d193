/** What every name server said, as lines. */
import { plainText } from '../base/plain-text.ts';
import type { ComparedServer } from '../dns/facts.ts';
import type { Run } from '../inspection/run.ts';

/** One line for each RRset whose servers agree, one for each server where they do not; empty where none were compared. */
export function serversText({ comparisons = [] }: Run): string[] {
  if (comparisons.length === 0) return [];
  return ['Every name server at every address:', ...comparisons.flatMap(({ name, rrtype, servers }) => {
    const groups = new Set(servers.map(({ group }) => group));
    const agrees = groups.size === 1 && !groups.has(null);
    const head = `  ${plainText(`${name} ${rrtype}`, 300)}: ${servers.length === 0 ? 'no server found' : agrees ? `${String(servers.length)} ${servers.length === 1 ? 'address says' : 'addresses say'} the same` : 'not the same everywhere'}`;
    return agrees ? [head] : [head, ...servers.map((server) => `    ${plainText(serverText(server), 400)}`)];
  })];
}

function serverText({ server, failure, rcode, records, signatures, serial }: ComparedServer): string {
  const who = server.name === null ? server.address : `${server.name} (${server.address})`;
  const says = failure !== null ? failure.text : `${rcode ?? ''}, ${records.length === 0 ? 'no record' : records.join('; ')}, ${signatures.length === 0 ? 'unsigned' : 'signed'}`;
  return `${who}: ${says}${serial === null ? '' : `, serial ${String(serial)}`}`;
}
