import { en } from '../support/words';
import {
  approve,
  card,
  form,
  moveOn,
  pageWords,
  press,
  request,
  showsJob,
} from './support/playground';
import { alice, bob } from './support/windows';

it('explains an error of Tencent Cloud, and creates the job after a retry', async () => {
  await bob.getByLabel(pageWords.cloud.answeredWith).fill('InternalError.DatabaseError');
  await bob.getByRole('button', { name: pageWords.cloud.plan }).click();
  await bob.getByText('CreateMigrateJob: InternalError.DatabaseError').waitFor();
  await request(alice, 'breaks-once');
  await approve(bob, 'breaks-once');
  await card(bob, 'breaks-once').locator('.replies').click();
  const thread = bob.getByRole('region', { name: pageWords.thread });
  await thread.getByText('InternalError.DatabaseError').first().waitFor();
  await thread.getByText(en.thread.next).first().waitFor();
  await bob.getByRole('button', { name: pageWords.closeThread }).click();
  await press(bob, 'breaks-once', en.card.tryFailedAgain);
  await showsJob(alice, 'breaks-once');
});

it('finds the job of a bot that was killed during its call', async () => {
  await request(alice, 'cut-short');
  await bob.getByText(pageWords.cloud.mishaps).click();
  await bob.getByRole('button', { name: pageWords.cloud.killAfter }).click();
  await approve(bob, 'cut-short');
  await bob.getByText(pageWords.status.stopped('Ferry')).waitFor();
  await bob.locator('.top').getByRole('button', { name: pageWords.start }).click();
  await bob.getByText(pageWords.status.running('Ferry')).waitFor();
  // The lease must expire before another process continues.
  await moveOn(bob, 'hour');
  await showsJob(alice, 'cut-short');
  await expect(bob.locator('.job').count()).resolves.toBe(2);
});

it('expires a request without a decision once its time has passed', async () => {
  await request(alice, 'forgotten');
  await moveOn(alice, 'week');
  await card(alice, 'forgotten')
    .getByText(`: forgotten · ${en.card.label.expired}`)
    .waitFor({ timeout: 30_000 });
});

it('starts over after a reset that is confirmed', async () => {
  const reset = alice.getByRole('button', { name: pageWords.reset });
  await reset.click();
  await form(alice).getByRole('button', { name: pageWords.cancel }).click();
  expect(await card(alice, 'forgotten').count()).toBe(1);
  await reset.click();
  await form(alice).getByRole('button', { name: pageWords.resetConfirm }).click();
  await alice.getByText(pageWords.empty).waitFor();
  await bob.getByText(pageWords.empty).waitFor();
  await alice.getByText(pageWords.status.running('Ferry')).waitFor();
  await request(alice, 'after-the-reset');
  await card(bob, 'after-the-reset').waitFor();
});
