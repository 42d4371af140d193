/** The page: gets its client from whoever serves it, and hands it to the app. */
import { createRoot } from 'react-dom/client';
import { startTooltips } from './a11y/tooltips.ts';
import { App } from './app.tsx';
import { followSelection } from './commands/follow-selection.ts';
import { followDeepLinks } from './selection/follow-deep-links.ts';
import { browserShell } from './shell/browser-shell.ts';
import { electronShell } from './shell/electron-shell.ts';
import { ShellContext } from './shell/shell-context.ts';
import { keepOverReload } from './tabs/leave.ts';
import { startTextSize } from './theme/text-size.ts';
import { startTheme } from './theme/theme.ts';
import { connect, isElectron, keptSession } from './transport.ts';
import { followFocus } from './workbench/current-view.ts';
import { Starting } from './workbench/starting.tsx';

startTheme();
startTextSize();
followFocus();
keepOverReload(!isElectron());
followDeepLinks();
followSelection();
startTooltips();
const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no #root');
const view = createRoot(root);
view.render(<Starting />);
const shell = isElectron() ? await electronShell() : browserShell(keptSession);
view.render(<ShellContext value={shell}><App connect={connect} /></ShellContext>);
