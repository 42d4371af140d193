import { expect, test } from 'vitest';
import { parseRootHints } from '../../cli/root-hints.ts';
import { UsageError } from '../../cli/usage-error.ts';

test('reads the file as it is published, with and without class and TTL', () => {
  const text = `; comment\n.                        3600000      NS    A.ROOT-SERVERS.NET.\nA.ROOT-SERVERS.NET.      3600000      A     198.41.0.4\nA.ROOT-SERVERS.NET. 3600000 IN AAAA 2001:503:ba3e::2:30 ; v6\n\nb.example. A 192.0.2.2\r\n`;
  expect(parseRootHints(text, 'f')).toEqual([
    { name: 'a.root-servers.net', address: '198.41.0.4', port: 53 },
    { name: 'a.root-servers.net', address: '2001:503:ba3e::2:30', port: 53 },
    { name: 'b.example', address: '192.0.2.2', port: 53 },
  ]);
});

test('names the line that does not read', () => {
  for (const line of ['a.example. A 2001:db8::1', 'a.example. AAAA 192.0.2.1', 'a.example. IN A', 'a.example. A x']) {
    expect(() => parseRootHints(`;\n${line}\n`, 'hints')).toThrow(/^hints, line 2: /);
  }
  expect(() => parseRootHints('', 'hints')).toThrow(UsageError);
  expect(() => parseRootHints('a.example. A 192.0.2.1\n'.repeat(65), 'hints')).toThrow(/more than 64/);
});
