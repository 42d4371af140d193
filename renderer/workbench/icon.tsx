/** The window's own line drawings, 16 by 16. */
const DRAWINGS = {
  matrix: <><rect x="2" y="3" width="12" height="10" rx="1.5" /><path d="M2 6.4h12M6 6.4V13M10 6.4V13" /></>,
  findings: <><path d="M8 2.4 14 13H2z" /><path d="M8 6.4v3.2M8 11.2v.2" /></>,
  dialogue: <><rect x="2" y="2.8" width="12" height="10.4" rx="1.5" /><path d="m4.6 6 2 2-2 2M8.4 10.2h3" /></>,
  certificate: <><path d="M4 1.8h5.4L12.4 5v9.2H4z" /><path d="M9.2 2v3.2h3M6 8h4.4M6 10.6h2.6" /></>,
  grid: <><path d="M2.5 2.5h4.6v4.6H2.5zM8.9 2.5h4.6v4.6H8.9zM2.5 8.9h4.6v4.6H2.5z" /><path d="m9.2 11.4 1.6 1.7 2.7-3.4" /></>,
  trust: <><circle cx="8" cy="3.4" r="1.7" /><circle cx="3.8" cy="12.4" r="1.7" /><circle cx="12.2" cy="12.4" r="1.7" /><path d="M7.3 5 4.5 10.8M8.7 5l2.8 5.8" /></>,
  timing: <path d="M2.4 4h6M5 8h6.6M9.2 12h4.4M2.4 2v12" />,
  answers: <><path d="M2.4 3h11.2v7.4H7.4l-3 2.8v-2.8h-2z" /><path d="M5 5.8h6M5 7.8h3.6" /></>,
  list: <path d="M5.6 4h8M5.6 8h8M5.6 12h8M2.4 4h.4M2.4 8h.4M2.4 12h.4" />,
  details: <><rect x="2" y="2.8" width="12" height="10.4" rx="1.5" /><path d="M9.4 2.8v10.4M11 5.6h1.4M11 8h1.4" /></>,
  console: <><path d="m2.8 4.4 3.6 3.6-3.6 3.6M8 12h5.4" /></>,
  report: <><path d="M4 1.8h5.4L12.4 5v9.2H4z" /><path d="M9.2 2v3.2h3M6.2 11.4V9.6M8.2 11.4V7.8M10.2 11.4V9" /></>,
  search: <><circle cx="7" cy="7" r="4.4" /><path d="m10.4 10.4 3.4 3.4" /></>,
  settings: <><circle cx="8" cy="8" r="2.1" /><path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4" /></>,
  plus: <path d="M8 3.2v9.6M3.2 8h9.6" />,
  close: <path d="m4.2 4.2 7.6 7.6M11.8 4.2l-7.6 7.6" />,
  back: <path d="M13 8H3.4M7 4.2 3.2 8 7 11.8" />,
  forward: <path d="M3 8h9.6M9 4.2 12.8 8 9 11.8" />,
  more: <path d="M3.4 8h.2M8 8h.2M12.6 8h.2" strokeWidth="2" />,
  hide: <path d="m4 6 4 4 4-4" />,
} as const;

export type IconName = keyof typeof DRAWINGS;

/** @param size px where the text around is 13 px; it grows with the text */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): React.ReactNode {
  return (
    <svg className="icon" width={`${String(size / 13)}em`} height={`${String(size / 13)}em`} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {DRAWINGS[name]}
    </svg>
  );
}
