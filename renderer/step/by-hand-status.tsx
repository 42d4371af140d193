/** In the status bar: that the run was edited by hand, and the channels that are open, in front and behind. */
import { channelWords } from '../../core/report/channel-words.ts';
import { tip } from '../a11y/tip.ts';
import { openView } from '../commands/view-commands.ts';
import { useSession } from '../session/session-store.ts';
import { Mark } from '../status/mark.tsx';
import { channelStatus, openConsoleOf } from '../views/console/model.ts';
import { OtherChannels } from '../views/console/other-channels.tsx';

export function ByHandStatus(): React.ReactNode {
  const run = useSession((state) => state.run);
  // A channel is open also while the replay shows a time before it was.
  const whole = useSession((state) => state.whole);
  const console = openConsoleOf(whole);
  const words = console === null ? null : channelWords(whole, console);
  return (
    <>
      {run.edited ? <button type="button" className="status-button" onClick={() => openView('dialogue')} {...tip('Commands were changed or left out in step mode: this is not what a sender meets')}><Mark status={{ sign: 'warning', tone: 'warning', word: 'edited by hand' }} size={12} /></button> : null}
      {words === null ? null : <button type="button" className="status-button" onClick={() => openView('console')}>Console: <Mark status={{ ...channelStatus(words.state), word: words.text }} size={12} /></button>}
      <OtherChannels />
    </>
  );
}
