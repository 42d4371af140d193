/** Names of servers with A-labels: in both forms wherever they are told, each by itself. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { endpointSubject, mxSubject, rrsetSubject, tlsaSubject, zoneSubject } from '../../core/base/subject.ts';
import { fold } from '../../core/inspection/fold.ts';
import { focusOf } from '../../renderer/selection/focus.ts';
import { searchItems, foundItems } from '../../renderer/search/model.ts';
import { HostName } from '../../renderer/text/host-name.tsx';
import { subjectLabel } from '../../renderer/text/subject-label.ts';
import { consoleChoices } from '../../renderer/views/console/model.ts';
import { detailsOf } from '../../renderer/views/details/model.ts';
import { matrix } from '../../renderer/views/overview/model.ts';
import { assess } from '../../core/findings/assess.ts';
import { htmlReport } from '../../core/report/html.ts';
import { markdownReport } from '../../core/report/markdown.ts';
import { matrixText } from '../../core/report/text.ts';
import { twoHosts } from './fixtures/events.ts';

const A = 'mx.xn--bcher-kva.example';
const BOTH = `mx.bücher.example (${A})`;
const run = fold(JSON.parse(JSON.stringify(twoHosts).replaceAll('mx1.example.org', A)) as typeof twoHosts);

describe('a host whose name has A-labels', () => {
  test('in the matrix: both forms, each isolated from what stands around', () => {
    const markup = renderToStaticMarkup(<HostName name={A} />);
    expect(markup.replaceAll('<wbr/>', '')).toBe(`<span class="both-forms"><bdi>mx.bücher.example</bdi> <bdi class="a-label">${A}</bdi></span>`);
    expect(renderToStaticMarkup(<HostName name="mx1.example.org" />)).not.toContain('both-forms');
    expect(matrix(run)[0]?.host).toBe(A);
  });

  test('as what a finding is about, in the navigator as on its card; the name of an RRset is what was asked for', () => {
    expect(subjectLabel(endpointSubject(A, '192.0.2.10', 'RSA'))).toBe(`${BOTH} · 192.0.2.10 · RSA`);
    expect([mxSubject(A), zoneSubject(A), tlsaSubject(A, 0)].map(subjectLabel)).toEqual([BOTH, `zone ${BOTH}`, `${BOTH} · TLSA record 1`]);
    expect(subjectLabel(rrsetSubject(`_25._tcp.${A}`, 'TLSA'))).toBe(`_25._tcp.${A} TLSA`);
  });

  test('in the details, in a choice of channels, and found by either form', () => {
    for (const subject of [mxSubject(A), endpointSubject(A, '192.0.2.10', 'RSA')]) expect(detailsOf(run, subject, focusOf(run, { subject, event: null }, null)).title).toContain(BOTH);
    expect(consoleChoices(run)[0]?.label).toContain(BOTH);
    for (const text of ['bücher', 'xn--bcher']) expect(foundItems(searchItems(run, []), text).map(({ kind }) => kind)).toContain('MX host');
  });

  test('in reports', () => {
    expect(matrixText(run)).toContain('    mx.bücher.example');
    expect(htmlReport(run, assess(run), null).replaceAll(/<wbr ?\/?>/g, '')).toContain(`10 ${BOTH}`);
    expect(markdownReport(run, assess(run))).toContain(String.raw`mx.bücher.example \(mx.xn--bcher-kva.example\)`);
  });
});
