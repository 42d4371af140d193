/** All that an inspection needs from outside. */
import type { Clock, Network, Random } from '../base/ports.ts';
import type { TlsClient } from '../tls/client.ts';

export interface Ports {
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly tls: TlsClient;
}
