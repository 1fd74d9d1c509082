import type { Page } from 'playwright-core';
import { en } from '../support/words';
import {
  card,
  composer,
  field,
  form,
  openFilledForm,
  type Playground,
  sendForm,
  startPlayground,
  violations,
} from './support/playground';

let playground: Playground;
let alice: Page;
let mei: Page;

beforeAll(async () => {
  playground = await startPlayground();
  alice = await playground.open('alice');
  mei = await playground.open('mei', { width: 1024, height: 720 });
});
afterAll(() => playground.stop());

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
  await tabTo(alice, inBlock('SrcInfo.Password.Reference'));
  await alice.keyboard.press('ArrowDown');
  const option = '[role="option"]:not([aria-disabled])';
  await alice.locator(`[data-block="SrcInfo.Password.Reference"] ${option}`).first().waitFor();
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
  await alice.getByRole('button', { name: 'Ferry – Home' }).click();
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
  await card(mei, 'to-be-looked-at').getByRole('button', { name: 'Approve', exact: true }).click();
  for (const page of [alice, mei]) {
    await card(page, 'to-be-looked-at').getByRole('button', { name: /repl/ }).click();
    for (const theme of ['Dark', 'Light']) {
      await page.getByRole('button', { name: theme, exact: true }).click();
      for (const tab of ['Slack', 'Bot', 'Tencent Cloud']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await violations(page)).toEqual([]);
      }
    }
  }
});

it('shows the form and Home tab in Chinese if Ferry uses Chinese', async () => {
  const chinese = await startPlayground('zh-CN');
  const page = await chinese.open('mei', { width: 1024, height: 720 });
  await composer(page).fill('/migrate');
  await page.keyboard.press('Enter');
  await field(page, 'JobName').waitFor();
  expect(await form(page).textContent()).toMatch(/\p{Script=Han}/u);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await form(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Ferry – Home' }).click();
  await page.locator('.home .block-header').first().waitFor();
  expect(await page.locator('.home').textContent()).toMatch(/\p{Script=Han}/u);
  await chinese.stop();
});

it('guides a first visit in five steps', async () => {
  await alice.getByRole('button', { name: 'Tour' }).click();
  const tour = alice.getByRole('region', { name: 'Guided tour' });
  await tour.getByRole('heading', { name: '1. Ask' }).waitFor();
  await tour.getByRole('button', { name: 'Type it for me' }).click();
  await form(alice).waitFor();
  await tour.getByRole('heading', { name: /^2\./ }).waitFor();
  expect(await violations(alice)).toEqual([]);
});
