import { seenTip } from '../../a11y/tip.ts';
import { copyText } from '../../commands/clipboard.ts';
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import type { Field } from './fields.ts';

/** Longer values are cut on the screen; the copy is whole. */
const SHOWN = 1200;

export function FieldRow({ field }: { readonly field: Field }): React.ReactNode {
  return (
    <div className="field">
      <dt>{field.label}</dt>
      <dd>
        <span className="field-value">
          {field.status === undefined ? null : <><Mark status={field.status} wordless={field.status.word === field.value} /> </>}
          <Plain text={field.value} limit={SHOWN} mono={field.mono === true} labels />
        </span>
        {field.copy === true ? <button type="button" className="copy-small" aria-label={`Copy ${field.label}`} {...seenTip(`Copy ${field.label}`)} onClick={() => void copyText(field.value, field.label)}><CopySign /></button> : null}
      </dd>
    </div>
  );
}

function CopySign(): React.ReactNode {
  return (
    <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 3.5v-1h-8v8h1" />
    </svg>
  );
}
