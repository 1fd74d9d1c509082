import type { Membership } from '../../src/domain/people/person';
import type { SecretRule } from '../../src/domain/secrets/secretPolicy';
import { permitSecret } from '../../src/workflow/permitSecret';
import { aDraft } from '../support/aForm';

const reference = { kind: 'env', name: 'SOURCE' } as const;
const use = {
  ...{ channel: 'C1', parameters: aDraft().parameters, requester: 'U1' },
  path: 'SrcInfo.Password',
} as const;

function permit(rule: Partial<SecretRule>, membership: Membership = 'no') {
  const asked: unknown[] = [];
  const directory = {
    person: async () => ({ name: '', standing: 'member' as const }),
    standing: async () => 'member' as const,
    sees: async () => 'no' as const,
    isAmong: async (...question: readonly unknown[]) => {
      asked.push(question);
      return membership;
    },
  };
  const secretRules = () => [{ secret: 'env:SOURCE', anywhere: true, ...rule } as const];
  return permitSecret({ directory, secretRules }, reference, use).then((verdict) => ({
    asked,
    verdict: verdict.ok ? 'allowed' : verdict.problem.code,
  }));
}

describe('a secret with a rule for a group', () => {
  const rule = { requesters: ['S1'] };

  it.each<[Membership, string]>([
    ['yes', 'allowed'],
    ['no', 'secret_for_others'],
    ['unknown', 'secret_requester_unknown'],
  ])('is for its members, as Slack says now: %s → %s', async (membership, expected) => {
    const { asked, verdict } = await permit(rule, membership);
    expect(verdict).toBe(expected);
    expect(asked).toEqual([['U1', [{ kind: 'group', groupId: 'S1' }], 'U1']]);
  });
});

it('a secret without a rule for people is for everybody, without a question to Slack', async () => {
  expect(await permit({})).toEqual({ asked: [], verdict: 'allowed' });
});
