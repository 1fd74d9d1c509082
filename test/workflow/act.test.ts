import type { Conditions } from '../../src/domain/policy/policy';
import type { Intent, PreparedAction } from '../../src/domain/request/intent';
import { creation } from '../../src/domain/request/operations/operation';
import { act, checkBefore } from '../../src/workflow/act';
import { actFor } from '../../src/workflow/actFor';
import { aRule } from '../support/aRule';
import { contextOn, type Facts, type WholeContext } from '../support/contextOn';
import { began, bobsApproval, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let context: WholeContext;
let facts: Facts;
beforeEach(async () => {
  store = await storeOn('sqlite');
  ({ context, facts } = contextOn(store));
});
afterEach(() => store.close());

/** A rule that may apply, for a reason that is not known. */
const underUnclear = (when: Conditions) => {
  facts.policy = { rules: [{ when, rule: aRule({ name: 'other' }) }], otherwise: aRule() };
};
const payloads = async (id: number) =>
  (await store.requests.events(id, 1)).map(({ payload }) => payload);

const check = (requestId: number, action: PreparedAction) => ({
  ...{ requestId, userId: 'UBOB', action, delivery: 'D1' },
});

const requestersOfGroup: Conditions = { requesters: [{ kind: 'group', groupId: 'SDBA' }] };
const unclear = [
  ['Slack does not answer about a group', requestersOfGroup, { code: 'rule_unknown' }],
  ['the request’s channel is not known', { channels: ['C2'] }, { code: 'channel_unknown' }],
] as const satisfies [string, Conditions, object][];

describe.each(unclear)('if a rule may apply because %s', (_, when, refusal) => {
  beforeEach(() => {
    facts.members.set('SDBA', 'unknown');
    underUnclear(when);
  });
  const attempt = (requestId: number, intent: Intent, userId = 'UBOB') =>
    act(context, { requestId, userId, intent, delivery: 'D1' });
  const problem = { kind: 'not_sent', detail: 'no route' } as const;

  it('an approval is refused and recorded', async () => {
    const { id } = await store.ask();
    const result = await attempt(id, { type: 'approve', revision: 1 });
    expect(result).toMatchObject({ ok: false, refusal });
    expect(await payloads(id)).toEqual([{ type: 'attempt_refused', action: 'approve', refusal }]);
  });

  it('so is an action that counts no approvals', async () => {
    const request = await store.ask();
    const { id } = await store.move(
      request,
      { status: 'failed', approvals: [bobsApproval], problem, at: began },
      { type: 'failed', operation: 'create_job', problem },
    );
    const result = await attempt(id, { type: 'try_again', revision: 1 });
    expect(result).toMatchObject({ ok: false, refusal });
    expect((await payloads(id)).at(-1)).toEqual({
      ...{ type: 'attempt_refused', action: 'try_again', refusal },
    });
  });

  it('the requester may still withdraw', async () => {
    const { id } = await store.ask();
    const result = await attempt(id, { type: 'withdraw', revision: 1 }, 'UASK');
    expect(result).toMatchObject({ ok: true, request: { state: { status: 'withdrawn' } } });
  });

  it('no form opens for an emergency approval, and the attempt is recorded', async () => {
    const { id } = await store.ask();
    expect(await checkBefore(context, check(id, 'break_glass'))).toEqual(refusal);
    expect(await payloads(id)).toEqual([
      { type: 'attempt_refused', action: 'break_glass', refusal },
    ]);
    // A copy of the click.
    const handled = { code: 'handled_already' };
    expect(await checkBefore(context, check(id, 'break_glass'))).toEqual(handled);
    expect(await payloads(id)).toHaveLength(1);
  });
});

it('says that a request does not exist before a form opens, and after an action', async () => {
  const missing = { code: 'no_such_request', requestId: 99 };
  expect(await checkBefore(context, check(99, 'edit'))).toEqual(missing);
  const withdrawal = { userId: 'UBOB', intent: { type: 'withdraw', revision: 1 } } as const;
  const action = { ...withdrawal, requestId: 99, delivery: 'D1' };
  expect(await act(context, action)).toMatchObject({ ok: false, refusal: missing });
});

it('the emergency approval is not offered while the job cannot be started yet', async () => {
  const rule = aRule({ approve: 'before_start', breakGlass: [{ kind: 'user', userId: 'UBOB' }] });
  facts.policy = { rules: [], otherwise: rule };
  const asked = await store.ask({ rule });
  const at = new Date('2026-05-04T10:00:00Z');
  const { id: requestId } = await store.move(
    asked,
    {
      ...{ status: 'prepared', approvals: [], jobId: 'dts-1', at, since: at },
      ...{ attempts: 1, reminders: 0 },
    },
    { type: 'created', how: 'answered', jobId: 'dts-1', approve: 'before_start' },
  );
  const intent: Intent = { type: 'approve', revision: 1 };
  expect(await act(context, { requestId, userId: 'UBOB', intent, delivery: 'D1' })).toMatchObject({
    ...{ ok: false, refusal: { code: 'no_job_yet' }, hasEmergency: false },
  });
});

const bobs = [{ kind: 'user', userId: 'UBOB' }] as const;
it.each([
  ['an approval that leaves the request waiting', 2, 'UBOB', bobs, true],
  ['an approval that launches the job', 1, 'UBOB', bobs, false],
  ['an approval by a person who may not use it', 2, 'UEVE', bobs, false],
  ['an approval under a rule without emergency approvals', 2, 'UBOB', [], false],
] as const)(
  'after %s, the emergency approval is offered: with quorum %i to %s, for %j: %s',
  async (_, required, userId, breakGlass, offered) => {
    const rule = aRule({ required, breakGlass });
    facts.policy = { rules: [], otherwise: rule };
    const { id: requestId } = await store.ask({ rule });
    const intent: Intent = { type: 'approve', revision: 1 };
    const result = await act(context, { requestId, userId, intent, delivery: 'D1' });
    expect(result).toMatchObject({ ok: true, hasEmergency: offered });
  },
);

it('a job that another request got since the search is not one of its jobs anymore', async () => {
  const job = { jobId: 'dts-1', createTime: '' };
  const doubt = { kind: 'no_answer', detail: 'timeout' } as const;
  const choose = async (who: string) => {
    const asked = await store.ask({ who });
    const { id: requestId } = await store.move(
      asked,
      {
        ...{ status: 'unconfirmed', operation: creation, approvals: [bobsApproval], attempt: 1 },
        ...{ calledAt: began, doubt, found: [job], at: began },
      },
      { type: 'looked', operation: 'create_job', found: 1 },
    );
    const intent = { type: 'choose_job', revision: 1, jobId: 'dts-1' } as const;
    return act(context, { requestId, userId: 'UBOB', intent, delivery: `D${requestId}` });
  };
  expect(await choose('UASK')).toMatchObject({ ok: true, request: { state: { jobId: 'dts-1' } } });
  const refusal = { code: 'no_such_job', jobId: 'dts-1' };
  expect(await choose('UDAN')).toMatchObject({ ok: false, refusal });
});

it('no form opens from a message about the request of another database, and nothing is recorded', async () => {
  const { id } = await store.ask();
  const shown = { key: 'V99', message: undefined };
  const refusal = { code: 'other_database', requestId: id };
  expect(await checkBefore(context, { ...check(id, 'edit'), shown })).toEqual(refusal);
  expect(await payloads(id)).toEqual([]);
});

describe('an action that is refused', () => {
  const withdraw = (requestId: number) =>
    actFor(context, {
      ...{ requestId, userId: 'UEVE', delivery: `D${requestId}` },
      intent: { type: 'withdraw', revision: 1 },
    });

  it('is explained to people who may see the request', async () => {
    const { id } = await store.ask();
    expect(await withdraw(id)).toMatchObject({ ok: false, refusal: { code: 'not_your_request' } });
  });

  it.each([
    ['deactivated', { code: 'deactivated' }],
    ['guest', { code: 'guest' }],
    ['unknown', { code: 'person_unknown' }],
  ] as const)(
    'says only what a person of standing "%s" is refused for',
    async (standing, refusal) => {
      const { id } = await store.ask();
      facts.standings.set('UEVE', standing);
      expect(await withdraw(id)).toMatchObject({ ok: false, refusal });
      expect(await withdraw(99)).toMatchObject({ ok: false, refusal });
    },
  );

  it('gets the same answer for a request that the person may not see as for none', async () => {
    const { id } = await store.ask();
    facts.sees = 'no';
    facts.members.set('C1', 'no');
    for (const requestId of [id, 99]) {
      expect(await withdraw(requestId)).toEqual({
        ...{ ok: false, refusal: { code: 'no_such_request', requestId } },
      });
    }
  });
});
