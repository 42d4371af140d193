/** The practice lab as a vantage. Shells load it when a person wants the lab: it is half of what there is to load. */
import type { OpenVantage } from '../core/net/open-vantage.ts';
import { labVantage } from '../core/net/vantage.ts';
import type { ListedScene } from './list.ts';
import { sceneInspection, scenePorts } from './list.ts';
import { startLab } from './start.ts';

export async function openLab(): Promise<OpenVantage & { readonly scenes: readonly ListedScene[] }> {
  const lab = await startLab();
  const vantage = labVantage(lab);
  return {
    vantage, scenes: lab.scenes,
    runOf: (target, options) => ({ ports: scenePorts(target, vantage.ports), options: { ...options, ...sceneInspection(target, options.resolution) } }),
    close: () => lab.close(),
  };
}
