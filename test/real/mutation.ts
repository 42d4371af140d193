/** Seeded mutations of signed answers: what an attacker, a broken signer or an operator's mistake makes of them. */
import { type Name, ancestor, labelCount, nameText } from '../../core/dns/name.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { makeKey } from '../dnssec/signing-key.ts';
import { DENIAL_KINDS } from './mutation-denial.ts';
import { DNSKEY_KINDS, DS_KINDS } from './mutation-keys.ts';
import type { Asked, Kind, Tools } from './mutation-kind.ts';
import { RESPONSE_KINDS } from './mutation-response.ts';
import { SIGNATURE_KINDS } from './mutation-signature.ts';
import type { Change, GenuineAnswers } from './replay-server.ts';
import type { Response } from './response.ts';
import type { ZoneKeys } from './signed-tree.ts';

export interface Mutation {
  readonly kind: string;
  readonly target: Asked;
  readonly change: Change;
}

const STRANGER = makeKey(13);
const ATTEMPTS = 60;

interface Seeded {
  readonly random: (below: number) => number;
  readonly asked: Asked;
  readonly keys: ReadonlyMap<string, ZoneKeys>;
  readonly others: readonly Response[];
  readonly genuine: GenuineAnswers;
}

/** A mutation that changes something: of the answer itself, or of the keys or DS records on the way to it. */
export async function seededMutation({ random, asked, keys, others, genuine }: Seeded): Promise<Mutation> {
  const zones = zonesAround(asked.name, keys);
  const now = Math.floor(Date.now() / 1000);
  const tools: Tools = { random, asked, zones, now, others, stranger: STRANGER, keysOf: (zone) => keys.get(nameText(zone)) };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { target, kinds } = chooseTarget(tools);
    const entries = Object.entries(kinds);
    const [kind, edit] = entries[random(entries.length)] as [string, Kind];
    const response = await genuine.ask(target.name, target.type);
    const changed = edit(response, tools);
    if (changed === null) continue;
    const key = targetKey(target);
    return { kind, target, change: (given) => (targetKey(given.question) === key ? { ...changed, question: given.question } : given) };
  }
  throw new Error('no mutation applies');
}

const targetKey = ({ name, type }: Asked): string => `${type} ${nameText(name).toLowerCase()}`;

function zonesAround(name: Name, keys: ReadonlyMap<string, ZoneKeys>): ZoneKeys[] {
  const zones = Array.from({ length: labelCount(name) + 1 }, (_, depth) => keys.get(nameText(ancestor(name, labelCount(name) - depth))));
  return zones.filter((zone) => zone !== undefined);
}

interface Target {
  readonly target: Asked;
  readonly kinds: Readonly<Record<string, Kind>>;
}

/** Half of the mutations hit the answer, the others the chain of trust to it. */
function chooseTarget({ random, asked, zones }: Tools): Target {
  const zone = (zones[random(zones.length)] as ZoneKeys).zone;
  switch (random(10)) {
    case 0: case 1: return { target: { name: zone, type: RRTYPE.DNSKEY }, kinds: DNSKEY_KINDS };
    case 2: return { target: { name: zone, type: RRTYPE.DNSKEY }, kinds: SIGNATURE_KINDS };
    case 3: case 4: return labelCount(zone) > 0 ? { target: { name: zone, type: RRTYPE.DS }, kinds: { ...DS_KINDS, ...SIGNATURE_KINDS } } : { target: asked, kinds: SIGNATURE_KINDS };
    case 5: return { target: asked, kinds: RESPONSE_KINDS };
    case 6: case 7: return { target: asked, kinds: DENIAL_KINDS };
    default: return { target: asked, kinds: { ...SIGNATURE_KINDS, ...RESPONSE_KINDS } };
  }
}
