/** One DNS message: the answer, or the query that was sent, in words and in bytes. */
import { useMemo, useState } from 'react';
import { fromBase64 } from '../../../core/base/bytes.ts';
import { ScrollArea } from '../../a11y/scroll-area.tsx';
import { copyText } from '../../commands/clipboard.ts';
import { counted } from '../../text/counted.ts';
import { Plain } from '../../text/plain.tsx';
import { HexCells } from '../dialogue/hex-cells.tsx';
import { hexDump } from '../dialogue/hex-dump.ts';
import { digLines } from './dig.ts';
import { messageParts } from './message-sections.ts';
import type { AnswerRow } from './model.ts';

export function MessagePane({ row }: { readonly row: AnswerRow | null }): React.ReactNode {
  const [side, setSide] = useState<'answer' | 'query'>('answer');
  const [form, setForm] = useState<'text' | 'bytes'>('text');
  const base64 = row === null ? null : (side === 'answer' ? row.exchange.answer?.response ?? null : row.exchange.query);
  const bytes = useMemo(() => (base64 === null ? null : fromBase64(base64)), [base64]);
  const lines = useMemo(() => (bytes === null ? null : digLines(bytes)), [bytes]);
  if (row === null) return <div className="message-pane empty"><p className="section-note">Select an answer to read it.</p></div>;
  return (
    <div className="message-pane">
      <div className="message-text">
        <div className="message-head">
          <span className="segments">
            {(['answer', 'query'] as const).map((one) => <button key={one} type="button" aria-pressed={one === side} className={one === side ? 'segment chosen' : 'segment'} onClick={() => setSide(one)}>{one === 'answer' ? 'Answer' : 'Query'}</button>)}
          </span>
          <span className="segments">
            {(['text', 'bytes'] as const).map((one) => <button key={one} type="button" aria-pressed={one === form} className={one === form ? 'segment chosen' : 'segment'} onClick={() => setForm(one)}>{one === 'text' ? 'Text' : 'Bytes'}</button>)}
          </span>
          {lines === null ? null : <button type="button" className="plain-button" onClick={() => void copyText(lines, 'the message')}>Copy</button>}
        </div>
        {form === 'bytes' ? <MessageBytes bytes={bytes} /> : <ScrollArea className="message-lines" label="Message">
          {lines === null
            ? <div className="comment">;; <Plain text={row.result} limit={300} /></div>
            : lines.map((line, index) => <div key={`${String(index)} ${line}`} className={line.startsWith(';') ? 'comment' : undefined}>{line === '' ? '\u00A0' : <Plain text={line} limit={4096} />}</div>)}
        </ScrollArea>}
      </div>
    </div>
  );
}

function MessageBytes({ bytes }: { readonly bytes: Uint8Array | null }): React.ReactNode {
  return (
    <ScrollArea className="bytes" label="Bytes of the message">
      {bytes === null ? <p className="section-note">No answer came.</p> : (
        <table>
          <caption className="for-screen-reader">Offset, hexadecimal, text</caption>
          {messageParts(bytes).map(({ title, from, to }) => (
            <tbody key={title}>
              <tr className="byte-part"><th scope="rowgroup" colSpan={3}>{title} <span className="quiet">{counted(to - from, 'octet')}</span></th></tr>
              {hexDump(bytes.subarray(from, to), 65_535).map(({ offset, hex, text }) => <tr key={offset}><th scope="row">{(from + Number.parseInt(offset, 16)).toString(16).padStart(4, '0')}</th><HexCells hex={hex} text={text} /></tr>)}
            </tbody>
          ))}
        </table>
      )}
    </ScrollArea>
  );
}
