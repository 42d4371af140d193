/** Where the presented certificates allow several paths (cross-signed issuers): each, and which one counts. */
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import type { CertificationPath } from './paths.ts';

const USED = { sign: 'check', tone: 'secure', word: 'used' } as const;
const UNUSED = { sign: 'dash', tone: 'pending', word: 'not used' } as const;

export function Paths({ paths }: { readonly paths: readonly CertificationPath[] }): React.ReactNode {
  if (paths.length === 0) return null;
  return (
    <section className="paths" aria-labelledby="paths-title">
      <h3 id="paths-title">{paths.length === 1 ? 'One path' : `${String(paths.length)} paths`}</h3>
      <ol>
        {paths.map(({ depths, end, used, why }, index) => (
          <li key={depths.join(' ')}>
            <span className="path-name">Path {index + 1}</span> <Mark status={used ? USED : UNUSED} />
            <span>depth {depths.join(' → ')} → <Plain text={end} limit={200} /></span>
            <span className="quiet path-why"><Plain text={why} limit={400} /></span>
          </li>
        ))}
      </ol>
    </section>
  );
}
