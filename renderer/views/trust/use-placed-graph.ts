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

/** how many times as long as a layout took there is none, while more is to come: beside a run that goes on it would have a processor to itself */
const REST = 10;
/** ms */
const LONGEST_REST = 5000;

/**
 * @param graph null where there is none yet
 * @param growing more of it is to come
 * @returns null before the first layout, `failed` where no layout could be made; an older graph until the newer one is laid out
 */
export function usePlacedGraph(graph: TrustGraph | null, growing = false): PlacedGraph | 'failed' | null {
  const [placed, setPlaced] = useState<PlacedGraph | 'failed' | null>(null);
  const underWay = useRef(false);
  const [resting, setResting] = useState(0);
  useEffect(() => {
    if (resting === 0) return;
    const timer = setTimeout(() => setResting(0), growing ? resting : 0);
    return () => clearTimeout(timer);
  }, [resting, growing]);
  useEffect(() => {
    const shown = typeof placed === 'object' && placed !== null ? placed.graph : null;
    if (graph === null || underWay.current || resting > 0 || shown === graph || placed === 'failed') return;
    underWay.current = true;
    const began = performance.now();
    layOut(layoutRequest(graph), (layout) => {
      underWay.current = false;
      setResting(Math.min(LONGEST_REST, REST * (performance.now() - began)));
      // A large graph is drawn in slices, between which the window answers.
      startTransition(() => setPlaced(layout === null ? 'failed' : placeGraph(graph, () => layout)));
    });
  }, [graph, placed, resting]);
  return placed;
}
