/** One Postfix instance with a listener a certificate, on loopback addresses of its own. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:net';
import { runTool } from './process.ts';

export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly hostname: string;
  /** PEM files with key and chain, one a key type */
  readonly chainFiles: readonly string[];
  readonly tlsOnConnect?: boolean;
}

export async function startPostfix(folder: string, listeners: readonly Listener[]): Promise<{ readonly stop: () => void }> {
  const [configuration, queue, data] = ['etc', 'queue', 'data'].map((name) => join(folder, `postfix-${name}`));
  if (configuration === undefined || queue === undefined || data === undefined) throw new Error('unreachable');
  for (const path of [configuration, queue, data]) mkdirSync(path, { recursive: true });
  runTool('chown', ['postfix', data], folder);
  chmodSync(folder, 0o755);
  writeFileSync(join(configuration, 'main.cf'), mainConfiguration(queue, data));
  writeFileSync(join(configuration, 'master.cf'), masterConfiguration(listeners));
  runTool('postfix', ['-c', configuration, 'start'], folder);
  for (const listener of listeners) await listening(listener.address, listener.port);
  return { stop: () => { runTool('postfix', ['-c', configuration, 'stop'], folder); } };
}

function mainConfiguration(queue: string, data: string): string {
  return [
    'compatibility_level = 3.6', `queue_directory = ${queue}`, `data_directory = ${data}`, 'mydestination = localhost', 'inet_protocols = ipv4',
    'inet_interfaces = all', 'smtpd_tls_security_level = may', 'smtpd_tls_loglevel = 1', 'maillog_file = /dev/stdout', 'maillog_file_prefixes = /dev, /tmp',
    'smtpd_recipient_restrictions = reject', 'smtpd_relay_restrictions = reject', 'smtpd_banner = $myhostname ESMTP Postfix', 'smtpd_peername_lookup = no',
    'tls_random_source = dev:/dev/urandom', '',
  ].join('\n').replace('maillog_file = /dev/stdout\n', `maillog_file = ${data}/postfix.log\n`).replace('maillog_file_prefixes = /dev, /tmp', `maillog_file_prefixes = ${data}`);
}

function masterConfiguration(listeners: readonly Listener[]): string {
  const services = listeners.map((listener) => [
    `${listener.address}:${listener.port} inet n - n - - smtpd`, `  -o myhostname=${listener.hostname}`,
    `  -o smtpd_tls_chain_files=${listener.chainFiles.join(',')}`, ...(listener.tlsOnConnect === true ? ['  -o smtpd_tls_wrappermode=yes'] : []),
  ].join('\n'));
  return [...services,
    'pickup unix n - n 60 1 pickup', 'cleanup unix n - n - 0 cleanup', 'qmgr unix n - n 300 1 qmgr', 'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite', 'bounce unix - - n - 0 bounce', 'defer unix - - n - 0 bounce', 'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify', 'flush unix n - n 1000? 0 flush', 'proxymap unix - - n - - proxymap', 'smtp unix - - n - - smtp', 'error unix - - n - - error',
    'retry unix - - n - - error', 'discard unix - - n - - discard', 'local unix - n n - - local', 'anvil unix - - n - 1 anvil', 'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd', ''].join('\n');
}

async function listening(address: string, port: number): Promise<void> {
  for (let count = 0; count < 100; count += 1) {
    const banner = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: address, port });
      socket.once('connect', () => { socket.destroy(); resolve(true); });
      socket.once('error', () => { resolve(false); });
    });
    if (banner) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`Postfix did not listen on ${address}:${port}`);
}
