/** Panes draw a run that goes on one after the other, one a frame: what all of them draw at once is felt. */

/** What a page's frames are to it. */
export interface FrameSource {
  /** before the next frame is drawn; where the window is not in sight none is */
  request(work: () => void): void;
  /** Frames come. */
  inSight(): boolean;
  /** Frames come no more, or come again. */
  onChange(listener: () => void): void;
  /** ms */
  now(): number;
}

export interface Turns {
  /** The one that asked first is the next to draw; one that waits already keeps its place. */
  readonly take: (draw: () => void) => void;
  /** Whoever is gone draws no more. */
  readonly leave: (draw: () => void) => void;
  /** ms that drawing took so far, without layout and painting */
  spent(): number;
}

export function takeTurns(frames: FrameSource): Turns {
  const waiting = new Set<() => void>();
  let asked = false;
  let spent = 0;
  const draw = (one: () => void): void => {
    waiting.delete(one);
    const before = frames.now();
    one();
    // React draws at the end of this task: its work was queued by then, and this comes after it.
    queueMicrotask(() => {
      spent += frames.now() - before;
    });
  };
  const next = (): void => {
    asked = false;
    const [first] = waiting;
    try {
      if (first !== undefined) draw(first);
    } finally {
      // One that fails must not keep the others waiting.
      ask();
    }
  };
  const ask = (): void => {
    if (!frames.inSight()) for (const one of waiting) draw(one);
    if (waiting.size === 0 || asked) return;
    asked = true;
    frames.request(next);
  };
  frames.onChange(ask);
  return {
    take: (one) => {
      waiting.add(one);
      ask();
    },
    leave: (one) => void waiting.delete(one),
    spent: () => spent,
  };
}

const pageFrames: FrameSource = {
  request: (work) => void requestAnimationFrame(work),
  inSight: () => !document.hidden,
  onChange: (listener) => document.addEventListener('visibilitychange', listener),
  now: () => performance.now(),
};

let ofPage: Turns | null = null;

/** The turns of the panes of this page. */
export const turns = (): Turns => (ofPage ??= takeTurns(pageFrames));

/** ms that the panes of this page took to draw so far */
export const drawingTime = (): number => ofPage?.spent() ?? 0;
