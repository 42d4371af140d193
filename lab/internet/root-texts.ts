/** The lab's trust anchor and root hints as zone-file lines. */
import { toBase64, toHex } from '../../core/base/bytes.ts';
import { parseName } from '../../core/dns/name.ts';
import type { ZoneKey } from '../zone/key.ts';
import { dsRdata } from '../zone/key.ts';
import { ROOT_SERVER } from './top-level.ts';

/** DS and DNSKEY of each key with the SEP flag. */
export function trustAnchorText(keys: readonly ZoneKey[]): string {
  return keys.flatMap((key) => key.secureEntryPoint ? [`${dsText(key)}\n`, `${dnskeyText(key)}\n`] : []).join('');
}

export function rootHintsText(): string {
  const addresses = ROOT_SERVER.addresses.map((address) => `${ROOT_SERVER.name}. 3600000 IN ${address.includes(':') ? 'AAAA' : 'A'} ${address}`);
  return [`. 3600000 IN NS ${ROOT_SERVER.name}.`, ...addresses, ''].join('\n');
}

function dsText(key: ZoneKey): string {
  return `. 3600 IN DS ${String(key.tag)} ${String(key.algorithm)} 2 ${toHex(dsRdata(parseName('.'), key).subarray(4)).toUpperCase()}`;
}

function dnskeyText(key: ZoneKey): string {
  const [high = 0, low = 0] = key.dnskey;
  return `. 3600 IN DNSKEY ${String((high << 8) | low)} 3 ${String(key.algorithm)} ${toBase64(key.dnskey.subarray(4))}`;
}
