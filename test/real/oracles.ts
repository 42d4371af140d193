/** What other validators say about an answer: Unbound through unbound-host, BIND through delv, one process a question. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './programs.ts';
import type { ZoneKeys } from './signed-tree.ts';

export type OracleVerdict = 'secure' | 'insecure' | 'bogus';

export interface OracleAnswer {
  readonly verdict: OracleVerdict;
  readonly output: string;
}

export interface Oracles {
  readonly unbound: (name: string, rrtype: string) => Promise<OracleAnswer>;
  readonly bind: (name: string, rrtype: string) => Promise<OracleAnswer>;
}

/** Both ask the one server at the port and trust the root key only. */
export function makeOracles(folder: string, port: number, root: ZoneKeys): Oracles {
  const { flags, protocol, algorithm, publicKey } = root.keySigning.dnskey;
  const key = Buffer.from(publicKey).toString('base64');
  const unboundAnchor = join(folder, `unbound-${port}.anchor`);
  writeFileSync(unboundAnchor, `. IN DNSKEY ${flags} ${protocol} ${algorithm} ${key}\n`);
  const unboundFile = join(folder, `unbound-${port}.conf`);
  writeFileSync(unboundFile, [
    'server:', '  do-not-query-localhost: no', `  trust-anchor-file: "${unboundAnchor}"`, '  val-sig-skew-min: 0', '  val-sig-skew-max: 0', '  do-ip6: no',
    '  qname-minimisation: no', '  val-max-restart: 1', '  num-threads: 1', 'forward-zone:', '  name: "."', `  forward-addr: 127.0.0.1@${port}`, '',
  ].join('\n'));
  const bindFile = join(folder, `delv-${port}.conf`);
  writeFileSync(bindFile, `trust-anchors { . static-key ${flags} ${protocol} ${algorithm} "${key}"; };\n`);
  return {
    unbound: async (name, rrtype) => unboundAnswer(await output('unbound-host', ['-C', unboundFile, '-v', '-t', rrtype, absolute(name)])),
    bind: async (name, rrtype) => bindAnswer(await output('delv', ['-a', bindFile, '-p', String(port), '@127.0.0.1', absolute(name), rrtype])),
  };
}

const absolute = (name: string): string => (name === '.' ? name : `${name}.`);

interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

function output(program: string, options: readonly string[]): Promise<Output> {
  return new Promise((resolve) => {
    execFile(findProgram(program) ?? program, options, { timeout: 20_000 }, (_, stdout, stderr) => { resolve({ stdout, stderr }); });
  });
}

/** unbound-host says of each record what it is worth; what it logs beside that is no verdict. */
function unboundAnswer({ stdout, stderr }: Output): OracleAnswer {
  const output = stdout + stderr;
  if (/\(BOGUS|SERVFAIL/.test(stdout) || stdout === '') return { verdict: 'bogus', output };
  return { verdict: stdout.includes('(insecure)') ? 'insecure' : 'secure', output };
}

/** delv ends with `resolution failed` for what is bogus and for negative answers, which it then tells as well. */
function bindAnswer({ stdout, stderr }: Output): OracleAnswer {
  const output = stdout + stderr;
  if (/resolution failed: (?!ncache)/.test(output) || !/fully validated|unsigned answer/.test(output)) return { verdict: 'bogus', output };
  return { verdict: output.includes('unsigned answer') ? 'insecure' : 'secure', output };
}
