import { z } from 'zod';
import { ALICE, BOB, type Message } from '../../playground/slack/index';
import { muteAction } from '../../views/directMessage';
import { unwatchAction } from '../../views/watch';
import { aPolicyFile } from '../support/policyFile';
import { newPostgresDatabase } from '../support/postgres';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { tcpProxy } from '../support/tcpProxy';
import { en, jobInThread, saying } from '../support/words';

/** The card with another button in the place of Approve. */
function offering(card: Message, action: string, value?: string): Message {
  const blocks = JSON.stringify(card.blocks).replaceAll('"approve"', `"${action}"`);
  const changed = value === undefined ? blocks : blocks.replaceAll(/"1\.[\w-]+:1"/g, `"${value}"`);
  return { ...card, blocks: JSON.parse(changed) };
}

const line = z.looseObject({ msg: z.string() });

describe('while the database is unavailable', () => {
  const policy = aPolicyFile({ approvals: { break_glass: [BOB] } });
  let test: TestFerry;
  let proxy: Awaited<ReturnType<typeof tcpProxy>>;
  let card: Message;

  beforeAll(async () => {
    const url = new URL(await newPostgresDatabase());
    proxy = await tcpProxy(Number(url.port));
    url.port = String(proxy.port);
    const environment = { ...policy.environment, DATABASE_URL: url.href };
    test = await startTestFerry(environment, { database: 'postgres' });
    card = await test.request();
    await proxy.close();
  });
  afterAll(async () => {
    // Afterwards, everything works.
    await proxy.reopen();
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect(test.dts.jobs.size).toBe(1);
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
    await proxy.close();
    policy.remove();
  });

  /** The lines of the log with these words. */
  const logged = (words: string) =>
    test
      .logged()
      .split('\n')
      .flatMap((text) => (text === '' ? [] : [line.parse(JSON.parse(text))]))
      .filter(({ msg }) => msg === words);

  it.each([
    [
      'approve',
      undefined,
      'an action could not be carried out',
      { request: 1, action: 'approve', user: BOB },
    ],
    ['break_glass', undefined, 'an emergency approval could not be checked', { request: 1 }],
    ['skip_check', undefined, 'a skip could not be checked', { request: 1 }],
    [
      unwatchAction,
      'dts-r5gpejpe',
      'a watch could not be ended',
      { user: BOB, job: 'dts-r5gpejpe' },
    ],
    [muteAction, undefined, 'a choice about direct messages could not be stored', { user: BOB }],
  ])(
    '%s changes nothing, and only the person and the log read so',
    async (action, value, msg, fields) => {
      const bob = test.slack.as(BOB);
      const told = await test.slack.answerTo(BOB, () =>
        bob.clickStale(offering(card, action, value), action),
      );
      expect(told.text).toMatch(saying(en.trouble.action));
      expect(bob.view()).toBeUndefined();
      expect(logged(msg)).toMatchObject([{ level: 'error', ...fields, error: expect.anything() }]);
    },
  );

  it('details say so in their modal', async () => {
    const bob = test.slack.as(BOB);
    await bob.clickStale(card, 'details');
    const shown = () => test.slack.render(bob.view() ?? card);
    await test.slack.until(() => saying(en.details.notRead).test(shown()), { what: 'the modal' });
    expect(logged('a request could not be read')).toMatchObject([{ request: 1 }]);
    await bob.dismiss();
  });

  it('the form of a denial opens without the facts of the request, and keeps the reason', async () => {
    const bob = test.slack.as(BOB);
    await bob.clickStale(card, 'deny');
    await test.slack.until(() => bob.view(), { what: 'the form' });
    expect(test.slack.render(bob.view() ?? card)).not.toContain('usertest');
    const unread = 'a request could not be read for its decision';
    expect(logged(unread)).toContainEqual(expect.objectContaining({ request: 1 }));
    await bob.fill({ Reason: 'not this week' });
    const told = await test.slack.answerTo(BOB, () => bob.submit());
    expect(told.text).toMatch(saying(en.trouble.action));
    expect(told.text).toContain('not this week');
  });

  it('a form of a copied request says so', async () => {
    const alice = test.slack.as(ALICE);
    await alice.clickStale(offering(card, 'clone'), 'clone');
    const shown = () => test.slack.render(alice.view() ?? card);
    await test.slack.until(() => saying(en.form.notOpened).test(shown()), { what: 'the modal' });
    const unfilled = 'a form could not be filled from a request';
    expect(logged(unfilled)).toMatchObject([{ request: 1, user: ALICE }]);
    await alice.dismiss();
  });
});
