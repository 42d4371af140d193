/** The style of the HTML report: the palette and shapes of the graph, and a page that prints. */
import { GRAPH_PALETTE, GRAPH_STYLE } from '../graph/graph-style.ts';

export const REPORT_STYLE = `${GRAPH_PALETTE}${GRAPH_STYLE}
html{color-scheme:light dark;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}
body{max-width:70rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.4rem;margin:0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}h3{font-size:1rem;margin:1rem 0 .3rem;overflow-wrap:anywhere}
p,li,dd,bdi{overflow-wrap:anywhere}
.headline{font-size:1.25rem;font-weight:600;margin:.3rem 0}
.quiet{color:var(--text-quiet)}
a{color:var(--focus)}
.wide{overflow-x:auto}.wide:focus-visible,pre:focus-visible,a:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
table{border-collapse:collapse;font-size:.85rem;margin:.5rem 0 1rem;min-width:100%}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;font-weight:normal;min-width:3.5rem}
thead th{background:var(--ground-side);font-weight:600;overflow-wrap:normal}
tbody th{min-width:11rem}td:last-child{min-width:12rem}
code,pre{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:.85em}
pre{background:var(--ground-side);border:1px solid var(--line);padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere}
td ul{margin:0;padding-left:1rem}
dl{margin:.3rem 0}dl>div{display:grid;grid-template-columns:10rem minmax(0,1fr);gap:.8rem}dt{color:var(--text-quiet)}dd{margin:0}
:target{outline:2px solid var(--focus);outline-offset:3px}
.tone-good,.tone-secure{color:var(--secure)}.tone-bad,.tone-bogus{color:var(--bogus)}.tone-doubtful,.tone-indeterminate{color:var(--warning-text)}.tone-expired{color:var(--expired)}.tone-quiet,.tone-absent,.tone-pending{color:var(--text-quiet)}
.picture svg{display:block;max-width:100%;height:auto}
@media print{@page{margin:15mm}body{max-width:none;padding:0;font-size:10pt}.wide{overflow:visible}h2,h3{break-after:avoid}tr,article dl>div{break-inside:avoid}.picture svg{max-height:250mm}a{color:inherit}table{font-size:7.5pt;min-width:0;width:100%}th,td,tbody th,td:last-child{min-width:0}}
`;
