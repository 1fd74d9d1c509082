import {
  BOB,
  DAN,
  type Delivery,
  MEI,
  type Message,
  PRIVATE_WITH_BOT,
} from '../../playground/slack/index';
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
