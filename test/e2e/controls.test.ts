import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { BOT_TOKEN, DB_MIGRATIONS } from '../../playground/slack/index';
import { anyJob, anyText, anything, en, explained, jobInThread, saying } from '../support/words';
import {
  card,
  choose,
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

const tab = (name: string): Promise<void> => bob.getByRole('tab', { name }).click();
const approve = (name: string): Promise<void> =>
  card(bob, name).getByRole('button', { name: 'Approve', exact: true }).click();

async function openMishaps(): Promise<void> {
  const mishaps = bob.locator('details').filter({ hasText: 'Or something happens on the way' });
  if ((await mishaps.getAttribute('open')) === null) await mishaps.locator('summary').click();
}

async function ask(name: string): Promise<void> {
  await openFilledForm(alice, name);
  await sendForm(alice);
}

/** Waits until `words` appear in the thread of a card. */
async function inThread(name: string, words: string | RegExp): Promise<void> {
  await card(alice, name).getByRole('button', { name: /repl/ }).click();
  const thread = alice.getByRole('region', { name: 'Thread' });
  await thread.getByText(words).first().waitFor({ timeout: 40_000 });
  await alice.getByRole('button', { name: 'Close the thread' }).click();
}

describe('the Tencent Cloud panel', () => {
  it.each([
    ['Answer HTTP 502, job created', 'told-502', saying(en.thread.found(anyJob))],
    ['Redirect to another address', 'redirected', explained('redirected').headline],
    ['Take eight seconds', 'slow', jobInThread()],
  ])('plans a response: %s', async (label, name, words) => {
    await ask(name);
    await tab('Tencent Cloud');
    await openMishaps();
    await bob.getByRole('button', { name: label }).click();
    await bob.getByText('Will happen next').waitFor();
    await approve(name);
    await inThread(name, words);
  });

  it('plans that nothing is created when the bot is killed during its call', async () => {
    await ask('killed-before');
    await openMishaps();
    await bob.getByRole('button', { name: /Kill the bot during .* nothing created/ }).click();
    const before = await bob.locator('.job').count();
    await approve('killed-before');
    await bob.getByText('Ferry is stopped').waitFor();
    await bob.getByRole('button', { name: 'Start it', exact: true }).click();
    await bob.getByText('Ferry is connected').waitFor();
    // The lease must expire once, and Ferry must have searched long enough once.
    await moveOn(bob, '+1 h');
    await card(alice, 'killed-before')
      .getByText(saying(en.operations.create_job.status.searching(anyText)))
      .waitFor({ timeout: 30_000 });
    await moveOn(bob, '+1 h');
    await card(alice, 'killed-before')
      .getByRole('button', { name: en.card.lookAgain })
      .waitFor({ timeout: 60_000 });
    expect(await bob.locator('.job').count()).toBe(before);
  });
});

describe('the bot', () => {
  it('loads another policy while a request waits, which voids an approval', async () => {
    await openFilledForm(alice, 'ledger');
    await choose(alice, 'DstInfo.InstanceId', 'cdb-prod0001');
    await sendForm(alice);
    await approve('ledger');
    await card(alice, 'ledger').getByText('1 of 2 approvals').waitFor();
    const dan = await playground.open('dan');
    await tab('Bot');
    await bob.getByRole('button', { name: 'The second approver is on call' }).click();
    await inThread('ledger', saying(en.thread.ruleChanged(anything)));
    await card(dan, 'ledger').getByRole('button', { name: 'Approve', exact: true }).click();
    await dan
      .getByText(saying(en.refusal({ code: 'not_an_approver' })))
      .first()
      .waitFor();
    const eva = await playground.open('eva');
    await card(eva, 'ledger').getByRole('button', { name: 'Approve', exact: true }).click();
    await card(alice, 'ledger')
      .getByText(/dts-\w{8}/)
      .waitFor({ timeout: 30_000 });
    await bob.getByRole('button', { name: 'The second approver is an SRE' }).click();
  });

  it('makes no call if the policy voids an approval after the request was approved', async () => {
    await openFilledForm(alice, 'invoices');
    await choose(alice, 'DstInfo.InstanceId', 'cdb-prod0001');
    await sendForm(alice);
    await tab('Tencent Cloud');
    await bob.getByLabel('is answered with').fill('InternalError.DatabaseError');
    await bob.getByRole('button', { name: 'Plan it' }).click();
    await approve('invoices');
    const dan = await playground.open('dan');
    await card(dan, 'invoices').getByRole('button', { name: 'Approve', exact: true }).click();
    await card(alice, 'invoices')
      .getByText(saying(en.card.status.failed(anyText)))
      .waitFor({ timeout: 30_000 });
    const jobs = await bob.locator('.job').count();
    await tab('Bot');
    await bob.getByRole('button', { name: 'The second approver is on call' }).click();
    await bob.getByText('the policy was reloaded').first().waitFor();
    await card(alice, 'invoices')
      .getByRole('button', { name: en.card.tryFailedAgain, exact: true })
      .click();
    await inThread('invoices', saying(en.thread.ruleChangedAfterApproval(anything)));
    await card(alice, 'invoices').getByText('1 of 2 approvals').waitFor();
    await tab('Tencent Cloud');
    expect(await bob.locator('.job').count()).toBe(jobs);
    await tab('Bot');
    await bob.getByRole('button', { name: 'The second approver is an SRE' }).click();
  });
});

describe('the Slack panel', () => {
  it.each(['is answered with 429, retry after 3 s', 'takes effect, and no response arrives'])(
    'makes the next post %s, and the card is still posted once',
    async (label) => {
      await tab('Slack');
      await bob.getByRole('button', { name: label }).click();
      const name = label.includes('429') ? 'too-many' : 'unheard';
      await ask(name);
      await card(bob, name).waitFor({ timeout: 30_000 });
      expect(await card(bob, name).count()).toBe(1);
    },
  );

  it('closes or drops the connection and repeats a click, and there is one more job', async () => {
    await ask('repeated');
    await tab('Tencent Cloud');
    const before = await bob.locator('.job').count();
    await tab('Slack');
    for (const how of ['Ask the app to connect again', 'Cut the connection']) {
      const asked = bob.locator('.item').filter({ hasText: 'apps.connections.open' });
      const before = await asked.count();
      await bob.getByRole('button', { name: how }).click();
      await asked.nth(before).waitFor();
      await bob.getByText('is connected').waitFor();
    }
    await bob.getByRole('button', { name: 'Deliver the next action three times' }).click();
    await approve('repeated');
    await card(alice, 'repeated')
      .getByText(/dts-\w{8}/)
      .waitFor({ timeout: 30_000 });
    await tab('Tencent Cloud');
    expect(await bob.locator('.job').count()).toBe(before + 1);
  });

  it("shows everyone the app's invalid calls by Slack's error", async () => {
    expect(await alice.getByText('The app sent something wrong').count()).toBe(0);
    await fetch(`${slackOfTheBot()}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: DB_MIGRATIONS, blocks: [{ type: 'header' }] }),
    });
    for (const page of [alice, bob]) {
      const alert = page.getByRole('alert').filter({ hasText: 'The app sent something wrong' });
      await alert.getByText('invalid_blocks').first().waitFor();
    }
  });
});

/** The Slack URL that the playground gave its bot. */
function slackOfTheBot(): string {
  for (const process of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const { [0]: parent } =
        /(?<=^PPid:\s+)\d+/m.exec(readFileSync(`/proc/${process}/status`, 'utf8')) ?? [];
      const environment = readFileSync(`/proc/${process}/environ`, 'utf8').split('\0');
      const url = environment.find((each) => each.startsWith('SLACK_API_URL='));
      if (parent === String(playground.pid) && url !== undefined) return url.slice(14);
    } catch {
      // The process has ended, or we may not read it.
    }
  }
  throw new Error('the playground has no bot');
}
