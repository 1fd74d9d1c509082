import type { ModalView } from '@slack/types';
import type { Intent } from '../../src/domain/request/intent';
import { say } from '../../src/i18n/text';
import {
  type CardAction,
  cardActions,
  chooseJobAction,
  deleteIdleJobAction,
  menuAction,
  openConsoleAction,
} from '../../views/cardButtons';
import { buildDecisionForm, type DecisionName } from '../../views/decisionForm';
import { buildDetails } from '../../views/details';
import { muteAction } from '../../views/directMessage';
import { factsOf } from '../../views/glance';
import { filterAction, requestAction, turnAction } from '../../views/home';
import { mrkdwn } from '../../views/mrkdwn';
import { buildNoticeView } from '../../views/noticeView';
import { buildRequestForm, valueAction } from '../../views/requestForm';
import { buildNoSuggestions } from '../../views/suggestions';
import { unwatchAction } from '../../views/watch';
import { typedOnly } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import {
  acted,
  CHANNEL,
  checked,
  delivery,
  failing,
  handlers,
  missing,
  onWire,
  opened,
  PERSON,
  sent,
  shown,
  told,
  viewer,
} from '../support/handlers';
import { openedView } from '../support/webApi';
import { en } from '../support/words';

const emptyForm = sent(buildRequestForm(en, { values: {}, offer: typedOnly }));
/** The same choice in the menu of a card. */
const inMenu = (action: CardAction, value: string) => ({
  actions: [
    {
      ...{ type: 'overflow', action_id: menuAction, block_id: 'b' },
      selected_option: { value: `${action}:${value}` },
    },
  ],
});

describe('a button that needs no form acts at once', () => {
  const buttons: readonly (readonly [CardAction, Intent])[] = [
    ['approve', { type: 'approve', revision: 3 }],
    ['take_back', { type: 'take_back', revision: 3 }],
    ['withdraw', { type: 'withdraw', revision: 3 }],
    ['look_again', { type: 'look_again', revision: 3 }],
    ['try_again', { type: 'try_again', revision: 3 }],
    ['check_job', { type: 'check_job', revision: 3 }],
    ['start_job', { type: 'start_job', revision: 3 }],
    ['pause_job', { type: 'pause_job', revision: 3 }],
    ['continue_job', { type: 'continue_job', revision: 3 }],
    ['resume_job', { type: 'resume_job', revision: 3, option: 'normal' }],
    ['complete_job', { type: 'complete_job', revision: 3 }],
    ['stop_job', { type: 'stop_job', revision: 3 }],
    ['delete_job', { type: 'delete_job', revision: 3 }],
  ];

  it.each(buttons)('%s', async (action, intent) => {
    expect(await handlers.press(action, '7:3')).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([acted(intent)]);
    expect(handlers.web.calls).toEqual([]);
  });

  it.each(buttons)('%s in the menu of a card', async (action, intent) => {
    expect(await handlers.press(menuAction, '', inMenu(action, '7:3'))).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([acted(intent)]);
  });

  it.each<[string, string, Intent]>([
    [`${chooseJobAction}_1`, '7:3:dts-1', { type: 'choose_job', revision: 3, jobId: 'dts-1' }],
    [`${chooseJobAction}_12`, '7:3:dts-1', { type: 'choose_job', revision: 3, jobId: 'dts-1' }],
    [`${deleteIdleJobAction}_0`, '7:3', { type: 'delete_job', revision: 3, onlyIdle: true }],
    [`${deleteIdleJobAction}_10`, '7:3', { type: 'delete_job', revision: 3, onlyIdle: true }],
  ])('%s of a list', async (action, value, intent) => {
    expect(await handlers.press(action, value)).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([acted(intent)]);
  });

  it.each([
    ...[`${chooseJobAction}_`, `${chooseJobAction}_1x`, `x${chooseJobAction}_1`],
    ...[
      `${deleteIdleJobAction}_`,
      `${deleteIdleJobAction}_1x`,
      `x${deleteIdleJobAction}_1`,
      'other',
    ],
  ])('a button that Ferry does not have does nothing: %s', async (action) => {
    await handlers.press(action, '7:3:dts-1');
    expect(handlers.called).toEqual([]);
  });

  it.each(['', 'other:7:3', 'approve', 'approve:'])(
    'a menu entry that Ferry does not have is acknowledged and does nothing: "%s"',
    async (value) => {
      const chosen = { selected_option: { value } };
      const actions = [{ type: 'overflow', action_id: menuAction, block_id: 'b', ...chosen }];
      expect(await handlers.press(menuAction, '', { actions })).toStrictEqual([undefined]);
      expect(handlers.called).toEqual([]);
    },
  );
});

describe('is acknowledged before anything is looked up:', () => {
  const person = { user: { id: PERSON, team_id: 'T1' }, team: { id: 'T1' } };
  const pressing = (action: string) => ({
    ...{ type: 'block_actions', ...person, trigger_id: 'trigger' },
    actions: [{ type: 'button', action_id: action, block_id: 'b', value: '7:3' }],
  });

  it('and nothing is done if that fails', async () => {
    await handlers.deliver(pressing('approve'), () => Promise.reject(new Error('gone')));
    expect(handlers.called).toEqual([]);
  });

  it.each<[string, object]>([
    ...[...cardActions, requestAction, unwatchAction, muteAction, `${valueAction}_1`].map(
      (action): [string, object] => [action, pressing(action)],
    ),
    [
      'the shortcut',
      { type: 'shortcut', callback_id: 'request_migration', ...person, trigger_id: 'trigger' },
    ],
  ])('%s', async (_, body) => {
    const steps: string[] = [];
    const lookUp = async <T>(found: T): Promise<T> => {
      await new Promise(setImmediate);
      steps.push('looked up');
      return found;
    };
    handlers.change({
      messagesFor: () => lookUp(en),
      admit: () => lookUp({ ok: true, viewer }),
    });
    await handlers.deliver(body, async () => void steps.push('acknowledged'));
    expect(steps.slice(0, 2)).toEqual(['acknowledged', 'looked up']);
  });
});

describe('an interaction is identified', () => {
  const ids = async (...bodies: readonly object[]): Promise<unknown[]> => {
    for (const body of bodies) await handlers.press('withdraw', '7:3', body);
    return handlers.called.map(([, action]) => Reflect.get(Object(action), 'delivery'));
  };

  it('by its trigger, which is hashed', async () => {
    const [first, copy, other] = await ids(
      { trigger_id: 'one' },
      { trigger_id: 'one', message: { ts: '2' } },
      { trigger_id: 'two' },
    );
    expect(copy).toBe(first);
    expect(other).not.toBe(first);
    expect(first).not.toContain('one');
  });

  it('by its content if it has no trigger', async () => {
    const [first, copy, other] = await ids(
      { trigger_id: undefined, message: { ts: '1' } },
      { trigger_id: undefined, message: { ts: '1' } },
      { trigger_id: undefined, message: { ts: '2' } },
    );
    expect(copy).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('a button with a form opens it', () => {
  const facts = factsOf(en, aRequest(), 'international');
  const place = (subject: string) => ({ subject, channel: CHANNEL });
  const form = (decision: DecisionName, subject: string) =>
    onWire(buildDecisionForm(en, decision, place(subject), facts));

  it.each<[CardAction, string, DecisionName]>([
    ['approve', '7:3:cdb-1', 'approve'],
    ['approve_with_comment', '7:3', 'approve'],
    ['break_glass', '7:3', 'break_glass'],
    ['deny', '7:3', 'deny'],
    ['resume_job', '7:3:cdb-1', 'resume_job'],
  ])('%s with %s, also from the menu', async (action, value, decision) => {
    expect(await handlers.press(action, value)).toStrictEqual([undefined]);
    expect(await handlers.press(menuAction, '', inMenu(action, value))).toStrictEqual([undefined]);
    const expected = opened(form(decision, value));
    expect(handlers.web.calls).toEqual([expected, expected]);
    expect(handlers.called.filter(([name]) => name === 'act')).toEqual([]);
  });

  it('emergency approval only for a person who may use it', async () => {
    handlers.change({ refusalBefore: async () => ({ code: 'own_request' }) });
    await handlers.press('break_glass', '7:3');
    expect(handlers.called).toEqual([checked('break_glass')]);
    const words = mrkdwn(en.refusal({ code: 'own_request' }));
    expect(handlers.web.calls).toEqual([told(words)]);
  });

  it('emergency approval not if the person cannot be checked', async () => {
    handlers.change({ refusalBefore: failing });
    await handlers.press('break_glass', '7:3');
    expect(handlers.web.calls).toEqual([told(mrkdwn(en.trouble.action))]);
    const message = 'an emergency approval could not be checked';
    const fields = { request: 7, error: new Error('no store') };
    expect(handlers.lines).toEqual([{ level: 'error', message, fields }]);
  });

  it('or says in the channel that it did not open', async () => {
    handlers.web.refuse('views.open', 'expired_trigger_id');
    await handlers.press('deny', '7:3');
    expect(handlers.web.calls.at(-1)).toEqual(told(mrkdwn(en.trouble.expiredForm)));
  });

  it('without facts if the request cannot be read', async () => {
    handlers.change({ find: failing });
    await handlers.press('deny', '7:3');
    const view = onWire(buildDecisionForm(en, 'deny', place('7:3'), []));
    expect(handlers.web.calls).toEqual([opened(view)]);
    expect(handlers.lines).toMatchObject([
      { level: 'warn', message: 'a request could not be read for its decision' },
    ]);
  });

  it('without facts if the person may not see the request', async () => {
    handlers.change({ find: async () => ({ ok: false, refusal: { code: 'own_request' } }) });
    await handlers.press('deny', '7:3');
    const view = onWire(buildDecisionForm(en, 'deny', place('7:3'), []));
    expect(handlers.web.calls).toEqual([opened(view)]);
  });

  it('in a direct message or the Home tab, without a channel', async () => {
    await handlers.press('deny', '7:3', { channel: undefined });
    const view = buildDecisionForm(en, 'deny', { subject: '7:3' }, facts);
    expect(handlers.web.calls).toEqual([opened({ private_metadata: view.private_metadata })]);
  });

  it.each(['deny', 'details', 'edit', 'clone', 'skip_check'] as const)(
    '%s without a request is acknowledged and does nothing',
    async (action) => {
      for (const value of ['', 'x', '7'])
        expect(await handlers.press(action, value)).toStrictEqual([undefined]);
      expect(handlers.called).toEqual([]);
      expect(handlers.web.calls).toEqual([]);
    },
  );
});

describe('the submitted form of a decision acts', () => {
  const subject = '7:3:cdb-1';
  const submit = (
    decision: DecisionName,
    typed: Readonly<Record<string, string>>,
    about = subject,
  ) =>
    handlers.submit(
      sent(buildDecisionForm(en, decision, { subject: about, channel: CHANNEL }, []), typed),
    );
  const Reason = 'because';
  const destination = { 'DstInfo.InstanceId': 'cdb-1' };

  it.each<[DecisionName, Readonly<Record<string, string>>, Intent]>([
    [
      'approve',
      { Reason, ...destination },
      { type: 'approve', revision: 3, comment: Reason, destination: 'cdb-1' },
    ],
    [
      'break_glass',
      { Reason, ...destination },
      { type: 'break_glass', revision: 3, reason: Reason, destination: 'cdb-1' },
    ],
    ['deny', { Reason }, { type: 'deny', revision: 3, reason: Reason }],
  ])('%s', async (decision, typed, intent) => {
    expect(await submit(decision, typed)).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([acted(intent)]);
  });

  it.each(['overwrite', 'clearData'] as const)('resume_job with %s', async (option) => {
    const view = sent(
      buildDecisionForm(en, 'resume_job', { subject, channel: CHANNEL }, []),
      destination,
    );
    const { values } = view.state;
    const chosen = { value: { type: 'radio_buttons', selected_option: { value: option } } };
    const state = { values: { ...Object(values), ResumeOption: chosen } };
    expect(await handlers.submit({ ...view, state })).toStrictEqual([undefined]);
    const intent: Intent = { type: 'resume_job', revision: 3, option, destination: 'cdb-1' };
    expect(handlers.called).toEqual([acted(intent)]);
  });

  it('a form with a mistake stays open', async () => {
    const errors = { Reason: en.decision.missing };
    expect(await submit('deny', {})).toEqual([{ response_action: 'errors', errors }]);
    expect(handlers.called).toEqual([]);
  });

  it('a form that no button opened is acknowledged and does nothing', async () => {
    expect(await submit('deny', { Reason }, 'x')).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([]);
  });

  it('a form without a state is read as an empty one', async () => {
    const view = sent(buildDecisionForm(en, 'approve', { subject: '7:3' }, []));
    const { state: _, ...stateless } = view;
    expect(await handlers.submit(stateless)).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([
      acted({ type: 'approve', revision: 3, comment: '', destination: '' }),
    ]);
  });

  it('a refusal is for the person alone, in the channel of the card', async () => {
    handlers.change({ act: async () => ({ ok: false, refusal: { code: 'own_request' } }) });
    await submit('deny', { Reason });
    expect(handlers.web.calls).toMatchObject([
      { method: 'chat.postEphemeral', body: { channel: CHANNEL, user: PERSON } },
    ]);
  });
});

describe('other buttons', () => {
  it('the link to the console is acknowledged', async () => {
    expect(await handlers.press(openConsoleAction, '')).toStrictEqual([undefined]);
    expect([handlers.called, handlers.web.calls]).toEqual([[], []]);
  });

  it.each([
    [`${turnAction}_next`, '2', 2],
    [`${turnAction}_back`, '0', 0],
  ])('%s turns the Home tab', async (action, value, page) => {
    expect(await handlers.press(action, value)).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([['showHome', PERSON, page]]);
  });

  it.each(['', '-1', 'x', '1.5'])(
    'a page that does not exist stays as it is: "%s"',
    async (value) => {
      expect(await handlers.press(`${turnAction}_next`, value)).toStrictEqual([undefined]);
      expect(handlers.called).toEqual([]);
    },
  );

  it('a menu of the Home tab shows the first page with the choice', async () => {
    const start = {
      [`${filterAction}_status`]: { selected_option: { value: 'attention' } },
      [`${filterAction}_owner`]: { selected_option: { value: 'mine' } },
    };
    const view = { state: { values: { start } } };
    const id = `${filterAction}_status`;
    const actions = [{ type: 'static_select', action_id: id, block_id: 'start' }];
    expect(await handlers.press(id, '', { actions, view })).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([['showHome', PERSON, 0, { status: 'attention', mine: true }]]);
  });

  it.each([
    ['home', [['showHome', PERSON, 0]]],
    ['messages', []],
  ])('opening the tab "%s"', async (tab, called) => {
    const event = { type: 'app_home_opened', user: PERSON, tab };
    await handlers.deliver({ type: 'event_callback', team_id: 'T1', event });
    expect(handlers.called).toEqual(called);
  });

  it('turning direct messages off', async () => {
    expect(await handlers.press(muteAction, '')).toStrictEqual([undefined]);
    expect(handlers.called).toEqual([['setMuted', PERSON, true, delivery]]);
    expect(handlers.web.calls).toEqual([told(mrkdwn(en.direct.muted('/migrate')))]);
  });

  it('turning direct messages off while the store is down', async () => {
    handlers.change({ setMuted: failing });
    await handlers.press(muteAction, '');
    expect(handlers.web.calls).toEqual([told(mrkdwn(en.trouble.action))]);
    const message = 'a choice about direct messages could not be stored';
    const fields = { user: PERSON, error: new Error('no store') };
    expect(handlers.lines).toEqual([{ level: 'error', message, fields }]);
  });

  it('ending a watch', async () => {
    expect(await handlers.press(unwatchAction, 'dts-1')).toStrictEqual([undefined]);
    const command = { userId: PERSON, delivery, jobId: 'dts-1' };
    expect(handlers.called).toEqual([['unwatch', command]]);
    expect(handlers.web.calls).toEqual([told(mrkdwn(en.watch.answer.ending('dts-1')))]);
  });

  it('ending a watch that the person may not end', async () => {
    handlers.change({ unwatch: async () => ({ code: 'not_watched', jobId: 'dts-1' }) });
    await handlers.press(unwatchAction, 'dts-1');
    const words = mrkdwn(en.refusal({ code: 'not_watched', jobId: 'dts-1' }));
    expect(handlers.web.calls).toEqual([told(words)]);
  });

  it('ending a watch while the store is down', async () => {
    handlers.change({ unwatch: failing });
    await handlers.press(unwatchAction, 'dts-1');
    expect(handlers.web.calls).toEqual([told(mrkdwn(en.trouble.action))]);
    const fields = { user: PERSON, job: 'dts-1', error: new Error('no store') };
    const message = 'a watch could not be ended';
    expect(handlers.lines).toEqual([{ level: 'error', message, fields }]);
  });

  describe('details', () => {
    const { details } = en;
    const waiting = buildNoticeView(en, say`${details.opening}`, details.title);
    const filled = (view: ModalView) => [
      opened(onWire(waiting)),
      { method: 'views.update', body: { view_id: openedView, view: onWire(view) } },
    ];

    it('open at once, and are filled in', async () => {
      expect(await handlers.press('details', '7:3')).toStrictEqual([undefined]);
      expect(handlers.called).toEqual([
        ['find', viewer, 7, shown],
        ['events', 7],
      ]);
      const view = buildDetails(en, aRequest(), [], 'international');
      expect(handlers.web.calls).toEqual(filled(view));
    });

    it('say why the person may not see them', async () => {
      handlers.change({ find: async () => ({ ok: false, refusal: missing }) });
      await handlers.press('details', '7:3');
      const view = buildNoticeView(en, en.refusal(missing), details.title);
      expect(handlers.web.calls).toEqual(filled(view));
    });

    it('say that they could not be read', async () => {
      handlers.change({ events: failing });
      await handlers.press('details', '7:3');
      const view = buildNoticeView(en, details.notRead, details.title);
      expect(handlers.web.calls).toEqual(filled(view));
      const fields = { request: 7, error: new Error('no store') };
      expect(handlers.lines).toEqual([
        { level: 'error', message: 'a request could not be read', fields },
      ]);
    });

    it('that Slack does not update are logged', async () => {
      handlers.web.refuse('views.update', 'not_found');
      await handlers.press('details', '7:3');
      const fields = { user: PERSON, request: 7, error: expect.any(Error) };
      const message = 'details could not be shown';
      expect(handlers.lines).toContainEqual({ level: 'warn', message, fields });
    });

    it('are not filled in if no modal opened', async () => {
      handlers.web.refuse('views.open', 'expired_trigger_id');
      await handlers.press('details', '7:3');
      expect(handlers.called).toEqual([]);
      expect(handlers.web.calls).toEqual([
        opened(onWire(waiting)),
        told(mrkdwn(en.trouble.expiredForm)),
      ]);
    });
  });
});

describe('a person who may not see anything', () => {
  const refusal = { code: 'guest' } as const;
  const words = mrkdwn(en.refusal(refusal));
  beforeEach(() => handlers.change({ admit: async () => ({ ok: false, refusal }) }));
  afterEach(() => {
    expect(handlers.called).toEqual([]);
    expect(handlers.lines).toEqual([
      {
        level: 'info',
        message: 'nothing was shown to a person',
        fields: { user: PERSON, why: 'guest' },
      },
    ]);
  });

  it.each([
    ...['clone', 'edit', 'modify_job', 'details', 'deny', 'approve_with_comment', 'skip_check'],
    ...['break_glass', muteAction, unwatchAction, requestAction, valueAction, `${valueAction}_2`],
  ])('is refused in the channel of the button %s', async (action) => {
    expect(await handlers.press(action, '7:3')).toStrictEqual([undefined]);
    expect(handlers.web.calls).toEqual([told(words)]);
  });

  it('is refused in the answer to a command', async () => {
    const [answer] = await handlers.command('list');
    expect(answer).toEqual({ response_type: 'ephemeral', text: words });
    expect(handlers.web.calls).toEqual([]);
  });

  it('is refused in a direct message after the shortcut', async () => {
    expect(await handlers.shortcut()).toStrictEqual([undefined]);
    expect(handlers.web.calls).toEqual([
      { method: 'chat.postMessage', body: { channel: PERSON, text: words } },
    ]);
  });

  it('is refused in a list of the form', async () => {
    const [answer] = await handlers.suggest('JobName', 'x', emptyForm);
    expect(answer).toEqual({ option_groups: buildNoSuggestions(en, refusal) });
  });

  it('is refused in place of the form', async () => {
    expect(await handlers.submit(emptyForm)).toEqual([
      { response_action: 'update', view: buildNoticeView(en, en.refusal(refusal)) },
    ]);
  });
});

describe('a person of whom Slack says nothing', () => {
  const unknown = { code: 'person_unknown' } as const;
  const [input] = emptyForm.blocks.filter(({ type }) => type === 'input');

  it('keeps the form, and is asked to send it again', async () => {
    handlers.change({ admit: async () => ({ ok: false, refusal: unknown }) });
    const errors = { [String(input?.['block_id'])]: en.form.sendAgain };
    expect(await handlers.submit(emptyForm)).toEqual([{ response_action: 'errors', errors }]);
  });

  it('gets the reason in place of a form without inputs', async () => {
    handlers.change({ admit: async () => ({ ok: false, refusal: unknown }) });
    const blocks = emptyForm.blocks.filter(({ type }) => type !== 'input');
    expect(await handlers.submit({ ...emptyForm, blocks })).toEqual([
      { response_action: 'update', view: buildNoticeView(en, en.refusal(unknown)) },
    ]);
  });
});
