import { createHmac } from 'node:crypto';
import { ALICE, BOB, type Message } from '../../playground/slack/index';
import {
  cardActions,
  chooseJobAction,
  deleteIdleJobAction,
  menuAction,
} from '../../views/cardButtons';
import { decisionFormId, decisions } from '../../views/decisionForm';
import { requestFormId } from '../../views/requestForm';
import { skipFormId } from '../../views/skipForm';
import { unwatchAction } from '../../views/watch';
import { fieldsShown, modalText, openForm } from '../support/modal';
import { untilQuiet } from '../support/quiet';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { jobInThread } from '../support/words';

/** The methods that answer a person. */
const answering = ['chat.postEphemeral', 'views.open', 'views.push', 'views.update'];

/**
 * Deliveries of Slack whose values are none that Ferry writes, such as from an older release or another app. Nobody
 * did anything, so Ferry answers nobody.
 */
describe('what names nothing that Ferry knows changes nothing, and causes no error', () => {
  let test: TestFerry;
  let card: Message;
  beforeAll(async () => {
    test = await startTestFerry({}, { mode: 'http' });
    card = await test.request();
    await test.slack.as(BOB).click(card, 'details');
    const bob = test.slack.as(BOB);
    const isFilled = () =>
      bob.view() !== undefined && modalText(test.slack, bob).includes('usertest');
    await test.slack.until(isFilled, { what: 'the details' });
    await test.slack.as(BOB).dismiss();
  });
  afterAll(async () => {
    await test.slack.as(BOB).click(card, 'approve');
    await test.reply(card, jobInThread());
    for (const person of [ALICE, BOB]) expect(test.slack.as(person).ephemerals()).toEqual([]);
    expect(test.logged()).not.toContain('a Slack interaction failed');
    expect(test.slack.mistakes).toEqual([]);
    await test.stop();
  });

  /** Posts a signed payload. Resolves to the status, and to what Ferry called or said because of it. */
  async function post(payload: object) {
    const { ferry, slack } = test;
    const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
    const at = Math.floor(Date.now() / 1_000);
    const calls = () => slack.calls.filter(({ method }) => answering.includes(method)).length;
    const before = calls();
    const signature = createHmac('sha256', slack.signingSecret).update(`v0:${at}:${body}`);
    const response = await fetch(`http://127.0.0.1:${ferry.port}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${signature.digest('hex')}`,
      },
    });
    const said = await response.text();
    // Ferry may call Slack after it has answered.
    await untilQuiet(test);
    return { status: response.status, said, calls: calls() - before };
  }

  /** The latest real delivery of a type. */
  const latest = (type: string) => {
    const found = test.slack.deliveries.filter(({ payload }) => payload['type'] === type).at(-1);
    if (found === undefined) throw new Error(`no ${type}`);
    return found.payload;
  };
  const nothing = { status: 200, said: '', calls: 0 };

  const buttons = [
    ...cardActions,
    menuAction,
    unwatchAction,
    `${chooseJobAction}_1`,
    `${deleteIdleJobAction}_1`,
  ];
  it.each(buttons)('the button %s with another value', async (action_id) => {
    for (const value of [undefined, '', 'one', '1', '1:1:', '9999999999:1']) {
      if (action_id === unwatchAction && value !== undefined) continue;
      const shape = { type: 'button', block_id: 'b', action_ts: '1', action_id, value };
      const pressed = { ...latest('block_actions'), actions: [shape] };
      expect([value, await post(pressed)]).toEqual([value, nothing]);
    }
  });

  it.each(['datepicker', 'checkboxes'])('a %s in the place of a button', async (type) => {
    const shape = { type, block_id: 'b', action_ts: '1', action_id: 'approve' };
    expect(await post({ ...latest('block_actions'), actions: [shape] })).toEqual(nothing);
  });

  it.each([...decisions.map(decisionFormId), skipFormId])(
    'the form %s without its memory',
    async (callback_id) => {
      await openForm(test.slack, ALICE);
      await test.slack.as(ALICE).submit();
      const submission = latest('view_submission');
      const reason = { reason: { value: { type: 'plain_text_input', value: 'why' } } };
      for (const private_metadata of ['', '{', '7', '{}', '{"subject":"x"}']) {
        const view = { ...Object(submission['view']), callback_id, private_metadata };
        const sent = await post({ ...submission, view: { ...view, state: { values: reason } } });
        // Either it closes, or it says which field is missing. It does nothing.
        expect([private_metadata, sent.status, sent.calls]).toEqual([private_metadata, 200, 0]);
      }
      await test.slack.as(ALICE).dismiss();
    },
  );

  it('suggestions for a field or a form that does not exist are none', async () => {
    const asked = {
      ...latest('block_actions'),
      type: 'block_suggestion',
      action_id: 'value',
      value: 'a',
    };
    for (const [block_id, view] of [
      ['NoField', { callback_id: requestFormId, private_metadata: '{}' }],
      ['SrcInfo.Region', { callback_id: requestFormId, private_metadata: '{' }],
      ['SrcInfo.Region', undefined],
    ] as const) {
      const { status, said } = await post({ ...asked, block_id, view });
      expect([block_id, status, JSON.parse(said)]).toEqual([block_id, 200, { options: [] }]);
    }
  });

  it('a choice in another form, or in one without its memory, redraws nothing', async () => {
    const alice = await openForm(test.slack, ALICE);
    await alice.fill({ SrcDatabaseType: 'redis' });
    const isRedrawn = () => fieldsShown(alice).includes('SrcNodeType');
    await test.slack.until(isRedrawn, { what: 'the new fields' });
    const chosen = latest('block_actions');
    const { view } = { ...chosen };
    await alice.dismiss();
    for (const changes of [
      { callback_id: 'another' },
      { callback_id: requestFormId, private_metadata: '{' },
    ]) {
      expect(await post({ ...chosen, view: { ...Object(view), ...changes } })).toEqual(nothing);
    }
    expect(await post({ ...chosen, view: undefined })).toEqual(nothing);
  });
});
