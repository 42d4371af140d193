/** A vantage while it is in use. */
import type { InspectOptions } from '../inspection/options.ts';
import type { Ports } from '../inspection/ports.ts';
import type { Target } from '../target/target.ts';
import type { Vantage } from './vantage.ts';

export interface OpenVantage {
  readonly vantage: Vantage;
  /** the ports of a run, and what its target wants in place of the usual options; @param options those of the run */
  readonly runOf: (target: Target, options: InspectOptions) => { readonly ports: Ports; readonly options: InspectOptions };
  /** Frees what was opened for it. */
  readonly close: () => Promise<void>;
}

/** The same for every target, with nothing to free. */
export const openAsIs = (vantage: Vantage): OpenVantage => ({ vantage, runOf: (_target, options) => ({ ports: vantage.ports, options }), close: () => Promise.resolve() });
