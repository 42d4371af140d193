/** What may cross the seam between a face and the engine. Only the engine's side imports this file as a value: it carries the schemas. */
import { eventIterator, oc, type } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import type { InspectionEvent } from '../inspection/events.ts';
import { isEhloArgument } from './ehlo-argument.ts';
import type { InspectRequest, Runtime, Scene, TargetReading } from './inspector-client.ts';

const targetText = z.string().max(2048);

const inspectRequest = z.strictObject({
  target: targetText,
  port: z.int().min(1).max(65_535).exactOptional(),
  tls: z.enum(['starttls', 'on-connect']).exactOptional(),
  families: z.array(z.union([z.literal(4), z.literal(6)])).min(1).max(2).exactOptional(),
  helo: z.string().refine(isEhloArgument).exactOptional(),
  probe: z.enum(['quick', 'full', 'intrusive']).exactOptional(),
}) satisfies z.ZodType<InspectRequest>;

export const inspectorContract = {
  runtime: oc.output(type<Runtime>()),
  parseTarget: oc.input(targetText).output(type<TargetReading>()),
  scenes: oc.output(type<readonly Scene[]>()),
  inspect: oc.input(inspectRequest).output(eventIterator(type<readonly InspectionEvent[]>())),
};

/** The engine as seen through an RPC link. */
export type InspectorRpc = ContractRouterClient<typeof inspectorContract>;
