import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { allowedSecret } from '../../../playground/cast';
import { wordsFor } from '../../../playground/page/words';
import { ALICE, BOB, DAN, EVA, MEI, SINGLE_CHANNEL_GUEST } from '../../../playground/slack/index';
import { en } from '../../support/words';

const root = join(__dirname, '../../..');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** The tour only appears at the first visit. */
const withoutTour = `localStorage.getItem('tour') ?? localStorage.setItem('tour', '5')`;

/** Debian's Chromium by default. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export const people = {
  ...{ alice: ALICE, bob: BOB, mei: MEI, dan: DAN, eva: EVA },
  guest: SINGLE_CHANNEL_GUEST,
} as const;

/** The page's own words. */
export const pageWords = wordsFor('en');
export const pageWordsInChinese = wordsFor('zh-CN');

export interface Playground {
  readonly url: string;
  /** The process of the server. */
  readonly pid: number | undefined;
  /** Opens a person's window with a fresh profile. */
  open(person: keyof typeof people, size?: { width: number; height: number }): Promise<Page>;
  /** The URLs that pages requested, and all events that they received. */
  readonly asked: readonly string[];
  /** The server's output. */
  printed(): string;
  stop(): Promise<void>;
}

/** Starts the program of `npm run playground`, by default on a free port, and a browser. */
export async function startPlayground(locale = 'en', port = '0'): Promise<Playground> {
  const child = spawn(process.execPath, [join(root, 'dist/playground/page/main.js')], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', PLAYGROUND_PORT: port, DEFAULT_LOCALE: locale },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  }
  const url = await addressOf(child, output);
  const browser = await launch();
  const asked: string[] = [];
  return {
    url,
    pid: child.pid,
    asked,
    printed: () => output.join(''),
    async open(person, size = { width: 1440, height: 900 }) {
      const context = await browser.newContext({ viewport: size });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('request', (request) => asked.push(request.url()));
      await page.addInitScript({ content: withoutTour });
      await page.goto(`${url}?as=${people[person]}`);
      await page.locator('.status[data-state="running"]').waitFor();
      return page;
    },
    async stop() {
      await browser.close();
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-background-networking'],
  });
}

async function addressOf(child: ChildProcess, output: readonly string[]): Promise<string> {
  for (;;) {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+\/)/.exec(output.join('')) ?? [];
    if (url !== undefined) return url;
    if (child.exitCode !== null) throw new Error(`the playground ended: ${output.join('')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const messageTo = new RegExp(`^(${pageWords.messageTo('')}|${pageWordsInChinese.messageTo('')})`);
export const composer = (page: Page): Locator =>
  page.locator('.talk > .conversation').getByRole('combobox', { name: messageTo });

/** Types and sends a message in the channel. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press('Enter');
}

export const form = (page: Page): Locator => page.getByRole('dialog');

/** The form's input with this block_id. */
export const field = (page: Page, blockId: string): Locator =>
  form(page).locator(`[data-block="${blockId}"]`).locator('input, textarea').first();

/** Searches a list and selects the first match. */
export async function choose(page: Page, blockId: string, text: string): Promise<void> {
  const block = form(page).locator(`[data-block="${blockId}"]`);
  const box = block.getByRole('combobox');
  await box.click();
  await box.fill(text);
  await block.getByRole('option').filter({ hasText: text }).first().click();
  await block.locator('input:not([aria-expanded="true"])').first().waitFor();
}

/** Opens the form from the preset, and enters a reason and a typed or stored password. */
export async function openFilledForm(
  page: Page,
  name = 'orders-to-shanghai',
  password?: string,
): Promise<void> {
  await say(page, '/migrate new orders-to-shanghai');
  await field(page, 'JobName').fill(name);
  if (password === undefined) {
    await choose(page, 'SrcInfo.Password.Source', allowedSecret);
  } else {
    await choose(page, 'SrcInfo.Password.Source', en.options['SrcInfo.Password.Source'].typed);
    await field(page, 'SrcInfo.Password').fill(password);
  }
  await field(page, 'Reason').fill('The old server leaves its data center.');
}

/** Submits the form in front, waits for the confirmation, and closes it. */
export async function sendForm(page: Page): Promise<void> {
  await form(page).getByRole('button', { name: en.form.submit }).click();
  await form(page)
    .getByText(/#\d+/)
    .first()
    .waitFor()
    .catch(async (error: unknown) => {
      throw new Error(`not sent: ${await form(page).textContent()}`, { cause: error });
    });
  await page.keyboard.press('Escape');
  await form(page).waitFor({ state: 'detached' });
}

/** Requests the preset's migration, or the same to another target. */
export async function request(page: Page, name: string, target?: string): Promise<void> {
  await openFilledForm(page, name);
  if (target !== undefined) await choose(page, 'DstInfo.InstanceId', target);
  await sendForm(page);
}

/** Advances the time for everyone, with a button of the page. */
export async function moveOn(page: Page, by: keyof typeof pageWords.steps): Promise<void> {
  const menu = page.locator('.top .menu').filter({ hasText: pageWords.time.trim() });
  if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click();
  await page.getByRole('button', { name: pageWords.steps[by] }).click();
}

/** A request's card in the channel. */
export const card = (page: Page, name: string): Locator =>
  page
    .locator('.talk > .conversation')
    .getByRole('article')
    .filter({ hasText: `: ${name}` });

/** Presses a button of a card. */
export const press = (page: Page, name: string, label: string): Promise<void> =>
  card(page, name).getByRole('button', { name: label, exact: true }).click();

export const approve = (page: Page, name: string): Promise<void> =>
  press(page, name, en.card.approve);

/** Waits until a card shows its job. */
export const showsJob = (page: Page, name: string): Promise<void> =>
  card(page, name)
    .getByText(/dts-\w{8}/)
    .waitFor({ timeout: 60_000 });

/** Waits until `words` appear in the thread of a card. */
export async function inThread(page: Page, name: string, words: string | RegExp): Promise<void> {
  await card(page, name).locator('.replies').click();
  const thread = page.getByRole('region', { name: pageWords.thread });
  await thread.getByText(words).first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: pageWords.closeThread }).click();
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Lists the accessibility rules that the page or the dialog in front breaks, and where. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run([...document.querySelectorAll('dialog[open]')].at(-1) ?? document).then((result) => result.violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}
