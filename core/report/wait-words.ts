/** Why an address is not connected to yet, in the same words in the window and in every report. */
import { plainText } from '../base/plain-text.ts';
import type { TurnWait } from '../smtp/facts.ts';

const BEHIND: { readonly [Kind in TurnWait['behind']]: string } = {
  console: 'the console of another run has a channel open to it, and connections to an address are made one at a time. It goes on when that channel is closed',
  run: 'another run is connected to it, and connections to an address are made one at a time. It goes on when that run is done there',
};

export const waitWords = (wait: TurnWait): string => `${shortWaitWords(wait)}: ${BEHIND[wait.behind]}.`;

/** For a status bar. */
export const shortWaitWords = ({ host, address }: TurnWait): string => `${plainText(host, 255)} ${plainText(address, 60)} waits its turn`;
