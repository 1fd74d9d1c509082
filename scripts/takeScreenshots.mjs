/**
 * Takes the pictures in README and docs/ from the playground's page, in each language. Needs
 * Debian's Chromium, or the one in CHROMIUM, and fonts with Chinese and emoji (fonts-noto-cjk,
 * fonts-noto-color-emoji).
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const { locales } = require('../dist/src/i18n/locales.js');
const { wordsFor } = require('../dist/playground/page/words.js');
/** Bob uses Slack in English. */
const { closeThread, thread: threadName } = wordsFor('en');
const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const languages = [
  {
    locale: 'en',
    suffix: '',
    requester: 'U0ALICE001',
    reason: 'The old server leaves its data center in June.',
  },
  {
    locale: 'zh-CN',
    suffix: '.zh-CN',
    // 林梅, who uses Slack in Chinese.
    requester: 'U0MEI00001',
    reason: '旧服务器将于六月撤出机房。',
  },
];
const approver = 'U0BOB00001';

const browser = await chromium.launch({
  executablePath,
  args: ['--headless', '--no-sandbox', '--disable-background-networking'],
});
for (const language of languages) await takePictures(language);
await browser.close();
console.log(`the pictures are in ${folder}`);

async function takePictures({ locale, suffix, requester, reason }) {
  const { card, form, job } = locales[locale];
  const server = spawn(process.execPath, ['dist/playground/page/main.js'], {
    env: { PATH: process.env.PATH, PLAYGROUND_PORT: '0', DEFAULT_LOCALE: locale },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    server.stdout.on('data', (chunk) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(chunk)) ?? [];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error('the playground ended')));
  });

  const asker = await open(requester);
  const bob = await open(approver);

  await fillForm(asker, 'orders-to-shanghai');
  await field(asker, 'SrcInfo.Port').fill('70000');
  await submitButton(asker).click();
  await asker.locator('dialog .error').waitFor();
  await picture(asker.locator('dialog'), 'form');
  await field(asker, 'SrcInfo.Port').fill('10301');
  await submit(asker);
  await cardOf(bob, 'orders-to-shanghai').waitFor();
  await picture(cardOf(bob, 'orders-to-shanghai'), 'card');
  await approve('orders-to-shanghai');
  await cardOf(bob, 'orders-to-shanghai')
    .getByText(/dts-\w{8}/)
    .waitFor();

  const running = cardOf(bob, 'orders-to-shanghai');
  const { button, label } = job;
  await operate(button.check_job, label.checking, label.check_passed);
  await operate(button.start_job, label.running, label.ready_complete);
  await running.locator('.replies').click();
  await picture(bob, 'job');
  await bob.getByRole('button', { name: closeThread }).click();

  const nextCall = bob.locator('.mishaps form');
  await nextCall.locator('input').fill('InternalError.DuplicateJob');
  await nextCall.locator('button').click();
  await fillForm(asker, 'orders-again');
  await submit(asker);
  await approve('orders-again');
  const thread = bob.getByRole('region', { name: threadName });
  await cardOf(bob, 'orders-again').locator('.replies').click();
  await thread.getByText('InternalError.DuplicateJob').first().waitFor();
  await picture(bob, 'playground');
  await picture(thread.getByRole('article').last(), 'explanation');

  await fillForm(asker, 'orders-archive');
  await submit(asker);
  // The Home tab is in the reader's language.
  const home = locale === 'en' ? bob : asker;
  await home
    .getByRole('button', { name: wordsFor(locale).home('Ferry') })
    .first()
    .click();
  await home.locator('.home').getByText('orders-archive').first().waitFor();
  await home.setViewportSize({ width: 1240, height: 830 });
  await picture(home.locator('.home'), 'home');

  await Promise.all([asker.context().close(), bob.context().close()]);
  server.removeAllListeners('exit');
  server.kill('SIGTERM');

  async function open(person) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(() => localStorage.setItem('tour', '5'));
    await page.goto(`${url}?as=${person}`);
    await page.locator('.status[data-state="running"]').waitFor();
    return page;
  }

  async function fillForm(page, name) {
    const command = '/migrate new orders-to-shanghai';
    await page.locator('.composer').getByRole('combobox').fill(command);
    await page.keyboard.press('Enter');
    await field(page, 'JobName').fill(name);
    await choose(page, 'SrcInfo.Password.Source', 'orders-source');
    await field(page, 'Reason').fill(reason);
  }

  async function choose(page, blockId, text) {
    const block = page.locator(`dialog [data-block="${blockId}"]`);
    await block.getByRole('combobox').click();
    await block.getByRole('combobox').fill(text);
    await block.getByRole('option').filter({ hasText: text }).first().click();
  }

  function submitButton(page) {
    return page.getByRole('button', { name: form.submit });
  }

  async function submit(page) {
    await submitButton(page).click();
    await page.locator('dialog').getByText(/#\d+/).first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }

  function field(page, blockId) {
    return page.locator(`dialog [data-block="${blockId}"]`).locator('input, textarea').first();
  }

  function cardOf(page, name) {
    return page
      .getByRole('article')
      .filter({ hasText: new RegExp(`[:：] ?${name}`) })
      .first();
  }

  function approve(name) {
    return cardOf(bob, name).getByRole('button', { name: card.approve, exact: true }).click();
  }

  /** Presses a button of the running job, and moves the time on until the card shows `ended`. */
  async function operate(pressed, begun, ended) {
    const shows = (status) => running.getByText(status).first().waitFor({ timeout: 30_000 });
    await running.getByRole('button', { name: pressed, exact: true }).click();
    // A clock that moves during a call makes the call fail.
    await shows(begun);
    const time = bob.locator('.top .menu').filter({ hasText: 'Time:' });
    await time.locator('summary').click();
    await bob.getByRole('button', { name: '+1 h' }).click();
    await time.locator('summary').click();
    await shows(ended);
  }

  function picture(target, name) {
    return target.screenshot({ path: `${folder}${name}${suffix}.png` });
  }
}
