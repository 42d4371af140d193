/** The style of the HTML report: the palette and shapes of the graph, and pages that print. */
import { GRAPH_PALETTE, GRAPH_STYLE } from '../graph/graph-style.ts';

export type Paper = 'a4' | 'letter';

export const PAPER_STYLE: { readonly [Size in Paper]: string } = {
  a4: '@page{size:A4}\n', letter: '@page{size:letter}\n',
};

/** Contrast of 7 or more for who asks for it (WCAG 1.4.6). */
const HIGH_CONTRAST = `@media (prefers-contrast:more){:root{--ground:#ffffff;--text:#000000;--text-quiet:#000000;--line:#000000;--line-strong:#000000;--secure:#00505c;--insecure:#000000;--bogus:#7a0009;--warning:#5c3d00;--warning-text:#5c3d00;--expired:#5b1c9e;--pending:#333b43;--absent-insecure:#333b43;--ground-side:#ffffff;--focus:#003d8f}}
@media (prefers-contrast:more) and (prefers-color-scheme:dark){:root{--ground:#000000;--text:#ffffff;--text-quiet:#ffffff;--line:#ffffff;--line-strong:#ffffff;--secure:#6fd6e8;--insecure:#ffffff;--bogus:#ff9d94;--warning:#ffd166;--warning-text:#ffd166;--expired:#cdb0ff;--pending:#d0d7de;--absent-insecure:#d0d7de;--ground-side:#000000;--focus:#9ecbff}}
`;

/** The colours of the system's contrast theme; the words say what ours said. */
const FORCED = `@media (forced-colors:active){:root{--ground:Canvas;--ground-side:Canvas;--text:CanvasText;--text-quiet:CanvasText;--line:CanvasText;--secure:CanvasText;--bogus:CanvasText;--warning-text:CanvasText;--expired:CanvasText;--focus:LinkText}}
`;

/** Rows stay whole, headers come again on each page, and a heading is never alone at its foot. */
const PRINT = `@page{margin:16mm 14mm 18mm;@bottom-left{content:'Danescope report';font:7.5pt Helvetica,Arial,'Liberation Sans',sans-serif;color:#505a64}@bottom-right{content:counter(page) ' / ' counter(pages);font:7.5pt Helvetica,Arial,'Liberation Sans',sans-serif;color:#505a64}}
@media print{
html{font-size:9.5pt;color-scheme:light}body{max-width:none;padding:0}
nav{display:none}a{color:inherit;text-decoration:none}
.wide{overflow:visible}
h2,h3,caption{break-after:avoid}h2{margin-top:1.2rem}
thead{display:table-header-group}tr,li,dl>div,.headline,.finding-head{break-inside:avoid}
.tree li{break-inside:auto}
article.certificate,.wide:not(.tall){break-inside:avoid}
p{orphans:3;widows:3}pre{orphans:4;widows:4;-webkit-box-decoration-break:clone;box-decoration-break:clone}
table{font-size:7.2pt;min-width:0;width:100%}th,td,td:last-child{min-width:0;padding:.2rem .3rem}tbody th{min-width:6rem;padding:.2rem .3rem}
.picture{break-inside:avoid}.picture svg{max-height:225mm;margin:0 auto}
:target{outline:none}
}
`;

/** No table scrolls sideways where there is no room (WCAG 1.4.10): each row is a card, each cell says its column. The picture does, as it would be too small to read. */
const NARROW = `@media screen and (max-width:46rem){
.wide{overflow:visible}
table,caption,tbody,tr,tbody th,td,td:last-child{display:block;min-width:0}thead{display:none}
tr{border:1px solid var(--line);margin:0 0 .6rem;padding-bottom:.2rem}
tbody th{border:0;border-bottom:1px solid var(--line);background:var(--ground-side);font-weight:600;margin-bottom:.2rem}
td,td:last-child{border:0;position:relative;padding:.15rem .5rem .15rem 10.5rem;overflow-wrap:anywhere}
td::before{content:attr(data-column);position:absolute;left:.5rem;width:9.5rem;color:var(--text-quiet)}
td [class^=tone]{white-space:normal}.sentence{display:inline;min-width:0}
.picture.wide{overflow-x:auto}.picture svg{max-width:none}
}
@media screen and (min-width:46.01rem) and (max-width:76rem){th,td{min-width:2.2rem;padding:.3rem .35rem}tbody th{min-width:8.5rem}td:last-child{min-width:10rem}}
@media screen and (max-width:26rem){td,td:last-child{padding-left:.5rem}td::before{position:static;display:block;width:auto}}
`;

/**
 * A long report is laid out where it is in sight: the rest would keep the reader waiting. Searching and links find all of it; paper has all of it. The last section fills
 * the window: else a link to it ends above, and what is laid out there only then pushes it away.
 */
const IN_SIGHT = `@media screen{.wide,pre,dl,article,.tree,section>ul{content-visibility:auto;contain-intrinsic-block-size:auto 12rem}.tall{contain-intrinsic-block-size:auto 60rem}#circumstances{min-height:100vh}}
`;

export const REPORT_STYLE = `${GRAPH_PALETTE}${HIGH_CONTRAST}${GRAPH_STYLE}
html{color-scheme:light dark;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'Liberation Sans',sans-serif}
body{max-width:72rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem;line-height:1.25;margin:0;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}h3{font-size:1rem;margin:1.1rem 0 .3rem;overflow-wrap:anywhere}
p{margin:.4rem 0}p,li,dd,bdi{overflow-wrap:anywhere}
.headline{font-size:1.15rem;font-weight:600;margin:.4rem 0}
.quiet{color:var(--text-quiet)}
a{color:var(--focus)}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;margin:1rem 0 0;padding:.5rem 0;border-block:1px solid var(--line)}nav a{display:inline-block;padding:.2rem 0}
.wide{overflow-x:auto}.wide:focus-visible,pre:focus-visible,a:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
table{border-collapse:collapse;font-size:.85rem;margin:.5rem 0 1rem;min-width:100%}
caption{text-align:left;font-weight:600;padding:.3rem 0;overflow-wrap:anywhere}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;font-weight:normal;min-width:3.5rem;overflow-wrap:break-word}.word{overflow-wrap:break-word}.sentence{display:inline-block;min-width:9rem}.reference{display:inline-block}
thead th{background:var(--ground-side);font-weight:600;overflow-wrap:normal}
tbody th{min-width:10rem}td:last-child{min-width:11rem}td.number{min-width:3.5rem;text-align:right;font-variant-numeric:tabular-nums}thead th.number{text-align:right}
code,pre{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:.85em}
pre{background:var(--ground-side);border:1px solid var(--line);padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}
td [class^=tone]{white-space:nowrap}
td ul{margin:0;padding-left:1rem}
.tree,.tree ul{padding-left:1.2rem;margin:.1rem 0}
dl{margin:.3rem 0}dl>div{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:.8rem}dt{color:var(--text-quiet)}dd{margin:0}
@media (max-width:40rem){tbody th{min-width:8rem}td:last-child{min-width:6rem}dl>div{grid-template-columns:1fr;gap:0;margin-bottom:.4rem}body{padding:.8rem}}
:target{outline:2px solid var(--focus);outline-offset:3px}
.tone-good,.tone-secure{color:var(--secure)}.tone-bad,.tone-bogus{color:var(--bogus)}.tone-doubtful,.tone-indeterminate{color:var(--warning-text)}.tone-expired{color:var(--expired)}.tone-quiet,.tone-absent,.tone-pending{color:var(--text-quiet)}
.picture svg{display:block;max-width:100%;height:auto}
${NARROW}${IN_SIGHT}${FORCED}${PRINT}`;
