import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  type Delivery,
  MEI,
  type Message,
  PRIVATE_WITH_BOT,
} from '../../playground/slack/index';
import { type FormEntries, inFormOrder } from '../support/aForm';
import { fieldsShown, modalText, openForm, sendForm } from '../support/modal';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { runAudit } from '../support/runAudit';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { en, saying } from '../support/words';

let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
beforeAll(async () => {
  const break_glass = [MEI];
  policy = aPolicyFile({
    approvals: { break_glass },
    rules: [
      {
        ...{ name: 'hidden', when: { destinations: ['cdb-hidden*'] }, approvers: [BOB] },
        ...{ channel: PRIVATE_WITH_BOT, break_glass },
      },
      { name: 'lab', when: { destinations: ['cdb-lab*'] }, requesters: [MEI] },
      { name: 'group', when: { destinations: ['cdb-group*'] }, requesters: [APPROVERS_GROUP] },
    ],
  });
  test = await startTestFerry(policy.environment, { mode: 'http' });
});
afterAll(async () => {
  await test.stop();
  policy.remove();
});

const withButton = (card: Message, action: string, value: string): Message => {
  const text = { type: 'plain_text', text: action };
  const elements = [{ type: 'button', action_id: action, value, text }];
  return { ...card, blocks: [{ type: 'actions', block_id: 'any', elements }] };
};
const answersTo = (userId: string) =>
  test.slack
    .as(userId)
    .ephemerals()
    .map((message) => test.slack.render(message));

it('a replayed click that was refused is neither answered nor recorded again', async () => {
  const card = await test.request({ JobName: 'public' });
  const before = test.slack.deliveries.length;
  await test.slack.as(DAN).clickStale(withButton(card, 'break_glass', '1:1'), 'break_glass');
  const refusal = saying(en.refusal({ code: 'not_allowed', action: 'break_glass' }));
  await test.slack.until(() => refusal.test(answersTo(DAN).join()), { what: 'the refusal' });
  await untilQuiet(test);
  const click: Delivery | undefined = test.slack.deliveries[before];
  if (click === undefined) throw new Error('there was no click');
  const recorded = async () => {
    const environment = { DATABASE_URL: String(test.environment()['DATABASE_URL']) };
    const exported = JSON.stringify(await runAudit(environment, 'export'));
    return exported.split('attempt_refused').length;
  };
  const first = { answers: answersTo(DAN), recorded: await recorded() };
  for (let copy = 0; copy < 3; copy += 1) {
    test.clock.advance(5_000);
    await test.slack.replay(click);
    await untilQuiet(test);
  }
  expect({ answers: answersTo(DAN), recorded: await recorded() }).toEqual(first);
});

it('a form about a hidden request is refused like one about a request that does not exist', async () => {
  const card = await test.request({ JobName: 'visible' });
  await test.send({ JobName: 'hidden', 'DstInfo.InstanceId': 'cdb-hidden01' });
  const hidden = await test.slack.until(
    () =>
      test.slack
        .messages(PRIVATE_WITH_BOT)
        .find((message) => test.slack.render(message).includes('hidden')),
    { what: 'the hidden request' },
  );
  const [, id = ''] = /#(\d+)/.exec(test.slack.render(hidden)) ?? [];
  for (const action of ['break_glass', 'skip_check', 'edit', 'modify_job']) {
    const told: string[] = [];
    for (const number of [id, '77']) {
      const before = answersTo(DAN).length;
      const person = test.slack.as(DAN);
      await person.clickStale(withButton(card, action, `${number}:1`), action);
      await untilQuiet(test);
      test.clock.advance(5_000);
      const view = person.view();
      const shown = view === undefined ? [] : [test.slack.render(view)];
      const words = [...answersTo(DAN).slice(before), ...shown].join();
      told.push(words.replaceAll(`#${number}`, '#'));
      if (view !== undefined) await person.dismiss();
    }
    expect([action, told[0]]).toEqual([action, told[1]]);
    expect(told[1]).toContain('There is no request #');
  }
});

describe('a refused form comes back with its entries and the reason', () => {
  /** Fills in a new form and submits it. */
  async function filled(changes: FormEntries) {
    const person = await openForm(test.slack);
    await fillForm(test.slack, person, inFormOrder({ ...exampleForm, ...changes }));
    return { person, shown: await sendForm(test.slack, person) };
  }

  it('if a choice makes it the request of other people', async () => {
    const { person, shown } = await filled({ JobName: 'kept', 'DstInfo.InstanceId': 'cdb-lab01' });
    expect(shown).toMatch(saying(en.refusal({ code: 'may_not_request', rule: 'lab' })));
    expect(shown).toContain('kept');
    await person.dismiss();
  });

  it('if the group of the requesters is disabled', async () => {
    test.slack.setGroup(APPROVERS_GROUP, { disabled: true });
    test.clock.advance(60_000);
    const { person, shown } = await filled({ 'DstInfo.InstanceId': 'cdb-group01' });
    expect(shown).toMatch(saying(en.refusal({ code: 'requesters_unknown' })));
    await person.dismiss();
    test.slack.setGroup(APPROVERS_GROUP, { disabled: false });
  });

  it('if an edit needs another channel', async () => {
    const card = await test.request({ JobName: 'moving' });
    const alice = test.slack.as(ALICE);
    await alice.click(card, 'edit');
    await test.slack.until(() => fieldsShown(alice).includes('JobName'), { what: 'the form' });
    const changes = { 'DstInfo.InstanceId': 'cdb-hidden02', Reason: 'a better reason' };
    await fillForm(test.slack, alice, inFormOrder({ ...changes, 'SrcInfo.Password': 'again' }));
    const refusal = { code: 'other_channel', rule: 'hidden', channel: PRIVATE_WITH_BOT } as const;
    expect(await sendForm(test.slack, alice)).toMatch(saying(en.refusal(refusal)));
    for (const entry of Object.values(changes)) {
      expect(modalText(test.slack, alice)).toContain(entry);
    }
  });
});
