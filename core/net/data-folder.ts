/** Where this system keeps what programs remember of one person. */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** `DANESCOPE_HOME`, else danescope's own folder below the system's place for such things; it may not exist yet. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, home: string = homedir()): string {
  const own = environment['DANESCOPE_HOME'] ?? '';
  if (own !== '') return own;
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'danescope');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'danescope');
  // XDG Base Directory Specification: relative paths are to be ignored.
  const shared = environment['XDG_DATA_HOME'] ?? '';
  return join(shared.startsWith('/') ? shared : join(home, '.local', 'share'), 'danescope');
}
