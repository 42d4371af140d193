/** How many lines a text has. The one that it may end with is no line of its own. */
export const lineCount = (text: string): number => text.replace(/(?:\r\n?|\n)$/, '').split(/\r\n?|\n/).length;
