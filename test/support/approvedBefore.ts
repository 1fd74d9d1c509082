import { ALICE, BOB, DAN, EVA, MEI, type Message } from '../../playground/slack/index';
import type { Text } from '../../src/i18n/text';
import type { FormEntries } from './aForm';
import { passTime } from './passTime';
import { aPolicyFile, type PolicyFileContent } from './policyFile';
import { untilQuiet } from './quiet';
import { startTestFerry, type TestFerry } from './startTestFerry';
import {
  anyNumber,
  anyText,
  anyTime,
  anything,
  en,
  jobInThread,
  jobOnCard,
  saying,
  sayingAny,
} from './words';

/**
 * An approval counts only while today's policy and memberships would allow it again. Each row
 * brings a request into a state, changes the policy or the people, and does what would otherwise
 * launch the request.
 */

export const dba = 'S0DBAGROUP';
export const sre = 'S0SREGROUP';
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const night = { days: everyDay, from: '02:00', to: '04:00', time_zone: 'UTC' };
type Settings = Readonly<Record<string, unknown>>;

/** One rule for everything; without it, two SREs approve. */
export const policyWith = (rule: Settings | undefined): PolicyFileContent => ({
  approvals: { approvers: [sre], required: 2, reminders: { after: [] } },
  rules:
    rule === undefined
      ? []
      : [{ name: 'Orders', when: {}, approvers: [dba], required: 1, ...rule }],
  secrets: [{ secret: 'env:ORDERS', hosts: ['14.17.22.36'] }],
});

export let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
afterEach(async () => {
  await test.stop();
  policy.remove();
});

export async function start(rule: Settings, options?: Parameters<typeof startTestFerry>[1]) {
  policy = aPolicyFile({ approvals: { reminders: { after: [] } } });
  const environment = { ...policy.environment, FERRY_SECRET_ORDERS: 'stored-password' };
  test = await startTestFerry(environment, options);
  test.slack.addGroup({ id: dba, handle: 'dbas', name: 'DBAs', users: [BOB, MEI, EVA] });
  test.slack.addGroup({ id: sre, handle: 'sres', name: 'SREs', users: [DAN, EVA] });
  // Noon is outside all windows here.
  while (test.clock.now().getUTCHours() !== 12) test.clock.advance(1_800_000);
  await test.adopt(policyWith(rule));
}

/**
 * The policy changed after the approval. The thread of an unknown outcome said so before, and then says
 * only that the approvals are not enough.
 */
const saysChanged = (to: string, ...reasons: readonly Text[]): RegExp => {
  const changed = sayingAny(en.thread.ruleChangedAfterApproval(to), en.thread.reopened);
  return new RegExp(`(?:${changed.source})[\\s\\S]*?${saying(...reasons).source}`);
};
export const showing = (card: Message, words: RegExp) =>
  test.slack.until(() => words.test(test.shown(card)), { what: `a card with ${words}` });
export const creations = () => test.dts.callsOf('CreateMigrateJob').length;
export const thread = (card: Message) => test.replies(card).join('\n');

/** The reply that only this person sees. */
export const answer = async (by: string, act: () => Promise<unknown>) =>
  (await test.slack.answerTo(by, act)).text;

export const stored: FormEntries = {
  'SrcInfo.Password': undefined,
  'SrcInfo.Password.Source': 'env:ORDERS',
};

export async function approve(card: Message, by: string): Promise<void> {
  await test.slack.as(by).click(card, 'approve');
  await test.slack.until(() => thread(card).includes(`${nameOf(by)} approved`), {
    what: `the approval by ${by}`,
  });
}

const nameOf = (userId: string) =>
  test.slack.users.find(({ id }) => id === userId)?.realName ?? userId;

async function approveInEmergency(card: Message, by: string): Promise<void> {
  const person = test.slack.as(by);
  await person.click(card, 'break_glass');
  await test.slack.until(() => person.view(), { what: 'the form' });
  await person.fill({ Reason: 'the old instance is dying' });
  await person.submit();
  await test.reply(card, 'the old instance is dying');
}

/** How a request gets into a state, and what would launch it from there. */
interface State {
  rule: Settings;
  reach(card: Message, approving: () => Promise<void>): Promise<void>;
  act(card: Message, today: readonly string[]): Promise<void>;
}

const states = {
  'waits for its launch window': {
    rule: { windows: [night] },
    async reach(card, approving) {
      await approving();
      await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
    },
    async act() {
      while (test.clock.now().getUTCHours() !== 3) test.clock.advance(1_800_000);
    },
  },
  'waits for a retry after a rate limit': {
    rule: {},
    async reach(card, approving) {
      test.dts.next({ kind: 'code', code: 'RequestLimitExceeded' });
      await approving();
      await showing(card, saying(en.operations.create_job.status.retrying(anyText, anyTime)));
    },
    async act() {
      test.clock.advance(60_000);
    },
  },
  'failed, and the requester retries it': {
    rule: {},
    async reach(card, approving) {
      test.dts.next({ kind: 'code', code: 'InternalError.DatabaseError' });
      await approving();
      await showing(card, saying(en.card.tryFailedAgain));
    },
    async act(card) {
      await test.slack.as(ALICE).click(card, 'try_again');
      await test.reply(card, saying(en.thread.triedAgain(anything)));
    },
  },
  'is unconfirmed, and an approver presses create': {
    rule: {},
    async reach(card, approving) {
      test.dts.next({ kind: 'reset', when: 'before' });
      await approving();
      await passTime(test, () => saying(en.card.lookAgain).test(test.shown(card)), {
        what: 'the doubt',
      });
    },
    async act(card, [first = BOB]) {
      await test.slack.as(first).click(card, 'try_again');
      await test.reply(card, saying(en.operations.create_job.thread.callAgain(anything)));
    },
  },
} satisfies Record<string, State>;

/**
 * A change after the approval, the thread's words about it, and who can approve under the new
 * policy.
 */
export interface Change {
  initially?: Settings;
  emergency?: boolean;
  change(initially: Settings): Promise<void>;
  says: RegExp;
  today: readonly string[];
}

const changes: Readonly<Record<string, Change>> = {
  'other approvers': {
    change: (rule) => test.adopt(policyWith({ ...rule, approvers: [sre] })),
    says: saysChanged(anything, en.thread.lapsed.not_an_approver(BOB)),
    today: [DAN],
  },
  'one more approval is required': {
    change: (rule) => test.adopt(policyWith({ ...rule, required: 2 })),
    says: saysChanged(anything),
    today: [MEI],
  },
  'one_from_each names another list': {
    initially: { approvers: [dba, sre], one_from_each: [[dba]] },
    change: (rule) => test.adopt(policyWith({ ...rule, one_from_each: [[sre]] })),
    says: saysChanged(anything),
    today: [DAN],
  },
  'one_from_each names its lists in another order': {
    initially: { approvers: [dba, sre], one_from_each: [[dba], [BOB]] },
    change: (rule) => test.adopt(policyWith({ ...rule, one_from_each: [[sre], [dba]] })),
    says: saysChanged(anything),
    today: [DAN],
  },
  'two other approvers are required, without a launch window': {
    change: () => test.adopt(policyWith({ approvers: [sre], required: 2 })),
    says: saysChanged(anything, en.thread.lapsed.not_an_approver(anything)),
    today: [DAN, EVA],
  },
  'nobody may use emergency approval anymore': {
    initially: { required: 2, break_glass: [BOB] },
    emergency: true,
    change: (rule) => test.adopt(policyWith({ ...rule, break_glass: [] })),
    says: saysChanged(anything, en.thread.lapsed.no_emergency_approver(BOB)),
    today: [MEI, BOB],
  },
  'approvers must type the target': {
    change: (rule) => test.adopt(policyWith({ ...rule, confirm_destination: true })),
    says: saysChanged(anything, en.thread.lapsed.not_confirmed(anything)),
    today: [],
  },
  'the rule was removed': {
    change: () => test.adopt(policyWith(undefined)),
    says: saysChanged('usual'),
    today: [DAN, EVA],
  },
  'the approver left the group': {
    async change() {
      test.slack.setGroup(dba, { users: [MEI, EVA] });
    },
    says: saying(en.thread.reopened, en.thread.lapsed.not_an_approver(BOB)),
    today: [MEI],
  },
  'the approver is deactivated': {
    async change() {
      test.slack.changeUser(BOB, { deleted: true });
    },
    says: saying(en.thread.reopened, en.thread.lapsed.not_a_member(anything)),
    today: [MEI],
  },
  'the approver became a guest': {
    async change() {
      test.slack.changeUser(BOB, { kind: 'singleChannelGuest' });
    },
    says: saying(en.thread.reopened, en.thread.lapsed.not_a_member(anything)),
    today: [MEI],
  },
};

/** A request in the state, approved by Bob under the first rule. */
async function reach(
  state: State,
  { initially = {}, emergency = false }: Partial<Change>,
  options?: Parameters<typeof startTestFerry>[1],
): Promise<{ card: Message; rule: Settings }> {
  const rule = { ...state.rule, ...initially };
  await start(rule, options);
  const card = await test.request(stored);
  // An emergency approval doesn't wait for hours, so that row must fail first.
  await state.reach(card, () => (emergency ? approveInEmergency(card, BOB) : approve(card, BOB)));
  return { card, rule };
}

/** Changes after which the approval still counts. */
const harmless: Readonly<Record<string, (rule: Settings) => Promise<void>>> = Object.fromEntries<
  (rule: Settings) => Promise<void>
>([
  ['nothing', async () => {}],
  [
    'another rule, for other requests',
    async (rule) => {
      const { rules = [], ...others } = policyWith(rule);
      const other = { name: 'Other', when: { engines: ['redis'] }, required: 2 };
      await test.adopt({ ...others, rules: [other, ...rules] });
    },
  ],
  [
    'a setting that no approval depends on',
    (rule) => test.adopt(policyWith({ ...rule, expires_after: '1d' })),
  ],
  [
    'another member of the group',
    async () => test.slack.setGroup(dba, { users: [BOB, MEI, EVA, DAN] }),
  ],
]);

async function expectNoLaunch(state: State, row: Change): Promise<void> {
  const { card, rule } = await reach(state, row);
  const before = creations();
  await row.change(rule);
  test.clock.advance(6_000);
  await state.act(card, row.today);
  await test.slack.until(() => row.says.test(thread(card)), {
    what: `a thread that says ${row.says}; it says ${thread(card)}`,
  });
  await showing(
    card,
    sayingAny(
      en.card.status.waiting(anyText),
      en.card.status.partlyApproved(anyText, anyNumber, anyNumber, anyText),
      en.card.status.partlyApproved(anyText, 1, 1, anyText),
    ),
  );
  expect(creations()).toBe(before);
  // People approve under today's policy, and the request is launched.
  for (const by of row.today) await approve(card, by);
  if (row.today.length === 0) return;
  await passTime(test, () => jobOnCard().test(test.shown(card)), {
    stepMs: 120_000,
    what: 'the job',
  });
  expect(creations()).toBe(before + 1);
  expect(test.dts.jobs.size).toBe(1);
}

async function expectLaunch(
  state: State,
  change: (rule: Settings) => Promise<void>,
): Promise<void> {
  const { card, rule } = await reach(state, {});
  const before = creations();
  await change(rule);
  test.clock.advance(6_000);
  await state.act(card, [BOB]);
  await test.reply(card, jobInThread());
  expect(creations()).toBe(before + 1);
  expect(thread(card)).not.toMatch(
    sayingAny(
      en.thread.ruleChanged(anything),
      en.thread.ruleChangedAfterApproval(anything),
      en.thread.reopened,
      en.operations.create_job.thread.unverified,
      ...Object.values(en.thread.lapsed).map((lapse) => lapse(anything)),
    ),
  );
  expect(
    test
      .replies(card)
      .filter((text) => saying(en.thread.askApprovers(anyText, undefined)).test(text)),
  ).toHaveLength(0);
}

async function expectToWait(state: State): Promise<void> {
  const { card } = await reach(state, {});
  const before = creations();
  const isBob = ({ user }: Readonly<Record<string, unknown>>) => user === BOB;
  test.slack.faults.next('users.info', { kind: 'error', error: 'internal_error' }, 1_000, isBob);
  await state.act(card, [MEI]);
  await test.reply(card, saying(en.operations.create_job.thread.unverified));
  await showing(card, saying(en.operations.create_job.status.unverified(anyText)));
  test.clock.advance(60_000);
  await untilQuiet(test);
  expect(creations()).toBe(before);
  expect(
    test
      .replies(card)
      .filter((text) => saying(en.operations.create_job.thread.unverified).test(text)),
  ).toHaveLength(1);
  test.slack.faults.clear();
  await passTime(test, () => jobOnCard().test(test.shown(card)), { what: 'the job' });
  expect(creations()).toBe(before + 1);
}

/** A request whose approval is checked again before its launch. */
interface Recheck {
  state: string;
  name: string;
  run(): Promise<void>;
}

/** Every change in every state. */
export const rechecks: readonly Recheck[] = Object.entries(states).flatMap(([name, state]) => [
  ...Object.entries(changes)
    .filter(([, { emergency }]) => emergency !== true || name !== 'waits for its launch window')
    .map(([change, row]) => ({
      state: name,
      name: `is not launched if, before that, ${change}`,
      run: () => expectNoLaunch(state, row),
    })),
  ...Object.entries(harmless).map(([what, change]) => ({
    state: name,
    name: `is launched without a comment if only ${what} changed`,
    run: () => expectLaunch(state, change),
  })),
  {
    state: name,
    name: 'waits while Slack does not say who the approver is, and is launched after that',
    run: () => expectToWait(state),
  },
]);
