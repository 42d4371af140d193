/** The engine's process: the ports of the system, or the practice lab, served to the shell that started us. */
import { SystemClock } from '../core/net/system-clock.ts';
import type { EngineSettings } from './engine-messages.ts';
import { startEngine } from './engine.ts';
import { ENGINE_SETTINGS } from './engine-messages.ts';
import { serveParent } from './engine-server.ts';

const DEFAULTS: EngineSettings = { shell: 'local-host', lab: false, helo: null };
const given = process.env[ENGINE_SETTINGS];
const settings = given === undefined ? DEFAULTS : (JSON.parse(given) as EngineSettings);

await serveParent(() => startEngine(settings), new SystemClock());
