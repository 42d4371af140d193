/** The forwarder that `forwarder.ts` is about; far from those that are given out. */
export const STRIPPING_FORWARDER = '203.0.113.253';

/** Documentation addresses (RFC 5737, RFC 3849), one a host, given out in order and never twice. */
export class AddressPlan {
  #nameServers = 10;
  #mailHosts = 10;
  #mailHostsIpv6 = 0x10;

  nameServer(): string {
    this.#nameServers += 1;
    const address = `203.0.113.${String(within(this.#nameServers))}`;
    if (address === STRIPPING_FORWARDER) throw new Error('the documentation addresses are used up');
    return address;
  }

  mailHost(family: 4 | 6): string {
    if (family === 6) {
      this.#mailHostsIpv6 += 1;
      return `2001:db8:25::${this.#mailHostsIpv6.toString(16)}`;
    }
    this.#mailHosts += 1;
    return this.#mailHosts < 255 ? `192.0.2.${String(this.#mailHosts)}` : `198.51.100.${String(within(this.#mailHosts - 245))}`;
  }
}

function within(lastOctet: number): number {
  if (lastOctet > 254) throw new Error('the documentation addresses are used up');
  return lastOctet;
}
