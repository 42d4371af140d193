import { describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import { shownSenders } from '../../renderer/views/overview/senders.ts';
import { twoHosts } from './fixtures/events.ts';

describe('what senders do', () => {
  test('three kinds of sender, each with a sign, a word and the reason', () => {
    const rows = shownSenders(fold(twoHosts));
    expect(rows.map((row) => row.sender)).toEqual(['with DANE', 'DANE required', 'without DANE']);
    expect(rows[0]?.status).toMatchObject({ sign: 'check', word: 'delivers, authenticated' });
    expect(rows.every((row) => row.text !== '' && row.rfc.startsWith('RFC '))).toBe(true);
  });

  test('nothing is concluded before the run is over', () => {
    expect(shownSenders(fold(twoHosts.slice(0, -1)))).toEqual([]);
  });
});
