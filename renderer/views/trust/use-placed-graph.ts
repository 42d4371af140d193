/** The graph with its positions, from the worker. While a run goes on, at most one layout is under way, and the newest graph is next. */
import { startTransition, useEffect, useRef, useState } from 'react';
import { placeGraph, type Layout, type LayoutRequest, layoutRequest, type PlacedGraph } from '../../../core/graph/layout.ts';
import type { TrustGraph } from '../../../core/graph/graph-facts.ts';
import { practiceGraph } from './practice-graph.ts';

type Listener = (layout: Layout | null) => void;

let worker: Worker | null = null;
let waiting: Listener[] = [];
let worked = false;

function layOut(request: LayoutRequest, done: Listener): void {
  worker ??= startWorker();
  waiting.push(done);
  worked = true;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker.postMessage(request);
}

/** ms without a layout after which the worker practises */
const QUIET = 1500;

/** Graphviz is read and compiled before the first run needs it, when the window has nothing else to do. */
export function preloadLayout(): void {
  worker ??= startWorker();
  setTimeout(() => {
    if (!worked) layOut(practiceGraph(), () => {});
  }, QUIET);
}

function startWorker(): Worker {
  const started = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<Layout>) => waiting.shift()?.(data));
  started.addEventListener('error', () => {
    const left = waiting;
    waiting = [];
    worker = null;
    for (const done of left) done(null);
  });
  return started;
}

/** how many times as long as a layout takes there is none before it, while more is to come: beside a run that goes on it has a processor to itself */
const REST = 20;
/** ms */
const LONGEST_REST = 5000;
/** of the last layout: what the next one takes is known by it, unless Graphviz was still to be read */
let msForNode = 0.5;
const MOST_FOR_NODE = 2;

const restBefore = (graph: TrustGraph): number => Math.min(LONGEST_REST, REST * msForNode * graph.nodes.length);

/**
 * @param graph null where there is none yet
 * @param growing more of it is to come
 * @returns null before the first layout, `failed` where no layout could be made; an older graph until the newer one is laid out
 */
export function usePlacedGraph(graph: TrustGraph | null, growing = false): PlacedGraph | 'failed' | null {
  const [placed, setPlaced] = useState<PlacedGraph | 'failed' | null>(null);
  const underWay = useRef(false);
  const restsSince = useRef<number | null>(null);
  useEffect(() => {
    const shown = typeof placed === 'object' && placed !== null ? placed.graph : null;
    restsSince.current ??= performance.now();
    if (graph === null || underWay.current || shown === graph || placed === 'failed') return;
    const begin = (): void => {
      underWay.current = true;
      const began = performance.now();
      layOut(layoutRequest(graph), (layout) => {
        underWay.current = false;
        restsSince.current = performance.now();
        msForNode = Math.min(MOST_FOR_NODE, (restsSince.current - began) / Math.max(1, graph.nodes.length));
        // A large graph is drawn in slices, between which the window answers.
        startTransition(() => setPlaced(layout === null ? 'failed' : placeGraph(graph, () => layout)));
      });
    };
    const wait = growing ? restsSince.current + restBefore(graph) - performance.now() : 0;
    if (wait <= 0) return begin();
    const timer = setTimeout(begin, wait);
    return () => clearTimeout(timer);
  }, [graph, placed, growing]);
  return placed;
}
