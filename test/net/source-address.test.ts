import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { describe, expect, test } from 'vitest';
import { sourceAddresses } from '../../core/net/source-address.ts';

describe('where packets leave from', () => {
  test('towards this machine itself it is the loopback address', async () => {
    expect(await sourceAddresses([['udp4', '127.0.0.1']])).toEqual(['127.0.0.1']);
  });

  test('without a route there is none', async () => {
    // Connecting to the broadcast address is refused by the system.
    expect(await sourceAddresses([['udp4', '255.255.255.255'], ['udp4', '127.0.0.1']])).toEqual(['127.0.0.1']);
  });

  test('towards the outside: addresses, or none', async () => {
    for (const address of await sourceAddresses()) expect(isIP(address)).toBeGreaterThan(0);
  });

  test('nothing is sent', async () => {
    const listener = createSocket('udp4');
    listener.bind(9, '127.0.0.1');
    await Promise.race([once(listener, 'listening'), once(listener, 'error')]);
    const heard: Buffer[] = [];
    listener.on('message', (message) => heard.push(message));
    await sourceAddresses([['udp4', '127.0.0.1']]);
    const probe = createSocket('udp4');
    probe.send('mark', 9, '127.0.0.1');
    await once(listener, 'message');
    expect(heard.map(String)).toEqual(['mark']);
    probe.close();
    listener.close();
  });
});
