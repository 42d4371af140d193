/** What is under way, and from where: the state of the run, then the circumstances. */
import { useMemo, type ReactNode } from 'react';
import type { Runtime } from '../../core/api/inspector-client.ts';
import { plainText } from '../../core/base/plain-text.ts';
import { shortWaitWords, waitWords } from '../../core/report/wait-words.ts';
import { clockWords } from '../../core/report/clock-words.ts';
import { ByHandStatus } from '../step/by-hand-status.tsx';
import { useSession } from '../session/session-store.ts';
import { useResolution } from '../settings/use-resolution.ts';
import { Mark } from '../status/mark.tsx';
import { OUTCOMES } from '../status/vocabulary.ts';
import { Plain } from '../text/plain.tsx';
import { duration } from '../text/time.ts';
import { headline } from '../views/overview/headline.ts';
import { countsInWords } from '../views/findings/model.ts';
import { openView } from '../commands/view-commands.ts';
import { useUi } from './ui-store.ts';

export function StatusBar(): React.ReactNode {
  const runtime = useSession((state) => state.runtime);
  const target = useSession((state) => state.target);
  const message = useUi((state) => state.message);
  return (
    <footer className="status-bar" data-pane="status" tabIndex={-1}>
      <RunState />
      <ByHandStatus />
      {target === null ? null : <span className="status-item status-target"><Plain text={target} limit={60} /></span>}
      <FindingCount />
      <output className="status-message">{message}</output>
      {runtime === null ? null : <Circumstances runtime={runtime} />}
    </footer>
  );
}

/** The first that fit: none is cut, and all of them stand in the overview. */
function Circumstances({ runtime }: { readonly runtime: Runtime }): React.ReactNode {
  const { lab, sources, trustAnchors, tlsLibrary } = runtime;
  const resolution = useResolution();
  return (
    <div className="status-facts">
      {lab ? <span className="status-item lab">practice lab</span> : null}
      {lab ? null : <Item title="Addresses of this computer that servers are reached from; a translator on the way may show them another">{sources.length === 0 ? 'no network' : <>from <Plain text={sources.join(', ')} limit={90} /></>}</Item>}
      <Item title="How names are resolved"><Plain text={resolution} limit={60} /></Item>
      <Item title="Trust anchors, and since when">anchor <Plain text={trustAnchors} limit={80} /></Item>
      <Clock />
      <Item title="TLS library"><Plain text={tlsLibrary} limit={60} /></Item>
    </div>
  );
}

function Item({ title, children }: { readonly title: string; readonly children: ReactNode }): React.ReactNode {
  return <span className="status-item status-fact" title={title}>{children}</span>;
}

/** Of the run, by the clock of the computer that made it. While it goes on, what is not known yet is not told as unknown. */
function Clock(): React.ReactNode {
  const run = useSession((state) => state.run);
  const { short, whole } = useMemo(() => clockWords(run), [run]);
  if (run.context === null) return null;
  return (
    <Item title={`When the run began, by the clock of the computer that made it. Clock offset: ${plainText(whole, 200)}`}>
      UTC <Plain text={run.context.startedAt.slice(11, 19)} limit={8} />{short === null ? (run.state === 'running' ? null : ', clock not compared') : <>, clock <Plain text={short} limit={60} /></>}
    </Item>
  );
}

function RunState(): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const lost = useSession((state) => state.connectionLost);
  if (lost !== null) return <span className="status-item"><Mark status={{ ...OUTCOMES['not-determined'], word: 'connection lost' }} size={12} /></span>;
  const wait = run.waiting?.find(({ waits }) => waits === 'run');
  if (running && wait !== undefined) return <span className="status-item stage" title={waitWords(wait)}><Mark status={{ ...OUTCOMES.pending, word: shortWaitWords(wait) }} size={12} /></span>;
  if (running) return <span className="status-item stage"><Mark status={{ ...OUTCOMES.pending, word: run.stage === '' ? 'Starting' : run.stage }} size={12} /></span>;
  if (run.state === 'empty') return <span className="status-item">Ready</span>;
  return <span className="status-item"><Mark status={headline(run, running).status} size={12} /><span className="quiet">{duration(run.elapsedMs)}</span></span>;
}

function FindingCount(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const state = useSession((session) => session.run.state);
  if (state === 'empty') return null;
  return <button type="button" className="status-button" onClick={() => openView('findings')}>{countsInWords(findings)}</button>;
}
