import type { Membership } from '../../src/domain/people/person';
import type { Rule } from '../../src/domain/policy/policy';
import type { MigrationRequest } from '../../src/domain/request/request';
import { canSee, findFor } from '../../src/workflow/viewing';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const group = { kind: 'group', groupId: 'S1' } as const;
const rule = aRule({ approvers: [group] });
const request = aRequest({ rule, channel: 'C7' });

/** A context in which Slack gives these answers, and what was asked. */
function asking(inChannel: Membership, decides: Membership, stored?: MigrationRequest) {
  const asked: unknown[] = [];
  const otherwise: Rule = aRule({ approvers: [group], channel: 'C9' });
  return {
    asked,
    policy: () => ({ rules: [], otherwise }),
    store: { find: async () => stored },
    directory: {
      standing: async () => 'member' as const,
      sees: async (...question: readonly unknown[]) => {
        asked.push(['sees', ...question]);
        return inChannel;
      },
      isAmong: async (...question: readonly unknown[]) => {
        asked.push(['isAmong', ...question]);
        return decides;
      },
    },
  };
}
const member = { userId: 'U9', isMember: true };
const guest = { userId: 'U9', isMember: false };

describe('a request is shown', () => {
  it.each([member, guest])('to its requester, without a question to Slack (%j)', async (person) => {
    const context = asking('no', 'no');
    const requester = { userId: 'U9', name: 'Nine' };
    expect(await canSee(context, person, { ...request, requester })).toBe('yes');
    expect(context.asked).toEqual([]);
  });

  it('to people whom the rule names, also guests', async () => {
    const named = aRule({ approvers: [{ kind: 'user', userId: 'U9' }] });
    expect(await canSee(asking('no', 'no'), guest, { ...request, rule: named })).toBe('yes');
  });

  it('to no other guest, without a question to Slack', async () => {
    const context = asking('yes', 'yes');
    expect(await canSee(context, guest, request)).toBe('no');
    expect(context.asked).toEqual([]);
  });

  it.each<[Membership, Membership, Membership]>([
    ['yes', 'no', 'yes'],
    ['no', 'yes', 'yes'],
    ['no', 'no', 'no'],
    ['unknown', 'yes', 'yes'],
    ['unknown', 'no', 'unknown'],
    ['no', 'unknown', 'unknown'],
    ['unknown', 'unknown', 'unknown'],
  ])('if its channel is seen: %s, and if the person decides: %s → %s', async (...each) => {
    const [inChannel, decides, seen] = each;
    const context = asking(inChannel, decides);
    expect(await canSee(context, member, request)).toBe(seen);
    const channel = ['sees', 'C7', 'U9'];
    const lists = ['isAmong', 'U9', expect.arrayContaining([group]), 'UASK'];
    expect(context.asked).toEqual(inChannel === 'yes' ? [channel] : [channel, lists]);
  });
});

describe('a request is found', () => {
  it('by a person who may see it', async () => {
    expect(await findFor(asking('yes', 'no', request), member, 7)).toEqual({ ok: true, request });
  });

  it.each<[Membership, string]>([
    ['no', 'no_such_request'],
    ['unknown', 'visibility_unknown'],
  ])('by nobody else: %s', async (seen, code) => {
    const found = await findFor(asking(seen, 'no', request), member, 7);
    expect(found).toEqual({ ok: false, refusal: { code, requestId: 7 } });
  });

  it.each<[Membership, string]>([
    ['yes', 'no_such_request'],
    ['no', 'no_such_request'],
    ['unknown', 'visibility_unknown'],
  ])('not if it does not exist, with the same questions to Slack: %s', async (seen, code) => {
    const context = asking(seen, 'no');
    const found = await findFor(context, member, 7);
    expect(found).toEqual({ ok: false, refusal: { code, requestId: 7 } });
    expect(context.asked[0]).toEqual(['sees', 'C9', 'U9']);
    expect(context.asked.slice(1)).toEqual(
      seen === 'yes' ? [] : [['isAmong', 'U9', expect.arrayContaining([group]), '']],
    );
  });
});
