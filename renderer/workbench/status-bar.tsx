import { useSession } from '../session/session-store.ts';
import { Mark } from '../status/mark.tsx';
import { OUTCOMES } from '../status/vocabulary.ts';
import { Plain } from '../text/plain.tsx';
import { duration } from '../text/time.ts';
import { headline } from '../views/overview/headline.ts';
import { countsInWords } from '../views/findings/model.ts';
import { showView, useUi } from './ui-store.ts';

export function StatusBar(): React.ReactNode {
  const runtime = useSession((state) => state.runtime);
  const target = useSession((state) => state.target);
  const message = useUi((state) => state.message);
  return (
    <footer className="status-bar" data-pane="status">
      <RunState />
      {target === null ? null : <span className="status-item"><Plain text={target} limit={60} /></span>}
      <FindingCount />
      <output className="status-message">{message}</output>
      {runtime === null ? null : (
        <>
          {runtime.lab ? <span className="status-item lab">practice lab</span> : null}
          <span className="status-item" title="How names are resolved"><Plain text={runtime.resolver} limit={60} /></span>
          <span className="status-item" title="Trust anchors">anchor <Plain text={runtime.trustAnchors} limit={60} /></span>
          <span className="status-item" title="TLS library"><Plain text={runtime.tlsLibrary} limit={60} /></span>
        </>
      )}
    </footer>
  );
}

function RunState(): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const lost = useSession((state) => state.connectionLost);
  if (lost !== null) return <span className="status-item"><Mark status={{ ...OUTCOMES['not-determined'], word: 'connection lost' }} size={12} /></span>;
  if (running) return <span className="status-item stage"><Mark status={{ ...OUTCOMES.pending, word: run.stage === '' ? 'Starting' : run.stage }} size={12} /></span>;
  if (run.state === 'empty') return <span className="status-item">Ready</span>;
  return <span className="status-item"><Mark status={headline(run, running).status} size={12} /><span className="quiet">{duration(run.elapsedMs)}</span></span>;
}

function FindingCount(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const state = useSession((session) => session.run.state);
  if (state === 'empty') return null;
  return <button type="button" className="status-button" onClick={() => showView('findings')}>{countsInWords(findings)}</button>;
}
