/** One dialogue with a server under test, and all that was told of it. */
import { connectionSubject } from '../../core/base/subject.ts';
import { systemPorts } from '../../core/net/ports.ts';
import { converse } from '../../core/smtp/dialogue.ts';
import type { DialogueLine, SmtpFact, SmtpNoticeCode, SmtpPhase } from '../../core/smtp/facts.ts';
import type { ConverseOptions, Session, SmtpTimeouts } from '../../core/smtp/session.ts';
import type { TlsFact } from '../../core/tls/facts.ts';
import { chainOf, pemOf } from '../tls/certificates.ts';
import { mailServer } from './mail-server.ts';
import type { Script, ServerSide } from './mail-server.ts';

const chain = chainOf('p256', 1);
export const served = { key: chain.leaf.keyPem, cert: pemOf(chain.leaf, ...chain.intermediates), ders: [chain.leaf.der, ...chain.intermediates.map(({ der }) => der)] };

export interface Behaviour {
  readonly banner?: string;
  readonly ehlo?: string;
  readonly startTls?: string;
  /** inside TLS; `ehlo` where absent, without STARTTLS */
  readonly protectedEhlo?: string;
  readonly quit?: string;
}

const USUAL = { banner: '220 mx.example.org ESMTP\r\n', ehlo: '250-mx.example.org\r\n250-SIZE 10240000\r\n250 STARTTLS\r\n', startTls: '220 go ahead\r\n' };

/** A server without faults but those of its behaviour. */
export function polite(behaviour: Behaviour = {}): Script {
  const told = { ...USUAL, ...behaviour };
  return async (side) => {
    side.send(told.banner);
    for (let command = await side.command(); command !== null; command = await side.command()) {
      if (command.startsWith('EHLO')) side.send(told.ehlo);
      else if (command === 'STARTTLS') {
        side.send(told.startTls);
        if (told.startTls.startsWith('220')) return await inTls(side, told);
      } else return leave(side, told);
    }
  };
}

async function inTls(side: ServerSide, told: Behaviour): Promise<void> {
  side.startTls(served);
  for (let command = await side.command(); command !== null; command = await side.command()) {
    if (command.startsWith('EHLO')) side.send(told.protectedEhlo ?? '250-mx.example.org\r\n250 SIZE 10240000\r\n');
    else return leave(side, told);
  }
}

function leave(side: ServerSide, told: Behaviour): void {
  side.send(told.quit ?? '221 bye\r\n');
  side.end();
}

export interface Conversation {
  readonly facts: readonly (SmtpFact | TlsFact)[];
  readonly session: Session;
  readonly lines: readonly DialogueLine[];
  readonly notices: readonly SmtpNoticeCode[];
  /** each phase with the state in which it was left */
  readonly phases: { readonly [Phase in SmtpPhase]?: 'started' | 'done' | 'failed' };
  /** what the server received, in order */
  readonly commands: readonly string[];
}

const TIMEOUTS: SmtpTimeouts = { connect: 2000, banner: 2000, reply: 2000, handshake: 3000 };

export type Changes = Partial<Pick<ConverseOptions, 'tls' | 'request' | 'signal' | 'injection' | 'pilot' | 'desk' | 'ports'>> & { readonly timeouts?: Partial<SmtpTimeouts> };

export async function conversation(script: Script, changes: Changes = {}): Promise<Conversation> {
  const server = await mailServer(script);
  try {
    const told = await converseWith(server.port, changes);
    return { ...told, commands: server.sides.flatMap(({ commands }) => commands) };
  } finally {
    server.close();
  }
}

export const REQUEST = { serverName: 'mx.example.org', keyTypes: ['RSA', 'ECDSA', 'EdDSA'], minimumVersion: 'TLSv1.2', maximumVersion: 'TLSv1.3' } as const;

export function optionsFor(port: number, changes: Changes = {}): ConverseOptions {
  const { timeouts, ...rest } = changes;
  return {
    subject: connectionSubject('mx.example.org', '127.0.0.1', 1), connection: { number: 1, host: 'mx.example.org', address: '127.0.0.1', port, purpose: 'default' },
    tls: 'starttls', helo: 'client.example.net', request: REQUEST,
    timeouts: { ...TIMEOUTS, ...timeouts }, ports: systemPorts(), signal: new AbortController().signal, ...rest,
  };
}

export async function converseWith(port: number, changes: Changes = {}): Promise<Omit<Conversation, 'commands'>> {
  const stage = converse(optionsFor(port, changes));
  const facts: (SmtpFact | TlsFact)[] = [];
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return { ...summary(facts), facts, session: step.value };
    facts.push(step.value);
  }
}

function summary(facts: readonly (SmtpFact | TlsFact)[]): Pick<Conversation, 'lines' | 'notices' | 'phases'> {
  return {
    lines: facts.flatMap((fact) => (fact.type === 'smtp.line' ? [fact.line] : [])),
    notices: facts.flatMap((fact) => (fact.type === 'smtp.notice' ? [fact.code] : [])),
    phases: Object.fromEntries(facts.flatMap((fact) => (fact.type === 'smtp.phase' ? [[fact.phase, fact.state]] : []))),
  };
}
