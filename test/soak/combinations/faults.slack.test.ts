import { exampleForm } from '../../../playground/exampleForm';
import { fillForm } from '../../../playground/fillForm';
import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  DAN,
  DB_MIGRATIONS,
  type Fault,
} from '../../../playground/slack/index';
import { person, quote } from '../../../src/i18n/text';
import { fail } from '../../support/fail';
import { passTime } from '../../support/passTime';
import { startTestFerry, type TestFerry } from '../../support/startTestFerry';
import { whoTheyAre } from '../../support/whoTheyAre';
import {
  anyPart,
  anyText,
  anything,
  button,
  en,
  jobInThread,
  jobOnCard,
  saying,
} from '../../support/words';

/** Slack's faults. With `after`, Slack has processed the request. */
const faults: readonly { fault: string; means: Fault }[] = [
  { fault: '429, come back in 30 s', means: { kind: 'rateLimited', retryAfterSeconds: 30 } },
  { fault: 'HTTP 503', means: { kind: 'status', status: 503 } },
  { fault: 'fatal_error', means: { kind: 'error', error: 'fatal_error' } },
  { fault: 'a reset', means: { kind: 'reset' } },
  { fault: 'a slow response', means: { kind: 'slow', ms: 200 } },
  { fault: 'HTTP 500 after the effect', means: { kind: 'status', status: 500, after: true } },
  {
    fault: 'fatal_error after the effect',
    means: { kind: 'error', error: 'fatal_error', after: true },
  },
  { fault: 'a reset after the effect', means: { kind: 'reset', after: true } },
  { fault: 'a slow response after the effect', means: { kind: 'slow', ms: 200, after: true } },
];
/** Methods that only read have no effect, so `after` makes no difference. */
const readFaults = faults.filter(({ means }) => means.after !== true);

/** Ferry waits 2.5 s for a response before it opens a form, and 4 s after a click. */
const late: { fault: string; means: Fault } = {
  fault: 'a response after the timeout',
  means: { kind: 'slow', ms: 4_500 },
};
const isSlow = (means: Fault) => means.kind === 'slow' && means.ms < 2_500;

let test: TestFerry;
beforeEach(async () => {
  test = await startTestFerry();
});
afterEach(async () => {
  // In every case, the process is alive and connected.
  const { port } = test.ferry;
  const { slack } = test;
  await slack.until(() => slack.socket.connections > 0, { what: 'a connection' });
  for (const path of ['healthz', 'readyz']) {
    expect((await fetch(`http://127.0.0.1:${port}/${path}`)).status).toBe(200);
  }
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

const cards = () =>
  test.slack
    .messages(DB_MIGRATIONS)
    .filter(({ threadTs, onlyFor }) => threadTs === undefined && onlyFor === undefined);

/** The final state of the request in the channel, whatever Slack did before. */
async function endsWell(timeoutMs = 15_000): Promise<void> {
  const card = await passTime(test, () => cards()[0], { what: 'the card' });
  const isOver = () =>
    jobOnCard().test(test.shown(card)) && jobInThread().test(test.replies(card).at(-1) ?? '');
  await passTime(test, isOver, { what: 'the end', timeoutMs });
  expect(cards()).toHaveLength(1);
  expect(test.shown(card)).toMatch(jobOnCard(anything, [person(BOB)]));
  const { button: operate } = en.job;
  const onJob = [operate.check_job, operate.modify_job, operate.delete_job];
  const labels = [...onJob, en.card.details, en.card.clone, 'Open'];
  expect(test.shown(card)).not.toMatch(new RegExp(`\\[(?!…|${labels.join('|')})`));
  // One message or two, depending on how long the outcome takes.
  const told = test.replies(card).join('\n');
  expect(told.match(/approved\./g)).toHaveLength(1);
  expect(told.match(new RegExp(jobInThread(), 'g'))).toHaveLength(1);
  expect(test.replies(card).length).toBeLessThanOrEqual(2);
  expect(test.dts.callsOf('CreateMigrateJob')).toHaveLength(1);
}

describe('the card is posted once, and everything after it', () => {
  it.each(faults)('if its chat.postMessage hits $fault', async ({ means }) => {
    test.slack.faults.next('chat.postMessage', means);
    await test.send();
    const card = await passTime(test, () => cards()[0], { what: 'the card' });
    await test.slack.as(BOB).click(card, 'approve');
    await endsWell();
  });

  const searchMeets = async (means: Fault) => {
    test.slack.faults.next('chat.postMessage', { kind: 'reset', after: true });
    test.slack.faults.next('conversations.history', means);
    await test.send();
    const card = await passTime(test, () => cards()[0], { what: 'the card' });
    await test.slack.as(BOB).click(card, 'approve');
    await endsWell(4_000);
    expect(test.slack.callsOf('conversations.history').length).toBeGreaterThan(0);
  };
  it.each(readFaults.filter(({ means }) => means.kind !== 'rateLimited'))(
    'if the search for it hits $fault',
    ({ means }) => searchMeets(means),
  );
  it('if the search for it hits 429', () =>
    searchMeets({ kind: 'rateLimited', retryAfterSeconds: 30 }));
});

describe('each reply is posted once', () => {
  // The approval and the job, which are one message unless the job takes long.
  const places = [1, 2];
  const inPlace = (reply: number) =>
    faults
      .filter(({ means }) => reply === 1 || means.kind === 'reset')
      .map((fault) => ({ reply, ...fault }));
  it.each(places.flatMap(inPlace))(
    'if chat.postMessage of reply $reply hits $fault',
    async ({ reply, means }) => {
      const { slack } = test;
      const card = await test.request();
      if (reply === 2) slack.faults.next('chat.postMessage', { kind: 'slow', ms: 1 });
      slack.faults.next('chat.postMessage', means);
      await slack.as(BOB).click(card, 'approve');
      await endsWell();
    },
  );

  it.each(readFaults)('if the search for one hits $fault', async ({ means }) => {
    const card = await test.request();
    // The requester's direct message may be posted first. Its search is tested elsewhere.
    const isReply = ({ thread_ts: thread }: Readonly<Record<string, unknown>>) =>
      thread !== undefined;
    const lost = { kind: 'reset', after: true } as const;
    test.slack.faults.next('chat.postMessage', lost, 1, isReply);
    test.slack.faults.next('conversations.replies', means);
    await test.slack.as(BOB).click(card, 'approve');
    const searches = () => test.slack.callsOf('conversations.replies').length > 0;
    await passTime(test, searches, { what: 'the search' });
    await endsWell();
  });
});

describe('the card is correct in the end', () => {
  it.each(faults)('if chat.update hits $fault three times', async ({ means }) => {
    const card = await test.request();
    test.slack.faults.next('chat.update', means, 3);
    await test.slack.as(BOB).click(card, 'approve');
    await endsWell();
  });
});

describe('the form', () => {
  it.each([...faults, late])(
    'that hits $fault at views.open opens, or the person gets a message',
    async ({ means }) => {
      const { slack } = test;
      const alice = slack.as(ALICE);
      slack.faults.next('views.open', means);
      await alice.command(DB_MIGRATIONS, '/migrate');
      if (isSlow(means)) {
        await slack.until(() => alice.view(), { what: 'the form' });
        expect(alice.ephemerals()).toEqual([]);
      } else {
        const told = await slack.until(() => alice.ephemerals()[0], { what: 'an explanation' });
        expect(told.text).toContain('try again');
        if (means.after !== true) expect(alice.view()).toBeUndefined();
      }
      if (alice.view() !== undefined) await alice.dismiss();
    },
  );

  it.each(faults)(
    'that hits $fault at views.open from a shortcut is explained in a direct message',
    async ({ means }) => {
      const { slack } = test;
      const alice = slack.as(ALICE);
      slack.faults.next('views.open', means);
      await alice.shortcut('request_migration');
      if (isSlow(means)) await slack.until(() => alice.view(), { what: 'the form' });
      else {
        const told = await slack.until(() => alice.directMessages()[0], { what: 'an explanation' });
        expect(told.text).toContain('try again');
      }
      if (alice.view() !== undefined) await alice.dismiss();
    },
  );

  it.each(faults)(
    'that hits $fault at views.update after it was submitted gets an answer',
    async ({ means }) => {
      const { slack } = test;
      const alice = slack.as(ALICE);
      // Twice, because an update that fails once may succeed the second time.
      slack.faults.next('views.update', means, 2);
      await fillAndSend();
      const answer = await slack.until(
        () => {
          const inPlace = slack.render(alice.view() ?? fail());
          return (!inPlace.includes(en.sent.sending) && inPlace) || alice.directMessages()[0]?.text;
        },
        { what: 'the answer' },
      );
      expect(answer).toMatch(saying(en.sent.done(1, anyPart, anyText)));
      await alice.dismiss();
      const card = await passTime(test, () => cards()[0], { what: 'the card' });
      await slack.as(BOB).click(card, 'approve');
      await endsWell();
    },
  );

  it.each(readFaults)(
    'that hits $fault at users.info comes back filled in, or is accepted',
    async ({ means }) => {
      const { slack } = test;
      const alice = slack.as(ALICE);
      await fillAndSend(() => slack.faults.next('users.info', means, 1, whoTheyAre));
      const view = () => slack.render(alice.view() ?? fail());
      await slack.until(() => !view().includes(en.sent.sending), { what: 'the answer' });
      if (isSlow(means)) expect(view()).toContain(en.direct.title(1));
      else {
        expect(view()).toContain(exampleForm.JobName);
        expect(view()).toContain(exampleForm.Reason);
        expect(view()).not.toContain('123456');
        expect(cards()).toEqual([]);
        await alice.fill({ 'SrcInfo.Password': '123456' });
        expect((await alice.submit()).result).toBe('updated');
        await slack.until(() => view().includes(en.direct.title(1)), { what: 'the second answer' });
      }
      await alice.dismiss();
      const card = await passTime(test, () => cards()[0], { what: 'the card' });
      await slack.as(BOB).click(card, 'approve');
      await endsWell();
    },
  );
});

/** Ferry's questions about a person who decides, and the reply if Slack doesn't answer. */
const lookUps = [
  {
    method: 'users.info',
    approvers: APPROVERS_GROUP,
    unknown: saying(en.refusal({ code: 'person_unknown' })),
  },
  {
    method: 'usergroups.users.list',
    approvers: APPROVERS_GROUP,
    unknown: saying(en.refusal({ code: 'approvers_unknown' })),
  },
  {
    method: 'conversations.members',
    approvers: 'channel',
    unknown: saying(en.refusal({ code: 'approvers_unknown' })),
  },
];

async function startWith(approvers: string): Promise<void> {
  if (approvers === APPROVERS_GROUP) return;
  await test.stop();
  test = await startTestFerry({ APPROVERS: approvers });
}

describe('an approval', () => {
  const metFaults = [...readFaults, late];
  it.each(lookUps.flatMap((lookUp) => metFaults.map((fault) => ({ ...lookUp, ...fault }))))(
    'that hits $fault at $method leaves the request pending, and says so',
    async ({ method, approvers, unknown, means }) => {
      await startWith(approvers);
      const { slack } = test;
      const card = await test.request();
      slack.faults.next(method, means, 1, whoTheyAre);
      const approve = () => slack.as(BOB).click(card, 'approve');
      if (isSlow(means)) await approve();
      else {
        const told = await slack.answerTo(BOB, approve);
        expect(told.text).toMatch(unknown);
        expect(told.text).not.toMatch(saying(en.refusal({ code: 'not_an_approver' })));
        expect(test.shown(card)).toContain(button(en.card.approve));
        expect(test.dts.callsOf('CreateMigrateJob')).toEqual([]);
        await approve();
      }
      await endsWell();
    },
  );

  it.each(faults)(
    'whose refusal hits $fault at chat.postEphemeral is still explained',
    async ({ means }) => {
      const { slack } = test;
      const card = await test.request();
      slack.faults.next('chat.postEphemeral', means);
      await slack.as(DAN).click(card, 'approve');
      const words = await slack.until(
        () => [...slack.as(DAN).ephemerals(), ...slack.as(DAN).directMessages()][0]?.text,
        { what: 'the refusal' },
      );
      expect(words).toMatch(saying(en.refusal({ code: 'not_an_approver' })));
      expect(test.shown(card)).toContain(button(en.card.approve));
      await slack.as(BOB).click(card, 'approve');
      await endsWell();
    },
  );

  it('whose refusal cannot be delivered is logged, and changes nothing', async () => {
    const { slack } = test;
    const card = await test.request();
    slack.faults.next('chat.postEphemeral', { kind: 'status', status: 500 });
    slack.faults.next('chat.postMessage', { kind: 'status', status: 500 });
    await slack.as(DAN).click(card, 'approve');
    const isLogged = () => test.logged().includes('an answer could not be delivered');
    await passTime(test, isLogged, { what: 'the line', stepMs: 0 });
    await slack.as(BOB).click(card, 'approve');
    await endsWell();
  });
});

describe('a denial', () => {
  it.each(lookUps)(
    'that hits HTTP 503 at $method returns its reason, and leaves the request pending',
    async ({ method, approvers, unknown }) => {
      await startWith(approvers);
      const { slack } = test;
      const bob = slack.as(BOB);
      const card = await test.request();
      await bob.click(card, 'deny');
      await slack.until(() => bob.view(), { what: 'the form' });
      await bob.fill({ Reason: 'Not before the freeze ends.' });
      slack.faults.next(method, { kind: 'status', status: 503 }, 1, whoTheyAre);
      const told = await slack.answerTo(BOB, () => bob.submit());
      // The rule has separate lists for denying and approving, even with the same people.
      const what = method === 'users.info' ? unknown : saying(en.refusal({ code: 'list_unknown' }));
      expect(told.text).toMatch(what);
      expect(told.text).toMatch(saying(en.decision.typed(quote('Not before the freeze ends.'))));
      expect(test.shown(card)).toContain(button(en.card.approve));
      await bob.click(card, 'approve');
      await endsWell();
    },
  );

  it.each(faults)(
    'that hits $fault at views.open leaves the request pending',
    async ({ means }) => {
      const { slack } = test;
      const card = await test.request();
      slack.faults.next('views.open', means);
      await slack.as(BOB).click(card, 'deny');
      if (isSlow(means)) await slack.until(() => slack.as(BOB).view(), { what: 'the form' });
      else await slack.until(() => slack.as(BOB).ephemerals()[0], { what: 'an explanation' });
      if (slack.as(BOB).view() !== undefined) await slack.as(BOB).dismiss();
      expect(test.shown(card)).toContain(button(en.card.approve));
      await slack.as(BOB).click(card, 'approve');
      await endsWell();
    },
  );
});

describe('the Home tab', () => {
  it.each(faults)(
    'that hits $fault at views.publish is published the next time',
    async ({ means }) => {
      const alice = test.slack.as(ALICE);
      test.slack.faults.next('views.publish', means);
      await alice.openHome();
      await test.slack.until(() => test.slack.callsOf('views.publish').length > 0, { what: 'it' });
      await alice.openHome();
      const home = await test.slack.until(() => alice.home(), { what: 'the Home tab' });
      expect(test.slack.render(home)).toContain(button(en.home.request));
    },
  );
});

describe('startup', () => {
  it.each([...readFaults, late])(
    'that hits $fault at conversations.info continues without checking the channel',
    async ({ means }) => {
      const { slack } = test;
      slack.faults.next('conversations.info', means);
      await test.restart();
      const isUnknown = test
        .logged()
        .includes('a channel named in the policy could not be checked');
      expect(isUnknown).toBe(!isSlow(means));
      const card = await test.request();
      await slack.as(BOB).click(card, 'approve');
      await endsWell();
    },
  );

  it.each(readFaults)(
    'that hits $fault at auth.test and apps.connections.open continues automatically',
    async ({ means }) => {
      const { slack } = test;
      slack.faults.next('auth.test', means, 2);
      slack.faults.next('apps.connections.open', means, 2);
      const before = slack.callsOf('apps.connections.open').length;
      const restarting = test.restart();
      const isConnected = () =>
        slack.socket.connections > 0 && slack.callsOf('apps.connections.open').length > before;
      await passTime(test, isConnected, { what: 'the connection' });
      await restarting;
      const card = await test.request();
      await slack.as(BOB).click(card, 'approve');
      await endsWell();
    },
  );
});

/** Fills in and submits the form, without waiting for the result. `then` runs when the form is open. */
async function fillAndSend(then = () => {}): Promise<void> {
  const alice = test.slack.as(ALICE);
  await alice.shortcut('request_migration');
  await test.slack.until(() => alice.view(), { what: 'the form' });
  then();
  await fillForm(test.slack, alice, exampleForm);
  expect((await alice.submit()).result).toBe('updated');
}
