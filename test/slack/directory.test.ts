import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  GENERAL,
  type SlackWorkspace,
  startSlack,
  TEAM,
} from '../../playground/slack/index';
import type { Policy } from '../../src/domain/policy';
import { interactiveClient } from '../../src/slack/clients';
import { type DirectoryContext, lookUpApprover } from '../../src/slack/directory';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
let slack: SlackWorkspace;
let context: DirectoryContext;
beforeEach(async () => {
  slack = await startSlack();
  const client = interactiveClient(slack.botToken, slack.apiUrl, silent);
  context = { client, log: silent, teamId: TEAM.id };
});
afterEach(() => slack.close());

const policy = (...approvers: Policy['approvers']): Policy => ({
  channel: DB_MIGRATIONS,
  approvers,
  requiredApprovals: 1,
});
const group = { kind: 'group', groupId: APPROVERS_GROUP } as const;
const channel = { kind: 'channel' } as const;

it('finds an approver by name without asking Slack', async () => {
  const named = policy({ kind: 'user', userId: ALICE });
  expect(await lookUpApprover(context, ALICE, named)).toBe('yes');
  expect(await lookUpApprover(context, BOB, named)).toBe('no');
  expect(slack.calls).toEqual([]);
});

it('finds the members of a group, and nobody else', async () => {
  expect(await lookUpApprover(context, BOB, policy(group))).toBe('yes');
  expect(await lookUpApprover(context, DAN, policy(group))).toBe('no');
});

it('finds the members of the approval channel on every page, and nobody else', async () => {
  const crowd = Array.from({ length: 1_100 }, (_, index) =>
    slack.addUser({ name: `u${index}`, realName: `User ${index}` }),
  );
  for (const { id } of crowd) slack.join(DB_MIGRATIONS, id);
  const last = crowd.at(-1)?.id ?? '';
  expect(await lookUpApprover(context, last, policy(channel))).toBe('yes');
  expect(slack.callsOf('conversations.members')).toHaveLength(2);
  slack.leave(DB_MIGRATIONS, DAN);
  slack.join(GENERAL, DAN);
  expect(await lookUpApprover(context, DAN, policy(channel))).toBe('no');
});

it('does not take a list for complete of which a page cannot be read', async () => {
  for (let index = 0; index < 1_100; index += 1) {
    slack.join(DB_MIGRATIONS, slack.addUser({ name: `u${index}`, realName: `User ${index}` }).id);
  }
  const last = slack.addUser({ name: 'last', realName: 'Last' }).id;
  slack.join(DB_MIGRATIONS, last);
  slack.faults.next('conversations.members', { kind: 'slow', ms: 1 });
  slack.faults.next('conversations.members', { kind: 'rateLimited', retryAfterSeconds: 30 });
  expect(await lookUpApprover(context, last, policy(channel))).toBe('unknown');
  expect(await lookUpApprover(context, last, policy(channel))).toBe('yes');
});

it('lets one list that names somebody outweigh another that cannot be read', async () => {
  slack.faults.next('usergroups.users.list', { kind: 'status', status: 500 }, 2);
  expect(await lookUpApprover(context, BOB, policy(group, channel))).toBe('yes');
  expect(await lookUpApprover(context, 'U0NOBODY01', policy(group, channel))).toBe('unknown');
});
