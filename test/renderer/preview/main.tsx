/** The window on a prepared run: `npx vite test/renderer/preview`. */
import { createRoot } from 'react-dom/client';
import { App } from '../../../renderer/app.tsx';
import { browserShell } from '../../../renderer/shell/browser-shell.ts';
import { ShellContext } from '../../../renderer/shell/shell-context.ts';
import { startTheme } from '../../../renderer/theme/theme.ts';
import { fakeClient } from '../fixtures/fake-client.ts';

startTheme();
const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no #root');
const wish = new URLSearchParams(location.search);
const client = fakeClient(Number(wish.get('delay') ?? '0'), Number(wish.get('many') ?? '0'));
const connect = async (): Promise<typeof client> => client;
createRoot(root).render(<ShellContext value={browserShell(() => null)}><App connect={connect} /></ShellContext>);
