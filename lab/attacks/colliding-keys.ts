/** Keys that nobody can tell apart by tag and algorithm, and signatures that none of them made: KeyTrap (CVE-2023-50387). */
import { randomBytes } from 'node:crypto';
import { concatBytes } from '../../core/base/bytes.ts';
import { uint16 } from '../dns/rdata.ts';
import type { ZoneKey } from '../zone/key.ts';

const RSASHA256 = 8;
const MODULUS_OCTETS = 256;
const EXPONENT = Uint8Array.of(3, 1, 0, 1);

/**
 * RSA, as any odd number of the right size is a modulus to whoever checks with it. Each signature costs a whole verification and
 * fails with every key.
 */
export function collidingKeys(count: number, tag: number, secureEntryPoint: boolean): ZoneKey[] {
  return Array.from({ length: count }, () => ({
    algorithm: RSASHA256, secureEntryPoint, tag, dnskey: dnskeyWithTag(tag, secureEntryPoint),
    // Below every modulus that the keys have: a larger number would be refused unseen.
    sign: () => concatBytes(Uint8Array.of(0x01), new Uint8Array(randomBytes(MODULUS_OCTETS - 1))),
  }));
}

function dnskeyWithTag(tag: number, secureEntryPoint: boolean): Uint8Array {
  const modulus = new Uint8Array(randomBytes(MODULUS_OCTETS));
  modulus[0] = 0xc0 | (modulus[0] ?? 0);
  modulus[MODULUS_OCTETS - 1] = 1 | (modulus.at(-1) ?? 0);
  const dnskey = concatBytes(uint16(secureEntryPoint ? 257 : 256), Uint8Array.of(3, RSASHA256), EXPONENT, modulus);
  // The tag is a sum (RFC 4034 Appendix B): one word of the modulus, at an even place, makes up for the rest.
  dnskey.set([0, 0], WORD_AT);
  const without = dnskey.reduce((sum, octet, index) => sum + (index % 2 === 0 ? octet << 8 : octet), 0);
  for (let word = 0; word <= 0xffff; word += 1) {
    const sum = without + word;
    if (((sum + (sum >>> 16)) & 0xffff) !== tag) continue;
    dnskey.set(uint16(word), WORD_AT);
    return dnskey;
  }
  throw new Error(`no word gives the tag ${String(tag)}`);
}

const WORD_AT = 100;
