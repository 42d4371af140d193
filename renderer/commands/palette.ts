/** Which commands a few typed letters mean. */
import type { Command } from './registry.ts';

/** Every typed word must be in the command's words; those whose title begins with the text come first. */
export function foundCommands(all: readonly Command[], text: string): readonly Command[] {
  const words = text.trim().toLowerCase().split(/\s+/);
  const fits = all.filter((command) => words.every((word) => `${command.group} ${command.title} ${command.id}`.toLowerCase().includes(word)));
  const first = (command: Command): number => (command.title.toLowerCase().startsWith(words.join(' ')) ? 0 : 1);
  return fits.toSorted((left, right) => first(left) - first(right));
}
