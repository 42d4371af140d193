/** The signs as drawings of our own: a font's ✔ or ⌛ may be a coloured picture, or missing. */
import type { Sign } from './vocabulary.ts';

const DRAWINGS: { readonly [Key in Sign]: React.ReactNode } = {
  check: <path d="M3 8.5 6.4 12 13 4.5" strokeWidth="2.2" />,
  cross: <path d="M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4" strokeWidth="2.2" />,
  half: (
    <>
      <circle cx="8" cy="8" r="5.5" strokeWidth="1.6" />
      <path d="M8 2.5a5.5 5.5 0 0 0 0 11z" fill="currentColor" stroke="none" />
    </>
  ),
  circle: <circle cx="8" cy="8" r="5.2" strokeWidth="1.8" />,
  warning: (
    <>
      <path d="M8 2.2 14.4 13.4H1.6z" strokeWidth="1.5" />
      <path d="M8 6.4v3.2M8 11.3v.6" strokeWidth="1.7" />
    </>
  ),
  question: <path d="M5.2 5.6a2.9 2.9 0 1 1 4.4 2.5C8.4 8.8 8 9.3 8 10.4M8 12.7v.6" strokeWidth="1.9" />,
  pending: <path d="M3.2 8h.1M8 8h.1M12.8 8h.1" strokeWidth="2.2" />,
  hourglass: <path d="M4 2.5h8M4 13.5h8M4.8 2.5c0 3 3.2 4 3.2 5.5S4.8 10.5 4.8 13.5M11.2 2.5c0 3-3.2 4-3.2 5.5s3.2 2.5 3.2 5.5" strokeWidth="1.5" />,
  dash: <path d="M4 8h8" strokeWidth="1.8" />,
  info: (
    <>
      <circle cx="8" cy="8" r="5.8" strokeWidth="1.4" />
      <path d="M8 7.3v3.6M8 4.9v.2" strokeWidth="1.7" />
    </>
  ),
};

interface GlyphProps {
  readonly sign: Sign;
  /** px where the text around is 13 px; the sign grows with it */
  readonly size?: number;
  readonly className?: string;
  /** what it says, where no word stands beside it */
  readonly label?: string;
}

export function Glyph({ sign, size = 14, className = 'glyph', label }: GlyphProps): React.ReactNode {
  return (
    <svg className={className} role={label === undefined ? undefined : 'img'} aria-label={label} width={`${String(size / 13)}em`} height={`${String(size / 13)}em`} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeLinecap="round" strokeLinejoin="round" aria-hidden={label === undefined ? true : undefined}>
      {DRAWINGS[sign]}
    </svg>
  );
}
