/** The ports of the running system. */
import type { Ports } from '../inspection/ports.ts';
import { NodeTlsClient } from './node-tls-client.ts';
import { SocketNetwork } from './socket-network.ts';
import type { SocketNetworkOptions } from './socket-network.ts';
import { SystemClock } from './system-clock.ts';
import { SystemRandom } from './system-random.ts';

export function systemPorts(options: SocketNetworkOptions = {}): Ports {
  const clock = new SystemClock();
  return { network: new SocketNetwork(options), clock, random: new SystemRandom(), tls: new NodeTlsClient(clock) };
}
