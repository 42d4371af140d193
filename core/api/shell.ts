/**
 * What a page asks of the window that holds it: files, print, menus, links. In Electron the main process answers over a port of
 * its own; in a browser the page helps itself. The engine has no part in it.
 */
export interface Shell {
  readonly kind: 'electron' | 'browser';
  /** Hands a file to the person, under a suggested name that the person may change. */
  save(file: FileToSave): Promise<SaveAnswer>;
  /** Lets the person choose a run file. @returns null where none was chosen */
  open(): Promise<OpenedFile | null>;
  /** @param html a whole document without script and external requests */
  printPdf(html: string): Promise<PdfAnswer>;
  /** The menu of the window shows these; called again when their titles, keys or state change. No effect where the window has no menu of ours. */
  showCommands(commands: readonly MenuCommand[]): void;
  /** Asks that come from outside of the page, in order. @returns what ends the listening */
  listen(listener: (ask: ShellAsk) => void): () => void;
}

export interface FileToSave {
  readonly name: string;
  /** media type, such as `text/html` */
  readonly type: string;
  readonly content: string | Uint8Array;
}

/** `why` in words; `declined` where the person closed the dialogue. */
export type SaveAnswer = { readonly saved: true; readonly where: string } | { readonly saved: false; readonly why: string };

export interface OpenedFile {
  readonly name: string;
  readonly text: string;
}

export type PdfAnswer = { readonly ok: true; readonly pdf: Uint8Array } | { readonly ok: false; readonly why: string };

export interface MenuCommand {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** as the page names keys: `Ctrl+Shift+C`, Ctrl being Cmd on macOS; null where it has none */
  readonly key: string | null;
  readonly enabled: boolean;
}

export type ShellAsk =
  /** a menu entry was chosen */
  | { readonly type: 'command'; readonly id: string }
  /** `danescope://` named a target: the page asks the person before anything is contacted */
  | { readonly type: 'target'; readonly target: string }
  /** the system opened a run file with us */
  | { readonly type: 'run-file'; readonly file: OpenedFile }
  /** something befell the window: what, in words */
  | { readonly type: 'notice'; readonly text: string };
