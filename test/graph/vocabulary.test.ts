/** The visual vocabulary, row by row: shapes and marks of nodes; colour, line and glyph of edges; the sheet that draws them. */
import { describe, expect, test } from 'vitest';
import type { Comparison, ComparisonCode, Outcome } from '../../core/dane/facts.ts';
import type { Box } from '../../core/graph/layout.ts';
import { nodeLines } from '../../core/graph/layout.ts';
import type { EdgeKind, GraphNode } from '../../core/graph/graph-facts.ts';
import { ABSENT_LINE, comparisonLook, DELEGATION_LOOK, DENIAL_LOOK, DIGEST_LOOK, DOTTED_LINE, NODE_STATUS, OUTCOME_STATUS, PLAIN, PLAIN_LINE, SIGNATURE_LOOK, type EdgeLook } from '../../core/graph/graph-status.ts';
import { GRAPH_STYLE } from '../../core/graph/graph-style.ts';
import { drawEdges, drawNode, nodeClass, type SvgElement } from '../../core/graph/picture.ts';

const BOX: Box = { x: 10, y: 10, width: 200, height: 88 };
const NODE: GraphNode = { id: 'n', cluster: null, kind: 'rrset', within: null, subject: 'zone:.', status: NODE_STATUS.secure, lines: ['mx1.example.com', 'TLSA'], marks: [], detail: '' };
const drawn = (node: Partial<GraphNode>): readonly SvgElement[] => drawNode({ ...NODE, ...node }, BOX);
const names = (node: Partial<GraphNode>): string[] => drawn(node).filter(({ name }) => name !== 'text').map(({ name }) => name);
const rule = (selector: string): string => {
  const at = GRAPH_STYLE.indexOf(`${selector}{`);
  return at < 0 ? '' : GRAPH_STYLE.slice(at, GRAPH_STYLE.indexOf('}', at) + 1);
};
/** The sheet says it of a list of selectors. */
const says = (selector: string, declaration: string): boolean => GRAPH_STYLE.split('}').some((one) => one.split('{')[0]?.split(',').some((part) => part.trim() === selector) === true && one.includes(declaration));

const comparison = (code: ComparisonCode, depth: number | null): Comparison =>
  ({ endpoint: '', record: 0, depth, certificate: null, matched: code === 'matched', reason: { code, text: '', rfc: null, ede: null } });
const compared = (code: ComparisonCode, outcome: Outcome, depth: number | null = 0): EdgeLook => comparisonLook(comparison(code, depth), outcome);

describe('nodes', () => {
  test.each<[string, Partial<GraphNode>, string[]]>([
    ['DNSKEY', { kind: 'dnskey' }, ['ellipse']],
    ['trust anchor: a double outline', { kind: 'dnskey', marks: ['trust anchor'] }, ['ellipse', 'ellipse']],
    ['DS', { kind: 'ds' }, ['ellipse']],
    ['RRset: a rounded rectangle', { kind: 'rrset' }, ['rect']],
    ['NODATA', { kind: 'no-data' }, ['rect']],
    ['NXDOMAIN: corner diagonals', { kind: 'name-error' }, ['rect', 'path']],
    ['NSEC: cells parted by rules', { kind: 'denial' }, ['rect', 'path']],
    ['TLSA record: a row', { kind: 'tlsa' }, ['rect']],
    ['certificate: a folded corner and a badge', { kind: 'certificate' }, ['path', 'rect']],
    ['ghost of a certificate: no badge, as it has no depth', { kind: 'certificate', marks: ['missing'] }, ['path']],
    ['endpoint: a hexagon', { kind: 'endpoint' }, ['path']],
    ['answer with an error: a small triangle', { kind: 'error' }, ['rect', 'path']],
  ])('%s', (_, node, expected) => expect(names(node)).toEqual(expected));

  test('a hexagon has six corners, a triangle three, a folded corner its fold', () => {
    const d = (kind: GraphNode['kind']): string => String(drawn({ kind }).find(({ name }) => name === 'path')?.attributes['d']);
    expect(d('endpoint').match(/[ML]/g)).toHaveLength(6);
    expect(d('error')).toMatch(/^M[\d.,-]+l[\d.,-]+h-26Z$/);
    expect(d('certificate').match(/M/g)).toHaveLength(2);
    expect(d('name-error').match(/M/g)).toHaveLength(4);
    expect(d('denial').match(/h200/g)).toHaveLength(3);
  });

  test('SEP is filled and says so, revoked has an outline of 4 px and says so, the anchor says so', () => {
    expect(nodeLines({ ...NODE, kind: 'dnskey', marks: ['trust anchor', 'SEP', 'revoked'] })[0]).toBe('✔ secure · trust anchor · SEP · revoked');
    expect(says('.mark-sep .graph-shape', 'fill:var(--sep-fill)')).toBe(true);
    expect(rule('.mark-revoked .graph-shape')).toContain('stroke-width:4');
    expect(nodeClass({ ...NODE, kind: 'dnskey', marks: ['SEP', 'revoked'] })).toContain('mark-sep mark-revoked');
  });

  test('NODATA and NXDOMAIN are dashed in the colours of what does not exist; opt-out is gray and says so; a ghost is dashed', () => {
    expect(says('.kind-no-data .graph-shape', 'stroke-dasharray')).toBe(true);
    expect(says('.kind-name-error .graph-shape', 'stroke-dasharray')).toBe(true);
    expect(says('.kind-no-data.is-secure .graph-shape', 'stroke:var(--absent-secure)')).toBe(true);
    expect(says('.kind-name-error.is-bogus .graph-shape', 'stroke:var(--absent-bogus)')).toBe(true);
    expect(says('.mark-opt-out .graph-shape', 'fill:var(--sep-fill)')).toBe(true);
    expect(nodeLines({ ...NODE, kind: 'denial', marks: ['opt-out'] })[0]).toBe('✔ secure · opt-out');
    expect(rule('.mark-missing .graph-shape')).toContain('stroke-dasharray');
  });

  test('each status is a glyph and a word', () => {
    expect(Object.values(NODE_STATUS).map(({ sign, word }) => `${sign} ${word}`)).toEqual(['✔ secure', '○ insecure', '✖ bogus', '? indeterminate', '⌛ bogus, expired', '⋯ pending']);
    expect(Object.values(OUTCOME_STATUS).every(({ sign, word }) => sign !== '' && word !== '')).toBe(true);
  });

  test('the record of no use is struck, the word beside it is not', () => {
    const [, text] = drawn({ kind: 'tlsa', lines: ['0 0 1  abcd'], marks: ['unusable'], status: { code: 'absent', sign: '–', word: 'unusable' } });
    expect(text?.children).toEqual(['– ', { name: 'tspan', attributes: { class: 'is-struck' }, children: ['0 0 1  abcd'] }, ' · unusable']);
  });
});

describe('edges', () => {
  const look = ({ line, status: { code, sign } }: EdgeLook): string => `${code} ${line} ${sign}`.trim();
  test.each<[string, EdgeLook, string]>([
    ['delegation, secure', DELEGATION_LOOK.secure, 'secure solid'],
    ['delegation, insecure', DELEGATION_LOOK.insecure, 'insecure solid ○'],
    ['delegation, bogus', DELEGATION_LOOK.bogus, 'bogus dashed ✖'],
    ['delegation, lame or incomplete', DELEGATION_LOOK.indeterminate, 'indeterminate dashed ?'],
    ['digest matches', DIGEST_LOOK.match, 'secure solid'],
    ['digest: no such DNSKEY', DIGEST_LOOK['no-such-dnskey'], 'absent dashed –'],
    ['digest: unknown digest algorithm', DIGEST_LOOK['unknown-digest'], 'indeterminate solid ?'],
    ['digest mismatch', DIGEST_LOOK.mismatch, 'bogus solid ✖'],
    ['digest algorithm not allowed', DIGEST_LOOK['not-allowed'], 'bogus dashed ✖'],
    ['RRSIG valid', SIGNATURE_LOOK.valid, 'secure solid'],
    ['RRSIG expired', SIGNATURE_LOOK.expired, 'expired solid ⌛'],
    ['RRSIG not yet valid', SIGNATURE_LOOK['not-yet-valid'], 'expired solid ⌛'],
    ['RRSIG bad signature', SIGNATURE_LOOK['bad-signature'], 'bogus solid ✖'],
    ['RRSIG not allowed to sign this', SIGNATURE_LOOK['not-allowed'], 'bogus dashed ✖'],
    ['RRSIG no such DNSKEY', SIGNATURE_LOOK['no-such-dnskey'], 'absent dashed –'],
    ['RRSIG unknown algorithm', SIGNATURE_LOOK['unknown-algorithm'], 'indeterminate solid ?'],
    ['NSEC proof valid', DENIAL_LOOK.proved, 'secure solid'],
    ['NSEC proof doubtful', DENIAL_LOOK['insecure-parameters'], 'indeterminate solid ?'],
    ['NSEC proof bogus', DENIAL_LOOK['not-proved'], 'bogus dashed ✖'],
    ['CNAME', PLAIN_LINE, 'plain solid'],
    ['MX, address', DOTTED_LINE, 'plain dotted'],
    ['TLSA record matches', compared('matched', 'authenticated'), 'secure double ✔'],
    ['TLSA record differs, endpoint refused', compared('digest-differs', 'refused'), 'bogus crossed ✖'],
    ['TLSA record differs, endpoint authenticated by another', compared('digest-differs', 'authenticated'), 'absent solid –'],
    ['TLSA record fits, but the path does not hold; endpoint refused', compared('path-invalid', 'refused', 1), 'bogus crossed ✖'],
    ['TLSA record fits, but the path does not hold; authenticated by another', compared('path-invalid', 'authenticated', 1), 'absent solid –'],
    ['TLSA record not compared', compared('not-this-depth', 'refused'), 'absent dotted –'],
    ['TLSA record unusable', compared('not-usable', 'tls-required-unauthenticated'), 'absent dotted –'],
    ['certificate: signature fits', PLAIN_LINE, 'plain solid'],
    ['certificate: issuer missing', ABSENT_LINE, 'absent dashed –'],
  ])('%s', (_, edge, expected) => expect(look(edge)).toBe(expected));

  test.each<[ComparisonCode, number | null, string]>([
    ['path-invalid', 1, 'fits, but the path does not hold'], ['sent-but-not-an-issuer', 1, 'fits, but issued nothing here'], ['expired', 1, 'fits, but expired'],
    ['path-invalid', null, 'fits, but the path does not hold'], ['anchor-signed-nothing', null, 'signed nothing here'], ['name-mismatch', null, 'fits, but names differ'], ['digest-differs', 0, 'does not match'], ['anchor-not-sent', null, 'not compared'],
  ])('RFC 7672 §3.1.2: a record that names the certificate fits it, whatever else fails: %s at %j', (code, depth, word) => expect(compared(code, 'refused', depth).status.word).toBe(word));

  const edgeOf = (kind: EdgeKind, edge: EdgeLook): SvgElement | undefined => drawEdges({
    width: 9, height: 9, clusters: [], nodes: [BOX], edges: [{ points: [0, 10, 20, 30].map((y) => ({ x: 0, y })), tip: { x: 0, y: 40 } }],
    graph: { clusters: [], nodes: [NODE], folded: [], edges: [{ ...edge, id: 'e', from: 'n', to: 'n', kind, subject: 'zone:.', label: '', sentence: '' }] },
  })[0];

  test('widths and dashes: delegation 5 px, bogus 10 5, incomplete 4 4, matches double, alias thin with an open arrow', () => {
    expect(rule('.edge-delegation .graph-line')).toContain('stroke-width:5');
    expect(rule('.edge-delegation.line-dashed.is-bogus .graph-line')).toContain('stroke-dasharray:10 5');
    expect(rule('.edge-delegation.line-dashed.is-indeterminate .graph-line')).toContain('stroke-dasharray:4 4');
    expect(says('.edge-alias .graph-line', 'stroke-width:1')).toBe(true);
    expect(edgeOf('alias', PLAIN_LINE)?.children.some((child) => typeof child !== 'string' && child.attributes['class'] === 'graph-arrow is-open')).toBe(true);
    expect(edgeOf('comparison', compared('matched', 'authenticated'))?.children.some((child) => typeof child !== 'string' && child.attributes['class'] === 'graph-line-gap')).toBe(true);
    expect(edgeOf('comparison', compared('digest-differs', 'refused'))?.children.some((child) => typeof child !== 'string' && child.attributes['class'] === 'graph-cross')).toBe(true);
  });

  test('the glyph stands in the middle of the line, and only where there is one', () => {
    const signs = (edge: EdgeLook): readonly unknown[] => edgeOf('signature', edge)?.children.flatMap((child) => (typeof child !== 'string' && child.attributes['class'] === 'graph-sign' ? child.children : [])) ?? [];
    expect(signs(SIGNATURE_LOOK['bad-signature'])).toEqual(['✖']);
    expect(SIGNATURE_LOOK.expired.status.sign).toBe('⌛');
    expect(edgeOf('signature', SIGNATURE_LOOK.expired)?.children.some((child) => typeof child !== 'string' && child.attributes['class'] === 'graph-hourglass')).toBe(true);
    expect(signs(SIGNATURE_LOOK.valid)).toEqual([]);
    expect(PLAIN.sign).toBe('');
  });
});
