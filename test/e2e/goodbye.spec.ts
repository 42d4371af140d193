/** Manners: a server with a channel open gets its QUIT (RFC 5321 §4.1.1.10), however the page goes. Told by the server's own log. */
import type { Page } from '@playwright/test';
import { served } from '../smtp/conversation.ts';
import { mailServer } from '../smtp/mail-server.ts';
import type { MailServer, ServerSide } from '../smtp/mail-server.ts';
import { expect, test } from './fixtures.ts';
import { field, finished, press, sendLine } from './inspector.ts';
import type { Native } from './native.ts';

const both = { tag: '@both' };

// An address literal is asked no DNS for: the server is ours, on loopback, and the engine is that of every day.
test.use({ lab: false });

let server: MailServer;

test.beforeEach(async () => {
  server = await mailServer(polite);
});
test.afterEach(() => server.close());

async function polite(side: ServerSide): Promise<void> {
  side.send('220 mx.example.org ESMTP\r\n');
  for (let line = await side.command(); line !== null; line = await side.command()) {
    const verb = line.split(' ', 1)[0];
    if (verb === 'QUIT') {
      side.send('221 bye\r\n');
      return side.end();
    }
    if (verb === 'STARTTLS') {
      side.send('220 go\r\n');
      side.startTls(served);
    } else if (verb === 'NOOP') {
      // The page goes while the reply is due: QUIT may not come before it (RFC 5321 §4.3.1).
      setTimeout(() => side.send('250 ok\r\n'), 300);
    } else side.send(verb === 'EHLO' ? '250-mx.example.org\r\n250 STARTTLS\r\n' : '250 ok\r\n');
  }
}

const target = (): string => `[127.0.0.1]:${String(server.port)}`;

/** What the server heard last over each connection that came as far as a command. */
const lastWords = (): (string | undefined)[] => server.sides.filter(({ commands }) => commands.length > 0).map(({ commands }) => commands.at(-1));

interface Leaving {
  readonly page: Page;
  readonly app: Native | null;
}

const WAYS: readonly { readonly title: string; readonly leave: (window: Leaving) => Promise<unknown> }[] = [
  { title: 'is loaded again', leave: ({ page }) => page.reload() },
  { title: 'is closed', leave: ({ page, app }) => (app === null ? page.close() : app.closeWindow()) },
];

for (const { title, leave } of WAYS) {
  test(`the page ${title} while a command waits in step mode`, both, async ({ inspector: page, app }) => {
    await expect(field(page)).toBeFocused();
    await press(page, 'F9');
    await page.keyboard.type(target());
    await press(page, 'Enter');
    await expect(page.getByRole('region', { name: 'Step mode' })).toContainText('EHLO');
    await press(page, 'Control+Enter');
    await expect(page.getByRole('region', { name: 'Step mode' })).toContainText('STARTTLS');
    await leave({ page, app });
    await expect.poll(lastWords).toEqual(['QUIT']);
  });

  test(`the page ${title} while a console is open`, both, async ({ inspector: page, app }) => {
    await expect(field(page)).toBeFocused();
    await page.keyboard.type(target());
    await press(page, 'Enter');
    await finished(page);
    const probes = server.sides.length;
    await press(page, 'Control+9');
    await page.getByRole('button', { name: 'Open channel' }).click();
    await expect(page.locator('#console-line')).toBeFocused();
    await sendLine(page, 'NOOP');
    await expect.poll(() => server.sides[probes]?.commands.at(-1)).toBe('NOOP');
    await leave({ page, app });
    await expect.poll(() => server.sides[probes]?.commands.at(-1)).toBe('QUIT');
  });
}
