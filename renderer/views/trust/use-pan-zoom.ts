/** Zoom about a point that stays where it is, and pan by dragging, buttons and keys. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Size } from '../../../core/graph/layout.ts';

export const STEP = 1.25;
/** readable: letters of 12 units are no smaller than the small ones beside the graph */
const [SMALLEST, LARGEST, READABLE] = [0.1, 4, 0.85];
/** CSS pixels of one step */
const PAN = 80;

export interface PanZoom {
  readonly frame: HTMLDivElement | null;
  readonly attach: (element: HTMLDivElement | null) => void;
  readonly scale: number;
  /** as large as can be read: the reader has chosen no other size */
  readonly isReadable: boolean;
  readonly zoom: (factor: number) => void;
  /** the whole graph */
  readonly fit: () => void;
  /** the size that can be read, as at first */
  readonly readable: () => void;
  readonly pan: (x: number, y: number) => void;
}

interface Zoomed {
  readonly scale: number;
  /** a point of the frame that stays where it is */
  readonly still: { readonly x: number; readonly y: number } | null;
}

export function usePanZoom(size: Size): PanZoom {
  const [frame, attach] = useState<HTMLDivElement | null>(null);
  const [zoomed, setZoomed] = useState<Zoomed | null>(null);
  const shown = zoomed?.scale ?? firstScale(frame, size);
  const zoomAbout = useCallback((factor: number, x: number, y: number) => {
    setZoomed((before) => ({ scale: bounded((before?.scale ?? firstScale(frame, size)) * factor, frame, size), still: { x, y } }));
  }, [frame, size]);
  useStillPoint(frame, shown, zoomed);
  useWheel(frame, zoomAbout);
  useDrag(frame);
  const zoom = useCallback((factor: number) => zoomAbout(factor, (frame?.clientWidth ?? 0) / 2, (frame?.clientHeight ?? 0) / 2), [frame, zoomAbout]);
  const fit = (): void => {
    if (frame === null) return;
    // Details that lie over the picture keep the place where they are in reach: the frame would not shrink to the picture by itself.
    frame.scrollTo(0, 0);
    setZoomed({ scale: Math.min(1.5, wholeScale(frame, size)), still: null });
  };
  const readable = (): void => setZoomed(null);
  const pan = useCallback((x: number, y: number) => frame?.scrollBy({ left: x * PAN, top: y * PAN }), [frame]);
  return { frame, attach, scale: shown, isReadable: zoomed === null, zoom, fit, readable, pan };
}

/** A graph of hundreds of endpoints is whole only where nothing of it can be read: it can be made as small as that. */
const bounded = (scale: number, frame: HTMLDivElement | null, size: Size): number => Math.min(LARGEST, Math.max(Math.min(SMALLEST, frame === null ? SMALLEST : wholeScale(frame, size)), scale));

const wholeScale = ({ clientWidth, clientHeight }: HTMLDivElement, { width, height }: Size): number => Math.max(0.001, Math.min((clientWidth - 4) / width, (clientHeight - 4) / height));

/** As wide as the frame, but readable and no larger than life: both grow with the reader's text size. */
function firstScale(frame: HTMLDivElement | null, { width }: Size): number {
  const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_TEXT || 1;
  return Math.min(text, Math.max(READABLE * text, ((frame?.clientWidth ?? 700) - 18) / Math.max(width, 1)));
}

/** CSS pixels of the page's text at 100 % */
const USUAL_TEXT = 16;

function useStillPoint(frame: HTMLDivElement | null, scale: number, zoomed: Zoomed | null): void {
  const before = useRef(scale);
  useLayoutEffect(() => {
    const factor = scale / before.current;
    before.current = scale;
    const still = zoomed?.still;
    if (frame === null || still == null || factor === 1) return;
    frame.scrollTo({ left: (frame.scrollLeft + still.x) * factor - still.x, top: (frame.scrollTop + still.y) * factor - still.y });
  }, [frame, scale, zoomed]);
}

/** Ctrl and wheel zoom, as in browsers and maps; the wheel alone scrolls. The listener may not be passive. */
function useWheel(frame: HTMLDivElement | null, zoomAbout: (factor: number, x: number, y: number) => void): void {
  useEffect(() => {
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const corner = frame?.getBoundingClientRect();
      zoomAbout(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX - (corner?.left ?? 0), event.clientY - (corner?.top ?? 0));
    };
    frame?.addEventListener('wheel', onWheel, { passive: false });
    return () => frame?.removeEventListener('wheel', onWheel);
  }, [frame, zoomAbout]);
}

/** pixels: less is a click */
const DRAG_FROM = 4;

/** A mouse drags the ground; fingers scroll by themselves. Text in the details stays to be selected. */
function useDrag(frame: HTMLDivElement | null): void {
  useEffect(() => {
    if (frame === null) return undefined;
    let from: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | null = null;
    const down = (event: PointerEvent): void => {
      const onGround = event.target instanceof Element && event.target.closest('.graph-card') === null;
      if (event.pointerType === 'mouse' && event.button <= 1 && onGround) from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
    };
    const move = (event: PointerEvent): void => {
      if (from === null) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!frame.classList.contains('dragging') && Math.hypot(dx, dy) < DRAG_FROM) return;
      frame.classList.add('dragging');
      frame.setPointerCapture(event.pointerId);
      frame.scrollTo(from.left - dx, from.top - dy);
    };
    const up = (): void => {
      from = null;
      frame.classList.remove('dragging');
    };
    const listeners = [['pointerdown', down], ['pointermove', move], ['pointerup', up], ['pointercancel', up]] as const;
    for (const [type, listener] of listeners) frame.addEventListener(type, listener);
    return () => { for (const [type, listener] of listeners) frame.removeEventListener(type, listener); };
  }, [frame]);
}
