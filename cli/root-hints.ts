/** Reads a root hints file in zone-file form, as InterNIC publishes it (`named.root`). */
import { isIP } from 'node:net';
import type { ServerAddress } from '../core/dns/facts.ts';
import { UsageError } from './usage-error.ts';

const DNS_PORT = 53;
const MAXIMUM_SERVERS = 64;

/** @throws {UsageError} that names the line, with one that would do */
export function parseRootHints(text: string, file: string): readonly ServerAddress[] {
  const servers: ServerAddress[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const record = recordOf(line);
    if (record === null || record.type === 'NS') continue;
    if (isIP(record.data) !== (record.type === 'A' ? 4 : 6)) throw wrong(`${file}, line ${String(index + 1)}: ${record.data} is no ${record.type} address`);
    servers.push({ name: record.owner, address: record.data, port: DNS_PORT });
    if (servers.length > MAXIMUM_SERVERS) throw wrong(`${file} has more than ${String(MAXIMUM_SERVERS)} addresses`);
  }
  if (servers.length === 0) throw wrong(`${file} has no A or AAAA record of a root server`);
  return servers;
}

const wrong = (text: string): UsageError => new UsageError(text, 'a line that would do: a.root-servers.net. 3600000 IN A 198.41.0.4');

/** Owner, TTL and class in the usual order (RFC 1035 §5.1); null for a line without an address or NS record. */
function recordOf(line: string): { readonly owner: string; readonly type: 'A' | 'AAAA' | 'NS'; readonly data: string } | null {
  const [owner = '', ...words] = line.replace(/;.*/, '').trim().split(/\s+/);
  const [type = '', data = ''] = words.filter((word, index) => !(index < 2 && (/^\d+$/.test(word) || word.toUpperCase() === 'IN')));
  const known = (['A', 'AAAA', 'NS'] as const).find((name) => name === type.toUpperCase());
  return known === undefined || owner === '' ? null : { owner: owner.toLowerCase().replace(/(?<=.)\.$/, ''), type: known, data };
}
