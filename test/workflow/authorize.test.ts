import type { Membership, Standing } from '../../src/domain/people/person';
import type { MigrationRequest } from '../../src/domain/request/request';
import { authorize } from '../../src/workflow/authorize';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { contextOn, type Facts, type WholeContext } from '../support/contextOn';
import { bobsApproval, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let context: WholeContext;
let facts: Facts;
beforeEach(async () => {
  store = await storeOn('sqlite');
  ({ context, facts } = contextOn(store));
});
afterEach(() => store.close());

const approved = (changes: Partial<MigrationRequest> = {}): MigrationRequest =>
  aRequest({
    state: {
      ...{ status: 'approved', operation: { name: 'create_job' }, attempts: 0 },
      approvals: [bobsApproval],
    },
    ...changes,
  });
const askedIn = (channels: string[]) => ({ when: { channels }, rule: aRule({ name: 'other' }) });
const group = [{ kind: 'group', groupId: 'SDBA' }] as const;

describe('a call', () => {
  it('is granted for two seconds, while the policy is the same', async () => {
    const until = new Date(context.clock.now().getTime() + 2_000);
    expect(await authorize(context, approved())).toEqual({
      ...{ kind: 'granted', until, policy: facts.policy },
    });
  });

  it('is refused if a part of the record was altered, before Slack is asked', async () => {
    facts.members.set('C1', 'unknown');
    expect(await authorize(context, approved({ altered: ['request'] }))).toMatchObject({
      ...{ kind: 'refused', problem: { kind: 'record_altered' } },
    });
  });

  it('is refused if the request has no fact that a rule depends on, because time gives none', async () => {
    facts.policy = { rules: [askedIn(['C2'])], otherwise: aRule() };
    expect(await authorize(context, approved())).toEqual({
      ...{ kind: 'refused', problem: { kind: 'rule_unclear' } },
    });
  });

  it('waits while Slack does not say whether the requester is in a group of a condition', async () => {
    const rule = aRule({ name: 'other' });
    facts.policy = { rules: [{ when: { requesters: group }, rule }], otherwise: aRule() };
    facts.members.set('SDBA', 'unknown');
    expect(await authorize(context, approved())).toEqual({ kind: 'unknown' });
  });

  it('waits while Slack does not say whether an approver is still one', async () => {
    facts.members.set('C1', 'unknown');
    expect(await authorize(context, approved())).toEqual({ kind: 'unknown' });
  });

  const notAllowed = {
    ...{ kind: 'refused', problem: { kind: 'requester_not_allowed', rule: 'dbas' } },
  };
  const granted = { kind: 'granted' };
  const unknown = { kind: 'unknown' };
  it.each<[Standing, Membership, object]>([
    ['member', 'yes', granted],
    ['member', 'no', notAllowed],
    ['member', 'unknown', unknown],
    ['unknown', 'yes', unknown],
    ['unknown', 'no', unknown],
    ['deactivated', 'yes', notAllowed],
    ['deactivated', 'unknown', unknown],
    ['guest', 'yes', notAllowed],
  ])(
    'for a requester of standing "%s" whose membership in the group is "%s" gets the answer %j',
    async (standing, member, answer) => {
      const rule = aRule({ name: 'dbas', requesters: group });
      facts.policy = { rules: [], otherwise: rule };
      facts.standings.set('UASK', standing);
      facts.members.set('SDBA', member);
      expect(await authorize(context, approved({ rule }))).toMatchObject(answer);
    },
  );
});
