import { describe, expect, test } from 'vitest';
import type { RunControl } from '../../core/inspection/run-control.ts';
import { converse } from '../../core/smtp/dialogue.ts';
import type { Session } from '../../core/smtp/session.ts';
import { optionsFor, polite, type Changes } from './conversation.ts';
import { hurried, send, stepping, type Answer } from './hand.ts';
import { mailServer, type Script } from './mail-server.ts';

type Told = ReturnType<typeof converse> extends AsyncGenerator<infer Fact, unknown> ? Fact : never;

interface Stepped {
  readonly facts: readonly Told[];
  readonly session: Session;
  readonly paused: readonly string[];
  readonly decided: readonly string[];
  readonly commands: readonly string[];
}

async function stepped(script: Script, answer: Answer | null, changes: Changes & { readonly control?: RunControl; readonly on?: (fact: Told) => void } = {}): Promise<Stepped> {
  const { control = stepping(), on, ...rest } = changes;
  const server = await mailServer(script);
  const facts: Told[] = [];
  try {
    const stage = converse(optionsFor(server.port, { pilot: control, ...rest }));
    for (;;) {
      const step = await stage.next();
      if (step.done === true) {
        await server.over();
        return summary(facts, step.value, server.sides.flatMap(({ commands }) => commands));
      }
      facts.push(step.value);
      on?.(step.value);
      if (step.value.type === 'smtp.paused' && answer !== null) expect(control.control(answer(step.value.command, step.value.pause))).toEqual({ ok: true, value: undefined });
    }
  } finally {
    server.close();
  }
}

const summary = (facts: readonly Told[], session: Session, commands: readonly string[]): Stepped => ({
  facts, session, commands,
  paused: facts.flatMap((fact) => (fact.type === 'smtp.paused' ? [fact.command] : [])),
  decided: facts.flatMap((fact) => (fact.type === 'smtp.decided' ? [`${fact.decision} ${fact.sent ?? '-'}`] : [])),
});

describe('step mode pauses before each command', () => {
  test('sent as they are: the dialogue is that of a sender, and not marked', async () => {
    const { paused, commands, session, facts } = await stepped(polite(), send);
    expect(paused).toEqual(['EHLO client.example.net', 'STARTTLS', 'EHLO client.example.net', 'QUIT']);
    expect(commands).toEqual(paused);
    expect(session).toMatchObject({ failure: null, established: true, edited: false });
    // Each is told before it is sent.
    expect(facts.findIndex(({ type }) => type === 'smtp.paused')).toBeLessThan(facts.findIndex((fact) => fact.type === 'smtp.line' && fact.line.from === 'client'));
  });

  test('edited with the same verb: goes out in its place', async () => {
    const { commands, decided, session } = await stepped(polite(), (command, pause) => (command.startsWith('EHLO') ? { type: 'edit', pause, text: 'EHLO other.example' } : { type: 'send', pause }));
    expect(commands.filter((command) => command.startsWith('EHLO'))).toEqual(['EHLO other.example', 'EHLO other.example']);
    expect(decided[0]).toBe('edited EHLO other.example');
    expect(session).toMatchObject({ failure: null, established: true, edited: true });
  });

  test('another verb goes in between: the command itself waits on', async () => {
    let asked = 0;
    const noop: Script = async (side) => {
      side.send('220 mx\r\n');
      for (let command = await side.command(); command !== null; command = await side.command()) side.send(command === 'STARTTLS' ? '454 not now\r\n' : '250-mx\r\n250 STARTTLS\r\n');
    };
    const { commands, session } = await stepped(noop, (command, pause) => (command === 'STARTTLS' && (asked += 1) === 1 ? { type: 'edit', pause, text: 'NOOP' } : { type: 'send', pause }));
    expect(commands.slice(0, 3)).toEqual(['EHLO client.example.net', 'NOOP', 'STARTTLS']);
    expect(session.failure).toMatchObject({ code: 'starttls-refused', replyCode: 454 });
    expect(session.edited).toBe(true);
  });

  test('an edit that changes nothing does not mark the run', async () => {
    const { session } = await stepped(polite(), (command, pause) => ({ type: 'edit', pause, text: command }));
    expect(session.edited).toBe(false);
  });

  test('STARTTLS left out: no failure of the server, QUIT is sent', async () => {
    const { commands, session } = await stepped(polite(), (command, pause) => ({ type: command === 'STARTTLS' ? 'skip' : 'send', pause }));
    expect(commands).toEqual(['EHLO client.example.net', 'QUIT']);
    expect(session).toMatchObject({ failure: { code: 'by-hand', phase: 'starttls' }, edited: true });
  });

  test('EHLO left out: STARTTLS is tried all the same', async () => {
    const { commands, session } = await stepped(polite(), (command, pause) => ({ type: command.startsWith('EHLO') ? 'skip' : 'send', pause }));
    expect(commands).toEqual(['STARTTLS', 'QUIT']);
    expect(session).toMatchObject({ failure: null, established: true, capabilities: null, edited: true });
  });

  test('HELO, where EHLO is refused, waits too', async () => {
    const { paused } = await stepped(polite({ ehlo: '502 what?\r\n' }), send);
    expect(paused.slice(0, 2)).toEqual(['EHLO client.example.net', 'HELO client.example.net']);
  });

  test('stopped: the server gets its QUIT without a further question (RFC 5321 §4.1.1.10)', async () => {
    let stopped = 0;
    const control = stepping(() => { stopped += 1; });
    const { commands, decided, session, paused } = await stepped(polite(), (command, pause) => (command === 'STARTTLS' ? { type: 'stop' } : { type: 'send', pause }), { control });
    expect(commands).toEqual(['EHLO client.example.net', 'QUIT']);
    expect(decided.at(-1)).toBe('stopped -');
    expect(paused).not.toContain('QUIT');
    expect(session.failure).toMatchObject({ code: 'aborted', text: 'stopped by hand before STARTTLS' });
    expect(stopped).toBe(1);
  });

  test('switched off while it waits: the dialogue goes on by itself', async () => {
    const control = stepping();
    const { paused, session } = await stepped(polite(), () => ({ type: 'continue' }), { control });
    expect(paused).toEqual(['EHLO client.example.net']);
    expect(session).toMatchObject({ failure: null, established: true, edited: false });
  });

  test('switched on while it goes on: the next command waits', async () => {
    const control = stepping();
    control.control({ type: 'continue' });
    const { paused } = await stepped(polite(), send, { control, on: (fact) => { if (fact.type === 'tls.established') control.control({ type: 'pause' }); } });
    expect(paused).toEqual(['EHLO client.example.net', 'QUIT']);
  });
});

describe('while a person thinks', () => {
  test('deadlines do not run', async () => {
    const late: Answer = (_command, pause) => ({ type: 'send', pause });
    const control = stepping();
    const timeouts = { reply: 200 };
    const { session } = await stepped(polite(), null, { control, timeouts, on: (fact) => { if (fact.type === 'smtp.paused') setTimeout(() => control.control(late(fact.command, fact.pause)), 300); } });
    expect(session).toMatchObject({ failure: null, established: true });
  });

  test('a server that closes is told as it happens, and is not blamed', async () => {
    const leaves: Script = async (side) => {
      side.send('220 mx\r\n');
      await side.command();
      side.send('250-mx\r\n250 STARTTLS\r\n');
      side.send('421 4.4.2 mx Error: timeout exceeded\r\n');
      side.end();
    };
    const { session, facts, commands } = await stepped(leaves, (command, pause) => (command === 'STARTTLS' ? { type: 'pause' } : { type: 'send', pause }));
    expect(session.failure).toMatchObject({ code: 'by-hand', text: 'the server closed the connection while it waited for STARTTLS' });
    expect(facts.findLast((fact) => fact.type === 'smtp.line')).toMatchObject({ line: { from: 'server', text: '421 4.4.2 mx Error: timeout exceeded', unexpected: true } });
    expect(commands).toEqual(['EHLO client.example.net']);
  });

  test('the person is warned before the server may close (RFC 5321 §4.5.3.2.7)', async () => {
    const control = stepping();
    const { facts, session } = await stepped(polite(), null, { control, ports: hurried(), on: (fact) => { if (fact.type === 'smtp.idle') control.control({ type: 'continue' }); } });
    expect(facts.filter(({ type }) => type === 'smtp.idle')).toHaveLength(1);
    expect(session.failure).toBeNull();
  });

  test('octets without end that nobody asked for end the wait', async () => {
    const floods: Script = async (side) => {
      side.send('220 mx\r\n');
      await side.command();
      side.send('250-mx\r\n250 STARTTLS\r\n');
      for (let line = 0; line < 1000; line += 1) side.send(`250 ${'x'.repeat(200)}\r\n`);
    };
    const { session } = await stepped(floods, (command, pause) => (command === 'STARTTLS' ? { type: 'pause' } : { type: 'send', pause }));
    expect(session.failure?.code).toBe('limit');
  });

  test('when nobody is there any more the server gets its QUIT', async () => {
    const gone = new AbortController();
    const { commands, session } = await stepped(polite(), (command, pause) => {
      if (command === 'STARTTLS') gone.abort();
      return command === 'STARTTLS' ? { type: 'pause' } : { type: 'send', pause };
    }, { signal: gone.signal });
    expect(session.failure?.code).toBe('aborted');
    expect(commands).toEqual(['EHLO client.example.net', 'QUIT']);
  });
});

describe('an edit that would be more than one command is refused, and the command waits on', () => {
  const edits: readonly (readonly [string, string])[] = [
    ['EHLO a\r\nMAIL FROM:<>', 'line-break'], ['EHLO a\nX', 'line-break'], ['EHLO a\rX', 'line-break'], ['EHLO a\0', 'line-break'], [`EHLO ${'a'.repeat(506)}`, 'too-long'],
    ['', 'empty'], [' EHLO a', 'empty'], ['DATA', 'not-here'], ['data', 'not-here'], ['BDAT 5 LAST', 'not-here'], ['AUTH PLAIN AGEAYg==', 'not-here'], ['STARTTLS', 'not-here'], ['QUIT', 'not-here'],
  ];
  test.each(edits)('%j: %s', async (text, code) => {
    const control = stepping();
    const { commands } = await stepped(polite(), null, {
      control, on: (fact) => {
        if (fact.type !== 'smtp.paused') return;
        if (fact.pause === 1) expect(control.control({ type: 'edit', pause: 1, text })).toMatchObject({ ok: false, failure: { code } });
        control.control({ type: 'send', pause: fact.pause });
      },
    });
    expect(commands[0]).toBe('EHLO client.example.net');
    expect(commands).toHaveLength(4);
  });

  test('512 octets with CRLF are allowed (RFC 5321 §4.5.3.1.4)', async () => {
    const longest = `EHLO ${'a'.repeat(505)}`;
    const { commands } = await stepped(polite(), (command, pause) => (command.startsWith('EHLO') ? { type: 'edit', pause, text: longest } : { type: 'send', pause }));
    expect(commands[0]).toBe(longest);
  });
});

test('a word for a command that waits no more is answered, not taken for the next', async () => {
  const control = stepping();
  await stepped(polite(), null, {
    control, on: (fact) => {
      if (fact.type !== 'smtp.paused') return;
      expect(control.control({ type: 'send', pause: fact.pause })).toMatchObject({ ok: true });
      expect(control.control({ type: 'send', pause: fact.pause })).toMatchObject({ ok: false, failure: { code: 'nothing-waits' } });
    },
  });
});
