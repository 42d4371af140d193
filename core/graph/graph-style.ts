/** How shapes and lines look. Colours are the custom properties of whoever shows the graph; glyph, word and line style say the same. */

/** The palettes for a file of its own; the window has the same names in its theme. */
export const GRAPH_PALETTE = `:root{--ground:#ffffff;--text:#1f2328;--text-quiet:#505a64;--line:#d5dbe1;--line-strong:#77828d;--secure:#0a7485;--insecure:#1f2328;--bogus:#8f0d14;--warning:#a06a00;--warning-text:#7a5000;--expired:#7a2ec2;--pending:#5b6570;--absent-secure:#3f8f9d;--absent-bogus:#b8555a;--absent-insecure:#6e7781;--sep-fill:#d9dee3;--ground-side:#f6f8fa;--focus:#0b5cad}
@media (prefers-color-scheme:dark){:root{--ground:#14181d;--text:#e6e9ec;--text-quiet:#a9b2bb;--line:#2c343d;--line-strong:#74808c;--secure:#3aa6ba;--insecure:#e6e9ec;--bogus:#e5675c;--warning:#f4c04a;--warning-text:#f4c04a;--expired:#a678ec;--pending:#97a1ab;--absent-secure:#2f7f90;--absent-bogus:#a64a43;--absent-insecure:#8b949e;--sep-fill:#2a3138;--ground-side:#181d23;--focus:#7ab7ff}}
@media print{:root{--ground:#ffffff;--text:#1f2328;--text-quiet:#505a64;--line:#d5dbe1;--line-strong:#77828d;--secure:#0a7485;--insecure:#1f2328;--bogus:#8f0d14;--warning:#a06a00;--warning-text:#7a5000;--expired:#7a2ec2;--pending:#5b6570;--absent-secure:#3f8f9d;--absent-bogus:#b8555a;--absent-insecure:#6e7781;--sep-fill:#d9dee3;--ground-side:#f6f8fa}}
`;

/** the custom properties of the style sheet below */
export const GRAPH_COLOURS = ['ground', 'ground-side', 'text', 'secure', 'insecure', 'bogus', 'warning', 'expired', 'pending', 'absent-secure', 'absent-bogus', 'absent-insecure', 'sep-fill'] as const;

export const GRAPH_STYLE = `.trust-graph{--tone:var(--text);font:12px/1.3 Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;background:var(--ground)}
.trust-graph .is-secure{--tone:var(--secure)}.trust-graph .is-insecure,.trust-graph .is-plain{--tone:var(--insecure)}.trust-graph .is-bogus{--tone:var(--bogus)}
.trust-graph .is-indeterminate{--tone:var(--warning)}.trust-graph .is-expired{--tone:var(--expired)}.trust-graph .is-pending{--tone:var(--pending)}.trust-graph .is-absent{--tone:var(--absent-insecure)}
.graph-zone{fill:var(--ground-side);stroke:var(--tone);stroke-width:1.5}
.graph-shape{fill:var(--ground);stroke:var(--tone);stroke-width:1.5}
.graph-hit{fill:transparent;stroke:none}
.graph-text,.graph-status,.graph-label,.graph-sign{text-anchor:middle;fill:var(--text)}
.graph-status{font-size:11px}
.graph-label{text-anchor:start;font-size:11px;paint-order:stroke;stroke:var(--ground);stroke-width:4px}
.graph-status.at-left,.graph-text.at-left{text-anchor:start}
.graph-badge{fill:var(--sep-fill);stroke:none}
.is-struck{text-decoration:line-through}
.kind-zone .graph-text{font-weight:bold;font-size:13px}.kind-zone .graph-text~.graph-text{font-weight:normal;font-size:11px}
.kind-tlsa .graph-text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:11px}
.kind-no-data .graph-shape,.kind-name-error .graph-shape{stroke-dasharray:6 4}
.kind-no-data.is-secure .graph-shape,.kind-name-error.is-secure .graph-shape{stroke:var(--absent-secure)}.kind-no-data.is-bogus .graph-shape,.kind-name-error.is-bogus .graph-shape{stroke:var(--absent-bogus)}.kind-no-data.is-insecure .graph-shape,.kind-name-error.is-insecure .graph-shape{stroke:var(--absent-insecure)}
.mark-sep .graph-shape,.mark-opt-out .graph-shape{fill:var(--sep-fill)}
.mark-revoked .graph-shape{stroke-width:4}
.mark-missing .graph-shape{stroke-dasharray:5 4;fill:var(--ground)}
.graph-line{fill:none;stroke:var(--tone);stroke-width:1.5}
.graph-line-gap{fill:none;stroke:var(--ground);stroke-width:1.6}
.graph-arrow{fill:var(--tone);stroke:var(--tone);stroke-width:1;stroke-linejoin:round}
.graph-arrow.is-open{fill:none}
.graph-cross{fill:none;stroke:var(--tone);stroke-width:2}
.graph-sign-ground{fill:var(--ground)}
.graph-sign{fill:var(--tone);font-weight:bold}
.graph-hourglass{fill:none;stroke:var(--tone);stroke-width:1.4}
.edge-delegation .graph-line{stroke-width:5}.edge-delegation .graph-arrow{stroke-width:4}
.edge-alias .graph-line,.edge-mx .graph-line,.edge-address .graph-line,.edge-issuer .graph-line,.edge-record .graph-line,.edge-presented .graph-line{stroke-width:1}
.line-double .graph-line{stroke-width:4.4}
.line-dashed .graph-line{stroke-dasharray:6 4}.edge-delegation.line-dashed.is-bogus .graph-line{stroke-dasharray:10 5}.edge-delegation.line-dashed.is-indeterminate .graph-line{stroke-dasharray:4 4}
.line-dotted .graph-line{stroke-dasharray:1.5 3.5}
@media (forced-colors:active){.trust-graph{--ground:Canvas;--ground-side:Canvas;--text:CanvasText;--secure:CanvasText;--insecure:CanvasText;--bogus:CanvasText;--warning:CanvasText;--expired:CanvasText;--pending:CanvasText;--absent-secure:CanvasText;--absent-bogus:CanvasText;--absent-insecure:GrayText;--sep-fill:Canvas}}
`;
