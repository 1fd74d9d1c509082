import { fillForm } from '../../playground/fillForm';
import { ALICE, BOB, DAN, EVA, MEI } from '../../playground/slack/index';
import {
  answer,
  approve,
  type Change,
  creations,
  dba,
  night,
  policyWith,
  rechecks,
  showing,
  sre,
  start,
  stored,
  test,
  thread,
} from '../support/approvedBefore';
import { sendForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { flowDatabases } from '../support/startTestFerry';
import {
  anyText,
  anyTime,
  anything,
  en,
  explained,
  jobInThread,
  saying,
  sayingAny,
} from '../support/words';

/**
 * Each change in one state, so that each state occurs with several changes. `test/soak` tries every
 * change in every state.
 */
const tried = [...new Set(rechecks.map(({ name }) => name))].flatMap((change, index) => {
  const inStates = rechecks.filter(({ name }) => name === change);
  const recheck = inStates.at(index % inStates.length);
  return recheck === undefined ? [] : [recheck];
});

it.each(tried)('a request that $state $name', ({ run }) => run());

describe('a request with one of two approvals', () => {
  const usually = { required: 2 };
  it.each<[string, Change]>([
    [
      'other approvers',
      {
        change: () => test.adopt(policyWith({ ...usually, approvers: [sre] })),
        says: saying(en.thread.ruleChanged(anything), en.thread.lapsed.not_an_approver(BOB)),
        today: [DAN, EVA],
      },
    ],
    [
      'one more approval is required',
      {
        change: () => test.adopt(policyWith({ required: 3 })),
        says: saying(en.thread.ruleChanged(anything)),
        today: [MEI, EVA],
      },
    ],
    [
      'one_from_each names another list',
      {
        initially: { approvers: [dba, sre], one_from_each: [[dba]] },
        change: (rule) => test.adopt(policyWith({ ...rule, one_from_each: [[sre]] })),
        says: saying(en.thread.ruleChanged(anything)),
        today: [MEI, DAN],
      },
    ],
    [
      'the rule was removed',
      {
        change: () => test.adopt(policyWith(undefined)),
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

describe.each(flowDatabases)('on %s', (database) => {
  it('typing the password again does not renew an approval that no longer counts', async () => {
    await start({}, { database });
    const card = await test.request({ 'SrcInfo.Password.Source': 'typed' });
    test.dts.next({ kind: 'code', code: 'InternalError.DatabaseError' });
    await approve(card, BOB);
    await showing(card, saying(en.card.status.failed(anyText)));
    await test.adopt(policyWith({ approvers: [sre] }));
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

  const isBob = ({ user }: Readonly<Record<string, unknown>>) => user === BOB;
  it.each<[string, () => void]>([
    ['was deactivated', () => test.slack.deactivate(BOB)],
    [
      'no longer exists in Slack',
      () => {
        const error = 'user_not_found';
        test.slack.faults.next('users.info', { kind: 'error', error }, 1_000, isBob);
      },
    ],
  ])('the approval of a person who %s does not count towards two', async (_, leave) => {
    await start({ required: 2 }, { database });
    const card = await test.request(stored);
    await approve(card, BOB);
    leave();
    test.clock.advance(6_000);
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
    await test.adopt(policyWith({ windows: [night], requesters: [dba] }));
    await passTime(test, () => saying(en.card.status.failed(anyText)).test(test.shown(card)), {
      stepMs: 120_000,
      what: 'the failure',
    });
    expect(await test.reply(card, saying(en.operations.create_job.thread.failed))).toContain(
      explained('requester_not_allowed').headline,
    );
    expect(creations()).toBe(0);
    // Once the policy allows the requester again, the unchanged request can be retried.
    await test.adopt(policyWith({}));
    await test.slack.as(ALICE).click(card, 'try_again');
    await test.reply(card, jobInThread());
  });

  it('approvers are mentioned at once, not when the launch window opens', async () => {
    await start({ windows: [night] }, { database });
    const card = await test.request(stored);
    await approve(card, BOB);
    await test.reply(card, saying(en.operations.create_job.thread.held(anyTime)));
    await test.adopt(policyWith({ windows: [night], approvers: [sre] }));
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
