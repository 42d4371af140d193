/** Everything in the window that a person could see, hear, copy or run, and what must not be there. */
import type { Frame, Page } from '@playwright/test';

export interface Leak {
  readonly where: string;
  readonly what: string;
}

/** The page and, in the report's view, the report in its frame. */
export async function leaks(page: Page): Promise<readonly Leak[]> {
  const found: Leak[] = [];
  for (const frame of page.frames()) found.push(...(await leaksOf(frame, frame === page.mainFrame())));
  return found.slice(0, 20);
}

const leaksOf = (frame: Frame, isWindow: boolean): Promise<readonly Leak[]> => frame.evaluate((ours) => {
  // Controls but tab and line feed, what is invisible, what turns text around, halves of pairs; more marks on one letter than a script writes.
  const raw = /[\uFE00-\uFE0F\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\u{D800}-\u{DFFF}\u{E0000}-\u{E0FFF}]|\p{M}{6}/u;
  const drawn = new Set(['d', 'points', 'class', 'style']);
  const found: { where: string; what: string }[] = [];
  const look = (where: string, text: string, longest: number): void => {
    if (raw.test(text)) found.push({ where, what: `raw: ${JSON.stringify(text.slice(Math.max(0, text.search(raw) - 40)).slice(0, 120))}` });
    if (text.length > longest) found.push({ where, what: `${String(text.length)} characters: ${text.slice(0, 60)}` });
  };
  const name = (element: Element | null): string => (element === null ? '' : `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
  look('title', document.title, ours ? 400 : 1000);
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (node.parentElement?.tagName !== 'STYLE') look(`text in ${name(node.parentElement)}`, node.nodeValue ?? '', node.parentElement?.closest('.report-preview') != null ? 110_000 : (ours ? 6000 : 20_000));
  for (const element of document.querySelectorAll('*')) {
    for (const attribute of element.attributes) {
      if (!drawn.has(attribute.name)) look(`${attribute.name} of ${name(element)}`, attribute.value, attribute.name === 'srcdoc' ? Infinity : 6000);
      if (attribute.name.startsWith('on')) found.push({ where: name(element), what: `a handler: ${attribute.name}` });
      if (/^\s*javascript:/i.test(attribute.value)) found.push({ where: name(element), what: `a script in ${attribute.name}` });
    }
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) look(`value of ${name(element)}`, element.value, 6000);
  }
  const foreign = 'img, object, embed, applet, base, frame, portal, form[action], meta[http-equiv="refresh"], body script, body link, svg script, foreignObject';
  for (const element of document.querySelectorAll(ours ? foreign : `${foreign}, iframe, script, link`)) found.push({ where: name(element), what: 'an element was injected' });
  for (const frame of document.querySelectorAll('iframe')) if (frame.getAttribute('sandbox') !== 'allow-same-origin') found.push({ where: name(frame), what: 'a frame with rights' });
  if ('owned' in window) found.push({ where: 'window', what: 'a script ran' });
  return found;
}, isWindow);

/** of what was copied: what a terminal would obey when it is pasted */
export const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/;
