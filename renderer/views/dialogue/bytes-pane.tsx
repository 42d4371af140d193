/** The selected line decoded, and the octets behind it, line ending included. */
import { useMemo } from 'react';
import { fromBase64 } from '../../../core/base/bytes.ts';
import { ScrollArea } from '../../a11y/scroll-area.tsx';
import { useSession } from '../../session/session-store.ts';
import { Plain } from '../../text/plain.tsx';
import { decodedFields } from './decoded.ts';
import { HexCells } from './hex-cells.tsx';
import { hexDump } from './hex-dump.ts';
import type { DialogueRow } from './model.ts';
import { counted } from '../../text/counted.ts';

export function BytesPane({ row }: { readonly row: DialogueRow | null }): React.ReactNode {
  return (
    <ScrollArea className="bytes" label="Bytes of the selected line">
      {row === null ? <p className="section-note">Select a line to see its bytes.</p> : <><Decoded row={row} /><Octets row={row} /></>}
    </ScrollArea>
  );
}

function Decoded({ row }: { readonly row: DialogueRow }): React.ReactNode {
  const startedAt = useSession((state) => state.run.context?.startedAt ?? null);
  return <dl className="decoded">{decodedFields(row, startedAt).map(({ label, value }) => <div key={label}><dt>{label}</dt><dd><Plain text={value} limit={1000} /></dd></div>)}</dl>;
}

function Octets({ row }: { readonly row: DialogueRow }): React.ReactNode {
  const bytes = useMemo(() => (row.bytes === null ? null : fromBase64(row.bytes)), [row]);
  if (bytes === null) return <p className="section-note">This line has no bytes of its own.</p>;
  return (
    <>
      <p className="bytes-head">{lengthWords(bytes.length, row.size)}</p>
      <table>
        <caption className="for-screen-reader">Offset, hexadecimal, text</caption>
        <tbody>{hexDump(bytes).map((line) => <tr key={line.offset}><th scope="row">{line.offset}</th><HexCells {...line} /></tr>)}</tbody>
      </table>
    </>
  );
}

const SHOWN = 4096;

function lengthWords(there: number, size: number | null): string {
  const shown = Math.min(there, SHOWN);
  return size !== null && size > shown || there > shown ? `the first ${String(shown)} of ${String(Math.max(there, size ?? 0))} octets` : counted(there, 'octet');
}
