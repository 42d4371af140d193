/** What lies around the page in an Electron window, as a test drives it: the double's and the real runtime's alike. */
import type { Page } from '@playwright/test';

export interface Native {
  /** the page of the window; another after a crash */
  page(): Promise<Page>;
  /** answers the next dialogues for saving with this path; null declines */
  saveTo(path: string | null): Promise<void>;
  openFrom(path: string | null): Promise<void>;
  /** the file names that the dialogues for saving suggested since saveTo was called first */
  suggested(): Promise<readonly string[]>;
  /** message boxes shown so far, as `message: detail` */
  messages(): Promise<readonly string[]>;
  menu(): Promise<readonly MenuEntry[]>;
  choose(id: string): Promise<void>;
  /** a second start of the program with these words, as the system does for a link or a file */
  secondStart(...words: readonly string[]): Promise<void>;
  crashPage(): Promise<void>;
  /** of the main process */
  readonly pid: number;
  /** what the app wrote about itself into its folder */
  readonly folder: string;
  /** closes the window as a person does, and waits for the end of the app; its folder stays */
  closeWindow(): Promise<void>;
  /** at the end of a test */
  close(): Promise<void>;
  readonly errors: readonly string[];
}

export interface MenuEntry {
  readonly menu: string;
  readonly id: string;
  readonly label: string;
  readonly accelerator: string | null;
  readonly enabled: boolean;
}
