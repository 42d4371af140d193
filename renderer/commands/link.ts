/** The place that is selected, as an address. */
import { deepLink } from '../selection/deep-link.ts';
import { useSelection } from '../selection/selection-store.ts';
import { copyText } from './clipboard.ts';

export function copyLink(): void {
  const { selection } = useSelection.getState();
  if (selection !== null) void copyText(`${location.href.replace(/#.*$/s, '')}${deepLink(selection.subject)}`, 'the link');
}
