import { demandsOf } from '../../src/domain/policy/demands';
import type { DecidedOperation } from '../../src/domain/policy/policy';
import { aRule } from '../support/aRule';

const dba = [{ kind: 'group', groupId: 'SDBA' }] as const;
const rule = aRule({
  ...{ approvers: dba, required: 2, oneFromEach: [dba], confirmDestination: true },
  breakGlass: [{ kind: 'user', userId: 'UEVE' }],
  windows: [{ days: ['sat'], from: '00:00', to: '24:00', timeZone: 'UTC' }],
});
const withRequester = [{ kind: 'requester' }, ...dba];
const prepared = { status: 'prepared' } as const;
const created = { status: 'created' } as const;

it('are the rule itself for a creation, and for the start of a job created before its approval', () => {
  expect(demandsOf(rule, { name: 'create_job' })).toBe(rule);
  expect(demandsOf(rule, { name: 'start_job', from: prepared })).toBe(rule);
});

it.each<[DecidedOperation, readonly object[], number]>([
  ['check_job', withRequester, 1],
  ['start_job', withRequester, 1],
  ['pause_job', withRequester, 1],
  ['continue_job', withRequester, 1],
  ['resume_job', withRequester, 1],
  ['stop_job', dba, 1],
  ['delete_job', dba, 1],
  ['skip_check', dba, 1],
  ['modify_job', dba, 2],
  ['complete_job', dba, 2],
  ['clear_data', dba, 2],
])('by default, for %s, are a person of %j and a quorum of %i', (decision, people, required) => {
  const demands = demandsOf(
    rule,
    decision === 'clear_data'
      ? { name: 'resume_job', option: 'clearData' }
      : decision === 'resume_job'
        ? { name: 'resume_job', option: 'normal' }
        : { name: decision, from: created },
  );
  expect(demands).toMatchObject({ approvers: people, deniers: people, required });
  expect(demands.oneFromEach).toEqual(required === 2 ? [dba] : []);
  // Only creations have windows and emergency approvals.
  expect([demands.windows, demands.breakGlass]).toEqual([[], []]);
  // These may write to another target, or empty it.
  const confirms = decision === 'modify_job' || decision === 'clear_data';
  expect(demands.confirmDestination).toBe(confirms);
});

it('are what the policy says about an operation', () => {
  const people = [{ kind: 'user', userId: 'UEVE' }] as const;
  const own = aRule({
    ...rule,
    operations: { stop_job: { people, required: 1, oneFromEach: [people] } },
  });
  expect(demandsOf(own, { name: 'stop_job', from: created })).toMatchObject({
    ...{ approvers: people, required: 1, oneFromEach: [people] },
  });
  expect(demandsOf(own, { name: 'pause_job', from: created }).approvers).toEqual(withRequester);
});

it('are decided by the people whom reminders mention, unless the policy names others', () => {
  const eve = [{ kind: 'user', userId: 'UEVE' }] as const;
  const operations = { complete_job: { people: eve, required: 1, oneFromEach: [] } };
  const mentioned = (mention: typeof dba | typeof eve | readonly []) => {
    const own = aRule({ ...rule, operations, reminders: { afterMs: [], mention } });
    return [
      demandsOf(own, { name: 'complete_job', from: created }).reminders.mention,
      demandsOf(own, { name: 'create_job' }).reminders.mention,
    ];
  };
  expect(mentioned(dba)).toEqual([eve, dba]);
  expect(mentioned(eve)).toEqual([eve, eve]);
  expect(mentioned([])).toEqual([[], []]);
});
