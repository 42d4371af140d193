/** What may cross the seam between a page and the window that holds it, in Electron. Only the main process imports this file as a value: it carries the schemas. */
import { eventIterator, oc, type } from '@orpc/contract';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import type { MenuCommand, OpenedFile, SaveAnswer, ShellAsk } from './shell.ts';

/** characters of a file or document; a run with everything that the limits allow stays below it */
export const LARGEST_DOCUMENT = 64 * 1024 * 1024;

const document = z.string().max(LARGEST_DOCUMENT);

/** Bytes travel as base64: the ports carry text alone. */
const fileOnTheWire = z.strictObject({
  name: z.string().min(1).max(255),
  type: z.string().max(100),
  content: z.union([z.strictObject({ text: document }), z.strictObject({ base64: z.base64().max(LARGEST_DOCUMENT) })]),
});
export type FileOnTheWire = z.infer<typeof fileOnTheWire>;

export type PdfOnTheWire = { readonly ok: true; readonly base64: string } | { readonly ok: false; readonly why: string };

const menuCommand = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,100}$/),
  title: z.string().min(1).max(200),
  group: z.string().min(1).max(60),
  key: z.string().max(60).nullable(),
  enabled: z.boolean(),
}) satisfies z.ZodType<MenuCommand>;

export const shellContract = {
  save: oc.input(fileOnTheWire).output(type<SaveAnswer>()),
  open: oc.output(type<OpenedFile | null>()),
  printPdf: oc.input(document).output(type<PdfOnTheWire>()),
  showCommands: oc.input(z.array(menuCommand).max(300)).output(type<null>()),
  asks: oc.output(eventIterator(type<ShellAsk>())),
};

/** The main process as seen through an RPC link. */
export type ShellRpc = ContractRouterClient<typeof shellContract>;
