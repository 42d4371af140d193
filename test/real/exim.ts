/**
 * One Exim daemon on loopback addresses of its own. Debian lets only one mail server be installed, so continuous integration
 * unpacks Exim beside Postfix and names the program in DANESCOPE_EXIM.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess, tcpReady } from './process.ts';
import { findProgram } from './programs.ts';

export const eximProgram = (): string | null => process.env['DANESCOPE_EXIM'] ?? findProgram('exim4');

export interface EximListener {
  readonly address: string;
  readonly hostname: string;
  /** PEM files with key and chain, one a key type */
  readonly chainFiles: readonly string[];
}

/** SMTP with STARTTLS on port 25 and TLS on connect on port 465. */
export async function startExim(folder: string, listener: EximListener): Promise<ServerProcess> {
  const spool = join(folder, `exim-${listener.address}`);
  mkdirSync(spool);
  chmodSync(spool, 0o777);
  for (const file of listener.chainFiles) chmodSync(file, 0o644);
  const configuration = join(folder, `exim-${listener.address}.conf`);
  writeFileSync(configuration, [
    `primary_hostname = ${listener.hostname}`, `spool_directory = ${spool}`, `log_file_path = ${spool}/%slog`, 'exim_user = nobody', 'exim_group = nogroup',
    'keep_environment =', `local_interfaces = ${listener.address}.25 : ${listener.address}.465`, 'tls_on_connect_ports = 465', 'tls_advertise_hosts = *',
    `tls_certificate = ${listener.chainFiles.join(' : ')}`, 'begin acl', '',
  ].join('\n'));
  const server = new ServerProcess(eximProgram() ?? 'exim4', ['-bdf', '-C', configuration]);
  await tcpReady(listener.address, 25, server);
  return server;
}
