import { BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import { weekdays } from '../../src/domain/policy/policy';
import { testStart } from '../support/movableClock';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry } from '../support/startTestFerry';
import { en } from '../support/words';

const hour = 3_600_000;
const timeOf = (at: Date) => at.toISOString().slice(11, 16);

it('lists the jobs of a channel once a week, whatever fails, and with several replicas', async () => {
  const due = new Date(testStart.getTime() + 2 * hour);
  const day = weekdays[(due.getUTCDay() + 6) % 7] ?? 'mon';
  const loud = new Date(due.getTime() + 2 * hour);
  const quiet = { from: timeOf(due), to: timeOf(loud), time_zone: 'UTC' };
  const policy = aPolicyFile({
    digest: { day, at: timeOf(due), time_zone: 'UTC' },
    approvals: { reminders: { quiet } },
  });
  const test = await startTestFerry(policy.environment, { database: 'postgres' });
  const other = await test.another();
  const { clock, dts, slack } = test;
  const isDigest = (text: string) => text.includes(en.job.list.digest);
  const lists = () => slack.messages(DB_MIGRATIONS).filter(({ text }) => isDigest(text));
  const until = (probe: () => boolean, what: string) =>
    passTime(test, probe, { what, stepMs: 5 * 60_000, timeoutMs: 60_000 });
  const later = (ms: number) => {
    const end = clock.now().getTime() + ms;
    return until(() => clock.now().getTime() >= end, 'later');
  };
  const card = await test.request({ JobName: 'in-the-list' });
  await slack.as(BOB).click(card, 'approve');
  await until(() => dts.callsOf('DescribeMigrationDetail').length > 0, 'the job');
  clock.advance(due.getTime() - clock.now().getTime());
  await later(hour);
  expect(lists()).toEqual([]);
  // The process learns nothing about its post, like one that ends after it.
  slack.faults.next(
    'chat.postMessage',
    { kind: 'reset', after: true },
    1,
    ({ text }) => typeof text === 'string' && isDigest(text),
  );
  await until(() => lists().length > 0, 'the list');
  const [list] = lists();
  expect(list?.threadTs).toBeUndefined();
  expect(slack.render(list ?? card)).toMatch(/#1 \| in-the-list \|/);
  await later(hour);
  expect(lists()).toHaveLength(1);
  await test.restart();
  await later(hour);
  expect(lists()).toHaveLength(1);
  clock.advance(due.getTime() + 7 * 24 * hour - clock.now().getTime());
  await until(() => lists().length > 1, 'the next list');
  await later(hour);
  expect(lists()).toHaveLength(2);
  expect(slack.mistakes).toEqual([]);
  await other.stop();
  await test.stop();
  policy.remove();
}, 120_000);
