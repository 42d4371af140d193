/** The HTML report as it will be: in a frame where no script runs (ADR 104). A newer one takes its place when it is whole, where the reader was. */
import { useEffect, useRef, useState } from 'react';
import { htmlPieces } from '../../../core/report/html.ts';
import { acceptRunFiles } from '../../session/use-run-drop.ts';
import { fill } from './filling.ts';
import type { ReportSource } from './model.ts';
import { readingPlace, readOn } from './reading-place.ts';

interface ReportFrameProps {
  readonly source: ReportSource;
  /** all of it is in the frame, and in front */
  readonly onWhole: (source: ReportSource) => void;
}

export function ReportFrame({ source, onWhole }: ReportFrameProps): React.ReactNode {
  const latest = useVersion(source);
  const [front, setFront] = useState(latest);
  const frontFrame = useRef<HTMLIFrameElement>(null);
  const takeOver = (version: Version, frame: HTMLIFrameElement): void => {
    if (frontFrame.current !== null && frontFrame.current !== frame) takeReader(frontFrame.current, frame);
    setFront(version);
    onWhole(version.source);
  };
  return (
    <div className="report-frames">
      {(front.id === latest.id ? [latest] : [front, latest]).map((version) => (
        <Frame key={version.id} source={version.source} frontFrame={version.id === front.id ? frontFrame : null} onWhole={(frame) => takeOver(version, frame)} />
      ))}
    </div>
  );
}

interface Version {
  /** another for each report */
  readonly id: number;
  readonly source: ReportSource;
}

function useVersion(source: ReportSource): Version {
  const [version, setVersion] = useState<Version>({ id: 0, source });
  if (version.source === source) return version;
  const next = { id: version.id + 1, source };
  setVersion(next);
  return next;
}

interface FrameProps {
  readonly source: ReportSource;
  /** null for a frame that comes behind the one in front */
  readonly frontFrame: React.RefObject<HTMLIFrameElement | null> | null;
  readonly onWhole: (frame: HTMLIFrameElement) => void;
}

function Frame({ source, frontFrame, onWhole }: FrameProps): React.ReactNode {
  const [{ text, pieces }] = useState(() => begun(source));
  const isGone = useRef(false);
  const [, fail] = useState(null);
  useEffect(() => {
    isGone.current = false;
    return () => { isGone.current = true; };
  }, []);
  const fillIt = async (frame: HTMLIFrameElement): Promise<void> => {
    try {
      const inside = insideOf(frame);
      join(frame, inside);
      if (await fill(inside, pieces, () => isGone.current)) onWhole(frame);
    } catch (error) {
      // As if it had been thrown while drawing: the view tells it.
      fail(() => { throw error; });
    }
  };
  const title = frontFrame === null ? 'The next preview of the report' : 'Preview of the report';
  // oxlint-disable-next-line react/forbid-dom-props -- the name of a frame; browsers show it to nobody
  return <iframe ref={frontFrame} title={title} className={frontFrame === null ? 'coming' : 'front'} inert={frontFrame === null} sandbox="allow-same-origin" srcDoc={text} onLoad={({ currentTarget }) => void fillIt(currentTarget)} />;
}

/** The page with nothing in its parts, and what comes into them. */
function begun({ run, findings, placed, sections }: ReportSource) {
  const { page, pieces } = htmlPieces(run, findings, placed, { sections });
  return { text: page(new Map()), pieces };
}

function insideOf({ contentDocument }: HTMLIFrameElement): Document {
  if (contentDocument === null) throw new Error('the frame of the preview is of another origin');
  return contentDocument;
}

function takeReader(from: HTMLIFrameElement, to: HTMLIFrameElement): void {
  const place = from.contentDocument === null ? null : readingPlace(from.contentDocument);
  if (place !== null && to.contentDocument !== null) readOn(to.contentDocument, place);
  if (document.activeElement === from) to.focus({ preventScroll: true });
}

/** What is done in the frame is done in the window: keys, files that are dropped. The frame has no script that could. */
function join(frame: HTMLIFrameElement, inside: Document): void {
  inside.addEventListener('keydown', (event) => {
    const { key, code, ctrlKey, metaKey, shiftKey, altKey, repeat } = event;
    const wasTaken = !frame.dispatchEvent(new KeyboardEvent('keydown', { key, code, ctrlKey, metaKey, shiftKey, altKey, repeat, bubbles: true, cancelable: true }));
    if (wasTaken) event.preventDefault();
  });
  inside.addEventListener('click', (event) => {
    const id = linkedId(event.target);
    if (id === null) return;
    // The address of such a link would be that of the window's page. The history of the window has nothing of it.
    event.preventDefault();
    frame.contentWindow?.location.replace(`about:srcdoc#${id}`);
  });
  acceptRunFiles(inside);
}

/** @returns the place in the report that a link leads to; null for anything else that was clicked */
function linkedId(target: EventTarget | null): string | null {
  // Of another document: `instanceof` would know none of its elements.
  const link = target !== null && 'closest' in target ? (target as Element).closest('a[href^="#"]') : null;
  return link?.getAttribute('href')?.slice(1) ?? null;
}
