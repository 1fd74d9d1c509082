import {
  ALICE,
  BOB,
  DAN,
  MEI,
  type Message,
  OTHER_BOT,
  SINGLE_CHANNEL_GUEST,
  STRANGER,
} from '../../playground/slack/index';
import { testStart } from '../support/movableClock';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import {
  anyText,
  anyTime,
  anything,
  button,
  decidedAlready,
  decidedByYou,
  en,
  jobOnCard,
  saying,
} from '../support/words';

/** The refusal that a person gets, or `allowed`. */
type Cell = RegExp | 'allowed';

const states = [
  'pending',
  'held',
  'failed',
  'created',
  'denied',
  'withdrawn',
  'expired',
  'unconfirmed',
] as const;
type State = (typeof states)[number];
const actions = [
  'approve',
  'deny',
  'take_back',
  'withdraw',
  'edit',
  'look_again',
  'try_again',
  'break_glass',
] as const;
type Action = (typeof actions)[number];

const own = saying(en.refusal({ code: 'own_request' }));
const ownOutcome = saying(en.refusal({ code: 'own_outcome' }));
const noChange = saying(en.refusal({ code: 'cannot_edit' }));
const few = saying(en.refusal({ code: 'not_allowed', action: 'break_glass' }));
const notApprover = saying(en.refusal({ code: 'not_an_approver' }));
/** The refusals after a decision: Bob approved, Mei denied. */
const after = (who: 'bob' | 'others'): Record<State, Cell> => {
  const approved = who === 'bob' ? decidedByYou('approved') : decidedAlready('approved');
  return {
    pending: 'allowed',
    held: approved,
    failed: approved,
    created: approved,
    unconfirmed: approved,
    denied: decidedAlready('denied'),
    withdrawn: saying(en.refusal({ code: 'withdrawn', at: anyTime })),
    expired: saying(en.refusal({ code: 'expired', at: anyTime })),
  };
};
const inStates = (cells: Partial<Record<State, Cell>>, otherwise: Cell): Record<State, Cell> => {
  const entries = states.map((state): [State, Cell] => [state, cells[state] ?? otherwise]);
  return Object.fromEntries(entries) as Record<State, Cell>;
};
const always = (cell: Cell): Record<Action, Record<State, Cell>> => {
  const entries = actions.map((action) => [action, inStates({}, cell)]);
  return Object.fromEntries(entries);
};

const table: Record<string, { userId: string; cells: Record<Action, Record<State, Cell>> }> = {
  'the requester': {
    userId: ALICE,
    cells: {
      approve: inStates({}, own),
      deny: inStates({}, own),
      take_back: inStates({}, own),
      withdraw: inStates(
        { pending: 'allowed', held: 'allowed' },
        saying(en.refusal({ code: 'cannot_withdraw' })),
      ),
      edit: inStates({ pending: 'allowed', failed: 'allowed' }, noChange),
      look_again: inStates({}, ownOutcome),
      try_again: inStates({ failed: saying(en.refusal({ code: 'password_gone' })) }, ownOutcome),
      break_glass: inStates({}, few),
    },
  },
  'an approver': {
    userId: BOB,
    cells: {
      approve: after('bob'),
      deny: after('bob'),
      take_back: { ...after('bob'), pending: saying(en.refusal({ code: 'nothing_to_take_back' })) },
      withdraw: inStates({}, saying(en.refusal({ code: 'not_your_request' }))),
      edit: inStates({}, saying(en.refusal({ code: 'not_allowed', action: 'edit' }))),
      look_again: inStates(
        { unconfirmed: 'allowed' },
        saying(en.refusal({ code: 'not_in_doubt' })),
      ),
      try_again: inStates(
        { failed: saying(en.refusal({ code: 'password_gone' })), unconfirmed: 'allowed' },
        saying(en.refusal({ code: 'not_failed' })),
      ),
      break_glass: inStates({}, few),
    },
  },
  'a member who is not an approver': {
    userId: DAN,
    cells: {
      approve: inStates({}, notApprover),
      deny: inStates({}, saying(en.refusal({ code: 'not_allowed', action: 'deny' }))),
      take_back: {
        ...after('others'),
        pending: saying(en.refusal({ code: 'nothing_to_take_back' })),
      },
      withdraw: inStates({}, saying(en.refusal({ code: 'not_your_request' }))),
      edit: inStates({}, saying(en.refusal({ code: 'not_allowed', action: 'edit' }))),
      look_again: inStates({}, notApprover),
      try_again: inStates(
        { failed: saying(en.refusal({ code: 'not_allowed', action: 'try_again' })) },
        notApprover,
      ),
      break_glass: inStates({}, few),
    },
  },
  'a guest': { userId: SINGLE_CHANNEL_GUEST, cells: always(saying(en.refusal({ code: 'guest' }))) },
  'a person from another organization': {
    userId: STRANGER,
    cells: always(saying(en.refusal({ code: 'external' }))),
  },
  'an app': { userId: OTHER_BOT, cells: always(saying(en.refusal({ code: 'bot' }))) },
};

const someHours = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], time_zone: 'UTC' };

let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
beforeAll(async () => {
  policy = aPolicyFile({
    approvals: { expires_after: 'never', reminders: { after: [] } },
    rules: [
      { name: 'brief', when: { destinations: ['cdb-brief*'] }, expires_after: '1h' },
      {
        name: 'at night',
        when: { destinations: ['cdb-night*'] },
        // Closed now, at any time of the test.
        windows: [{ ...someHours, ...hoursFarFrom(testStart) }],
      },
    ],
  });
  test = await startTestFerry(policy.environment);
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

function hoursFarFrom(now: Date) {
  const hour = (now.getUTCHours() + 12) % 24;
  const clock = (value: number) => `${String(value).padStart(2, '0')}:00`;
  return { from: clock(hour), to: clock((hour + 1) % 24) };
}

let count = 0;

/** A new request, brought into a state. */
async function bring(state: State): Promise<Message> {
  const { slack, dts } = test;
  count += 1;
  const kind = state === 'expired' ? 'brief' : state === 'held' ? 'night' : 'plain';
  const destination = `cdb-${kind}${String(count).padStart(4, '0')}`;
  const card = await test.request({ JobName: `job-${count}`, 'DstInfo.InstanceId': destination });
  const showing = (words: RegExp) =>
    slack.until(() => words.test(test.shown(card)), { what: `a card with ${words}` });
  const approve = () => slack.as(BOB).click(card, 'approve');
  switch (state) {
    case 'pending':
      break;
    case 'held':
      await approve();
      await showing(saying(en.operations.create_job.status.held(anyText, anyTime)));
      break;
    case 'failed':
      dts.next({ kind: 'code', code: 'InternalError.DatabaseError' });
      await approve();
      await showing(saying(en.card.status.failed(anyText)));
      break;
    case 'created': {
      await approve();
      await showing(jobOnCard());
      // Its buttons follow once Ferry has read the job.
      const check = saying(button(en.job.button.check_job));
      await passTime(test, () => check.test(test.shown(card)), { what: 'the buttons of the job' });
      break;
    }
    case 'denied':
      await inForm(MEI, card, 'deny');
      await showing(saying(en.card.status.denied(anything)));
      break;
    case 'withdrawn':
      await slack.as(ALICE).click(card, 'withdraw');
      await showing(saying(en.card.status.withdrawn(anything)));
      break;
    case 'expired':
      test.clock.advance(3_600_000);
      await showing(saying(en.card.status.expired(anyTime)));
      break;
    case 'unconfirmed': {
      dts.next({ kind: 'reset', when: 'before' });
      await approve();
      const words = saying(en.operations.create_job.status.unconfirmed(anyText));
      await passTime(test, () => words.test(test.shown(card)), { what: 'the doubt' });
      break;
    }
    default:
      state satisfies never;
  }
  return card;
}

/** The card with the button, whatever its state: what a stale or forged click contains. */
function withButton(card: Message, action: Action): Message {
  const [, id] = /Migration #(\d+)/.exec(test.shown(card)) ?? [];
  // Who tries again names the call.
  const value = action === 'try_again' ? `${id}:1:1` : `${id}:1`;
  const button = { type: 'button', action_id: action, value };
  const text = { type: 'plain_text', text: action };
  return {
    ...card,
    blocks: [{ type: 'actions', block_id: 'any', elements: [{ ...button, text }] }],
  };
}

async function inForm(userId: string, card: Message, action: Action): Promise<void> {
  const person = test.slack.as(userId);
  const before = person.ephemerals().length;
  await person.clickStale(withButton(card, action), action);
  // A person who may not see anything gets no form.
  await test.slack.until(() => person.view() ?? person.ephemerals()[before], {
    what: 'the form or a refusal',
  });
  if (person.view() === undefined) return;
  await person.fill({ Reason: 'because' });
  await person.submit();
}

/** The reply to a person's action, or `undefined` if it was carried out. */
async function attempt(userId: string, card: Message, action: Action): Promise<string | undefined> {
  const { slack } = test;
  const person = slack.as(userId);
  const before = person.ephemerals().length;
  const was = test.shown(card);
  if (action === 'deny' || action === 'break_glass') await inForm(userId, card, action);
  else await person.clickStale(withButton(card, action), action);
  if (action === 'edit') {
    const text = await slack.until(
      () => {
        const told = person.ephemerals()[before];
        if (told !== undefined) return told.text;
        const view = person.view();
        const said = view && slack.render(view);
        return said !== undefined && !said.includes(en.form.opening) && said;
      },
      { what: 'the form or a refusal' },
    );
    if (person.view() !== undefined) await person.dismiss();
    return text.includes(en.form.labels.JobName) ? undefined : text;
  }
  return slack
    .until(
      () => {
        const told = person.ephemerals()[before];
        if (told !== undefined) return told.text;
        return test.shown(card) === was ? undefined : '';
      },
      { what: `an answer to ${action}` },
    )
    .then((text) => text || undefined);
}

describe.each(states)('a request that is %s', (state) => {
  let card: Message;
  beforeAll(async () => {
    card = await bring(state);
  });

  it.each(
    Object.entries(table).flatMap(([who, { userId, cells }]) =>
      actions.map((action) => ({ who, userId, action, cell: cells[action][state] })),
    ),
  )('$who: $action', async ({ userId, action, cell }) => {
    if (cell === 'allowed') {
      expect(await attempt(userId, await bring(state), action)).toBeUndefined();
      return;
    }
    const was = test.shown(card);
    expect(await attempt(userId, card, action)).toMatch(cell);
    expect(test.shown(card)).toBe(was);
  });
});
