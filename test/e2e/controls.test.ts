import { readdirSync, readFileSync } from 'node:fs';
import { production } from '../../playground/cast';
import { BOT_TOKEN, DB_MIGRATIONS } from '../../playground/slack/index';
import { anyJob, anyText, anything, en, explained, jobInThread, saying } from '../support/words';
import {
  approve,
  card,
  inThread,
  moveOn,
  pageWords,
  press,
  request,
  showsJob,
} from './support/playground';
import { alice, bob, playground } from './support/windows';

const tab = (name: keyof typeof pageWords.tabs): Promise<void> =>
  bob.getByRole('tab', { name: pageWords.tabs[name] }).click();

const halfApproved = saying(en.card.status.partlyApproved(anyText, 1, 2, anyText));

async function openMishaps(): Promise<void> {
  const mishaps = bob.locator('details').filter({ hasText: pageWords.cloud.mishaps });
  if ((await mishaps.getAttribute('open')) === null) await mishaps.locator('summary').click();
}

describe('the Tencent Cloud panel', () => {
  it.each([
    [pageWords.cloud.status, 'told-502', saying(en.thread.found(anyJob))],
    [pageWords.cloud.redirect, 'redirected', explained('redirected').headline],
    [pageWords.cloud.slow, 'slow', jobInThread()],
  ])('plans a response: %s', async (label, name, words) => {
    await request(alice, name);
    await tab('cloud');
    await openMishaps();
    await bob.getByRole('button', { name: label }).click();
    await bob.getByText(pageWords.willHappen).waitFor();
    await approve(bob, name);
    await inThread(alice, name, words);
  });

  it('plans that nothing is created when the bot is killed during its call', async () => {
    await request(alice, 'killed-before');
    await openMishaps();
    await bob.getByRole('button', { name: pageWords.cloud.killBefore }).click();
    const before = await bob.locator('.job').count();
    await approve(bob, 'killed-before');
    await bob.getByText(pageWords.status.stopped('Ferry')).waitFor();
    await bob.locator('.top').getByRole('button', { name: pageWords.start }).click();
    await bob.getByText(pageWords.status.running('Ferry')).waitFor();
    // The lease must expire once, and Ferry must have searched long enough once.
    await moveOn(bob, 'hour');
    await card(alice, 'killed-before')
      .getByText(saying(en.operations.create_job.status.searching(anyText)))
      .waitFor({ timeout: 30_000 });
    await moveOn(bob, 'hour');
    await card(alice, 'killed-before')
      .getByRole('button', { name: en.card.lookAgain })
      .waitFor({ timeout: 60_000 });
    expect(await bob.locator('.job').count()).toBe(before);
  });
});

describe('the bot', () => {
  it('loads another policy while a request waits, which voids an approval', async () => {
    await request(alice, 'ledger', production);
    await approve(bob, 'ledger');
    await card(alice, 'ledger').getByText(halfApproved).waitFor();
    const dan = await playground.open('dan');
    await tab('bot');
    await bob.getByRole('button', { name: pageWords.bot.onCall }).click();
    await inThread(alice, 'ledger', saying(en.thread.ruleChanged(anything)));
    await approve(dan, 'ledger');
    await dan
      .getByText(saying(en.refusal({ code: 'not_an_approver' })))
      .first()
      .waitFor();
    const eva = await playground.open('eva');
    await approve(eva, 'ledger');
    await showsJob(alice, 'ledger');
    await bob.getByRole('button', { name: pageWords.bot.usual }).click();
  });

  it('makes no call if the policy voids an approval after the request was approved', async () => {
    await request(alice, 'invoices', production);
    await tab('cloud');
    await bob.getByLabel(pageWords.cloud.answeredWith).fill('InternalError.DatabaseError');
    await bob.getByRole('button', { name: pageWords.cloud.plan }).click();
    await approve(bob, 'invoices');
    const dan = await playground.open('dan');
    await approve(dan, 'invoices');
    await card(alice, 'invoices')
      .getByText(saying(en.card.status.failed(anyText)))
      .waitFor({ timeout: 30_000 });
    const jobs = await bob.locator('.job').count();
    await tab('bot');
    await bob.getByRole('button', { name: pageWords.bot.onCall }).click();
    await bob.getByText('the policy was reloaded').first().waitFor();
    await press(alice, 'invoices', en.card.tryFailedAgain);
    await inThread(alice, 'invoices', saying(en.thread.ruleChangedAfterApproval(anything)));
    await card(alice, 'invoices').getByText(halfApproved).waitFor();
    await tab('cloud');
    expect(await bob.locator('.job').count()).toBe(jobs);
    await tab('bot');
    await bob.getByRole('button', { name: pageWords.bot.usual }).click();
  });
});

describe('the Slack panel', () => {
  it.each([pageWords.slack.rateLimited, pageWords.slack.lost])(
    'plans a failure of the next post, and the card is still posted once: %s',
    async (label) => {
      await tab('slack');
      await bob.getByRole('button', { name: label }).click();
      const name = label === pageWords.slack.lost ? 'unheard' : 'too-many';
      await request(alice, name);
      await card(bob, name).waitFor({ timeout: 30_000 });
      expect(await card(bob, name).count()).toBe(1);
    },
  );

  it('closes or drops the connection and repeats a click, and there is one more job', async () => {
    await request(alice, 'repeated');
    await tab('cloud');
    const before = await bob.locator('.job').count();
    await tab('slack');
    for (const how of [pageWords.slack.politely, pageWords.slack.suddenly]) {
      const asked = bob.locator('.item').filter({ hasText: 'apps.connections.open' });
      const before = await asked.count();
      await bob.getByRole('button', { name: how }).click();
      await asked.nth(before).waitFor();
      await bob.getByText(pageWords.status.running('Ferry')).waitFor();
    }
    await bob.getByRole('button', { name: pageWords.slack.redeliver }).click();
    await approve(bob, 'repeated');
    await showsJob(alice, 'repeated');
    await tab('cloud');
    expect(await bob.locator('.job').count()).toBe(before + 1);
  });

  it("shows everyone the app's invalid calls by Slack's error", async () => {
    expect(await alice.locator('.mistake').count()).toBe(0);
    await fetch(`${slackOfTheBot()}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: DB_MIGRATIONS, blocks: [{ type: 'header' }] }),
    });
    for (const page of [alice, bob]) {
      const alert = page.getByRole('alert').filter({ hasText: pageWords.mistake(1) });
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
