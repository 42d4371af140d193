/** The states that a window must have words for, each from a scene of the lab through the real sockets. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notices } from '../../renderer/views/overview/states.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

const STATES = [
  ['port-25-blocked', 'port-blocked', 'This network does not let us reach port 25 (2 hosts, all timed out).'],
  ['no-ipv6', 'no-ipv6', 'No IPv6 from here: 1 address not tested.'],
  ['good-implicit-mx', 'implicit-mx', 'No MX RRset; senders use the address of good-implicit-mx.example itself.'],
  ['tlsa-missing', 'no-tlsa', 'No DANE: senders use TLS if offered, unauthenticated.'],
] as const;

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: STATES.map(([scene]) => scene) }); });
afterAll(() => lab.close());

test.each(STATES)('%s: %s', async (scene, id, title) => {
  const { run } = await inspectInLab(lab, `${scene}.example`);
  expect(notices(run).map((notice) => [notice.id, notice.title])).toContainEqual([id, title]);
});
