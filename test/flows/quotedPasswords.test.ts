import { BOB } from '../../playground/slack/index';
import { type Acting, at, operations, withJob } from '../support/aJob';
import { canary, expectNoCanary } from '../support/canary';
import { en, explained, saying } from '../support/words';

let acting: Acting;
/** A job whose password only DTS has, because Ferry erased it when it created the job. */
beforeEach(async () => {
  acting = await withJob('2021-12-06', { entries: { 'SrcInfo.Password': canary } });
});

const quoted = `connect to mongodb://root:${canary}@14.17.22.36:27017/admin failed: no route`;
const hidden = 'connect to mongodb://root:[secret]@14.17.22.36:27017/admin failed: no route';

it("hides the password that a job's error quotes", async () => {
  await at(acting, 'running');
  acting.ferry.dts.controls.fail(acting.jobId, 'final', { log: quoted });
  await acting.status('failed');
  expect(await acting.ferry.reply(acting.card, 'no route')).toContain(hidden);
  await expectNoCanary(acting.ferry, 'failed');
});

it("hides a secret of the settings anywhere in a job's error", async () => {
  const FERRY_SECRET_OTHER = 'of-the-environment';
  await acting.ferry.restart({ FERRY_SECRET_OTHER });
  await at(acting, 'running');
  acting.ferry.dts.controls.fail(acting.jobId, 'final', { log: `with ${FERRY_SECRET_OTHER} too` });
  await acting.status('failed');
  await acting.ferry.reply(acting.card, '[secret]');
  expect(acting.ferry.slack.everything()).not.toContain(FERRY_SECRET_OTHER);
  expect((await acting.ferry.stored()).includes(FERRY_SECRET_OTHER)).toBe(false);
});

it.each(operations.filter(([name]) => name !== 'modify_job'))(
  'keeps no words of a refusal of %s',
  async (operation, before, action) => {
    await at(acting, before);
    const { card, ferry } = acting;
    const code = 'InvalidParameter';
    ferry.dts.next({ kind: 'code', code, message: `root with ${canary} may not` }, { action });
    await acting.press(operation, BOB);
    const told = await ferry.reply(card, saying(explained(code).headline));
    expect(told).toMatch(new RegExp(`\\n *${en.thread.withheld}\\n *${code}, `));
    expect(told).not.toContain('may not');
    await expectNoCanary(ferry, operation);
  },
);
