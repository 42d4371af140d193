/** Every view by its sign, at the far left: which are open, and one click to each. */
import { useRoving } from '../a11y/roving.ts';
import type { Roving } from '../a11y/roving.ts';
import { seenTip } from '../a11y/tip.ts';
import { openView } from '../commands/view-commands.ts';
import { useKeyOf, withKey } from '../commands/key-hint.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { areaOf, isShown } from './layout.ts';
import { hideArea, useLayout } from './layout-store.ts';
import { frontOf, showDialog, useUi } from './ui-store.ts';
import { VIEWS, VIEW_NAMES } from './views.ts';
import type { ViewName } from './views.ts';

/** What is not of a run stands below. */
const SIDE_FIRST: readonly ViewName[] = ['navigator', ...VIEW_NAMES.filter((name) => name !== 'navigator')];
const IDS = [...SIDE_FIRST, 'settings'];

export function ActivityBar(): React.ReactNode {
  const roving = useRoving({ ids: IDS });
  const { attach, onKeyDown } = roving;
  return (
    <div className="activity-bar" role="toolbar" aria-label="Views" aria-orientation="vertical" data-pane="activity" ref={attach} onKeyDown={onKeyDown} tabIndex={-1} data-pane-entry>
      {SIDE_FIRST.map((name) => <ViewButton key={name} name={name} roving={roving} />)}
      <span className="activity-gap" />
      <ActivityButton id="settings" title="Settings" command="settings.show" icon="settings" roving={roving} press={() => showDialog('settings')} />
    </div>
  );
}

function ViewButton({ name, roving }: { readonly name: ViewName; readonly roving: Roving }): React.ReactNode {
  const layout = useLayout((state) => state.layout);
  const area = areaOf(layout, name);
  const open = useUi((state) => isShown(layout, area) && frontOf(layout, state.front, area) === name);
  const press = (): void => {
    if (open && area !== 'centre') hideArea(area, true);
    else openView(name);
  };
  return <ActivityButton id={name} title={VIEWS[name].title} command={`view.${name}`} icon={VIEWS[name].icon} open={open} roving={roving} press={press} />;
}

interface ActivityButtonProps {
  readonly id: string;
  readonly title: string;
  /** whose key the tip tells */
  readonly command: string;
  readonly icon: IconName;
  readonly open?: boolean;
  readonly roving: Roving;
  readonly press: () => void;
}

function ActivityButton({ id, title, command, icon, open, roving, press }: ActivityButtonProps): React.ReactNode {
  const key = useKeyOf(command);
  return (
    <button
      type="button" className="activity-button" aria-label={title} aria-pressed={open} aria-keyshortcuts={key?.aria} data-item={id} tabIndex={roving.current === id ? 0 : -1}
      onClick={press} onFocus={() => roving.visit(id)} {...seenTip(withKey(title, key))}
    >
      <Icon name={icon} size={20} />
    </button>
  );
}
