/** The engine as its process runs it: on the ports of the system or on the practice lab. */
import { parseTarget } from '../core/target/parse.ts';
import type { EngineSettings } from './engine-messages.ts';
import type { RunningEngine } from './engine-server.ts';

export function startEngine(settings: EngineSettings): Promise<RunningEngine> {
  void settings;
  void parseTarget;
  return Promise.reject(new Error('not written yet'));
}
