import type { Page } from 'playwright-core';
import { en } from '../support/words';
import {
  approve,
  card,
  composer,
  field,
  form,
  openFilledForm,
  pageWords,
  pageWordsInChinese,
  say,
  sendForm,
  startPlayground,
  violations,
} from './support/playground';
import { alice, playground } from './support/windows';

let mei: Page;

beforeAll(async () => {
  mei = await playground.open('mei', { width: 1024, height: 720 });
});

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, what: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(what)}) === true`)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not get to ${what}`);
}

const inBlock = (blockId: string): string => `[data-block="${blockId}"] input`;

it('lets a person request with the keyboard alone', async () => {
  await tabTo(alice, '.talk .composer input');
  await alice.keyboard.type('/mi');
  await alice.getByRole('option', { name: /\/migrate/ }).waitFor();
  await alice.keyboard.press('Enter');
  await alice.keyboard.type('new orders-to-shanghai');
  await alice.keyboard.press('Enter');
  await form(alice).waitFor();
  await tabTo(alice, inBlock('SrcInfo.Password.Source'));
  await alice.keyboard.press('ArrowDown');
  const option = '[role="option"]:not([aria-disabled])';
  await alice.locator(`[data-block="SrcInfo.Password.Source"] ${option}`).first().waitFor();
  await alice.keyboard.type('orders');
  await alice.getByRole('option', { name: /orders-source/ }).waitFor();
  await alice.keyboard.press('Enter');
  await tabTo(alice, '[data-block="Reason"] textarea');
  await alice.keyboard.type('With the keyboard.');
  await tabTo(alice, 'dialog button[type="submit"]');
  await alice.keyboard.press('Enter');
  await form(alice).getByText(/#\d+/).first().waitFor();
  await alice.keyboard.press('Escape');
  await form(alice).waitFor({ state: 'detached' });
  await card(alice, 'orders-to-shanghai').waitFor();
});

it("shows the Home tab with the person's requests", async () => {
  await alice.getByRole('button', { name: pageWords.home('Ferry') }).click();
  await alice.locator('.home').getByText('orders-to-shanghai').first().waitFor();
  expect(await alice.locator('.home').textContent()).not.toMatch(/\p{Script=Han}/u);
  expect(await violations(alice)).toEqual([]);
});

it('breaks no accessibility rule, light or dark, wide or narrow', async () => {
  await alice.getByRole('button', { name: '# db-migrations' }).click();
  await openFilledForm(alice, 'to-be-looked-at');
  await field(alice, 'SrcInfo.Port').fill('70000');
  await form(alice).getByRole('button', { name: en.form.submit }).click();
  await form(alice).locator('.error').waitFor();
  expect(await violations(alice)).toEqual([]);
  await field(alice, 'SrcInfo.Port').fill('3306');
  await sendForm(alice);
  await approve(mei, 'to-be-looked-at');
  for (const [page, { dark, light, tabs }] of [
    [alice, pageWords],
    [mei, pageWordsInChinese],
  ] as const) {
    await card(page, 'to-be-looked-at').locator('.replies').click();
    const unfold = page.locator('.unfold');
    if ((await unfold.count()) > 0) await unfold.click();
    for (const theme of [dark, light]) {
      await page.getByRole('button', { name: theme, exact: true }).click();
      for (const tab of [tabs.slack, tabs.bot, tabs.cloud]) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await violations(page)).toEqual([]);
      }
    }
  }
});

it('shows the form and Home tab in Chinese if Ferry uses Chinese', async () => {
  const chinese = await startPlayground('zh-CN');
  const page = await chinese.open('mei', { width: 1024, height: 720 });
  await say(page, '/migrate');
  await field(page, 'JobName').waitFor();
  expect(await form(page).textContent()).toMatch(/\p{Script=Han}/u);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await form(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: pageWordsInChinese.home('Ferry') }).click();
  await page.locator('.home .block-header').first().waitFor();
  expect(await page.locator('.home').textContent()).toMatch(/\p{Script=Han}/u);
  await chinese.stop();
});

it('guides a first visit in five steps, and no modal covers the tour', async () => {
  await alice.getByRole('button', { name: pageWords.tour }).click();
  const tour = alice.getByRole('region', { name: pageWords.tourName });
  await tour.getByRole('heading', { name: /^1\./ }).waitFor();
  await tour.getByRole('button', { name: pageWords.tourSteps[0]?.help ?? '' }).click();
  await form(alice).waitFor();
  await tour.getByRole('heading', { name: /^2\./ }).waitFor();
  expect(await violations(alice)).toEqual([]);
  // A click reaches the tour itself, inside of the window.
  await tour.getByRole('button', { name: pageWords.back }).click();
  await tour.getByRole('heading', { name: /^1\./ }).waitFor();
  await alice.keyboard.press('Escape');
  await form(alice).waitFor({ state: 'detached' });
  await tour.getByRole('button', { name: pageWords.endTour }).click();
});

it('lets people type at once, and says where it differs from Slack', async () => {
  const page = await playground.open('bob', { width: 1024, height: 720 });
  await page.keyboard.type('/mi');
  expect(await composer(page).inputValue()).toBe('/mi');
  expect(await page.locator('.workshop .tabs').count()).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1_024);
  await page.getByText(pageWords.differs, { exact: true }).click();
  await page.getByRole('region', { name: pageWords.differsTitle }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

it('shows why an option cannot be used, below its name', async () => {
  await say(alice, '/migrate');
  const instances = form(alice).locator('[data-block="DstInfo.InstanceId"]');
  await instances.getByRole('combobox').click();
  await instances
    .getByRole('option')
    .filter({ hasText: 'orders-replica' })
    .getByText(/read-only instance/)
    .waitFor();
  await alice.keyboard.press('Escape');
  await alice.keyboard.press('Escape');
  await form(alice).waitFor({ state: 'detached' });
});

it("shows the page's own errors differently from Slack's, and only briefly", async () => {
  await alice.route('**/controls', (route) => route.fulfill({ status: 500, body: '{}' }));
  await alice.getByRole('tab', { name: pageWords.tabs.cloud }).click();
  await alice.getByRole('button', { name: pageWords.cloud.plan }).click();
  const notice = alice.locator('.notice[data-by="playground"]');
  await notice.waitFor();
  await notice.waitFor({ state: 'detached', timeout: 12_000 });
  await alice.unroute('**/controls');
});
