/** Until the engine has answered for the first time; where it does so at once, nothing is seen of this. */
import { useEffect, useState } from 'react';

/** ms after which a reader would think that nothing comes any more */
const LONG = 10_000;

export function Starting(): React.ReactNode {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="no-engine starting">
      <h1>Danescope</h1>
      <output>{isLong ? 'The engine has not answered yet. If reloading does not help, end Danescope and start it again.' : 'The engine starts…'}</output>
      {isLong ? <p><button type="button" className="primary-button" onClick={() => location.reload()}>Reload</button></p> : null}
    </main>
  );
}
