import type { Page } from 'playwright-core';
import { en, saying } from '../support/words';
import {
  card,
  choose,
  field,
  form,
  moveOn,
  openFilledForm,
  type Playground,
  pageWords,
  sendForm,
  startPlayground,
} from './support/playground';

let playground: Playground;
let alice: Page;
let bob: Page;
let dan: Page;

beforeAll(async () => {
  playground = await startPlayground();
  alice = await playground.open('alice');
  bob = await playground.open('bob');
  dan = await playground.open('dan');
});
afterAll(() => playground.stop());

const { button, confirm, label } = en.job;
const cutOver = confirm.complete_job(undefined).yes;

/** Presses a button of the card or its menu. `yes` answers a question that Slack asks first. */
async function press(page: Page, name: string, text: string, yes?: string): Promise<void> {
  const found = card(page, name).getByRole('button', { name: text, exact: true });
  if (!(await found.isVisible())) await card(page, name).locator('.overflow summary').click();
  await found.click();
  if (yes !== undefined) {
    await page.getByRole('dialog').getByRole('button', { name: yes, exact: true }).click();
  }
}

/** Waits until the card shows a status of the job. */
const shows = (name: string, text: string): Promise<void> =>
  card(bob, name).getByText(text).first().waitFor({ timeout: 60_000 });

async function inThread(name: string, words: RegExp): Promise<void> {
  await card(alice, name).locator('.replies').click();
  const thread = alice.getByRole('region', { name: pageWords.thread });
  await thread.getByText(words).first().waitFor({ timeout: 60_000 });
  await alice.getByRole('button', { name: pageWords.closeThread }).click();
}

async function create(name: string, target?: string): Promise<void> {
  await openFilledForm(alice, name);
  if (target !== undefined) await choose(alice, 'DstInfo.InstanceId', target);
  await sendForm(alice);
  await press(bob, name, en.card.approve);
  if (target !== undefined) await press(dan, name, en.card.approve);
  await card(bob, name)
    .getByRole('button', { name: button.check_job })
    .waitFor({ timeout: 60_000 });
}

/** Makes an item fail in the next check of any job. */
async function failNext(item: string): Promise<void> {
  const fail = bob.getByRole('button', { name: pageWords.cloud.failNextCheck(item) });
  if (!(await fail.isVisible())) await bob.getByText(pageWords.cloud.mishaps).click();
  await fail.click();
  await bob.getByText(`CreateMigrateCheckJob: ${item}`).waitFor();
}

/** Checks a job until the card shows the result. */
async function check(name: string, result: string): Promise<void> {
  await press(alice, name, button.check_job);
  await shows(name, label.checking);
  await moveOn(bob, 'hour');
  await shows(name, result);
}

async function start(name: string): Promise<void> {
  await check(name, label.check_passed);
  await press(alice, name, button.start_job);
  await shows(name, label.running);
}

it('takes a migration from the form to a cut-over by two people', async () => {
  await failNext('DstEmptyCheck');
  await create('ledger', 'cdb-prod0001');
  await check('ledger', label.check_failed);
  const job = bob.locator('.job').filter({ hasText: 'ledger' });
  await job.locator('summary').click();
  await job.getByRole('button', { name: pageWords.job.passChecks }).click();
  await start('ledger');
  await moveOn(bob, 'hour');
  await shows('ledger', label.ready_complete);
  await press(bob, 'ledger', button.complete_job, cutOver);
  await shows('ledger', en.job.waits('complete_job'));
  await press(dan, 'ledger', button.complete_job, cutOver);
  await job.locator('.pill').getByText('completing · 12').waitFor();
  await shows('ledger', `: ${label.completing}`);
  await moveOn(bob, 'hour');
  await shows('ledger', label.success);
  await job.locator('.pill').getByText('success · 9').waitFor();
  await inThread('ledger', saying(en.job.thread.moved.success ?? ''));
});

it('notices a pause in the console, and stops the migration', async () => {
  await create('wrong-source');
  await start('wrong-source');
  const job = bob.locator('.job').filter({ hasText: 'wrong-source' });
  await job.locator('summary').click();
  await job.getByRole('button', { name: pageWords.job.actions.pause, exact: true }).click();
  await moveOn(bob, 'hour');
  await shows('wrong-source', label.paused);
  await press(bob, 'wrong-source', button.stop_job, confirm.stop_job.yes);
  await shows('wrong-source', label.stopping);
  await moveOn(bob, 'hour');
  await shows('wrong-source', label.canceled);
});

it('lets people edit a job whose check failed, and check it again', async () => {
  await failNext('DstEmptyCheck');
  await create('edited');
  await check('edited', label.check_failed);
  await press(alice, 'edited', button.modify_job);
  await field(alice, 'SrcInfo.Port').fill('10302');
  await sendForm(alice);
  await press(bob, 'edited', en.card.approve);
  await inThread('edited', saying(en.job.thread.accepted.modify_job));
  await check('edited', label.check_passed);
});

it('lets an approver skip an item of a failed check, with a reason', async () => {
  await failNext('OptimizeCheck');
  await create('skipped');
  await check('skipped', label.check_failed);
  await press(bob, 'skipped', button.skip_check);
  await field(bob, 'Reason').fill('No row is that long.');
  await form(bob).getByRole('button', { name: en.job.skip.submit }).click();
  await inThread('skipped', saying(en.job.thread.accepted.skip_check));
  await check('skipped', label.check_passed);
});

it('shows approvers the check of a request before they decide', async () => {
  const name = 'checked-first';
  await openFilledForm(alice, name);
  await choose(alice, 'DstInfo.InstanceId', 'cdb-another1');
  await sendForm(alice);
  await shows(name, label.checking);
  await moveOn(bob, 'hour');
  await shows(name, en.card.label.prepared);
  await press(bob, name, en.card.approve);
  await shows(name, label.running);
});
