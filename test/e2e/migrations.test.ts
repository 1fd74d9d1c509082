import type { Page } from 'playwright-core';
import { checkedFirst, production } from '../../playground/cast';
import { en, saying } from '../support/words';
import {
  approve,
  card,
  field,
  form,
  inThread,
  moveOn,
  pageWords,
  request,
  sendForm,
} from './support/playground';
import { alice, bob, playground } from './support/windows';

let dan: Page;
beforeAll(async () => {
  dan = await playground.open('dan');
});

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

async function create(name: string, target?: string): Promise<void> {
  await request(alice, name, target);
  await approve(bob, name);
  if (target !== undefined) await approve(dan, name);
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
  await create('ledger', production);
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
  await inThread(alice, 'ledger', saying(en.job.thread.moved.success ?? ''));
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
  await approve(bob, 'edited');
  await inThread(alice, 'edited', saying(en.job.thread.accepted.modify_job));
  await check('edited', label.check_passed);
});

it('lets an approver skip an item of a failed check, with a reason', async () => {
  await failNext('OptimizeCheck');
  await create('skipped');
  await check('skipped', label.check_failed);
  await press(bob, 'skipped', button.skip_check);
  await field(bob, 'Reason').fill('No row is that long.');
  await form(bob).getByRole('button', { name: en.job.skip.submit }).click();
  await inThread(alice, 'skipped', saying(en.job.thread.accepted.skip_check));
  await check('skipped', label.check_passed);
});

it('shows approvers the check of a request before they decide', async () => {
  const name = 'checked-first';
  await request(alice, name, checkedFirst);
  await shows(name, label.checking);
  await moveOn(bob, 'hour');
  await shows(name, en.card.label.prepared);
  await approve(bob, name);
  await shows(name, label.running);
});
