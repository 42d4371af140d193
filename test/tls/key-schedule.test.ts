import { createCipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { concatBytes, fromHex } from '../../core/base/bytes.ts';
import { RecordProtection } from '../../core/tls/key-schedule.ts';
import type { TlsRecord } from '../../core/tls/record.ts';

// RFC 8448 §3, server handshake traffic secret with the key and IV that follow from it
const SECRET = fromHex('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38');
const KEY = fromHex('3fce516009c21727d0f2e4e86ee403bc');
const IV = fromHex('5d313eb2671276ee13000b30');

function sealed(inner: Uint8Array, sequence: number): TlsRecord {
  const header = Uint8Array.of(23, 3, 3, 0, inner.length + 16);
  const nonce = IV.with(11, (IV[11] ?? 0) ^ sequence);
  const cipher = createCipheriv('aes-128-gcm', KEY, nonce).setAAD(header);
  const fragment = concatBytes(new Uint8Array(cipher.update(inner)), new Uint8Array(cipher.final()), new Uint8Array(cipher.getAuthTag()));
  return { type: 23, header, fragment, end: 0 };
}

test('key and IV of RFC 8448 §3, with a sequence number a record', () => {
  const protection = RecordProtection.of(0x1301, SECRET);
  expect(protection?.open(sealed(Uint8Array.of(1, 2, 22), 0))).toEqual({ type: 22, content: Uint8Array.of(1, 2) });
  expect(protection?.open(sealed(Uint8Array.of(3, 22), 1))).toEqual({ type: 22, content: Uint8Array.of(3) });
});

test('padding is taken off, and a record of padding alone is none (RFC 8446 §5.4)', () => {
  expect(RecordProtection.of(0x1301, SECRET)?.open(sealed(Uint8Array.of(9, 0, 21, 0, 0, 0), 0))).toEqual({ type: 21, content: Uint8Array.of(9, 0) });
  expect(RecordProtection.of(0x1301, SECRET)?.open(sealed(Uint8Array.of(0, 0, 0), 0))).toBeNull();
});

test('what was changed does not open', () => {
  const record = sealed(Uint8Array.of(1, 2, 22), 0);
  expect(RecordProtection.of(0x1301, SECRET)?.open({ ...record, fragment: record.fragment.with(0, 0) })).toBeNull();
  expect(RecordProtection.of(0x1301, SECRET)?.open({ ...record, header: record.header.with(4, 0) })).toBeNull();
  expect(RecordProtection.of(0x1301, SECRET)?.open({ ...record, fragment: new Uint8Array(3) })).toBeNull();
});

test('a suite of TLS 1.2 has no such protection', () => {
  expect(RecordProtection.of(0xc02f, SECRET)).toBeNull();
});
