/** Where the time went: a waterfall that is a table too, so that every reader gets the same numbers. */
import { useDeferredValue, useMemo, useState } from 'react';
import { useFollow } from '../../a11y/use-follow.ts';
import { Grid } from '../../a11y/grid.tsx';
import { useRoving } from '../../a11y/roving.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';
import { duration } from '../../text/time.ts';
import { useFilter } from '../../workbench/ui-store.ts';
import { RowGroups, rowCount } from '../row-groups.tsx';
import { ViewFilter } from '../view-filter.tsx';
import { filtered, kindTotals, ticks, timing } from './model.ts';
import type { TimingBar, TimingGroup } from './model.ts';
import { GroupRow, TimingRow } from './timing-row.tsx';

export function TimingView(): React.ReactNode {
  const run = useDeferredValue(useSession((state) => state.run));
  const filter = useFilter('timing');
  const [messages, setMessages] = useState(false);
  const whole = useMemo(() => timing(run, messages), [run, messages]);
  const groups = useMemo(() => filtered(whole.groups, filter), [whole, filter]);
  if (whole.groups.length === 0) return <p className="view-empty">How long each lookup and each step of each connection took stands here.</p>;
  return (
    <div className="timing-view">
      <div className="view-head">
        <h2>Timing <span className="quiet">{duration(whole.length)}</span></h2>
        <span className="view-tools">
          <label className="check"><input type="checkbox" checked={messages} onChange={(event) => setMessages(event.target.checked)} /> Each DNS message</label>
          <ViewFilter view="timing" label="Filter timing" />
        </span>
      </div>
      <Legend groups={groups} />
      {groups.length === 0 ? <p className="view-empty">Nothing of that name.</p> : <Waterfall groups={groups} length={whole.length} />}
    </div>
  );
}

/** What each kind of bar means, and how long any of it was under way. */
function Legend({ groups }: { readonly groups: readonly TimingGroup[] }): React.ReactNode {
  const { totals, states } = useMemo(() => ({ totals: kindTotals(groups), states: new Set(groups.flatMap((group) => group.rows.map((bar) => bar.state))) }), [groups]);
  const ends = [...(states.has('failed') ? [['failed', 'failed']] : []), ...(states.has('declined') ? [['declined', 'declined: the server need not have it']] : []), ...(states.has('cached') ? [['cached', 'from the cache of this run']] : []), ...(states.has('open') ? [['open', 'not ended']] : [])];
  return (
    <ul className="legend" aria-label="Kinds of bars">
      {totals.map(({ kind, title, length }) => (
        <li key={kind}><span className={`bar swatch bar-${kind}`} aria-hidden="true" />{title} <span className="quiet">{duration(length)}</span></li>
      ))}
      {ends.map(([state, title]) => <li key={state}><span className={`bar swatch bar-lookup bar-${state ?? ''}`} aria-hidden="true" />{title}</li>)}
      <li className="quiet">what goes on at the same time counts once</li>
    </ul>
  );
}

interface WaterfallProps {
  readonly groups: readonly TimingGroup[];
  /** ms */
  readonly length: number;
}

function Waterfall({ groups, length }: WaterfallProps): React.ReactNode {
  const select = useSelection((state) => state.select);
  const bars = useMemo(() => groups.flatMap((group) => group.rows), [groups]);
  const ids = useMemo(() => bars.map((bar) => bar.id), [bars]);
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = useSelected(bars, chosen);
  const choose = (id: string): void => {
    const bar = bars.find((one) => one.id === id);
    setChosen(id);
    if (bar !== undefined) select(bar.subject, bar.event);
  };
  const roving = useRoving({ ids, entry: selected, onMove: choose });
  useFollow(roving.container, selected);
  return (
    <Grid label="Timing" className="waterfall" rows={rowCount(groups)} roving={roving}>
      <thead><tr><th scope="col">Step</th><th scope="col">Start</th><th scope="col">Took</th><th scope="col" className="axis-cell"><Axis length={length} /></th></tr></thead>
      <RowGroups<TimingBar, TimingGroup>
        groups={groups} roving={roving} selected={selected}
        renderTitle={(group, rowIndex) => <GroupRow group={group} rowIndex={rowIndex} length={length} />}
        renderRow={(bar, rowIndex) => <TimingRow bar={bar} rowIndex={rowIndex} length={length} selected={bar.id === selected} roving={roving} choose={() => choose(bar.id)} />}
      />
    </Grid>
  );
}

function Axis({ length }: { readonly length: number }): React.ReactNode {
  return (
    <>
      <span className="for-screen-reader">Bar</span>
      <span className="axis" aria-hidden="true">
        {ticks(length).map((tick) => <span key={tick} className={tickClass(tick / length)} style={{ left: `${String((tick / length) * 100)}%` }}>{duration(tick)}</span>)}
      </span>
    </>
  );
}

/** A word at the end stands before its line; elsewhere it goes where there is no room for it. */
const tickClass = (part: number): string => (part > 0.93 ? 'tick last' : 'tick');

const OF_CONNECTION = /^(?:endpoint|address|connection):/;

/** A step without a line of its own shares its selection with others of its connection: then the one that was chosen here counts. */
function useSelected(bars: readonly TimingBar[], chosen: string | null): string | null {
  const selection = useSelection((state) => state.selection);
  const { connection } = useFocus();
  if (selection === null) return null;
  const fitting = bars.filter((bar) => bar.subject === selection.subject && bar.event === selection.event);
  const named = fitting.length > 0 ? fitting : bars.filter((bar) => bar.subject === selection.subject);
  // What has no bar of its own, such as an endpoint, is seen where its connection begins.
  const place = named.length > 0 || connection === null || !OF_CONNECTION.test(selection.subject) ? null : connection.subject;
  const own = place === null ? named : bars.filter((bar) => bar.subject === place);
  return (own.find((bar) => bar.id === chosen) ?? own[0])?.id ?? null;
}
