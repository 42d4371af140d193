/** No list of the window ends without a word where there is more: what was not shown would look as if it were not there. */
import { expect, test } from 'vitest';
import { certificateSubject, rrsetSubject } from '../../core/base/subject.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import { focusOf } from '../../renderer/selection/focus.ts';
import { counted, leftOut } from '../../renderer/text/counted.ts';
import { detailsOf } from '../../renderer/views/details/model.ts';
import { trustTree } from '../../renderer/views/trust/model.ts';
import type { TrustNode } from '../../renderer/views/trust/trust-node.ts';
import { certificate, lookup, story } from './fixtures/events.ts';

const valuesOf = (run: Run, subject: ReturnType<typeof rrsetSubject>): readonly string[] => detailsOf(run, subject, focusOf(run, { subject, event: null }, null)).sections.flatMap(({ fields }) => fields.map(({ value }) => value));

test('a certificate with more names than are shown', () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `mx${String(index)}.example.org`);
  const shown = (count: number): readonly string[] => {
    const one = certificate('mx.example.org', 'ECDSA', 'Issuing', { dnsNames: [...names(count)] });
    return valuesOf(fold([{ type: 'certificate.seen', subject: certificateSubject(one.sha256), certificate: one, seq: 0, at: 0 }]), certificateSubject(one.sha256));
  };
  expect(shown(100).some((value) => value.endsWith(' more'))).toBe(false);
  expect(shown(150)).toContain('and 50 more');
});

test('an RRset with more records than are shown: in the details and in the tree of trust', () => {
  const texts = Array.from({ length: 130 }, (_, index) => `${String(index)} mx${String(index)}.example.org.`);
  const run = fold(story(lookup('example.org', 'MX', texts, { zones: [] }).map((fact, at) => ({ ...fact, at }))));
  const titles = (nodes: readonly TrustNode[]): readonly string[] => nodes.flatMap(({ title, children }) => [title, ...titles(children)]);
  expect(valuesOf(run, rrsetSubject('example.org', 'MX'))).toContain('and 30 more');
  expect(titles(trustTree(run))).toContain('and 30 more');
});

test('one is one', () => {
  expect([counted(0, 'question'), counted(1, 'question'), counted(2, 'question')]).toEqual(['0 questions', '1 question', '2 questions']);
  expect([leftOut(8, 8), leftOut(9, 8)]).toEqual([null, 'and 1 more']);
});
