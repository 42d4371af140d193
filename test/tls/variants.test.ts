import { describe, expect, test } from 'vitest';
import { shakeHands } from './client-under-test.ts';
import { variants } from './server-variants.ts';
import type { Variant } from './server-variants.ts';
import { has } from './tls-servers.ts';

async function expectExact(variant: Variant, port: number, pieceSize?: number): Promise<void> {
  const { presented, outcome, ocspStaple } = await shakeHands(port, variant.request, pieceSize);
  expect(outcome.ok ? outcome.value.parameters : outcome.failure).toMatchObject({
    resumed: false, helloRetryRequest: false, clientCertificateRequested: false, ocspStaple: false, serverName: 'mx.example.org', ...variant.parameters,
  });
  const { leaf, rest } = variant.identity;
  expect(presented).toEqual({ certificates: [leaf, ...rest].map(({ der }) => der), proven: true, source: 'wire', note: null });
  expect(ocspStaple).toEqual(variant.staple ?? null);
}

test('at least sixty variants', () => {
  expect(variants.length).toBeGreaterThanOrEqual(60);
});

describe.each(['node', 'openssl', 'gnutls-serv'] as const)('what a server of %s sent is what the tap tells', (program) => {
  const served = variants.filter((variant) => variant.program === program);
  test.skipIf(program !== 'node' && !has(program)).each(served.map((variant) => [variant.name, variant] as const))('%s', async (_, variant) => {
    const server = await variant.start();
    try {
      await expectExact(variant, server.port);
      // However the network cuts it: the octets are the same.
      await expectExact(variant, server.port, 1 + (variant.name.length % 7));
    } finally {
      server.close();
    }
  });
});

test('one octet at a time, chains in both versions', async () => {
  for (const variant of variants.filter(({ name }) => name.includes('cross-certified'))) {
    const server = await variant.start();
    await expectExact(variant, server.port, 1);
    server.close();
  }
});
