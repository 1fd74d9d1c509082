import type { Page } from 'playwright-core';
import { en } from '../support/words';
import {
  card,
  form,
  moveOn,
  openFilledForm,
  type Playground,
  sendForm,
  startPlayground,
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

async function ask(name: string): Promise<void> {
  await openFilledForm(alice, name);
  await sendForm(alice);
}

const press = (page: Page, name: string, button: string): Promise<void> =>
  card(page, name).getByRole('button', { name: button, exact: true }).click();

it('explains an error of Tencent Cloud, and creates the job after a retry', async () => {
  await bob.getByLabel('is answered with').fill('InternalError.DatabaseError');
  await bob.getByRole('button', { name: 'Plan it' }).click();
  await bob.getByText('CreateMigrateJob: InternalError.DatabaseError').waitFor();
  await ask('breaks-once');
  await press(bob, 'breaks-once', 'Approve');
  await card(bob, 'breaks-once').getByRole('button', { name: /repl/ }).click();
  const thread = bob.getByRole('region', { name: 'Thread' });
  await thread.getByText('InternalError.DatabaseError').first().waitFor();
  await thread.getByText(en.thread.next).first().waitFor();
  await bob.getByRole('button', { name: 'Close the thread' }).click();
  await press(bob, 'breaks-once', en.card.tryFailedAgain);
  await card(alice, 'breaks-once')
    .getByText(/dts-\w{8}/)
    .waitFor();
});

it('finds the job of a bot that was killed during its call', async () => {
  await ask('cut-short');
  await bob.getByText('Or something happens on the way').click();
  await bob.getByRole('button', { name: /Kill the bot during .* job created/ }).click();
  await press(bob, 'cut-short', 'Approve');
  await bob.getByText('Ferry is stopped').waitFor();
  await bob.getByRole('button', { name: 'Start it', exact: true }).click();
  await bob.getByText('Ferry is connected').waitFor();
  // The lease must expire before another process continues.
  await moveOn(bob, '+1 h');
  await card(alice, 'cut-short')
    .getByText(/dts-\w{8}/)
    .waitFor({ timeout: 60_000 });
  await expect(bob.locator('.job').count()).resolves.toBe(2);
});

it('expires a request without a decision once its time has passed', async () => {
  await ask('forgotten');
  await moveOn(alice, '+7 days');
  await card(alice, 'forgotten')
    .getByText(/: forgotten · Expired$/)
    .waitFor({ timeout: 30_000 });
});

it('starts over after a reset that is confirmed', async () => {
  const reset = alice.getByRole('button', { name: 'Reset' });
  await reset.click();
  await form(alice).getByRole('button', { name: 'Cancel' }).click();
  expect(await card(alice, 'forgotten').count()).toBe(1);
  await reset.click();
  await form(alice).getByRole('button', { name: 'Delete everything' }).click();
  await alice.getByText('Nothing here yet.').waitFor();
  await bob.getByText('Nothing here yet.').waitFor();
  await alice.getByText('is connected').waitFor();
  await ask('after-the-reset');
  await card(bob, 'after-the-reset').waitFor();
});
