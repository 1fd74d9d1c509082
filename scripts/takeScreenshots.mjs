/**
 * Takes the pictures of README and docs/ from the playground's page, so that they show what there is.
 * Needs Debian's chromium, or the one that CHROMIUM names, and fonts with Chinese and emoji
 * (fonts-noto-cjk, fonts-noto-color-emoji).
 */
import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';

const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const server = spawn(process.execPath, ['dist/playground/page/main.js'], {
  env: { PATH: process.env.PATH, PLAYGROUND_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise((resolve, reject) => {
  server.stdout.on('data', (chunk) => {
    const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(chunk)) ?? [];
    if (found !== undefined) resolve(found);
  });
  server.once('exit', () => reject(new Error('the playground ended')));
});
const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-background-networking'],
});

async function open(person, size = { width: 1440, height: 900 }) {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem('tour', '5'));
  await page.goto(`${url}?as=${person}`);
  await page.getByText('is connected').waitFor();
  return page;
}

async function choose(page, blockId, text) {
  const block = page.locator(`dialog [data-block="${blockId}"]`);
  await block.getByRole('combobox').click();
  await block.getByRole('combobox').fill(text);
  await block.getByRole('option').filter({ hasText: text }).first().click();
}

const field = (page, blockId) =>
  page.locator(`dialog [data-block="${blockId}"]`).locator('input, textarea').first();
const picture = (target, name) => target.screenshot({ path: `${folder}${name}.png` });

async function ask(page, name) {
  await page.getByRole('combobox', { name: /^Message to/ }).fill('/migrate new orders-to-shanghai');
  await page.keyboard.press('Enter');
  await field(page, 'JobName').fill(name);
  await choose(page, 'SrcInfo.Password.Reference', 'orders-source');
  await field(page, 'Reason').fill('The old server leaves its data centre in June.');
}

async function send(page) {
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page.locator('dialog').getByText(/#\d+/).first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

const card = (page, name) =>
  page
    .getByRole('article')
    .filter({ hasText: `: ${name}` })
    .first();
const approve = (page, name) =>
  card(page, name).getByRole('button', { name: 'Approve', exact: true }).click();

const alice = await open('U0ALICE001');
const bob = await open('U0BOB00001');

await ask(alice, 'orders-to-shanghai');
await field(alice, 'SrcInfo.Port').fill('70000');
await alice.getByRole('button', { name: 'Send for approval' }).click();
await alice.locator('dialog .error').waitFor();
await picture(alice.locator('dialog'), 'form');
await field(alice, 'SrcInfo.Port').fill('10301');
await send(alice);
await card(bob, 'orders-to-shanghai').waitFor();
await picture(card(bob, 'orders-to-shanghai'), 'card');
await approve(bob, 'orders-to-shanghai');
await card(bob, 'orders-to-shanghai')
  .getByText(/dts-\w{8}/)
  .waitFor();

await bob.getByLabel('is answered with').fill('InternalError.DuplicateJob');
await bob.getByRole('button', { name: 'Plan it' }).click();
await ask(alice, 'orders-again');
await send(alice);
await approve(bob, 'orders-again');
const explanation = (page) =>
  page.getByRole('region', { name: 'Thread' }).getByText('InternalError.DuplicateJob').first();
await card(bob, 'orders-again').getByRole('button', { name: /repl/ }).click();
await explanation(bob).waitFor();
await picture(bob, 'playground');
await picture(
  bob.getByRole('region', { name: 'Thread' }).getByRole('article').last(),
  'explanation',
);

await ask(alice, 'orders-archive');
await send(alice);
await bob.getByRole('button', { name: 'Ferry – Home' }).click();
await bob.locator('.home').getByText('orders-archive').first().waitFor();
await bob.setViewportSize({ width: 1240, height: 830 });
await picture(bob.locator('.home'), 'home');

await browser.close();
server.removeAllListeners('exit');
server.kill('SIGTERM');
console.log(`the pictures are in ${folder}`);
