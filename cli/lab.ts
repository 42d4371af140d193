/** `danescope lab list`: the scenes of the practice lab. */
import type { SceneOptions } from '../core/api/inspector-client.ts';
import { LISTED_SCENES } from '../lab/list.ts';
import { nearest, readFlags } from './flags.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage-error.ts';

const SPECS = { format: { type: 'string', example: 'json' } } as const;

export function lab([action, ...rest]: readonly string[], output: Output): Promise<number> {
  if (action !== 'list') {
    const near = nearest(action?.slice(0, 64) ?? '', ['list']);
    throw new UsageError(action === undefined ? 'lab needs an action' : `lab ${action} is not known`, near === null ? 'such as: danescope lab list' : 'did you mean: danescope lab list');
  }
  const flags = readFlags('lab', rest, SPECS);
  const [surplus] = flags.words;
  if (surplus !== undefined) throw new UsageError(`lab list takes no ${surplus}`, `to inspect a scene: danescope check --lab ${surplus}`);
  const format = flags.text('format') ?? 'text';
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format ${format} is not known`, 'it is one of text, json');
  output.write(format === 'json' ? `${JSON.stringify(LISTED_SCENES, null, 2)}\n` : sceneTable());
  return Promise.resolve(0);
}

function sceneTable(): string {
  const target = Math.max(...LISTED_SCENES.map((scene) => scene.target.length));
  const outcome = Math.max(...LISTED_SCENES.map((scene) => scene.outcome.length));
  return LISTED_SCENES.map((scene) => `${scene.target.padEnd(target)}  ${scene.outcome.padEnd(outcome)}  ${scene.title}${asWith(scene.options)}\n`).join('');
}

/** `check --lab` does it by itself; elsewhere these are the flags. */
function asWith(options: SceneOptions = {}): string {
  const flags = [
    ...(options.allServers === true ? ['--all-servers'] : []), ...(options.minimise === true ? ['--minimise'] : []),
    ...(options.probe === undefined ? [] : [`--probe ${options.probe}`]),
    ...(options.resolver === undefined ? [] : [`--resolver ${options.resolver}`]), ...(options.fallback === true ? ['--fallback'] : []),
  ];
  return flags.length === 0 ? '' : ` (asked as with ${flags.join(' ')})`;
}
