/** The selected certificate, else the leaf, in full: every name, date, digest and extension, to copy; PEM of it and of the chain. */
import { plainText } from '../../../core/base/plain-text.ts';
import type { CertificateFact } from '../../../core/x509/facts.ts';
import { copyText } from '../../commands/clipboard.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';
import { Plain } from '../../text/plain.tsx';
import { certificateDetails } from '../details/certificate-details.ts';
import { FieldRow } from '../details/field-row.tsx';
import { useSave } from '../use-save.ts';
import { pemOf } from './pem.ts';
import type { ChainView } from './model.ts';

const PEM = 'application/x-pem-file';

export function CertificateFacts({ chain }: { readonly chain: ChainView }): React.ReactNode {
  const run = useSession((state) => state.run);
  const focus = useFocus();
  const save = useSave();
  const all = chain.nodes.flatMap(({ certificate }) => (certificate === null ? [] : [certificate]));
  const certificate = all.find(({ sha256 }) => sha256 === focus.certificate) ?? all[0];
  if (certificate === undefined) return null;
  const { kind, title, sections } = certificateDetails(run, certificate, focus);
  return (
    <section className="certificate-facts" aria-labelledby="certificate-facts-title">
      <div className="facts-head">
        <h3 id="certificate-facts-title">{kind}: <Plain text={title} limit={200} /></h3>
        <button type="button" className="plain-button" onClick={() => void copyText(pemOf([certificate]).trimEnd().split('\n'), 'the certificate')}>Copy PEM</button>
        <button type="button" className="plain-button" onClick={() => void save({ name: fileName(certificate), type: PEM, content: pemOf([certificate]) })}>Save PEM</button>
        {all.length < 2 ? null : <button type="button" className="plain-button" onClick={() => void save({ name: 'chain.pem', type: PEM, content: pemOf(all) })}>Save chain as PEM</button>}
      </div>
      <div className="facts-sections">
        {sections.map((section) => (
          <section key={section.title} className="details-section">
            <h4>{section.title}</h4>
            <dl>{section.fields.map((field, index) => <FieldRow key={`${String(index)} ${field.label}`} field={field} />)}</dl>
          </section>
        ))}
      </div>
    </section>
  );
}

/** Of what the certificate says only letters, digits, dots and hyphens may be in the name of a file. */
const fileName = ({ commonName, dnsNames }: CertificateFact): string => `${plainText(commonName ?? dnsNames[0] ?? 'certificate', 100).replaceAll(/[^a-zA-Z0-9.-]+/g, '-').replace(/^[.-]+/, '') || 'certificate'}.pem`;
