/** Lays graphs out beside the page, so that a large one does not freeze the window. One answer for each request, in order. */
import { graphvizLayout } from '../../../core/graph/graphviz-layout.ts';
import type { LayoutRequest } from '../../../core/graph/layout.ts';

const loading = graphvizLayout();

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  // A failure here is a bug of ours: it ends as an error of the worker, which the page tells.
  void loading.then((layout) => postMessage(layout(data)));
});
