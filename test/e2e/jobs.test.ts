import type { Locator } from 'playwright-core';
import { production } from '../../playground/cast';
import { anything, en, saying } from '../support/words';
import {
  approve,
  card,
  field,
  form,
  moveOn,
  pageWords,
  request,
  say,
  violations,
} from './support/playground';
import { alice, bob, playground } from './support/windows';

const words = pageWords.job;

async function create(name: string): Promise<Locator> {
  await request(alice, name);
  await approve(bob, name);
  const job = bob.locator('.job').filter({ hasText: name });
  await job.locator('summary').click();
  return job;
}

const press = (job: Locator, name: string): Promise<void> =>
  job.getByRole('button', { name, exact: true }).click();
const status = (job: Locator, text: string): Promise<void> =>
  job.locator('.pill').getByText(text).waitFor();

it('shows a job from its check to its end, and lets people cause what can happen to it', async () => {
  const job = await create('steps');
  await job.getByLabel(words.nextCheck).selectOption('DstEmptyCheck');
  await press(job, words.failCheck);
  await press(job, words.actions.check);
  await status(job, 'checking · 3');
  await moveOn(bob, 'hour');
  await status(job, 'checkNotPass · 5');
  await job.getByText('Conflicts in the target').waitFor();
  expect(await violations(bob)).toEqual([]);
  await press(job, words.passChecks);
  await press(job, words.actions.check);
  await moveOn(bob, 'hour');
  await status(job, 'checkPass · 4');
  await press(job, words.actions.start);
  await status(job, 'running · 7');
  await press(job, words.actions.pause);
  await status(job, 'pausing · 23');
  await moveOn(bob, 'hour');
  await status(job, 'manualPaused · 23');
  await press(job, words.actions.continue);
  await press(job, words.failResumable);
  await status(job, 'resumableErr · 23');
  await job.locator('.job-error').getByText('Lock wait timeout').waitFor();
  await press(job, words.actions.resume);
  await moveOn(bob, 'hour');
  await status(job, 'readyComplete · 8');
  await job.getByLabel(words.lag).fill('90');
  await press(job, words.setLag);
  await job.getByText(words.lagIs(90, 45)).waitFor();
  expect(await violations(bob)).toEqual([]);
  await job.getByText('stop, complete').first().waitFor();
  await press(job, words.actions.complete);
  await moveOn(bob, 'hour');
  await status(job, 'completing · 12');
  await press(job, words.naturalLag);
  await status(job, 'success · 9');
  expect(await job.locator('.steps-list [data-state="success"]').count()).toBe(3);
  await job.getByLabel(words.name).fill('renamed');
  await press(job, words.rename);
  const renamed = bob.locator('.job').filter({ hasText: 'renamed' });
  await press(renamed, words.actions.delete);
  await renamed.waitFor({ state: 'detached' });
});

it('fails the next check of any job, and revokes a permission', async () => {
  await bob.getByText(pageWords.cloud.mishaps).click();
  await bob.getByRole('button', { name: pageWords.cloud.failNextCheck('OptimizeCheck') }).click();
  await bob.getByText('CreateMigrateCheckJob: OptimizeCheck').waitFor();
  const job = await create('planned');
  await press(job, words.actions.check);
  await bob.getByText('CreateMigrateCheckJob: OptimizeCheck').waitFor({ state: 'detached' });
  await moveOn(bob, 'hour');
  await status(job, 'checkNotPass · 5');
  await bob.getByRole('button', { name: pageWords.cloud.forbid('CreateMigrateJob') }).click();
  await request(alice, 'not-permitted');
  await approve(bob, 'not-permitted');
  await bob
    .locator('.item')
    .getByText('UnauthorizedOperation.NotEnoughPrivileges')
    .first()
    .waitFor();
  await bob.getByRole('button', { name: pageWords.cloud.permit('CreateMigrateJob') }).click();
  await bob.getByRole('button', { name: pageWords.cloud.forbid('CreateMigrateJob') }).waitFor();
});

it('follows a job that someone created in the console', async () => {
  await bob.getByRole('button', { name: pageWords.cloud.createJob }).click();
  const job = bob.locator('.job').filter({ hasText: 'reports' });
  const id = (await job.locator('code').first().textContent()) ?? '';
  await job.locator('summary').click();
  await press(job, words.actions.check);
  await moveOn(bob, 'hour');
  await press(job, words.actions.start);
  await say(alice, `/migrate watch ${id}`);
  const title = saying(en.watch.title('', id, 'reports', en.job.label.running).trim());
  await alice.getByText(title).first().waitFor();
});

it('shows a reply that is also sent to the channel in both places', async () => {
  const eva = await playground.open('eva');
  await request(alice, 'urgent', production);
  await card(eva, 'urgent').locator('summary').click();
  await card(eva, 'urgent').getByRole('button', { name: en.card.breakGlass }).click();
  await field(eva, 'Reason').fill('The source fails.');
  await form(eva).getByRole('button', { name: en.decision.break_glass.submit }).click();
  const inChannel = alice
    .locator('.talk > .conversation')
    .getByRole('article')
    .filter({ hasText: pageWords.repliedInThread });
  await inChannel.getByText(saying(en.thread.brokeGlass(anything))).waitFor();
  await inChannel.getByRole('button', { name: pageWords.repliedInThread }).click();
  const thread = alice.getByRole('region', { name: pageWords.thread });
  await thread.getByText(saying(en.thread.brokeGlass(anything))).waitFor();
  await thread.getByRole('heading', { name: /urgent/ }).waitFor();
});

it('is usable on a phone with the panel collapsed and expanded', async () => {
  const phone = await playground.open('alice', { width: 390, height: 844 });
  const width = () => phone.evaluate('document.documentElement.scrollWidth');
  const box = async (place: Locator) => (await place.boundingBox()) ?? { width: 0, height: 0 };
  expect(await width()).toBeLessThanOrEqual(390);
  const talk = await box(phone.locator('.talk'));
  expect([talk.width, talk.height > 400]).toEqual([390, true]);
  expect(await violations(phone)).toEqual([]);
  // A direct message marks its place in the row of channels, which is wider than the phone.
  await create('noticed');
  await phone.locator('.badge').first().waitFor();
  expect(await width()).toBeLessThanOrEqual(390);
  await card(phone, 'urgent').locator('.replies').click();
  await phone.getByRole('region', { name: pageWords.thread }).waitFor();
  await phone.getByRole('button', { name: pageWords.closeThread }).click();
  await say(phone, '/migrate');
  await field(phone, 'JobName').waitFor();
  expect(await width()).toBeLessThanOrEqual(390);
  await phone.keyboard.press('Escape');
  await form(phone).waitFor({ state: 'detached' });
  await phone.getByRole('button', { name: pageWords.unfold }).click();
  expect((await box(phone.locator('.workshop'))).width).toBe(390);
  expect((await box(phone.locator('.talk'))).height).toBeGreaterThan(200);
  expect(await violations(phone)).toEqual([]);
  await phone.getByRole('button', { name: pageWords.fold }).click();
  expect((await box(phone.locator('.talk'))).height).toBeGreaterThan(400);
});
