import { mxSubject } from '../../../core/base/subject.ts';
import { plainText } from '../../../core/base/plain-text.ts';
import { nameInBothForms } from '../../../core/target/name-words.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';

/** Before there is an endpoint to choose, a host. */
export function HostPicker(): React.ReactNode {
  const hosts = useSession((state) => state.run.hosts);
  const select = useSelection((state) => state.select);
  const { host } = useFocus();
  if (hosts.length < 2) return null;
  return (
    <label className="picker">
      <span className="for-screen-reader">Host</span>
      <select value={host?.name ?? ''} onChange={(event) => select(mxSubject(event.target.value))}>
        {hosts.map((one) => <option key={one.name} value={one.name}>{plainText(nameInBothForms(one.name), 600)}</option>)}
      </select>
    </label>
  );
}
