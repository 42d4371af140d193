/** Before the first run: the question, what will be contacted under which name, and what was asked already. */
import { KeyHint, useKeyOf } from '../../commands/key-hint.tsx';
import { useController } from '../../session/controller-context.ts';
import { chooseRunFile } from '../../session/run-files.ts';
import { RecentRuns } from '../../recent/recent-runs-list.tsx';
import { useSession } from '../../session/session-store.ts';
import { useShell } from '../../shell/shell-context.ts';
import { useRunSettings } from '../../settings/run-settings.ts';
import { useResolution } from '../../settings/use-resolution.ts';
import { Plain } from '../../text/plain.tsx';
import { AskedAtStart } from './asked-at-start.tsx';

export function Welcome(): React.ReactNode {
  const lab = useSession((state) => state.scenes.length > 0);
  return (
    <div className="welcome">
      <h2>Which domain’s mail?</h2>
      <p>A domain, an address, or host:port. No mail is sent.</p>
      {lab ? <Examples /> : null}
      <OpenRun />
      <RecentRuns />
      <Manners />
    </div>
  );
}

function OpenRun(): React.ReactNode {
  const shell = useShell();
  const key = useKeyOf('run.open');
  return <p><button type="button" className="quiet-button" aria-keyshortcuts={key?.aria} onClick={() => void chooseRunFile(shell)}>Open a saved run <KeyHint of={key} /></button></p>;
}

const FIRST = new Set(['good-311', 'tlsa-mismatch']);

function Examples(): React.ReactNode {
  const scenes = useSession((state) => state.scenes);
  const controller = useController();
  const shown = [...scenes.filter((scene) => FIRST.has(scene.name)), ...scenes].slice(0, 2);
  return (
    <div className="examples">
      {shown.map((scene) => (
        <button key={scene.domain} type="button" className="plain-button" onClick={() => void controller.run(scene.domain)}>
          <span className="mono"><Plain text={scene.domain} /></span>
          <span className="quiet"><Plain text={scene.title} limit={150} /></span>
        </button>
      ))}
    </div>
  );
}

function Manners(): React.ReactNode {
  const runtime = useSession((state) => state.runtime);
  const helo = useRunSettings((state) => state.helo);
  const resolution = useResolution();
  if (runtime === null) return null;
  return (
    <dl className="manners">
      <dt>Names</dt><dd><Plain text={resolution} limit={200} />; validated from trust anchor <Plain text={runtime.trustAnchors} limit={200} /></dd>
      <dt>Servers</dt><dd>every address of every MX host, {runtime.lab ? 'in the practice lab on this computer' : 'from this computer'}; they see the name <span className="mono"><Plain text={helo ?? runtime.helo} limit={255} /></span>{runtime.sources.length === 0 ? null : <> and the address <span className="mono"><Plain text={runtime.sources.join(', ')} limit={200} /></span>, or that of a translator on the way</>}</dd>
      <AskedAtStart runtime={runtime} />
      <dt>Commands</dt><dd>EHLO, STARTTLS, EHLO, QUIT; no sender, no recipient, no message</dd>
    </dl>
  );
}
