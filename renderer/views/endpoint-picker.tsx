/** Which endpoint a view shows; choosing one leads every view there. */
import { plainText } from '../../core/base/plain-text.ts';
import { nameInBothForms } from '../../core/target/name-words.ts';
import { endpointId } from '../selection/focus.ts';
import { useSelection } from '../selection/selection-store.ts';
import { useFocus } from '../selection/use-focus.ts';
import { useSession } from '../session/session-store.ts';
import { OUTCOMES } from '../status/vocabulary.ts';
import { LONGEST_LABEL } from '../text/subject-label.ts';

export function EndpointPicker(): React.ReactNode {
  const endpoints = useSession((state) => state.run.endpoints);
  const select = useSelection((state) => state.select);
  const { endpoint } = useFocus();
  if (endpoints.length === 0) return null;
  return (
    <label className="picker">
      <span className="for-screen-reader">Endpoint</span>
      <select value={endpoint === null ? '' : endpointId(endpoint)} onChange={(event) => {
        const chosen = endpoints.find((one) => endpointId(one) === event.target.value);
        if (chosen !== undefined) select(endpointId(chosen));
      }}>
        {endpoints.map((one) => {
          const { host, address, keyType, outcome } = one.verdict;
          return <option key={endpointId(one)} value={endpointId(one)}>{plainText([nameInBothForms(host), address, keyType ?? '', OUTCOMES[outcome].word].filter((part) => part !== '').join(' · '), LONGEST_LABEL)}</option>;
        })}
      </select>
    </label>
  );
}
