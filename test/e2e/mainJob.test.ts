import type { Page } from 'playwright-core';
import { en, saying } from '../support/words';
import {
  approve,
  card,
  composer,
  field,
  form,
  openFilledForm,
  pageWords,
  people,
  sendForm,
  showsJob,
} from './support/playground';
import { alice, bob, playground } from './support/windows';

const password = 'canary-5ZkQ0d';
let dan: Page;
/** All events that Alice's page received. */
const events: string[] = [];

beforeAll(async () => {
  dan = await playground.open('dan');
  const response = await fetch(`${playground.url}live?as=${people.alice}`);
  const reader = response.body?.getReader();
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return;
      events.push(Buffer.from(value).toString());
    }
  };
  read().catch(() => {});
});

it('shows a mistake at its field, and accepts the corrected form', async () => {
  await openFilledForm(alice, 'orders-to-shanghai', password);
  await field(alice, 'SrcInfo.Port').fill('70000');
  await form(alice).getByRole('button', { name: en.form.submit }).click();
  const error = form(alice).locator('[data-block="SrcInfo.Port"] .error');
  await error
    .getByText(saying(en.fieldProblem({ code: 'not_a_number', min: 1, max: 65_535 })))
    .waitFor();
  expect(await field(alice, 'SrcInfo.Port').getAttribute('aria-invalid')).toBe('true');
  expect(await field(alice, 'SrcInfo.Password').inputValue()).toBe(password);
  await field(alice, 'SrcInfo.Port').fill('10301');
  await sendForm(alice);
});

it('shows the card to everyone at once, and a refusal only to the person who clicked', async () => {
  await card(bob, 'orders-to-shanghai').waitFor();
  for (const page of [alice, dan]) {
    await approve(page, 'orders-to-shanghai');
    await page.getByText(pageWords.onlyYou).waitFor();
  }
  expect(await bob.getByText(pageWords.onlyYou).count()).toBe(0);
});

it('creates the job once an approver approves it', async () => {
  await approve(bob, 'orders-to-shanghai');
  await showsJob(alice, 'orders-to-shanghai');
  await card(alice, 'orders-to-shanghai').locator('.replies').click();
  const thread = alice.getByRole('region', { name: pageWords.thread });
  await thread.getByText('RequestId').waitFor();
  const job = alice.locator('.job');
  await job.locator('summary').click();
  await job.getByRole('row', { name: 'SrcInfo.Port 10301' }).waitFor();
  await job.getByRole('row', { name: 'SrcInfo.Password [secret]' }).waitFor();
  await alice
    .locator('.item')
    .getByText(pageWords.cloud.signed, { exact: false })
    .first()
    .waitFor();
});

it('sends no password in an event or log, and requests nothing from another machine', () => {
  expect(events.join('')).toContain('orders-to-shanghai');
  expect(events.join('')).not.toContain(password);
  expect(playground.printed()).not.toContain(password);
  const hosts = new Set(playground.asked.map((url) => new URL(url).host));
  expect([...hosts].filter((host) => !host.startsWith('127.0.0.1:') && host !== '')).toEqual([]);
});

it("shows the app's invalid calls by Slack's error: here there are none", async () => {
  expect(await alice.locator('.mistake').count()).toBe(0);
});

it('takes a MySQL request from a preset in less than 20 seconds', async () => {
  const begin = Date.now();
  await composer(alice).pressSequentially('/migrate new orders-to-shanghai', { delay: 20 });
  await alice.keyboard.press('Enter');
  await field(alice, 'Reason').pressSequentially('The old server leaves its data center.', {
    delay: 20,
  });
  await field(alice, 'JobName').fill('within-seconds');
  // Everything else is there: the values of the preset, and the only secret for this host.
  await sendForm(alice);
  await card(alice, 'within-seconds').waitFor();
  const seconds = (Date.now() - begin) / 1_000;
  process.stdout.write(`A MySQL request from a preset took ${seconds.toFixed(1)} s.\n`);
  expect(seconds).toBeLessThan(20);
});
