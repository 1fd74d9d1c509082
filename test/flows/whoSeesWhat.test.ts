import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  BOB,
  DB_MIGRATIONS,
  type Message,
  OTHER_TEAM,
  type Person,
  type User,
} from '../../playground/slack/index';
import { openForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { whoTheyAre } from '../support/whoTheyAre';
import { en, saying, sayingAny } from '../support/words';

/** An action of a person who was a member before. */
interface Surface {
  /** What must be open before, while the person is a member. */
  prepare?(person: Person): Promise<void>;
  act(person: Person): Promise<unknown>;
  /** What a member sees. */
  shows: RegExp;
}

const onCall = 'S0ONCALL01';
let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;
let card: Message;

const command = (words: string, shows: RegExp): Surface => ({
  act: (person) => person.command(DB_MIGRATIONS, '/migrate', words),
  shows,
});

/** A card with a button that it may no longer have. */
const withButton = (action: string, value: string): Message => ({
  ...card,
  blocks: [
    {
      type: 'actions',
      block_id: 'any',
      elements: [
        {
          type: 'button',
          action_id: action,
          value,
          text: { type: 'plain_text', text: action },
        },
      ],
    },
  ],
});

const button = (action: string, shows: RegExp, value = '1:1'): Surface => ({
  act: (person) => person.clickStale(withButton(action, value), action),
  shows,
});

const surfaces: Record<string, Surface> = {
  '/migrate': command('', /"request_form"/),
  '/migrate new': command('new canary-preset', /canary-preset/),
  '/migrate list': command('list', /canary-public/),
  '/migrate jobs': command('jobs', /canary-job/),
  '/migrate show': command('show 1', /canary-public/),
  '/migrate policy': command('policy', /canary rule/),
  '/migrate explain': command('explain InvalidParameter', /DTS/),
  '/migrate explain, with a request': command('explain InvalidParameter 1', /cdb-canary01/),
  '/migrate clone': command('clone 1', /canary-public/),
  '/migrate help': command('help', /canary-preset/),
  '/migrate messages': command('messages off', /messages on/),
  '/migrate with a mistyped word': command('shw', /migrate show/),
  'the shortcut': {
    act: (person) => person.shortcut('request_migration'),
    shows: /"request_form"/,
  },
  'the Home tab': { act: (person) => person.openHome(), shows: /canary-public/ },
  'the button of the Home tab': button('request_migration', /"request_form"/),
  'another page of the Home tab': {
    prepare: async (person) => {
      await person.openHome();
    },
    ...button('turn_home_next', /canary-public/, '0'),
  },
  Details: button('details', /canary-public/),
  Edit: button('edit', saying(en.refusal({ code: 'not_allowed', action: 'edit' }))),
  Clone: button('clone', /canary-public/),
  'Deny, which opens a form': button('deny', /"deny_form"/),
  'Approve, which opens a form': button('approve_with_comment', /"approve_form"/),
  'Approve, which asks for the target': button('approve', /"approve_form"/, '1:1:cdb-canary01'),
  'Emergency approval': button(
    'break_glass',
    saying(en.refusal({ code: 'not_allowed', action: 'break_glass' })),
  ),
  'Emergency approval by a person on call': {
    prepare: async ({ id }) => test.slack.setGroup(onCall, { users: [id] }),
    ...button('break_glass', /"break_glass_form"/),
  },
  'the button under direct messages': button('no_direct_messages', /messages on/, 'any'),
  'a list of the form': {
    prepare: async (person) => {
      await openForm(test.slack, person.id);
    },
    act: (person) => person.suggest('DstInfo.Region', 'ap-'),
    shows: /ap-guangzhou/,
  },
  'a choice in the form': {
    prepare: async (person) => {
      await openForm(test.slack, person.id);
    },
    act: (person) => person.fill({ SrcDatabaseType: 'redis' }),
    shows: /"request_form"/,
  },
  'a submitted form': {
    prepare: async (person) => {
      await fillForm(test.slack, await openForm(test.slack, person.id), exampleForm);
      // The last choice may still be redrawing the form.
      await untilQuiet(test);
    },
    act: (person) => person.submit(),
    shows: /Sending|"SrcInfo/,
  },
};

/** How a member becomes something else, and the reply after that. */
const standings: Record<string, { change: Partial<User> | 'silence'; told: RegExp }> = {
  'a single-channel guest': {
    change: { kind: 'singleChannelGuest' },
    told: saying(en.refusal({ code: 'guest' })),
  },
  'a multi-channel guest': {
    change: { kind: 'multiChannelGuest' },
    told: saying(en.refusal({ code: 'guest' })),
  },
  'a person from another organization': {
    change: { kind: 'stranger', teamId: OTHER_TEAM.id },
    told: saying(en.refusal({ code: 'external' })),
  },
  'an app': { change: { kind: 'bot' }, told: saying(en.refusal({ code: 'bot' })) },
  'a person about whom Slack does not answer': {
    change: 'silence',
    told: sayingAny(
      en.refusal({ code: 'person_unknown' }),
      en.form.lookUp.personUnknown,
      en.form.sendAgain,
    ),
  },
};

const listRefusal = sayingAny(en.form.lookUp.notAllowed, en.form.lookUp.personUnknown);

beforeAll(async () => {
  policy = aPolicyFile({
    approvals: { break_glass: [onCall] },
    rules: [{ name: 'canary rule', when: { destinations: ['cdb-canary*'] } }],
    presets: { 'canary-preset': { SrcDatabaseType: 'mysql' } },
  });
  test = await startTestFerry(policy.environment);
  test.slack.addGroup({ id: onCall, handle: 'on-call', name: 'On call', users: [] });
  card = await test.request({ JobName: 'canary-public', 'DstInfo.InstanceId': 'cdb-canary01' });
  const withJob = await test.request({ JobName: 'canary-job' });
  await test.slack.as(BOB).click(withJob, 'approve');
  const isRead = () => test.dts.callsOf('DescribeMigrationDetail').length > 0;
  await passTime(test, isRead, { what: 'the job' });
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
});

let count = 0;
async function aMember(): Promise<Person> {
  count += 1;
  const { id } = test.slack.addUser({ name: `fred.${count}`, realName: `Fred ${count}` });
  test.slack.join(DB_MIGRATIONS, id);
  return test.slack.as(id);
}

/** What the bot sent since the records were dropped, except cards and other people's Home tabs. */
function shownTo(person: Person): string {
  const { id } = person;
  const { calls, deliveries } = test.slack;
  const toThem = calls.filter(({ method, args }) => {
    if (method === 'views.publish') return args['user_id'] === id;
    if (method === 'chat.postMessage') return args['channel'] === id;
    return method === 'chat.postEphemeral' || method.startsWith('views.');
  });
  const sent = [
    ...toThem.map(({ args }) => args),
    ...deliveries.map(({ outcome }) => outcome),
    ...person.ephemerals().slice(toldBefore.get(id)),
  ];
  return JSON.stringify(sent).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
}

const until = (person: Person, words: RegExp) =>
  test.slack.until(() => words.test(shownTo(person)), { what: String(words) });

const toldBefore = new Map<string, number>();

/** Drops the records, and lets cached data about people expire. */
function forget(person: Person): void {
  test.clock.advance(5_000);
  test.slack.forget();
  toldBefore.set(person.id, person.ephemerals().length);
}

describe.each(Object.entries(surfaces))('%s', (_, { prepare, act, shows }) => {
  it('shows something to a member', async () => {
    const person = await aMember();
    await prepare?.(person);
    forget(person);
    await act(person);
    await until(person, shows);
  });

  it.each(Object.entries(standings))(
    'shows nothing to %s, and says why',
    async (_, { change, told }) => {
      const { slack } = test;
      const person = await aMember();
      await prepare?.(person);
      if (change !== 'silence') slack.changeUser(person.id, change);
      else {
        const isThem = (args: Readonly<Record<string, unknown>>) =>
          whoTheyAre(args) && args['user'] === person.id;
        slack.faults.next('users.info', { kind: 'status', status: 503 }, 50, isThem);
      }
      forget(person);
      await act(person);
      await until(person, new RegExp(`${told.source}|${listRefusal.source}`));
      const shown = shownTo(person);
      expect(shown).not.toMatch(shows);
      expect(shown).not.toMatch(/canary|ap-guangzhou|Alice|_form"/);
      slack.faults.clear('users.info');
    },
  );

  it('shows nothing to a deactivated person whose action arrives late', async () => {
    const { slack } = test;
    const person = await aMember();
    await prepare?.(person);
    forget(person);
    await act(person);
    await until(person, shows);
    // Open Home tabs follow changes, and a person who just left may still be among their readers.
    test.clock.advance(120_000);
    await untilQuiet(test);
    const late = [...slack.deliveries];
    slack.deactivate(person.id);
    forget(person);
    for (const delivery of late) await slack.replay(delivery);
    await untilQuiet(test);
    expect(shownTo(person)).not.toMatch(shows);
    expect(shownTo(person)).not.toMatch(/canary|ap-guangzhou|Alice|_form"/);
    expect(late.length).toBeGreaterThan(0);
  });
});
