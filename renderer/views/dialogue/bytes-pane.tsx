/** The octets behind the selected line, line ending included. */
import { useMemo } from 'react';
import { fromBase64 } from '../../../core/base/bytes.ts';
import { ScrollArea } from '../../a11y/scroll-area.tsx';
import { hexDump } from './hex-dump.ts';
import type { DialogueRow } from './model.ts';

export function BytesPane({ row }: { readonly row: DialogueRow | null }): React.ReactNode {
  const bytes = useMemo(() => (row?.bytes == null ? null : fromBase64(row.bytes)), [row]);
  return (
    <ScrollArea className="bytes" label="Bytes of the selected line">
      {bytes === null ? <p className="section-note">{row === null ? 'Select a line to see its bytes.' : 'This line has no bytes of its own.'}</p> : (
        <>
          <p className="bytes-head"><span>{bytes.length} octets</span> <span className="quiet">{row?.hint}</span></p>
          <table>
            <caption className="for-screen-reader">Offset, hexadecimal, text</caption>
            <tbody>{hexDump(bytes).map((line) => <tr key={line.offset}><th scope="row">{line.offset}</th><td className="hex">{line.hex}</td><td>{line.text}</td></tr>)}</tbody>
          </table>
        </>
      )}
    </ScrollArea>
  );
}
