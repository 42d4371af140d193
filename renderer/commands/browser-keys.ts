const OWN: ReadonlySet<string> = new Set(['Ctrl+T', 'Ctrl+W', 'Ctrl+N', 'Ctrl+Shift+T', 'Ctrl+Shift+N', 'Ctrl+Shift+W', 'Ctrl+PageUp', 'Ctrl+PageDown', 'Ctrl+Tab', 'Ctrl+Shift+Tab']);

/** Whether a browser does not let a page have the key. */
export const isBrowsersOwn = (key: string): boolean => OWN.has(key);
