import { BOB } from '../../playground/slack/index';
import { startTestFerry } from '../support/startTestFerry';
import { en, saying } from '../support/words';

it('never logs or shows the Authorization header, even at debug level and after failed calls', async () => {
  const test = await startTestFerry();
  const kinds = ['noAnswer', 'stalledBody'] as const;
  for (const [index, kind] of kinds.entries()) {
    test.dts.next({ kind, when: 'after' }, { action: 'DescribeMigrateJobs' });
    // Ferry searches for the name of each request.
    await test.request({ JobName: `failed-${index}` });
  }
  expect(test.dts.callsOf('DescribeMigrateJobs').map(({ fault }) => fault?.kind)).toEqual(kinds);
  test.dts.next({ kind: 'code', code: 'AuthFailure.SignatureFailure', message: 'no' });
  const card = await test.request();
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, saying(en.operations.create_job.thread.failed));
  await test.disconnectDts();
  const other = await test.request({ JobName: 'not-reached' });
  await test.slack.as(BOB).click(other, 'approve');
  await test.slack.until(() => test.replies(other).length > 1, { what: 'a second reply' });
  const seen = `${test.logged()}${test.slack.everything()}`;
  expect(test.logged().length).toBeGreaterThan(0);
  expect(seen).not.toMatch(/TC3-HMAC-SHA256|Signature=|authorization/i);
  await test.reconnectDts();
  await test.stop();
});
