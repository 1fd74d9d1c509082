import type { Locator, Page } from 'playwright-core';
import { en } from '../support/words';
import {
  card,
  choose,
  composer,
  field,
  form,
  moveOn,
  openFilledForm,
  type Playground,
  sendForm,
  startPlayground,
  violations,
} from './support/playground';

let playground: Playground;
let alice: Page;
let bob: Page;

beforeAll(async () => {
  playground = await startPlayground();
  alice = await playground.open('alice');
  bob = await playground.open('bob');
});
afterAll(() => playground.stop());

async function create(name: string): Promise<Locator> {
  await openFilledForm(alice, name);
  await sendForm(alice);
  await card(bob, name).getByRole('button', { name: 'Approve', exact: true }).click();
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
  await job.getByLabel('The next check').selectOption('DstEmptyCheck');
  await press(job, 'Fail it');
  await press(job, 'Check');
  await status(job, 'checking · 3');
  await moveOn(bob, '+1 h');
  await status(job, 'checkNotPass · 5');
  await job.getByText('Conflicts in the target').waitFor();
  expect(await violations(bob)).toEqual([]);
  await press(job, 'Pass all');
  await press(job, 'Check');
  await moveOn(bob, '+1 h');
  await status(job, 'checkPass · 4');
  await press(job, 'Start');
  await status(job, 'running · 7');
  await press(job, 'Pause');
  await status(job, 'pausing · 23');
  await moveOn(bob, '+1 h');
  await status(job, 'manualPaused · 23');
  await press(job, 'Continue');
  await press(job, 'Error that can be resumed');
  await status(job, 'resumableErr · 23');
  await job.locator('.job-error').getByText('Lock wait timeout').waitFor();
  await press(job, 'Resume');
  await moveOn(bob, '+1 h');
  await status(job, 'readyComplete · 8');
  await job.getByLabel('Seconds behind the source').fill('90');
  await press(job, 'Set');
  await job.getByText('90 s, 45 MB behind').waitFor();
  expect(await violations(bob)).toEqual([]);
  await job.getByText('stop, complete').first().waitFor();
  await press(job, 'Complete');
  await moveOn(bob, '+1 h');
  await status(job, 'completing · 12');
  await press(job, 'Let it catch up');
  await status(job, 'success · 9');
  expect(await job.locator('.steps-list [data-state="success"]').count()).toBe(3);
  await job.getByLabel('Job name').fill('renamed');
  await press(job, 'Rename');
  const renamed = bob.locator('.job').filter({ hasText: 'renamed' });
  await press(renamed, 'Delete');
  await renamed.waitFor({ state: 'detached' });
});

it('fails the next check of any job, and revokes a permission', async () => {
  await bob.getByText('Or something happens on the way').click();
  await bob.getByRole('button', { name: 'Fail OptimizeCheck in the next check' }).click();
  await bob.getByText('CreateMigrateCheckJob: OptimizeCheck').waitFor();
  const job = await create('planned');
  await press(job, 'Check');
  await bob.getByText('CreateMigrateCheckJob: OptimizeCheck').waitFor({ state: 'detached' });
  await moveOn(bob, '+1 h');
  await status(job, 'checkNotPass · 5');
  await bob.getByRole('button', { name: 'Revoke the permission for CreateMigrateJob' }).click();
  await openFilledForm(alice, 'not-permitted');
  await sendForm(alice);
  await card(bob, 'not-permitted').getByRole('button', { name: 'Approve', exact: true }).click();
  await bob
    .locator('.item')
    .getByText('UnauthorizedOperation.NotEnoughPrivileges')
    .first()
    .waitFor();
  await bob.getByRole('button', { name: 'Restore the permission for CreateMigrateJob' }).click();
  await bob.getByRole('button', { name: 'Revoke the permission for CreateMigrateJob' }).waitFor();
});

it('shows a reply that is also sent to the channel in both places', async () => {
  const eva = await playground.open('eva');
  await openFilledForm(alice, 'urgent');
  await choose(alice, 'DstInfo.InstanceId', 'cdb-prod0001');
  await sendForm(alice);
  await card(eva, 'urgent').locator('summary').click();
  await card(eva, 'urgent').getByRole('button', { name: en.card.breakGlass }).click();
  await field(eva, 'Reason').fill('The source fails.');
  await form(eva).getByRole('button', { name: en.decision.break_glass.submit }).click();
  const inChannel = alice
    .locator('.talk > .conversation')
    .getByRole('article')
    .filter({ hasText: 'Replied in a thread' });
  await inChannel.getByText('used emergency approval').waitFor();
  await inChannel.getByRole('button', { name: 'Replied in a thread' }).click();
  const thread = alice.getByRole('region', { name: 'Thread' });
  await thread.getByText('used emergency approval').waitFor();
  await thread.getByRole('heading', { name: /urgent/ }).waitFor();
});

it('is usable on a phone with the panel folded and open', async () => {
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
  await phone.getByRole('region', { name: 'Thread' }).waitFor();
  await phone.getByRole('button', { name: 'Close the thread' }).click();
  await composer(phone).fill('/migrate');
  await phone.keyboard.press('Enter');
  await field(phone, 'JobName').waitFor();
  expect(await width()).toBeLessThanOrEqual(390);
  await phone.keyboard.press('Escape');
  await form(phone).waitFor({ state: 'detached' });
  await phone.getByRole('button', { name: 'Open the panel' }).click();
  expect((await box(phone.locator('.workshop'))).width).toBe(390);
  expect((await box(phone.locator('.talk'))).height).toBeGreaterThan(200);
  expect(await violations(phone)).toEqual([]);
  await phone.getByRole('button', { name: 'Fold the panel' }).click();
  expect((await box(phone.locator('.talk'))).height).toBeGreaterThan(400);
});
