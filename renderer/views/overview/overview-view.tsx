import { useSession } from '../../session/session-store.ts';
import { Circumstances } from './circumstances.tsx';
import { FirstFindings } from './first-findings.tsx';
import { HeadlineBlock } from './headline-block.tsx';
import { Matrix } from './matrix.tsx';
import { Notices } from './notices.tsx';
import { Senders } from './senders.tsx';
import { Welcome } from './welcome.tsx';

export function OverviewView(): React.ReactNode {
  const started = useSession((state) => state.target !== null);
  if (!started) return <><Notices /><Welcome /></>;
  return (
    <div className="overview">
      <HeadlineBlock />
      <Notices />
      <Matrix />
      <FirstFindings />
      <Senders />
      <Circumstances />
    </div>
  );
}
