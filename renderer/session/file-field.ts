/** What asks for files in a browser. */

/** A field that is in no document and that nobody holds may be collected while the person chooses, and the choice with it. */
const asked = new Set<HTMLInputElement>();

/** @returns held until it answers */
export function fileField(accept: string): HTMLInputElement {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = accept;
  asked.add(field);
  for (const answer of ['change', 'cancel']) field.addEventListener(answer, () => asked.delete(field), { once: true });
  return field;
}
