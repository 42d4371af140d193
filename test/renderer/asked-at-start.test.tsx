/** Before any run the window says whom the engine has asked at its start, and only where it has. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AskedAtStart } from '../../renderer/views/overview/asked-at-start.tsx';

const told = (runtime: { readonly lab: boolean; readonly sources: readonly string[] }): string => renderToStaticMarkup(<AskedAtStart runtime={runtime} />).replace(/<[^>]+>/g, '');

test('two root servers, and the system’s resolver for the names of public addresses', () => {
  expect(told({ lab: false, sources: ['203.0.113.9', 'fd00::1'] })).toBe('At startasked two root servers whether they answer here, and the system’s resolver for the DNS name of 203.0.113.9, which reports tell; nothing about a target');
});

test('of private addresses nobody is asked', () => {
  expect(told({ lab: false, sources: ['192.168.1.7'] })).toBe('At startasked two root servers whether they answer here; nothing about a target');
});

test('the practice lab asks nobody', () => {
  expect(told({ lab: true, sources: [] })).toBe('');
});
