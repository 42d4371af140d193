/** The lab's scenes: choose one and it runs. After a run the sign of its outcome stands beside it. */
import { useMemo, useState } from 'react';
import { ListBox, Option, OptionGroup } from '../a11y/list-box.tsx';
import { useRoving } from '../a11y/roving.ts';
import type { Roving } from '../a11y/roving.ts';
import { useController } from '../session/controller-context.ts';
import { useSession } from '../session/session-store.ts';
import { Mark } from '../status/mark.tsx';
import { OUTCOMES } from '../status/vocabulary.ts';
import type { Scene } from '../../core/api/inspector-client.ts';
import { sceneGroups } from './scene-groups.ts';
import type { SceneGroup } from './scene-groups.ts';

export function SceneList(): React.ReactNode {
  const scenes = useSession((state) => state.scenes);
  const target = useSession((state) => state.target);
  const [filter, setFilter] = useState('');
  const groups = useMemo(() => sceneGroups(scenes, filter), [scenes, filter]);
  const ids = useMemo(() => groups.flatMap((group) => group.scenes.map((scene) => scene.domain)), [groups]);
  const roving = useRoving({ ids, entry: target });
  return (
    <section className="navigator-section scenes">
      <h2 className="section-title">Practice lab <span className="count">{scenes.length}</span></h2>
      <input className="filter" type="text" data-view-filter aria-label="Filter scenes" placeholder="Filter scenes" value={filter} onChange={(event) => setFilter(event.target.value)} />
      <ListBox label="Scenes of the practice lab" roving={roving} className="list">
        {groups.map((group) => <SceneGroupRows key={group.outcome} group={group} roving={roving} />)}
      </ListBox>
      {groups.length === 0 ? <p className="section-note">No scene of that name.</p> : null}
    </section>
  );
}

function SceneGroupRows({ group, roving }: { readonly group: SceneGroup; readonly roving: Roving }): React.ReactNode {
  const { word } = OUTCOMES[group.outcome];
  return (
    <OptionGroup label={`expected: ${word}`}>
      <div className="group-title" aria-hidden="true">{word}</div>
      {group.scenes.map((scene) => <SceneRow key={scene.domain} scene={scene} roving={roving} />)}
    </OptionGroup>
  );
}

function SceneRow({ scene, roving }: { readonly scene: Scene; readonly roving: Roving }): React.ReactNode {
  const selected = useSession((state) => state.target === scene.domain);
  const result = useSession((state) => state.results[scene.domain]);
  const controller = useController();
  const open = (): void => void controller.run(scene.domain);
  return (
    <Option id={scene.domain} roving={roving} selected={selected} className="list-row scene-row" says={`${scene.domain}: ${scene.title}`} choose={open}>
      <span className="scene-name">{scene.name}</span>
      {result === undefined ? null : <Mark status={result} wordless />}
    </Option>
  );
}
