import { useState } from 'react';
import { useController } from '../../session/controller-context.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { OUTCOMES } from '../../status/vocabulary.ts';
import { Plain } from '../../text/plain.tsx';
import { ageInWords, notices } from './states.ts';
import type { Notice } from './states.ts';

export function Notices(): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const lost = useSession((state) => state.connectionLost);
  const shown = running ? [] : notices(run);
  return (
    <>
      {lost === null ? null : <ConnectionLost why={lost} />}
      <OldRun />
      {shown.length === 0 ? null : <ul className="notices">{shown.map((notice) => <NoticeLine key={notice.id} notice={notice} />)}</ul>}
    </>
  );
}

function OldRun(): React.ReactNode {
  const controller = useController();
  const file = useSession((state) => state.file);
  const startedAt = useSession((state) => state.run.context?.startedAt ?? null);
  const [now] = useState(() => Date.now());
  if (file === null || startedAt === null) return null;
  return (
    <div className="notice tint-neutral">
      <Mark status={OLD} wordless />
      <span><strong>{ageInWords(startedAt, now)}</strong> <Plain text={file} limit={120} /></span>
      <button type="button" className="plain-button" onClick={() => void controller.runAgain()}>Run again</button>
    </div>
  );
}

const OLD = { ...OUTCOMES.opportunistic, word: 'saved run' };

function NoticeLine({ notice }: { readonly notice: Notice }): React.ReactNode {
  return (
    <li className={`notice tint-${notice.status.tone}`}>
      <Mark status={notice.status} wordless />
      <span><strong><Plain text={notice.title} limit={300} /></strong>{notice.help === null ? null : <> <Plain text={notice.help} limit={500} /></>}</span>
    </li>
  );
}

function ConnectionLost({ why }: { readonly why: string }): React.ReactNode {
  const controller = useController();
  const target = useSession((state) => state.target);
  return (
    <div className="notice tint-warning" role="alert">
      <Mark status={OUTCOMES['not-determined']} wordless />
      <span><strong>Connection to the engine lost.</strong> What it told so far is kept; the next run connects anew. <span className="quiet"><Plain text={why} limit={300} /></span></span>
      {target === null ? null : <button type="button" className="plain-button" onClick={() => void controller.runAgain()}>Run again</button>}
    </div>
  );
}
