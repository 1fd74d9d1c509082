import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import {
  ALICE,
  BOB,
  DAN,
  DB_MIGRATIONS,
  EVA,
  MEI,
  type Message,
  type Person,
  PRIVATE_WITH_BOT,
} from '../../playground/slack/index';
import { plain } from '../../src/i18n/text';
import { fail } from '../support/fail';
import { homeOf, openHome } from '../support/home';
import { modalText, openForm, sendForm } from '../support/modal';
import { passTime } from '../support/passTime';
import { aPolicyFile } from '../support/policyFile';
import {
  type DatabaseName,
  flowDatabases,
  startTestFerry,
  type TestFerry,
} from '../support/startTestFerry';
import { anyNumber, anyPart, anyText, button, en, explained, saying } from '../support/words';

/** Alice's requests for `cdb-hush…` are posted in a private channel with Alice and Bob. */
const rules = [
  {
    name: 'hush',
    when: { destinations: ['cdb-hush*'] },
    channel: PRIVATE_WITH_BOT,
    approvers: [BOB],
  },
  {
    name: 'hush, with Mei',
    when: { destinations: ['cdb-quiet*'] },
    channel: PRIVATE_WITH_BOT,
    approvers: [MEI],
  },
];

let test: TestFerry;
let policy: ReturnType<typeof aPolicyFile>;

async function begin(database: DatabaseName): Promise<void> {
  policy = aPolicyFile({ rules });
  test = await startTestFerry(policy.environment, { database });
}

async function end(): Promise<void> {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
  policy.remove();
}

/** Submits a form whose request is posted in the private channel. Returns its card. */
async function hush(JobName: string, destination = 'cdb-hush0001'): Promise<Message> {
  await test.send({ JobName, 'DstInfo.InstanceId': destination });
  const { slack } = test;
  const isIt = (message: Message) =>
    message.threadTs === undefined && slack.render(message).includes(JobName);
  return slack.until(() => slack.messages(PRIVATE_WITH_BOT).find(isIt), { what: JobName });
}

/** The command's reply: an ephemeral message or a modal. */
async function answerTo(userId: string, words: string): Promise<string> {
  const { slack } = test;
  const person = slack.as(userId);
  const before = person.ephemerals().length;
  await person.command(DB_MIGRATIONS, '/migrate', words);
  return answered(person, before);
}

async function answered(person: Person, before: number): Promise<string> {
  const { slack } = test;
  const text = await slack.until(
    () => {
      const told = person.ephemerals()[before];
      if (told !== undefined) return slack.render(told);
      const shown = person.view() === undefined ? '' : modalText(slack, person);
      return ['', en.form.opening, en.details.opening].some((words) =>
        words === '' ? shown === '' : shown.includes(words),
      )
        ? undefined
        : shown;
    },
    { what: 'an answer' },
  );
  if (person.view() !== undefined) await person.dismiss();
  return text;
}

/** A click on a button of an earlier card that the person can't see anymore. */
async function click(userId: string, action: string, id: number): Promise<string> {
  const { slack } = test;
  const person = slack.as(userId);
  const text = { type: 'plain_text', text: action };
  // As on the card, if there is one.
  const cards = JSON.stringify(
    [PRIVATE_WITH_BOT, DB_MIGRATIONS].map((each) => slack.messages(each)),
  );
  const [, value = `${id}:1`] = new RegExp(`"(${id}\\.[\\w-]+:1)`).exec(cards) ?? [];
  const element = { type: 'button', action_id: action, value, text };
  const [some] = slack.messages(DB_MIGRATIONS);
  if (some === undefined) throw new Error('there is no message');
  const blocks = [{ type: 'actions', block_id: 'any', elements: [element] }];
  const before = person.ephemerals().length;
  await person.clickStale({ ...some, blocks }, action);
  if (action !== 'deny') return answered(person, before);
  await slack.until(() => person.view(), { what: 'the form' });
  await person.fill({ Reason: 'because' });
  await person.submit();
  return answered(person, before);
}

async function homeFor(userId: string): Promise<string> {
  const { slack } = test;
  return slack.render(await openHome(slack, slack.as(userId)));
}

const none = (id: number) => plain(en.refusal({ code: 'no_such_request', requestId: id }));

describe.each(flowDatabases)('a request in a private channel, on %s,', (database) => {
  beforeAll(async () => {
    await begin(database);
    await test.request({ JobName: 'in-public' });
    await hush('canary-hush');
    await hush('canary-mei', 'cdb-quiet001');
  });
  afterAll(end);

  it.each([
    ['the requester', ALICE, [2, 3]],
    ['a member of the channel', BOB, [2, 3]],
    ['an approver outside the channel', MEI, [3]],
    ['a member of the workspace outside the channel', DAN, []],
  ] as const)('is shown to %s, or looks missing', async (_, userId, seen) => {
    for (const id of [2, 3]) {
      const isSeen = seen.some((each) => each === id);
      const jobName = id === 2 ? 'canary-hush' : 'canary-mei';
      for (const answer of [
        await answerTo(userId, `show ${id}`),
        await answerTo(userId, `clone ${id}`),
        await click(userId, 'details', id),
      ]) {
        if (isSeen) expect(answer).toContain(jobName);
        else {
          expect(answer).toContain(none(id));
          expect(answer).not.toMatch(/canary|cdb-/);
        }
      }
      const explained = await answerTo(userId, `explain InvalidParameter ${id}`);
      if (isSeen) expect(explained).toMatch(/cdb-(hush|quiet)/);
      else expect(explained).toContain(none(id));
    }
  });

  it('looks missing behind every button for a person who cannot see it', async () => {
    for (const action of [
      'details',
      'edit',
      'clone',
      'approve',
      'deny',
      'take_back',
      'withdraw',
      'look_again',
      'try_again',
    ]) {
      const existing = await click(DAN, action, 2);
      const missing = await click(DAN, action, 999);
      expect(existing).toContain(none(2));
      expect(existing.replace('#2 ', '#999 ')).toBe(missing);
    }
    const existing = await answerTo(DAN, 'show 2');
    expect(existing.replace('#2 ', '#999 ')).toBe(await answerTo(DAN, 'show 999'));
    // The attempts are recorded anyway.
    expect(await click(BOB, 'details', 2)).toMatch(
      saying(en.details.refused(DAN, en.details.actions.approve, anyText)),
    );
  });

  it('is in the lists of people who can see it, and waits for its approvers', async () => {
    for (const [userId, seen] of [
      [ALICE, ['in-public', 'canary-hush', 'canary-mei']],
      [BOB, ['in-public', 'canary-hush', 'canary-mei']],
      [MEI, ['in-public', 'canary-mei']],
      [DAN, ['in-public']],
    ] as const) {
      for (const text of [await answerTo(userId, 'list'), await homeFor(userId)]) {
        for (const name of ['in-public', 'canary-hush', 'canary-mei']) {
          const isSeen = seen.some((each) => each === name);
          expect([userId, name, text.includes(name)]).toEqual([userId, name, isSeen]);
        }
      }
    }
  });

  it('is only named in warnings about its job name to people who can see it', async () => {
    for (const [userId, isNamed] of [
      [BOB, true],
      [DAN, false],
    ] as const) {
      const { slack } = test;
      const person = await openForm(slack, userId);
      await fillForm(slack, person, { ...exampleForm, JobName: 'canary-hush' });
      const text = await sendForm(slack, person);
      expect([
        userId,
        String(text).includes(
          en.form.nameTaken({ kind: 'request', id: 2, channel: 'C1', isOfThisForm: false }),
        ),
      ]).toEqual([userId, isNamed]);
      if (!isNamed) expect(text).toMatch(saying(en.sent.done(anyNumber, anyPart, anyText)));
      await person.dismiss();
    }
  });

  it('is not named on the card of a request in another channel, which more people see', async () => {
    const card = await test.request({ JobName: 'canary-hush' }, BOB);
    expect(test.slack.render(card)).not.toMatch(
      saying(en.card.risks.nameTakenByRequest(anyNumber)),
    );
  });

  it('is hidden as soon as a person has left the channel', async () => {
    const { slack, clock } = test;
    slack.join(PRIVATE_WITH_BOT, EVA);
    clock.advance(5_000);
    expect(await answerTo(EVA, 'show 2')).toContain('canary-hush');
    expect(await homeFor(EVA)).toContain('canary-hush');
    slack.leave(PRIVATE_WITH_BOT, EVA);
    clock.advance(5_000);
    expect(await answerTo(EVA, 'show 2')).toContain(none(2));
    expect(await homeFor(EVA)).not.toMatch(/#[23] canary/);
  });

  it('is hidden while Slack does not say who can see it, in the words for a missing one', async () => {
    const { slack, clock } = test;
    for (const method of ['conversations.info', 'conversations.members']) {
      clock.advance(31_000);
      slack.faults.next(method, { kind: 'status', status: 503 }, 50);
      const existing = await answerTo(EVA, 'show 2');
      expect(existing).not.toContain('canary');
      if (method === 'conversations.info') {
        expect(existing).toMatch(saying(en.refusal({ code: 'visibility_unknown', requestId: 2 })));
        expect(existing.replace('#2,', '#999,')).toBe(await answerTo(EVA, 'show 999'));
      }
      const list = await answerTo(EVA, 'list');
      expect(list).toMatch(saying(en.home.unsure.lately));
      expect(list).not.toMatch(/#[23] canary/);
      slack.faults.clear();
    }
  });
});

it.each(flowDatabases)(
  'the pages of Home on %s count only what the person can see',
  async (database) => {
    await begin(database);
    const { slack } = test;
    for (let index = 0; index < 12; index += 1) {
      await test.request({ JobName: `public-${String(index).padStart(2, '0')}` });
      await hush(`canary-${index}`);
    }
    const dan = slack.as(DAN);
    const says = (words: string) =>
      passTime(test, () => homeOf(slack, dan).includes(words), { what: words, stepMs: 500 });
    const first = await homeFor(DAN);
    expect(first.match(/^#\d+ public/gm)).toHaveLength(10);
    expect(first).toContain(`${en.home.page(1)}\n${button(en.home.next)}`);
    await dan.click(dan.home() ?? fail(), 'turn_home_next');
    await says(`${en.home.page(2)}\n${button(en.home.previous)}`);
    expect(homeOf(slack, dan).match(/^#\d+ public/gm)).toHaveLength(2);
    expect(homeOf(slack, dan)).not.toContain(button(en.home.next));
    expect(homeOf(slack, dan)).not.toContain('canary');

    // A person on a page that no longer exists gets the last page.
    const eva = slack.as(EVA);
    slack.join(PRIVATE_WITH_BOT, EVA);
    // Her absence from the channel is cached for a moment.
    test.clock.advance(5_000);
    await homeFor(EVA);
    for (const page of [2, 3]) {
      await eva.click(eva.home() ?? fail(), 'turn_home_next');
      await slack.until(() => homeOf(slack, eva).includes(`Page ${page}\n`), {
        what: `page ${page}`,
      });
    }
    slack.leave(PRIVATE_WITH_BOT, EVA);
    test.clock.advance(60_000);
    await test.request({ JobName: 'one-more' }, DAN);
    await passTime(
      test,
      () => homeOf(slack, eva).includes(`${en.home.page(2)}\n${button(en.home.previous)}`),
      {
        what: 'the last page that is left',
        stepMs: 1_000,
      },
    );
    expect(homeOf(slack, eva)).not.toContain('canary');
    await end();
  },
  60_000,
);

it('has its unstarted job counted, but not named, in the thread of a request in another channel', async () => {
  policy = aPolicyFile({ rules });
  test = await startTestFerry(policy.environment, { dts: { maxUnusedJobs: 1 } });
  const { dts, slack } = test;
  await slack.as(BOB).click(await hush('canary-hush'), 'approve');
  await slack.until(() => dts.jobs.size === 1, { what: 'the job' });
  const [jobId = ''] = dts.jobs.keys();
  const card = await test.request({ JobName: 'in-public' }, BOB);
  await slack.as(MEI).click(card, 'approve');
  const headline = saying(explained('LimitExceeded.MaxUnusedJobs').headline);
  const failure = await test.reply(card, headline);
  const counted = plain(en.explanations.idle.found([], 1, 0)).split('\n');
  for (const line of counted) expect(failure).toContain(line);
  expect(JSON.stringify(slack.messages(card.channel))).not.toMatch(new RegExp(`canary|${jobId}`));
  await end();
});
