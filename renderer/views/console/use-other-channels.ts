/** The channels that are open in tabs behind the one in front. */
import { useSyncExternalStore } from 'react';
import { channelWords } from '../../../core/report/channel-words.ts';
import type { ChannelWords } from '../../../core/report/channel-words.ts';
import { useTabs } from '../../tabs/tab-store.ts';
import type { RunTab } from '../../tabs/tab-store.ts';
import { tabTitle } from '../../tabs/tab-title.ts';
import { openConsoleOf } from './model.ts';

export interface OtherChannel {
  /** of the tab */
  readonly id: number;
  readonly title: string;
  readonly words: ChannelWords;
}

export const useOtherChannels = (): readonly OtherChannel[] => useSyncExternalStore(subscribe, otherChannels);

let last: readonly OtherChannel[] = [];

/** What is not authenticated first. The same list while nothing changes: React asks twice and compares. */
export function otherChannels(): readonly OtherChannel[] {
  const { tabs, active } = useTabs.getState();
  const open = tabs.filter(({ id }) => id !== active).flatMap(channelOf);
  const isDoubtful = ({ words: { state } }: OtherChannel): boolean => state === 'not-authenticated';
  const sorted = [...open.filter(isDoubtful), ...open.filter((one) => !isDoubtful(one))];
  if (JSON.stringify(sorted) !== JSON.stringify(last)) last = sorted;
  return last;
}

function channelOf(tab: RunTab): OtherChannel[] {
  const { whole } = tab.session.getState();
  const console = openConsoleOf(whole);
  return console === null ? [] : [{ id: tab.id, title: tabTitle(tab), words: channelWords(whole, console) }];
}

function subscribe(changed: () => void): () => void {
  let leave: readonly (() => void)[] = [];
  const follow = (): void => {
    for (const end of leave) end();
    leave = useTabs.getState().tabs.map(({ session }) => session.subscribe(changed));
  };
  follow();
  const leaveTabs = useTabs.subscribe(() => {
    follow();
    changed();
  });
  return () => {
    leaveTabs();
    for (const end of leave) end();
  };
}
