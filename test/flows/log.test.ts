import { z } from 'zod';
import { ALICE, BOB, DAN } from '../../playground/slack/index';
import { canary, leaks } from '../support/canary';
import { startTestFerry } from '../support/startTestFerry';
import { jobInThread } from '../support/words';

const line = z.looseObject({ msg: z.string(), request: z.number().optional() });

it('follows one request by its number from its submission to the JobId', async () => {
  const test = await startTestFerry();
  const { dts, slack } = test;
  await test.request({ JobName: 'another' });
  const card = await test.request({ JobName: 'followed', 'SrcInfo.Password': canary });
  await slack.as(DAN).click(card, 'approve');
  await slack.until(() => slack.as(DAN).ephemerals().length > 0, { what: 'the refusal' });
  dts.next({ kind: 'code', code: 'RequestLimitExceeded', message: `not ${canary}` });
  await slack.as(BOB).click(card, 'approve');
  await slack.until(() => test.logged().includes('"event":"postponed"'), { what: 'the delay' });
  test.clock.advance(10_000);
  await test.reply(card, jobInThread());
  const job = [...dts.jobs.keys()].at(-1);
  await test.stop();

  const lines = test
    .logged()
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)));
  const followed = lines.filter(({ request }) => request === 2);
  const create = { operation: 'create_job' };
  const expected = [
    { event: 'requested', user: ALICE, state: 'pending' },
    { event: 'attempt_refused', user: DAN, action: 'approve', code: 'not_an_approver' },
    { event: 'approved', user: BOB, state: 'approved', approvals: 1, required: 1 },
    { event: 'launched', state: 'launching', ...create, attempt: 1 },
    { event: 'postponed', state: 'approved', ...create, code: 'RequestLimitExceeded' },
    { event: 'launched', state: 'launching', ...create, attempt: 2 },
    { event: 'created', state: 'created', how: 'answered', job },
  ];
  const changes = followed.filter(({ msg }) => msg === 'request changed');
  expect(changes.slice(0, expected.length)).toMatchObject(expected);
  // Ferry acts in these steps, so they name no person.
  for (const change of changes.slice(3)) expect(change).not.toHaveProperty('user');
  expect(lines.filter(({ request }) => request === 1).length).toBe(1);
  expect(leaks(test.logged())).toEqual([]);
});
