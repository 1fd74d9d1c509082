import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DAN, EVA, MEI, type Message } from '../../playground/slack/index';
import { loadPolicyFile } from '../../src/policyFile/loadPolicyFile';
import type { FormEntries } from '../support/aForm';
import { sendForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { aPolicyFile, type PolicyFileContent } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { databases, startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anyNumber,
  anyText,
  anyTime,
  anything,
  en,
  explained,
  jobInThread,
  jobOnCard,
  saying,
  sayingAny,
} from '../support/words';

/**
 * An approval counts only while today's policy and memberships would allow it again. Each row
 * brings a request into a state, changes the policy or the people, and does what would otherwise
 * launch the request.
 */

const dba = 'S0DBAGROUP';
const sre = 'S0SREGROUP';
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const night = { days: everyDay, from: '02:00', to: '04:00', time_zone: 'UTC' };
type Settings = Readonly<Record<string, unknown>>;

/** One rule for everything; without it, two SREs approve. */
const policyWith = (rule: Settings | undefined): PolicyFileContent => ({
  approvals: { approvers: [sre], required: 2, reminders: { after: [] } },
  rules:
    rule === undefined
      ? []
      : [{ name: 'Orders', when: {}, approvers: [dba], required: 1, ...rule }],
  secrets: [{ secret: 'env:ORDERS', hosts: ['14.17.22.36'] }],
});

let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
afterEach(async () => {
  await test.stop();
  policy.remove();
});

async function start(rule: Settings, options?: Parameters<typeof startTestFerry>[1]) {
  policy = aPolicyFile({ approvals: { reminders: { after: [] } } });
  const environment = { ...policy.environment, FERRY_SECRET_ORDERS: 'stored-password' };
  test = await startTestFerry(environment, options);
  test.slack.addGroup({ id: dba, handle: 'dbas', name: 'DBAs', users: [BOB, MEI, EVA] });
  test.slack.addGroup({ id: sre, handle: 'sres', name: 'SREs', users: [DAN, EVA] });
  // Noon is outside all windows here.
  while (test.clock.now().getUTCHours() !== 12) test.clock.advance(1_800_000);
  await adopt(policyWith(rule));
}

async function adopt(content: PolicyFileContent): Promise<void> {
  policy.write(content);
  const read = loadPolicyFile(policy.path);
  if (!read.ok) throw new Error(JSON.stringify(read));
  expect(await test.ferry.adopt(read.policyFile)).toBeUndefined();
}

const shown = (card: Message) => test.slack.render(test.slack.message(card) ?? card);
const changed = en.thread.ruleChangedAfterApproval(anything);
const showing = (card: Message, words: RegExp) =>
  test.slack.until(() => words.test(shown(card)), { what: `a card with ${words}` });
const creations = () => test.dts.callsOf('CreateMigrateJob').length;
const thread = (card: Message) => test.replies(card).join('\n');

/** The reply that only this person sees. */
async function answer(by: string, act: () => Promise<unknown>): Promise<string> {
  const before = test.slack.as(by).ephemerals().length;
  await act();
  const { text } = await test.slack.until(() => test.slack.as(by).ephemerals()[before], {
    what: 'the answer',
  });
  return text;
}

const stored: FormEntries = {
  'SrcInfo.Password': undefined,
  'SrcInfo.Password.Source': 'env:ORDERS',
};

async function approve(card: Message, by: string): Promise<void> {
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
      await passTime(test, () => saying(en.card.lookAgain).test(shown(card)), {
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
interface Change {
  initially?: Settings;
  emergency?: boolean;
  change(initially: Settings): Promise<void>;
  says: RegExp;
  today: readonly string[];
}

const changes: Readonly<Record<string, Change>> = {
  'other approvers': {
    change: (rule) => adopt(policyWith({ ...rule, approvers: [sre] })),
    says: saying(changed, en.thread.lapsed.not_an_approver(BOB)),
    today: [DAN],
  },
  'one more approval is required': {
    change: (rule) => adopt(policyWith({ ...rule, required: 2 })),
    says: saying(en.thread.ruleChangedAfterApproval(anything)),
    today: [MEI],
  },
  'one_from_each names another list': {
    initially: { approvers: [dba, sre], one_from_each: [[dba]] },
    change: (rule) => adopt(policyWith({ ...rule, one_from_each: [[sre]] })),
    says: saying(en.thread.ruleChangedAfterApproval(anything)),
    today: [DAN],
  },
  'one_from_each names its lists in another order': {
    initially: { approvers: [dba, sre], one_from_each: [[dba], [BOB]] },
    change: (rule) => adopt(policyWith({ ...rule, one_from_each: [[sre], [dba]] })),
    says: saying(en.thread.ruleChangedAfterApproval(anything)),
    today: [DAN],
  },
  'two other approvers are required, without a launch window': {
    change: () => adopt(policyWith({ approvers: [sre], required: 2 })),
    says: saying(changed, en.thread.lapsed.not_an_approver(anything)),
    today: [DAN, EVA],
  },
  'nobody may use emergency approval anymore': {
    initially: { required: 2, break_glass: [BOB] },
    emergency: true,
    change: (rule) => adopt(policyWith({ ...rule, break_glass: [] })),
    says: saying(changed, en.thread.lapsed.no_emergency_approver(BOB)),
    today: [MEI, BOB],
  },
  'approvers must type the target': {
    change: (rule) => adopt(policyWith({ ...rule, confirm_destination: true })),
    says: saying(changed, en.thread.lapsed.not_confirmed(anything)),
    today: [],
  },
  'the rule was removed': {
    change: () => adopt(policyWith(undefined)),
    says: saying(en.thread.ruleChangedAfterApproval('usual')),
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

describe.each(Object.entries(states))('a request that %s', (name, state) => {
  const rows = Object.entries(changes).filter(
    ([, { emergency }]) => emergency !== true || name !== 'waits for its launch window',
  );

  it.each(rows)('is not launched if, before that, %s', async (_, row) => {
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
    await passTime(test, () => jobOnCard().test(shown(card)), {
      stepMs: 120_000,
      what: 'the job',
    });
    expect(creations()).toBe(before + 1);
    expect(test.dts.jobs.size).toBe(1);
  });

  it.each<[string, (rule: Settings) => Promise<void>]>([
    ['nothing', async () => {}],
    [
      'another rule, for other requests',
      async (rule) => {
        const { rules = [], ...others } = policyWith(rule);
        const other = { name: 'Other', when: { engines: ['redis'] }, required: 2 };
        await adopt({ ...others, rules: [other, ...rules] });
      },
    ],
    [
      'a setting that no approval depends on',
      (rule) => adopt(policyWith({ ...rule, expires_after: '1d' })),
    ],
    [
      'another member of the group',
      async () => test.slack.setGroup(dba, { users: [BOB, MEI, EVA, DAN] }),
    ],
  ])('is launched without a comment if only %s changed', async (_, change) => {
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
        changed,
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
  });

  it('waits while Slack does not say who the approver is, and is launched after that', async () => {
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
    await passTime(test, () => jobOnCard().test(shown(card)), { what: 'the job' });
    expect(creations()).toBe(before + 1);
  });
});

describe('a request with one of two approvals', () => {
  const usually = { required: 2 };
  it.each<[string, Change]>([
    [
      'other approvers',
      {
        change: () => adopt(policyWith({ ...usually, approvers: [sre] })),
        says: saying(en.thread.ruleChanged(anything), en.thread.lapsed.not_an_approver(BOB)),
        today: [DAN, EVA],
      },
    ],
    [
      'one more approval is required',
      {
        change: () => adopt(policyWith({ required: 3 })),
        says: saying(en.thread.ruleChanged(anything)),
        today: [MEI, EVA],
      },
    ],
    [
      'one_from_each names another list',
      {
        initially: { approvers: [dba, sre], one_from_each: [[dba]] },
        change: (rule) => adopt(policyWith({ ...rule, one_from_each: [[sre]] })),
        says: saying(en.thread.ruleChanged(anything)),
        today: [MEI, DAN],
      },
    ],
    [
      'the rule was removed',
      {
        change: () => adopt(policyWith(undefined)),
        says: saying(en.thread.ruleChanged('usual')),
        today: [DAN, EVA],
      },
    ],
    [
      'the approver left the group',
      {
        async change() {
          test.slack.setGroup(dba, { users: [MEI, EVA] });
        },
        says: saying(en.thread.lapsed.not_an_approver(BOB)),
        today: [MEI, EVA],
      },
    ],
    [
      'the approver is deactivated',
      {
        async change() {
          test.slack.changeUser(BOB, { deleted: true });
        },
        says: saying(en.thread.lapsed.not_a_member(BOB)),
        today: [MEI, EVA],
      },
    ],
  ])('is not launched by the next approval if, before that, %s', async (_, row) => {
    const rule = { ...usually, ...row.initially };
    await start(rule);
    const card = await test.request(stored);
    await approve(card, BOB);
    await row.change(rule);
    test.clock.advance(6_000);
    for (const by of row.today) {
      expect(creations()).toBe(0);
      await approve(card, by);
    }
    await test.reply(card, jobInThread());
    expect(thread(card)).toMatch(row.says);
    expect(creations()).toBe(1);
  });
});

const typedAgain = { 'SrcInfo.Password': 'typed-again' };

describe.each(databases)('on %s', (database) => {
  it('typing the password again does not renew an approval that no longer counts', async () => {
    await start({}, { database });
    const card = await test.request({ 'SrcInfo.Password.Source': 'typed' });
    test.dts.next({ kind: 'code', code: 'InternalError.DatabaseError' });
    await approve(card, BOB);
    await showing(card, saying(en.card.status.failed(anyText)));
    await adopt(policyWith({ approvers: [sre] }));
    const alice = test.slack.as(ALICE);
    await alice.click(card, 'edit');
    const isFilled = () => alice.view()?.blocks.some((block) => block['block_id'] === 'JobName');
    await test.slack.until(isFilled, { what: 'the filled form' });
    await fillForm(test.slack, alice, typedAgain);
    await sendForm(test.slack, alice);
    await test.reply(card, saying(en.thread.ruleChangedAfterApproval(anything)));
    expect(creations()).toBe(1);
    await approve(card, DAN);
    await test.reply(card, jobInThread());
    const [, call] = test.dts.callsOf('CreateMigrateJob');
    expect(call?.body).toMatchObject({ SrcInfo: { Password: 'typed-again' } });
  });

  it('the approval of a person who was deactivated does not count towards two', async () => {
    await start({ required: 2 }, { database });
    const card = await test.request(stored);
    await approve(card, BOB);
    test.slack.deactivate(BOB);
    await test.slack.as(MEI).click(card, 'approve');
    await showing(card, /1 of 2 approvals: .*林梅/);
    await test.reply(
      card,
      sayingAny(...Object.values(en.thread.lapsed).map((lapse) => lapse(BOB))),
    );
    expect(creations()).toBe(0);
    await approve(card, EVA);
    await test.reply(card, jobInThread());
    expect(creations()).toBe(1);
  });

  it('a request fails if the policy no longer allows the requester to request it', async () => {
    await start({ windows: [night] }, { database });
    const card = await test.request(stored);
    await approve(card, BOB);
    await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
    await adopt(policyWith({ windows: [night], requesters: [dba] }));
    await passTime(test, () => saying(en.card.status.failed(anyText)).test(shown(card)), {
      stepMs: 120_000,
      what: 'the failure',
    });
    expect(await test.reply(card, saying(en.operations.create_job.thread.failed))).toContain(
      explained('requester_not_allowed').headline,
    );
    expect(creations()).toBe(0);
    // Once the policy allows the requester again, the unchanged request can be retried.
    await adopt(policyWith({}));
    await test.slack.as(ALICE).click(card, 'try_again');
    await test.reply(card, jobInThread());
  });

  it('approvers are mentioned at once, not when the launch window opens', async () => {
    await start({ windows: [night] }, { database });
    const card = await test.request(stored);
    await approve(card, BOB);
    await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
    await adopt(policyWith({ windows: [night], approvers: [sre] }));
    expect(await test.reply(card, saying(en.thread.ruleChangedAfterApproval(anything)))).toContain(
      '@sres',
    );
    const mails = () =>
      test.slack
        .as(ALICE)
        .directMessages()
        .map((each) => test.slack.render(each));
    await test.slack.until(() => mails().some((text) => saying(en.direct.waitsAgain).test(text)), {
      what: 'the message to the requester',
    });
    // The reply to a click depends on the current state.
    expect(await answer(BOB, () => test.slack.as(BOB).clickStale(card, 'approve'))).toMatch(
      saying(en.refusal({ code: 'not_an_approver' })),
    );
  });
});
