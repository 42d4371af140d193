/** The last runs on the welcome page: opened again, or forgotten. */
import { tip } from '../a11y/tip.ts';
import { Mark } from '../status/mark.tsx';
import { Plain } from '../text/plain.tsx';
import { isoMinute, localTime } from '../text/time.ts';
import { plainText } from '../../core/base/plain-text.ts';
import { openRecent } from './recent-commands.ts';
import { forget, useRecentRuns } from './recent-runs.ts';
import type { RecentRun } from './recent-runs.ts';

export function RecentRuns(): React.ReactNode {
  const runs = useRecentRuns((state) => state.runs);
  if (runs.length === 0) return null;
  return (
    <section className="recent" aria-labelledby="recent-title">
      <h3 id="recent-title">Recent runs</h3>
      <ul>{runs.map((run) => <RecentLine key={run.id} run={run} />)}</ul>
    </section>
  );
}

export function RecentLine({ run }: { readonly run: RecentRun }): React.ReactNode {
  return (
    <li className="recent-line">
      <button type="button" className="recent-open" aria-disabled={!run.opens} {...tip(tipOf(run))} onClick={() => void openRecent(run)}>
        <Mark status={run.status} wordless />
        <span className="mono recent-target"><Plain text={run.target} limit={400} /></span>
        <span className="quiet">{run.status.word}</span>
        <time className="quiet" dateTime={run.startedAt}><Plain text={isoMinute(run.startedAt)} limit={40} /></time>
      </button>
      <button type="button" className="quiet-button" aria-label={`Forget the run of ${plainText(run.target, 400)}, ${plainText(isoMinute(run.startedAt), 40)}`} onClick={() => void forget(run.id)}>Forget</button>
    </li>
  );
}

/** The time that the reader remembers it by, where that is not UTC. */
function tipOf({ opens, startedAt }: RecentRun): string | undefined {
  const said = [localTime(Date.parse(startedAt)), opens ? null : 'It was too large to keep'].filter((line) => line !== null);
  return said.length === 0 ? undefined : said.join('\n');
}
