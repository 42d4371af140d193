/** The messages that are dearest to read and to put in order: no more work than their octets, and the names that those stand for, are worth. */
import { workOf } from './work-counter.ts';
import { expect, test } from 'vitest';
import { concatBytes } from '../../core/base/bytes.ts';
import { parseMessage } from '../../core/dns/message.ts';
import type { RRset, ResourceRecord } from '../../core/dns/record.ts';
import { groupRRsets } from '../../core/dns/rrset.ts';
import { canonicalRdatas } from '../../core/dnssec/canonical.ts';

const LONGEST = 65_535;
/** blocks an octet, names expanded; 4 are needed. What grows with the square of the records needs thousands. */
const MOST_WORK = 8;

/** MX-like records of the type MINFO whose names are the ends of a chain of pointers, as long as is allowed: the dearest message to read. */
function dearestNames(): Uint8Array {
  const [root, ...chain] = Array.from({ length: 126 }, (_, index) => index);
  const start = 12 + 11;
  // `a.` and the root, then `a.` and a pointer to the one before.
  const names = concatBytes(Uint8Array.of(1, 0x61, root ?? 0), ...chain.map((index) => Uint8Array.of(1, 0x61, ...pointer(start + (index === 1 ? 0 : 3 + (index - 2) * 4)))));
  const carrier = concatBytes(Uint8Array.of(0, 0, 10, 0, 1, 0, 0, 0, 60, names.length >> 8, names.length & 0xff), names);
  const last = pointer(start + names.length - 4);
  return filled(carrier, () => Uint8Array.of(...last, 0, 14, 0, 1, 0, 0, 0, 60, 0, 4, ...last, ...last));
}

/** One RRset of as many addresses as there is room for: the dearest message to put in order. */
const dearestRRset = (): Uint8Array =>
  filled(Uint8Array.of(0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 0, 0, 0, 0), (index) => Uint8Array.of(0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, index >> 8, index & 0xff));

/** A response whose answer section is full. */
function filled(first: Uint8Array, record: (index: number) => Uint8Array): Uint8Array {
  const count = Math.floor((LONGEST - 12 - first.length) / record(0).length);
  const head = Uint8Array.of(0, 1, 0x84, 0, 0, 0, (count + 1) >> 8, (count + 1) & 0xff, 0, 0, 0, 0);
  return concatBytes(head, first, ...Array.from({ length: count }, (_, index) => record(index)));
}

const pointer = (offset: number): number[] => [0xc0 | (offset >> 8), offset & 0xff];

test.each([['names', dearestNames()], ['RRset', dearestRRset()]])('%s', (_, message) => {
  let records: readonly ResourceRecord[] = [];
  const reading = workOf(() => {
    const parsed = parseMessage(message);
    if (!parsed.ok) throw new Error(parsed.failure.text);
    records = parsed.value.answer;
  });
  expect(records.length).toBeGreaterThan(3000);
  let rrsets: readonly RRset[] = [];
  const grouping = workOf(() => { rrsets = groupRRsets(records); });
  const ordering = workOf(() => { for (const { type, rdatas } of rrsets) canonicalRdatas(type, rdatas); });
  // Fewer than the records would mean that nothing was counted.
  expect(Math.min(reading, grouping)).toBeGreaterThan(records.length);
  const octets = records.reduce((sum, { owner, rdata }) => sum + owner.length + rdata.length, 0);
  expect({ reading, grouping, ordering, octets }).toSatisfy(() => Math.max(reading, grouping, ordering) < MOST_WORK * octets);
});
