import { describe, expect, test } from 'vitest';
import { ConsoleDesk } from '../../core/smtp/console-desk.ts';
import { converse } from '../../core/smtp/dialogue.ts';
import type { DialogueLine } from '../../core/smtp/facts.ts';
import { optionsFor, served, type Changes } from './conversation.ts';
import { hurried } from './hand.ts';
import { mailServer, type ServerSide } from './mail-server.ts';

type Told = ReturnType<typeof converse> extends AsyncGenerator<infer Fact, unknown> ? Fact : never;
type Typed = string | { readonly text: string; readonly confirmed: true };

interface Talked {
  readonly facts: readonly Told[];
  readonly lines: readonly DialogueLine[];
  /** from the console's beginning */
  readonly commands: readonly string[];
  readonly refusals: readonly string[];
  readonly end: { readonly by: string; readonly text: string } | undefined;
}

/** Inside TLS: `reply` says what the server answers; null leaves without a word. */
const server = (reply: (line: string, side: ServerSide) => string | null) => async (side: ServerSide): Promise<void> => {
  side.send('220 mx ESMTP\r\n');
  await side.command();
  side.send('250-mx\r\n250 STARTTLS\r\n');
  await side.command();
  side.send('220 go\r\n');
  side.startTls(served);
  await side.command();
  side.send('250-mx\r\n250-SIZE 1000\r\n250 AUTH PLAIN LOGIN\r\n');
  for (let line = await side.command(); line !== null; line = await side.command()) {
    const answer = line === 'QUIT' ? '221 bye\r\n' : reply(line, side);
    if (answer === null) return side.end();
    side.send(answer);
    if (line === 'QUIT') return side.end();
  }
};

const ok = server(() => '250 ok\r\n');

/** Types the lines one after the other, then closes. A line that is refused is followed by the next. */
async function talk(script: ReturnType<typeof server>, typed: readonly Typed[], changes: Changes & { readonly desk?: ConsoleDesk; readonly stay?: true; readonly on?: (fact: Told) => void } = {}): Promise<Talked> {
  const { desk = new ConsoleDesk({ mail: true, auth: true }), stay, on, ...rest } = changes;
  const running = await mailServer(script);
  const facts: Told[] = [];
  const refusals: string[] = [];
  const waiting = [...typed];
  const next = (): void => {
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
      const answer = typeof line === 'string' ? desk.type(line, false) : desk.type(line.text, true);
      if (answer.ok) return;
      refusals.push(answer.failure.code);
    }
    if (stay !== true) desk.close();
  };
  try {
    const stage = converse(optionsFor(running.port, { desk, ...rest }));
    const taking = desk.next.bind(desk);
    // A person answers as soon as the desk takes a line.
    desk.next = (signal) => {
      const line = taking(signal);
      queueMicrotask(next);
      return line;
    };
    for (let step = await stage.next(); step.done !== true; step = await stage.next()) {
      facts.push(step.value);
      on?.(step.value);
    }
    await running.over();
  } finally {
    running.close();
  }
  const opened = facts.findIndex((fact) => fact.type === 'smtp.console');
  return {
    facts, refusals,
    lines: facts.slice(opened).flatMap((fact) => (fact.type === 'smtp.line' ? [fact.line] : [])),
    commands: running.sides.flatMap(({ commands }) => commands).slice(3),
    end: facts.flatMap((fact) => (fact.type === 'smtp.console' && fact.state === 'closed' ? [fact] : []))[0],
  };
}

const yes = (text: string): Typed => ({ text, confirmed: true });

describe('a console on the channel', () => {
  test('sends each line, tells the replies, and says QUIT when it is closed', async () => {
    const { commands, lines, end } = await talk(ok, ['NOOP', 'VRFY postmaster']);
    expect(commands).toEqual(['NOOP', 'VRFY postmaster', 'QUIT']);
    expect(lines.map(({ from, text, protected: inside }) => [from, text, inside])).toEqual([
      ['client', 'NOOP', true], ['server', '250 ok', true], ['client', 'VRFY postmaster', true], ['server', '250 ok', true], ['client', 'QUIT', true], ['server', '221 bye', true],
    ]);
    expect(end).toMatchObject({ by: 'person' });
  });

  test('a QUIT that is typed ends it, and is not said twice', async () => {
    const { commands, end } = await talk(ok, ['QUIT'], { stay: true });
    expect(commands).toEqual(['QUIT']);
    expect(end).toMatchObject({ by: 'person', text: 'QUIT' });
  });

  test('EHLO tells the capabilities anew', async () => {
    const { facts } = await talk(server((line) => (line.startsWith('EHLO') ? '250-mx\r\n250 PIPELINING\r\n' : '250 ok\r\n')), ['EHLO me.example']);
    expect(facts.findLast((fact) => fact.type === 'smtp.capabilities')).toMatchObject({ protected: true, keywords: ['PIPELINING'] });
  });

  test('a server that closes while nothing is typed is told', async () => {
    const closes = server((_line, side) => {
      side.send('250 ok\r\n421 4.4.2 timeout\r\n');
      return null;
    });
    const { end, lines } = await talk(closes, ['NOOP'], { stay: true });
    expect(end).toMatchObject({ by: 'server', text: 'the server closed the connection while it waited for a command' });
    expect(lines.at(-1)).toMatchObject({ text: '421 4.4.2 timeout', unexpected: true });
  });

  test('a server that closes instead of answering is told', async () => {
    const { end } = await talk(server(() => null), ['NOOP'], { stay: true });
    expect(end).toMatchObject({ by: 'server', text: 'the server closed the connection instead of answering' });
  });

  test('the limits of replies hold', async () => {
    const { end } = await talk(server(() => `250-${'x'.repeat(5000)}\r\n`), ['NOOP'], { stay: true });
    expect(end).toMatchObject({ by: 'server', text: expect.stringContaining('goes on after') as string });
  });

  test('the person is warned before the server may close (RFC 5321 §4.5.3.2.7)', async () => {
    const desk = new ConsoleDesk({ mail: false, auth: false });
    const { facts, end } = await talk(ok, [], { desk, stay: true, ports: hurried(), on: ({ type }) => { if (type === 'smtp.idle') desk.close(); } });
    expect(facts.filter(({ type }) => type === 'smtp.idle')).toHaveLength(1);
    expect(end?.by).toBe('person');
  });

  test('nobody is there any more: the server gets its QUIT', async () => {
    const gone = new AbortController();
    const desk = new ConsoleDesk({ mail: false, auth: false });
    const { commands } = await talk(ok, ['NOOP'], { desk, stay: true, signal: gone.signal, on: (fact) => { if (fact.type === 'smtp.line' && fact.line.text === '250 ok') gone.abort(); } });
    expect(commands).toEqual(['NOOP', 'QUIT']);
  });

  const slow = (said: () => void, reply = '250 ok\r\n'): ReturnType<typeof server> => server((_line, side) => {
    said();
    setTimeout(() => side.send(reply), 50);
    return '';
  });

  test('nobody is there any more while a reply is due: QUIT comes after it (RFC 5321 §4.1.1.10, §4.3.1)', async () => {
    const gone = new AbortController();
    const { commands, end } = await talk(slow(() => gone.abort()), ['NOOP'], { stay: true, signal: gone.signal });
    expect(commands).toEqual(['NOOP', 'QUIT']);
    expect(end?.by).toBe('stopped');
  });

  test('closed by the person while a reply is due: it is told, and QUIT after it (RFC 5321 §4.1.1.10)', async () => {
    const desk = new ConsoleDesk({ mail: false, auth: false });
    const { commands, end, lines } = await talk(slow(() => desk.close()), ['NOOP'], { desk, stay: true });
    expect(commands).toEqual(['NOOP', 'QUIT']);
    expect(lines.map(({ text }) => text)).toEqual(['NOOP', '250 ok', 'QUIT', '221 bye']);
    expect(end).toEqual(expect.objectContaining({ by: 'person', text: '' }));
  });

  test('no reply to the last line: closed without QUIT, which may not come before it (RFC 5321 §4.3.1)', async () => {
    const desk = new ConsoleDesk({ mail: false, auth: false });
    const { commands, end } = await talk(server(() => {
      desk.close();
      return '';
    }), ['NOOP'], { desk, stay: true });
    expect(commands).toEqual(['NOOP']);
    expect(end).toMatchObject({ by: 'person', text: 'closed before the server answered' });
  });

  test('nobody is there any more when DATA is answered with 354: no QUIT, which would be text (RFC 5321 §4.1.1.4)', async () => {
    const gone = new AbortController();
    const { commands } = await talk(slow(() => gone.abort(), '354 go on\r\n'), [{ text: 'DATA', confirmed: true }], { stay: true, signal: gone.signal });
    expect(commands).toEqual(['DATA']);
  });

  test('nobody is there any more when a QUIT that was typed is answered: it is not said twice', async () => {
    const gone = new AbortController();
    const { commands } = await talk(ok, ['QUIT'], { stay: true, signal: gone.signal, on: (fact) => { if (fact.type === 'smtp.line' && fact.line.text === 'QUIT') setTimeout(() => gone.abort(), 0); } });
    expect(commands).toEqual(['QUIT']);
  });

  test('one line at a time: while the server has the word, nothing is taken', () => {
    expect(new ConsoleDesk({ mail: false, auth: false }).type('NOOP', false)).toMatchObject({ ok: false, failure: { code: 'busy' } });
  });
});

describe('guards', () => {
  test('no line becomes two', async () => {
    const { commands, refusals } = await talk(ok, ['NOOP\r\nMAIL FROM:<>', 'NOOP\nRSET', 'NOOP\rRSET', 'NOOP\0', `NOOP ${'x'.repeat(506)}`, '', ' NOOP', 'NOOP']);
    expect(refusals).toEqual(['line-break', 'line-break', 'line-break', 'line-break', 'too-long', 'empty', 'empty']);
    expect(commands).toEqual(['NOOP', 'QUIT']);
  });

  test('BDAT, STARTTLS, TURN and ATRN never go out', async () => {
    const { commands, refusals } = await talk(ok, [yes('BDAT 3 LAST'), yes('STARTTLS'), yes('turn'), yes('ATRN a.example')]);
    expect(refusals).toEqual(['not-here', 'not-here', 'not-here', 'not-here']);
    expect(commands).toEqual(['QUIT']);
  });

  test('DATA and AUTH need the setting, whatever was confirmed', async () => {
    const { commands, refusals } = await talk(ok, [yes('DATA'), yes('AUTH PLAIN AGEAYg=='), yes('data'), yes('BURL imap://x'), yes('AUTH=PLAIN x'), yes('DATA\t')], { desk: new ConsoleDesk({ mail: false, auth: false }) });
    expect(refusals).toEqual(Array.from({ length: 6 }, () => 'not-allowed'));
    expect(commands).toEqual(['QUIT']);
  });

  test('with the setting each of them needs a confirmation', async () => {
    const { refusals, commands } = await talk(ok, ['DATA', 'AUTH PLAIN AGEAYg==']);
    expect(refusals).toEqual(['needs-confirmation', 'needs-confirmation']);
    expect(commands).toEqual(['QUIT']);
  });
});

describe('a message', () => {
  const takes = server((line) => (line === 'DATA' ? '354 go on\r\n' : '250 ok\r\n'));

  test('goes out with its full stops doubled, and ends with one alone (RFC 5321 §4.5.2)', async () => {
    const script = (side: ServerSide): Promise<void> => {
      let inside = false;
      return server((line) => {
        if (line === 'DATA') inside = true;
        if (line === 'DATA') return '354 go on\r\n';
        if (inside && line !== '.') return '';
        inside = false;
        return '250 ok\r\n';
      })(side);
    };
    const { commands } = await talk(script, ['MAIL FROM:<>', 'RCPT TO:<a@b>', yes('DATA'), 'Subject: x', '', '.hidden', 'DATA', '.', 'NOOP']);
    expect(commands).toEqual(['MAIL FROM:<>', 'RCPT TO:<a@b>', 'DATA', 'Subject: x', '', '..hidden', 'DATA', '.', 'NOOP', 'QUIT']);
  });

  test('closed in the middle: no QUIT, which would be text, and no end, so that nothing is delivered', async () => {
    const { commands, end } = await talk(server((line) => (line === 'DATA' ? '354 go on\r\n' : '')), [yes('DATA'), 'Subject: x']);
    expect(commands).toEqual(['DATA', 'Subject: x']);
    expect(end?.text).toContain('must not deliver');
  });

  test('its lines may have 1000 octets with CRLF (RFC 5321 §4.5.3.1.6), and no line break', async () => {
    const { refusals } = await talk(takes, [yes('DATA'), 'x'.repeat(999), 'a\r\n.\r\nMAIL FROM:<>', 'a\n.\n']);
    expect(refusals).toEqual(['too-long', 'line-break', 'line-break']);
  });
});

describe('AUTH', () => {
  const SECRET = 'AGFsaWNlAGh1bnRlcjI=';
  const keepsNothing = ({ facts }: Talked): void => {
    const kept = JSON.stringify(facts);
    for (const secret of [SECRET, 'YWxpY2U=', 'aHVudGVyMg==', 'hunter2', Buffer.from(SECRET).toString('base64').slice(0, 20)]) expect(kept).not.toContain(secret);
  };

  test('in one line: the server gets it, no event does, also where the server echoes it', async () => {
    const talked = await talk(server((line) => `535 5.7.8 failed: ${line}\r\n`), [yes(`AUTH PLAIN ${SECRET}`)]);
    expect(talked.commands[0]).toBe(`AUTH PLAIN ${SECRET}`);
    expect(talked.lines.slice(0, 2)).toMatchObject([
      { from: 'client', text: 'AUTH PLAIN [not kept]', bytes: '', redacted: true }, { from: 'server', text: '535 5.7.8 [not kept]', bytes: '', redacted: true },
    ]);
    keepsNothing(talked);
  });

  test('an exchange: every line of it', async () => {
    const replies = ['334 VXNlcm5hbWU6\r\n', '334 UGFzc3dvcmQ6\r\n', '235 2.7.0 welcome hunter2\r\n', '250 ok\r\n'];
    const talked = await talk(server(() => replies.shift() ?? ''), [yes('auth login'), 'YWxpY2U=', 'aHVudGVyMg==', 'NOOP']);
    expect(talked.commands).toEqual(['auth login', 'YWxpY2U=', 'aHVudGVyMg==', 'NOOP', 'QUIT']);
    expect(talked.lines.map(({ text }) => text)).toEqual(['AUTH LOGIN', '334 [not kept]', '[not kept]', '334 [not kept]', '[not kept]', '235 2.7.0 [not kept]', 'NOOP', '250 ok', 'QUIT', '221 bye']);
    keepsNothing(talked);
  });

  test('a password in the place of the mechanism', async () => {
    const talked = await talk(server(() => '504 5.5.4 hunter2 is no mechanism\r\n'), [yes('AUTH hunter2')]);
    expect(talked.lines[0]?.text).toBe('AUTH [not kept]');
    keepsNothing(talked);
  });

  test('an answer that is no reply is not quoted', async () => {
    const talked = await talk(server((line) => `what is ${line}?\r\n`), [yes(`AUTH PLAIN ${SECRET}`)], { stay: true });
    expect(talked.end?.text).toBe('what the server answered is not a line of a reply');
    keepsNothing(talked);
  });

  test('closed in the middle: the exchange is given up (RFC 4954 §4)', async () => {
    const talked = await talk(server((line) => (line === '*' ? '501 aborted\r\n' : '334 \r\n')), [yes('AUTH PLAIN')]);
    expect(talked.commands).toEqual(['AUTH PLAIN', '*']);
  });

  test('within the exchange lines may be long, and still have no line break', async () => {
    const talked = await talk(server((line) => (line.startsWith('AUTH') ? '334 \r\n' : '235 ok\r\n')), [yes('AUTH PLAIN'), 'a\r\nQUIT', 'A'.repeat(2000)]);
    expect(talked.refusals).toEqual(['line-break']);
    expect(talked.commands[1]).toHaveLength(2000);
  });
});
