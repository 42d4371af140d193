import { Plain } from '../text/plain.tsx';

/** The page is here but nobody answers it. */
export function NoEngine({ why }: { readonly why: string }): React.ReactNode {
  return (
    <main className="no-engine">
      <h1>No engine</h1>
      <p><Plain text={why} limit={600} /></p>
      <p><button type="button" className="primary-button" onClick={() => location.reload()}>Reload</button></p>
    </main>
  );
}
