/** A remedy's text names commands between backticks, so that every report shows them whole and ready to be copied. */
export interface TextPart {
  readonly text: string;
  readonly isCommand: boolean;
}

/** Text whose backticks have no partner has no commands. */
export function commandsInText(text: string): readonly TextPart[] {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return [{ text, isCommand: false }];
  return parts.map((part, index) => ({ text: part, isCommand: index % 2 === 1 })).filter((part) => part.text !== '');
}
