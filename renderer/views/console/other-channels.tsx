/** In the status bar: that a channel stands open behind the tab in front, which tab has it, and its state. */
import { plainText } from '../../../core/base/plain-text.ts';
import { tip } from '../../a11y/tip.ts';
import { openView } from '../../commands/view-commands.ts';
import { Mark } from '../../status/mark.tsx';
import { showTab } from '../../tabs/tab-store.ts';
import { channelStatus } from './model.ts';
import { useOtherChannels } from './use-other-channels.ts';

/** in characters; the tooltip has all of it */
const LONGEST_TITLE = 30;

export function OtherChannels(): React.ReactNode {
  const channels = useOtherChannels();
  const [first] = channels;
  if (first === undefined) return null;
  const show = (): void => {
    showTab(first.id);
    openView('console');
  };
  const more = channels.length - 1;
  return (
    <button type="button" className="status-button" onClick={show} {...tip(channels.map(({ title, words }) => `Console of ${title}: ${words.text}`).join('\n'))}>
      Console of <bdi>{plainText(first.title, LONGEST_TITLE)}</bdi>: <Mark status={{ ...channelStatus(first.words.state), word: SHORT[first.words.state] }} size={12} />{more === 0 ? null : ` and ${String(more)} more`}
    </button>
  );
}

const SHORT = { opening: 'opening', authenticated: 'authenticated', 'not-authenticated': 'not authenticated', closed: 'closed' } as const;
