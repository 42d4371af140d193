import { toHex } from '../../core/base/bytes.ts';
import { parseName } from '../../core/dns/name.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import type { TrustAnchor } from '../../core/dnssec/trust-anchor.ts';
import type { ZoneKey } from '../../lab/zone/key.ts';
import { dsRdata } from '../../lab/zone/key.ts';

/** The DS of a key as the trust anchor of its zone. */
export function parseAnchors(apex: string, key: ZoneKey): readonly TrustAnchor[] {
  const digest = toHex(dsRdata(parseName(apex), key).subarray(4));
  const anchors = readTrustAnchors(`${apex === '.' ? '' : apex}. 3600 IN DS ${key.tag} ${key.algorithm} 2 ${digest}\n`, 'attack');
  if (!anchors.ok) throw new Error(anchors.failure.text);
  return anchors.value;
}
