/** What is under way, and from where: the state of the run, then the circumstances. */
import { useMemo, type ReactNode } from 'react';
import { shortWaitWords, waitWords } from '../../core/report/wait-words.ts';
import { clockWords } from '../../core/report/clock-words.ts';
import { tip } from '../a11y/tip.ts';
import { ByHandStatus } from '../step/by-hand-status.tsx';
import { useSession } from '../session/session-store.ts';
import { vantageOfRun, vantageToCome } from '../session/vantage.ts';
import type { ShownVantage } from '../session/vantage.ts';
import { useResolution } from '../settings/use-resolution.ts';
import { Mark } from '../status/mark.tsx';
import { OUTCOMES } from '../status/vocabulary.ts';
import { Plain } from '../text/plain.tsx';
import { shownTarget } from '../text/shown-target.ts';
import { duration, localTime } from '../text/time.ts';
import { headline } from '../views/overview/headline.ts';
import { countsInWords } from '../views/findings/model.ts';
import { openView } from '../commands/view-commands.ts';
import { useUi } from './ui-store.ts';

/** characters of what was typed; an A-label beside it is whole */
const LONGEST_TARGET = 60;

export function StatusBar(): React.ReactNode {
  const target = useSession((state) => shownTarget(state, LONGEST_TARGET));
  const message = useUi((state) => state.message);
  return (
    <footer className="status-bar" data-pane="status" tabIndex={-1}>
      <RunState />
      <ByHandStatus />
      {target === null ? null : <span className="status-item status-target"><Plain text={target} limit={400} /></span>}
      <FindingCount />
      <output className="status-message">{message}</output>
      <Circumstances />
    </footer>
  );
}

/** The first that fit: none is cut. All of them stand in the tooltip, and in the overview, where pressing leads. */
function Circumstances(): React.ReactNode {
  const vantage = useVantage();
  const clock = useClock();
  if (vantage === null) return null;
  const { lab, from, resolution, trustAnchors, tlsLibrary } = vantage;
  const sources = from === '' ? 'no network' : (from ?? 'not told');
  const told = [
    ...(lab ? [] : [`Addresses of the computer that servers are reached from: ${sources}; a translator on the way may show them another`]),
    `How names are resolved: ${resolution}`,
    `Trust anchors, and since when: ${trustAnchors}`,
    ...(clock === null ? [] : [clock.told]),
    `TLS library: ${tlsLibrary}`,
  ];
  return (
    <button type="button" className="status-button status-facts" onClick={() => openView('overview')} {...tip(told.join('\n'))}>
      {lab ? <span className="status-item lab">practice lab</span> : null}
      {lab || from === null ? null : <Item>{from === '' ? sources : <>from <Plain text={from} limit={90} /></>}</Item>}
      <Item><Plain text={resolution} limit={60} /></Item>
      <Item>anchor <Plain text={trustAnchors} limit={80} /></Item>
      {clock === null ? null : <Item>UTC <Plain text={clock.began} limit={8} />{clock.offset}</Item>}
      <Item><Plain text={tlsLibrary} limit={60} /></Item>
    </button>
  );
}

/** Of the run that is shown; of this computer before there is one. */
function useVantage(): ShownVantage | null {
  const runtime = useSession((state) => state.runtime);
  const context = useSession((state) => state.run.context);
  const resolution = useResolution();
  return useMemo(() => (context !== null ? vantageOfRun(context) : (runtime === null ? null : vantageToCome(runtime, resolution))), [context, runtime, resolution]);
}

const Item = ({ children }: { readonly children: ReactNode }): React.ReactNode => <span className="status-item status-fact">{children}</span>;

interface ClockFact {
  readonly began: string;
  readonly offset: ReactNode;
  readonly told: string;
}

/** Of the run, by the clock of the computer that made it. While it goes on, what is not known yet is not told as unknown. */
function useClock(): ClockFact | null {
  const run = useSession((state) => state.run);
  const { short, whole } = useMemo(() => clockWords(run), [run]);
  if (run.context === null) return null;
  const offset = short === null ? (run.state === 'running' ? null : ', clock not compared') : <>, clock <Plain text={short} limit={60} /></>;
  const local = localTime(Date.parse(run.context.startedAt));
  const here = local === null ? '' : ` (${local})`;
  return { began: run.context.startedAt.slice(11, 19), offset, told: `When the run began, by the clock of the computer that made it: ${run.context.startedAt}${here}. Clock offset: ${whole}` };
}

function RunState(): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const lost = useSession((state) => state.connectionLost);
  const notStarted = useSession((state) => state.notStarted);
  if (lost !== null) return <span className="status-item"><Mark status={{ ...OUTCOMES['not-determined'], word: 'connection lost' }} size={12} /></span>;
  const wait = run.waiting?.find(({ waits }) => waits === 'run');
  if (running && wait !== undefined) return <button type="button" className="status-button stage" onClick={() => openView('overview')} {...tip(waitWords(wait))}><Mark status={{ ...OUTCOMES.pending, word: shortWaitWords(wait) }} size={12} /></button>;
  if (running) return <span className="status-item stage"><Mark status={{ ...OUTCOMES.pending, word: run.stage === '' ? 'Starting' : run.stage }} size={12} /></span>;
  if (notStarted !== null) return <span className="status-item"><Mark status={{ ...OUTCOMES['not-determined'], word: notStarted.word }} size={12} /></span>;
  if (run.state === 'empty') return <span className="status-item">Ready</span>;
  return <span className="status-item"><Mark status={headline(run, running).status} size={12} /><span className="quiet">{duration(run.elapsedMs)}</span></span>;
}

function FindingCount(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const state = useSession((session) => session.run.state);
  if (state === 'empty') return null;
  return <button type="button" className="status-button" onClick={() => openView('findings')}>{countsInWords(findings)}</button>;
}
