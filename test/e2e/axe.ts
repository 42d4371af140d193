/** What axe-core says about the page as it is now. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * @param within the part that it looks at, as a selector; all of the page where there is none
 * @returns one line a violation: rule, what it wants, where
 */
export async function axeViolations(page: Page, within: string | null = null): Promise<string[]> {
  // Through the debugger, as the page's own policy lets no foreign script in; once, until the page is loaded again.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(async (part) => {
    // Of what passes nobody asks for more than one element.
    const { axe } = window as unknown as { readonly axe: { run(context: Document | string, options: { readonly resultTypes: readonly string[] }): Promise<{ readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly target: unknown }[] }[] }> } };
    const { violations } = await axe.run(part ?? document, { resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => String(node.target)).join(' | ')}`);
  }, within);
}
