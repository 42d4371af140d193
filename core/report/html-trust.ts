/** The chain of trust in the HTML report: its picture, and the same in words, as a tree and as a list. */
import type { SubjectId } from '../base/subject.ts';
import { chainTree, type TreeNode } from '../graph/chain-tree.ts';
import type { GraphNode } from '../graph/graph-facts.ts';
import type { PlacedGraph } from '../graph/layout.ts';
import { element, together, type Markup } from '../graph/markup.ts';
import { graphSentences, graphSummary } from '../graph/sentences.ts';
import { svgImage } from '../graph/svg.ts';
import type { Run } from '../inspection/run.ts';
import { list, marked, prose, type Anchors } from './html-parts.ts';
import { STATUS_SIGNS } from './style.ts';

/** @param placed null leaves the picture out, not its words */
export function* trust(run: Run, placed: PlacedGraph | null, anchors: Anchors): Generator<Markup> {
  if (placed === null) yield element('p', {}, 'No picture was made.');
  else yield* picture(placed, run);
  yield element('h3', {}, 'From the trust anchor down');
  yield treeList(chainTree(run), anchors, 0);
  if (placed !== null) yield* everything(placed.graph.nodes, anchors);
}

function* picture(placed: PlacedGraph, run: Run): Generator<Markup> {
  const { graph } = placed;
  yield element('div', { class: 'picture wide', role: 'group', tabindex: 0, 'aria-label': 'Picture of the chain of trust' }, svgImage(placed, graphSummary(graph)));
  yield element('h3', {}, 'The same in words');
  yield list(graphSentences(graph, run).map((text) => prose(text, 800)));
}

/** As one list that is laid out at once, hundreds would take longer than a frame. */
const AT_ONCE = 40;

function* everything(nodes: readonly GraphNode[], anchors: Anchors): Generator<Markup> {
  yield element('h3', {}, 'Everything in the picture');
  if (nodes.length === 0) yield element('p', {}, 'Nothing.');
  for (let first = 0; first < nodes.length; first += AT_ONCE) {
    yield element('ul', {}, ...nodes.slice(first, first + AT_ONCE).map(({ subject, status, lines, marks, detail }) => element('li', { id: anchors.claim(subject) },
      marked(status.code, status.sign, status.word), ' ', prose(lines.join(' ')), marks.length === 0 ? null : ` (${marks.join(', ')})`, detail === '' ? null : ': ', detail === '' ? null : prose(detail))));
  }
}

/** A saved run may nest as deep as it likes. */
const MAXIMUM_DEPTH = 40;
const MAXIMUM_CHILDREN = 200;

function treeList(nodes: readonly TreeNode[], anchors: Anchors, depth: number): Markup {
  if (nodes.length === 0) return element('p', {}, 'Nothing is known.');
  const more = nodes.length - MAXIMUM_CHILDREN;
  return element('ul', { class: 'tree' }, ...nodes.slice(0, MAXIMUM_CHILDREN).map(({ subject, status, word = status, label, detail, children }) => {
    const [sign, tone] = STATUS_SIGNS[status];
    return element('li', { id: anchors.claim(subject) }, marked(tone, sign, word), ' ', prose(label, 400), detail === '' ? null : together(': ', prose(detail, 600)), children.length === 0 || depth >= MAXIMUM_DEPTH ? null : treeList(children, anchors, depth + 1));
  }), more > 0 ? element('li', {}, `and ${String(more)} more`) : null);
}

/** All that have a place in the tree. */
export const treeSubjects = (nodes: readonly TreeNode[], depth = 0): readonly SubjectId[] =>
  nodes.slice(0, MAXIMUM_CHILDREN).flatMap(({ subject, children }) => [subject, ...(depth >= MAXIMUM_DEPTH ? [] : treeSubjects(children, depth + 1))]);
