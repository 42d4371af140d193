/** What may cross the seam between a face and the engine. Only the engine's side imports this file as a value: it carries the schemas. */
import { eventIterator, oc, type } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import type { InspectionEvent } from '../inspection/events.ts';
import { canonicalIpv6, isIpv4 } from '../target/address.ts';
import { isEhloArgument } from './ehlo-argument.ts';
import type { ControlAction, ControlAnswer } from '../inspection/control.ts';
import type { ConsoleNews, InspectRequest, OpenConsole, Runtime, Scene, TargetReading } from './inspector-client.ts';

const targetText = z.string().max(2048);

const runName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

const inspectRequest = z.strictObject({
  target: targetText,
  port: z.int().min(1).max(65_535).exactOptional(),
  tls: z.enum(['starttls', 'on-connect']).exactOptional(),
  families: z.array(z.union([z.literal(4), z.literal(6)])).min(1).max(2).exactOptional(),
  helo: z.string().refine(isEhloArgument).exactOptional(),
  probe: z.enum(['quick', 'full', 'intrusive']).exactOptional(),
  resolver: z.strictObject({ address: z.string().refine((text) => isIpv4(text) || canonicalIpv6(text) === text), port: z.int().min(1).max(65_535) }).exactOptional(),
  allServers: z.boolean().exactOptional(),
  run: runName.exactOptional(),
  step: z.boolean().exactOptional(),
}) satisfies z.ZodType<InspectRequest>;

/** A line is judged by the engine; here only its size is. */
const typed = z.string().max(16_384);
const pause = z.int().min(1);

const controlAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['pause', 'continue', 'stop', 'close']) }),
  z.strictObject({ type: z.enum(['send', 'skip']), pause }),
  z.strictObject({ type: z.literal('edit'), pause, text: typed }),
  z.strictObject({ type: z.literal('type'), text: typed, confirmed: z.boolean() }),
]) satisfies z.ZodType<ControlAction>;

const openConsole = z.strictObject({
  run: runName, host: z.string().min(1).max(1100), address: z.string().min(2).max(64), keyType: z.enum(['RSA', 'ECDSA', 'EdDSA']).nullable(),
  allow: z.strictObject({ mail: z.boolean(), auth: z.boolean() }),
}) satisfies z.ZodType<OpenConsole>;

export const inspectorContract = {
  runtime: oc.output(type<Runtime>()),
  parseTarget: oc.input(targetText).output(type<TargetReading>()),
  scenes: oc.output(type<readonly Scene[]>()),
  inspect: oc.input(inspectRequest).output(eventIterator(type<readonly InspectionEvent[]>())),
  control: oc.input(z.strictObject({ run: runName, action: controlAction })).output(type<ControlAnswer>()),
  openConsole: oc.input(openConsole).output(eventIterator(type<ConsoleNews>())),
};

/** The engine as seen through an RPC link. */
export type InspectorRpc = ContractRouterClient<typeof inspectorContract>;
