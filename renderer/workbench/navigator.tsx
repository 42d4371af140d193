import { useSession } from '../session/session-store.ts';
import { FindingList } from './finding-list.tsx';
import { SceneList } from './scene-list.tsx';

export function Navigator(): React.ReactNode {
  const started = useSession((state) => state.target !== null);
  const lab = useSession((state) => state.scenes.length > 0);
  return (
    <nav className="navigator" aria-label="Findings and scenes">
      {started ? <FindingList /> : (lab ? null : <p className="section-note">The findings of a run stand here.</p>)}
      {lab ? <SceneList /> : null}
    </nav>
  );
}
