/** The page: gets its client from whoever serves it, and hands it to the app. */
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startTextSize } from './theme/text-size.ts';
import { startTheme } from './theme/theme.ts';
import { connect } from './transport.ts';

startTheme();
startTextSize();
const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(<App connect={connect} />);
