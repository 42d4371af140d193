/**
 * The emulator makes `<style>` elements and `style` attributes, which the page's policy forbids (`style-src 'self'`). Here it is made
 * to do the same by CSSOM, which the policy allows: rules go into constructed style sheets, attributes into `element.style`. The
 * policy stays as strict as it is, and so do all other parts of the page. (6.0.0 has an option for a document of its own, and
 * does not use it in these two places.)
 */
import type { Terminal } from '@xterm/xterm';

type CreateElement = Document['createElement'];

/** Opens the terminal in an element. @throws {Error} where the emulator is not made as the pinned version is: our bug */
export function openStrictly(terminal: Terminal, parent: HTMLElement): void {
  const { ownerDocument } = parent;
  ownerDocument.createElement = withSheets(ownerDocument);
  try {
    terminal.open(parent);
  } finally {
    // The own property alone: the prototype's method shows again.
    Reflect.deleteProperty(ownerDocument, 'createElement');
  }
  rowFactory(terminal)['_document'] = { createElement: withoutStyleAttributes(ownerDocument) };
}

/** What makes the elements of a row; it is given the page's document and asks nothing else of it. */
function rowFactory(terminal: Terminal): Part {
  const part = rendererPart(terminal, '_rowFactory');
  if (part['_document'] !== document) throw new Error('the terminal emulator is not made as expected: its rows would need style attributes');
  return part;
}

/**
 * The widths that the emulator measures, one by one, of each character when it first draws it: a layout each, which is felt where the first lines of a run bring seventy.
 * @returns measures one of them, in the weight of strong text or not
 */
export function widthsOf(terminal: Terminal): (character: string, strong: boolean) => void {
  const part = rendererPart(terminal, '_widthCache');
  const measure = part['get'];
  if (typeof measure !== 'function') throw new Error('the terminal emulator is not made as expected: its widths are not to be measured');
  return (character, strong) => void Reflect.apply(measure, part, [character, strong, false]);
}

type Part = { [member: string]: unknown };

function rendererPart(terminal: Terminal, name: string): Part {
  let part: unknown = terminal;
  for (const member of ['_core', '_renderService', '_renderer', 'value', name]) part = isObject(part) ? part[member] : null;
  if (!isObject(part)) throw new Error(`the terminal emulator is not made as expected: it has no ${name}`);
  return part;
}

const isObject = (value: unknown): value is Part => typeof value === 'object' && value !== null;

function withSheets(document: Document): CreateElement {
  const make = document.createElement.bind(document);
  const create = (name: string, options?: ElementCreationOptions): HTMLElement => (name === 'style' ? sheetElement(document, make('template')) : make(name, options));
  return create as CreateElement;
}

/** Stands for a style element: its text becomes a constructed style sheet, and goes with it. */
function sheetElement(document: Document, element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  const remove = element.remove.bind(element);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  Object.defineProperty(element, 'textContent', { set: (text: string) => { sheet.replaceSync(text); }, get: () => '' });
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    remove();
  };
  return element;
}

function withoutStyleAttributes(document: Document): (name: string) => HTMLElement {
  return (name) => {
    const element = document.createElement(name);
    const setAttribute = element.setAttribute.bind(element);
    element.setAttribute = (attribute, value) => {
      if (attribute === 'style') element.style.cssText = value;
      else setAttribute(attribute, value);
    };
    return element;
  };
}
