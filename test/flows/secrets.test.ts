import { BOB } from '../../playground/slack/index';
import { canary, canaryForms, expectNoCanary } from '../support/canary';
import { type Mode, startTestFerry } from '../support/startTestFerry';
import { anything, en, jobInThread, saying } from '../support/words';

describe.each<Mode>(['socket', 'http'])('a typed password, in %s mode,', (mode) => {
  it('reaches Tencent Cloud and appears nowhere else, whatever happens to the request', async () => {
    const test = await startTestFerry({}, { mode });
    const { slack, dts } = test;
    const password = { 'SrcInfo.Password': canary };
    const look = (when: string) => expectNoCanary(test, when);

    const card = await test.request(password);
    await look('pending');
    await slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    expect(dts.callsOf('CreateMigrateJob')[0]?.rawBody).toContain(JSON.stringify(canary));
    await look('created');

    for (const fault of [
      { kind: 'code', code: 'InvalidParameter', message: `Password "${canary}" is weak` },
      { kind: 'code', code: 'InternalError.DuplicateJob', message: canary },
      { kind: 'code', code: 'InvalidParameterValue', message: JSON.stringify({ p: canary }) },
      { kind: 'code', code: 'InternalError', message: `?p=${encodeURIComponent(canary)}` },
      {
        kind: 'code',
        code: 'FailedOperation',
        message: new URLSearchParams({ p: canary }).toString(),
      },
      { kind: 'code', code: 'OperationDenied', message: canaryForms[4] },
      { kind: 'code', code: 'ResourceInUse', message: Buffer.from(canary).toString('base64') },
      { kind: 'code', code: 'LimitExceeded', message: Buffer.from(canary).toString('hex') },
    ] as const) {
      dts.next(fault);
      const refused = await test.request({ ...password, JobName: fault.code });
      await slack.as(BOB).click(refused, 'approve');
      await test.reply(refused, saying(en.operations.create_job.thread.failed));
      await look(fault.code);
    }
    for (const fault of [
      { kind: 'reset', when: 'before' },
      { kind: 'status', status: 502, when: 'after', body: canary },
      { kind: 'html', when: 'before' },
      { kind: 'redirect', status: 307, location: `http://127.0.0.1:9/${encodeURI('x')}` },
    ] as const) {
      dts.next(fault);
      const lost = await test.request({ ...password, JobName: fault.kind });
      await slack.as(BOB).click(lost, 'approve');
      await test.reply(lost, saying(en.operations.create_job.thread.outcomeUnknown));
      await look(fault.kind);
    }

    const denied = await test.request({ ...password, JobName: 'denied' });
    await slack.as(BOB).click(denied, 'deny');
    await slack.until(() => slack.as(BOB).view(), { what: 'the denial form' });
    await slack.as(BOB).fill({ Reason: 'no' });
    await slack.as(BOB).submit();
    await test.reply(denied, saying(en.thread.denied(anything)));
    await look('denied');

    const wrong = slack.as(BOB);
    await wrong.shortcut('request_migration');
    await slack.until(() => wrong.view(), { what: 'the form' });
    await wrong.fill({ ...password, JobName: 'x', Reason: 'x', 'SrcInfo.Port': '99999' });
    await wrong.submit();
    await look('mistake');
    await test.stop();
  }, 30_000);
});

it('is erased from the store once the request no longer needs it', async () => {
  const test = await startTestFerry();
  const sealed = /eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/;
  const card = await test.request();
  expect((await test.stored()).toString('latin1')).toMatch(sealed);
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
  expect((await test.stored()).toString('latin1')).not.toMatch(sealed);
  await test.stop();
});

it('survives a restart between request and approval', async () => {
  const test = await startTestFerry();
  const card = await test.request({ 'SrcInfo.Password': canary });
  await test.restart();
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, jobInThread());
  expect(test.dts.callsOf('CreateMigrateJob')[0]?.body).toMatchObject({
    SrcInfo: { Password: canary },
  });
  await test.stop();
});
