/** Loaded before the main script: the name `electron` means the double. */
import { register } from 'node:module';

const double = process.env.DANESCOPE_ELECTRON_DOUBLE;
const hooks = `export const resolve = (name, context, next) => name === 'electron' ? { url: ${JSON.stringify(double)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
