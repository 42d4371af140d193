/** Every command by its name: type, choose, Enter. */
import { useMemo } from 'react';
import { Dialog } from '../a11y/dialog.tsx';
import { perform, whyNot } from '../commands/command.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/commands-context.ts';
import { keysOf } from '../commands/key-bindings.ts';
import { shownKey } from '../commands/key-match.ts';
import { foundCommands } from '../commands/palette.ts';
import { recentCommands } from '../recent/recent-commands.ts';
import { useRecentRuns } from '../recent/recent-runs.ts';
import { ChooseByTyping } from './choose-by-typing.tsx';
import { closeDialog, say, useUi } from './ui-store.ts';

export function Palette(): React.ReactNode {
  const shown = useUi((state) => state.dialog === 'palette');
  return <Dialog label="Commands" className="palette" shown={shown} close={closeDialog}><PaletteBody /></Dialog>;
}

function PaletteBody(): React.ReactNode {
  const own = useCommands();
  const recent = useRecentRuns((state) => state.runs);
  const all = useMemo(() => [...own, ...recentCommands(recent)], [own, recent]);
  const choose = (command: Command): void => {
    closeDialog();
    // After the dialog gave the focus back to where it was.
    requestAnimationFrame(() => perform(command, say));
  };
  return <ChooseByTyping label="Command" listLabel="Commands" placeholder="Type a command" none="No command of that name." find={(text) => foundCommands(all, text)} idOf={(command) => command.id} choose={choose} Line={PaletteLine} />;
}

function PaletteLine({ item: command }: { readonly item: Command }): React.ReactNode {
  const why = whyNot(command);
  return (
    <>
      <span className={why === null ? 'palette-title' : 'palette-title quiet'}>{command.title.startsWith(`${command.group} `) ? null : <span className="quiet">{command.group}: </span>}{command.title}{why === null ? null : <span className="quiet"> · {why}</span>}</span>
      <span className="palette-keys">{command.checked?.() === true ? <span className="quiet">on</span> : null}{keysOf(command).map((key) => <kbd key={key}>{shownKey(key)}</kbd>)}</span>
    </>
  );
}
