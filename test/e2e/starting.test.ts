import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { en } from '../support/words';
import { pageWords, say, startPlayground } from './support/playground';
import { alice, playground } from './support/windows';

const program = join(__dirname, '../../dist/playground/page/main.js');

/** Starts the playground where it cannot start. */
async function failure(settings: Record<string, string>) {
  const TMPDIR = mkdtempSync(join(tmpdir(), 'ferry-playground-'));
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR, PLAYGROUND_PORT: '0', ...settings };
  const child = execFile(process.execPath, [program], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  const left = readdirSync(TMPDIR);
  rmSync(TMPDIR, { recursive: true });
  return { code, output, left };
}

it.each(['abc', '99999', '-1'])('does not start on the port %j', async (PLAYGROUND_PORT) => {
  const output = 'PLAYGROUND_PORT must be a number from 0 to 65535\n';
  expect(await failure({ PLAYGROUND_PORT })).toEqual({ code: 1, output, left: [] });
});

it('leaves nothing behind if its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { code, output, left } = await failure({ PLAYGROUND_PORT: String(port) });
  other.close();
  expect({ code, left }).toEqual({ code: 1, left: [] });
  expect(output).toMatch(/^The port is taken/);
});

it('says in the terminal why the bot cannot start', async () => {
  const { code, output, left } = await failure({ DEFAULT_LOCALE: 'fr' });
  expect({ code, left }).toEqual({ code: 1, left: [] });
  expect(output).toContain(`DEFAULT_LOCALE ${en.config.problems.locale_unknown}`);
  expect(output).not.toContain('The playground is at');
});

it.each([1_440, 1_330, 1_280, 1_024, 900, 871, 800, 721, 720])(
  'shows the whole bar and its labels on a window of %d pixels',
  async (width) => {
    await alice.setViewportSize({ width, height: 720 });
    const cut = await alice
      .locator('.top > *')
      .evaluateAll(
        (parts, most) => parts.filter((part) => part.getBoundingClientRect().right > most),
        width,
      );
    expect(cut).toEqual([]);
    await alice.getByText(pageWords.youAre, { exact: true }).waitFor();
  },
);

it('shows that it refuses a command that the app does not have', async () => {
  await say(alice, '/foo bar');
  await alice.getByText(pageWords.unknownCommand('/foo')).waitFor();
});

it('says that it knows nobody with the ID in the address', async () => {
  const page = await playground.open('bob');
  await page.goto(`${playground.url}?as=U0NOBODY01`);
  await page.getByText(pageWords.nobody('U0NOBODY01')).waitFor();
  await page.getByRole('link', { name: pageWords.asAlice }).click();
  await page.getByText(pageWords.status.running('Ferry')).waitFor();
  await page.close();
});

it('shows that the playground has ended, and begins the tour again after a restart', async () => {
  const title = (step: number) =>
    alice.getByRole('heading', { name: pageWords.tourSteps[step]?.title ?? '' });
  await alice.setViewportSize({ width: 1_440, height: 900 });
  await alice.getByRole('button', { name: pageWords.tour, exact: true }).click();
  await alice.getByRole('button', { name: pageWords.next, exact: true }).click();
  await title(1).waitFor();
  process.kill(playground.pid ?? 0, 'SIGTERM');
  await alice.locator('.status').getByText(pageWords.gone).waitFor();
  const again = await startPlayground('en', new URL(playground.url).port);
  // A page that is opened after the restart.
  await alice.reload();
  await alice.getByText(pageWords.status.running('Ferry')).waitFor();
  await title(0).waitFor();
  // A page that is open during a restart.
  await alice.getByRole('button', { name: pageWords.next, exact: true }).click();
  await title(1).waitFor();
  await again.stop();
  await alice.locator('.status').getByText(pageWords.gone).waitFor();
  const third = await startPlayground('en', new URL(playground.url).port);
  await alice.getByText(pageWords.status.running('Ferry')).waitFor();
  await title(0).waitFor();
  await third.stop();
});
