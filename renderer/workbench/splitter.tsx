import { Separator } from 'react-resizable-panels';

/** The border between two panes: dragged with the mouse, moved with the arrow keys. */
export function Splitter({ label }: { readonly label: string }): React.ReactNode {
  return <Separator className="splitter" aria-label={label} />;
}
