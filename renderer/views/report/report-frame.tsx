/** The HTML report as it will be: in a frame where no script runs (ADR 104). A newer one takes its place when it is laid out, where the reader was. */
import { useRef, useState } from 'react';
import { acceptRunFiles } from '../../session/use-run-drop.ts';
import { readingPlace, readOn } from './reading-place.ts';

export interface MadeReport {
  /** another for each text */
  readonly id: number;
  readonly text: string;
}

export function ReportFrame({ made }: { readonly made: MadeReport }): React.ReactNode {
  const [front, setFront] = useState(made);
  const frontFrame = useRef<HTMLIFrameElement>(null);
  const loaded = (frame: HTMLIFrameElement): void => {
    join(frame);
    if (frontFrame.current !== null && frontFrame.current !== frame) takeReader(frontFrame.current, frame);
    setFront(made);
  };
  return (
    <div className="report-frames">
      {(front.id === made.id ? [made] : [front, made]).map((one) => {
        const isFront = one.id === front.id;
        const title = isFront ? 'Preview of the report' : 'The next preview of the report';
        // oxlint-disable-next-line react/forbid-dom-props -- the name of a frame; browsers show it to nobody
        return <iframe key={one.id} ref={isFront ? frontFrame : null} title={title} className={isFront ? 'front' : 'coming'} inert={!isFront} sandbox="allow-same-origin" srcDoc={one.text} onLoad={({ currentTarget }) => loaded(currentTarget)} />;
      })}
    </div>
  );
}

function takeReader(from: HTMLIFrameElement, to: HTMLIFrameElement): void {
  const place = from.contentDocument === null ? null : readingPlace(from.contentDocument);
  if (place !== null && to.contentDocument !== null) readOn(to.contentDocument, place);
  if (document.activeElement === from) to.focus({ preventScroll: true });
}

/** What is done in the frame is done in the window: keys, files that are dropped. The frame has no script that could. */
function join(frame: HTMLIFrameElement): void {
  const inside = frame.contentDocument;
  if (inside === null) return;
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
