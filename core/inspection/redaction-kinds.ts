/** What a person may want to leave out of a run before it is shown to others. */
export const REDACTION_KINDS = ['addresses', 'names', 'users', 'typed', 'paths'] as const;
export type RedactionKind = (typeof REDACTION_KINDS)[number];

export type RedactionChoice = { readonly [Kind in RedactionKind]: boolean };

export const REDACT_NOTHING: RedactionChoice = { addresses: false, names: false, users: false, typed: false, paths: false };
export const REDACT_ALL: RedactionChoice = { addresses: true, names: true, users: true, typed: true, paths: true };

export const REDACTION_WORDS: { readonly [Kind in RedactionKind]: string } = {
  addresses: 'addresses of this computer and its network', names: 'EHLO name and names of this computer', users: 'user names in mail addresses',
  typed: 'lines typed by hand, with the text of their replies', paths: 'file paths',
};

/** Such as `EHLO name and names of this computer; file paths`; null where nothing was left out. A run file may have anything in it. */
export function redactedWords(redacted: readonly string[] | undefined): string | null {
  const kinds = REDACTION_KINDS.filter((kind) => redacted?.includes(kind) === true);
  return kinds.length === 0 ? null : kinds.map((kind) => REDACTION_WORDS[kind]).join('; ');
}
