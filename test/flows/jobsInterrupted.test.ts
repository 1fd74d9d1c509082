import { BOB } from '../../playground/slack/index';
import { requestState } from '../../src/domain/request/request';
import { Secret } from '../../src/domain/secrets/secret';
import { createStore } from '../../src/store/createStore';
import { openOrFail } from '../support/aDatabase';
import { at, operations, withJob } from '../support/aJob';
import { databases } from '../support/startTestFerry';
import { en, explained, saying } from '../support/words';

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

const requestId = 1;

/** The steps after which a process can end, and whether DTS got the call until then. */
const steps = ['approved', 'launching, not sent', 'launching, sent', 'reconciling, sent'] as const;

describe.each(databases)('on %s, a process that was killed during', (database) => {
  describe.each(operations)('%s', (operation, before, action, after) => {
    it.each(steps)('%s: DTS gets the call at most once, and the card is true', async (step) => {
      const acting = await withJob('2021-12-06', { database });
      stop = acting.stop;
      const { calls, ferry, jobId, offers, status, until } = acting;
      await at(acting, before);
      const option = operation === 'resume_job' ? ({ option: 'normal' } as const) : {};
      await ferry.ferry.stop();

      const url = ferry.environment()['DATABASE_URL'] ?? '';
      const db = await openOrFail(
        database === 'sqlite'
          ? { kind: 'sqlite', path: url.replace('sqlite:', '') }
          : { kind: 'postgres', url: new Secret(url) },
      );
      const now = () => ferry.clock.now();
      const store = createStore(db, database, now);
      const request = await store.requests.find(requestId);
      if (request?.state.status !== 'created') throw new Error('there is no job');
      const approval = { by: { userId: BOB, name: 'Bob' }, at: now(), revision: 1 };
      const common = {
        operation: { name: operation, from: request.state, before, ...option },
        approvals: [approval],
      };
      const called = { ...common, attempt: 1, calledAt: now() };
      const states = {
        approved: { status: 'approved', ...common, attempts: 0 },
        'launching, not sent': { status: 'launching', ...called },
        'launching, sent': { status: 'launching', ...called },
        'reconciling, sent': {
          status: 'reconciling',
          ...called,
          doubt: { kind: 'interrupted' },
          looks: 0,
          lookAt: now(),
          settledAt: new Date(now().getTime() + 120_000),
        },
      } as const;
      const approved = {
        type: 'approved',
        operation,
        count: 1,
        required: 1,
        isEnough: true,
      } as const;
      const first = await store.requests.record({
        request,
        state: requestState.parse(states.approved),
        event: approved,
        by: approval.by,
        at: now(),
      });
      if (first === undefined) throw new Error('not recorded');
      if (step !== 'approved') {
        await store.requests.record({
          request: first,
          state: requestState.parse(states[step]),
          event: { type: 'launched', operation, attempt: 1 },
          by: undefined,
          at: now(),
        });
      }
      await store.close();
      const isSent = step.endsWith(', sent');
      if (isSent) {
        ferry.dts.controls.act(jobId, { action: actionOf[operation] });
      }
      const earlier = calls(action);
      await ferry.restart();

      if (step === 'launching, not sent') {
        await until(
          () => ferry.replies(acting.card).some((text) => noEffect.test(text)),
          'the failure',
        );
        await until(() => offers().includes(operation), 'the button');
        expect(calls(action)).toBe(earlier);
        return;
      }
      await status(after);
      expect(calls(action)).toBe(earlier + (isSent ? 0 : 1));
      if (isSent) await ferry.reply(acting.card, saying(en.job.thread.found));
    });
  });
});

/** The operations as people do them in the console. */
const actionOf = {
  check_job: 'check',
  start_job: 'start',
  pause_job: 'pause',
  continue_job: 'continue',
  resume_job: 'resume',
  complete_job: 'complete',
  stop_job: 'stop',
  delete_job: 'delete',
} as const;

const noEffect = saying(explained('no_effect').headline);
