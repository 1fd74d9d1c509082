import { exampleForm } from '../../playground/exampleForm';
import { ALICE, BOB, DB_MIGRATIONS, type Message } from '../../playground/slack/index';
import type { ErrorCode, Explained } from '../../src/domain/errors/errorCodes';
import { aboutNone, explain } from '../../src/i18n/explain';
import { command } from '../support/command';
import { createJob } from '../support/createJob';
import { fieldsShown } from '../support/modal';
import { aPolicyFile } from '../support/policyFile';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, button, en, explained, jobInThread, saying } from '../support/words';

const policy = aPolicyFile({
  secrets: [{ secret: 'env:ORDERS', hosts: [exampleForm['SrcInfo.Ip']] }],
});
let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry({ ...policy.environment, FERRY_SECRET_ORDERS: 'kept elsewhere' });
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

let made = 0;
const kept = () => {
  made += 1;
  return {
    JobName: `kept-${made}`,
    'SrcInfo.Password': undefined,
    'SrcInfo.Password.Source': 'env:ORDERS',
  };
};

const typed = (JobName: string) => ({
  JobName,
  'SrcInfo.Password.Source': 'typed',
  'SrcInfo.Password': '123456',
});

/** The reply that explains a rejection, as a message and as text. */
async function refused(
  code: string,
  { message = 'words of the server', form = kept() as Record<string, string | undefined> } = {},
): Promise<{ card: Message; reply: Message; text: string }> {
  const card = await test.request(form);
  test.dts.next({ kind: 'code', code, message });
  await test.slack.as(BOB).click(card, 'approve');
  const text = await test.reply(card, saying(en.operations.create_job.thread.failed));
  const reply = test.slack
    .messages(DB_MIGRATIONS)
    .find((each) => each.threadTs === card.ts && test.slack.render(each) === text);
  if (reply === undefined) throw new Error('no reply');
  return { card, reply, text };
}

const again = button(en.card.tryFailedAgain);
const edit = button(en.card.editAgain);
const dts = button(en.explanations.console.dts);

/** The buttons for each error code of CreateMigrateJob. */
const codes: readonly [code: ErrorCode, buttons: string][] = [
  [
    'AuthFailure.UnauthorizedOperationError',
    `${again} ${button(en.explanations.console.policies)}`,
  ],
  ['FailedOperation.NotAllowOperation', `${again} ${dts}`],
  ['InternalError.DatabaseError', again],
  ['InternalError.DuplicateJob', `${again} ${dts}`],
  ['InternalError.InternalErrorError', again],
  ['InternalError.InternalHttpServerError', again],
  ['InternalError.InternalInnerCommonError', again],
  ['InternalError.ProtocolError', again],
  ['InternalError.UnknownError', again],
  ['InvalidParameter', edit],
  ['InvalidParameter.BizInvalidParameterValueError', edit],
  ['InvalidParameter.InvalidParameterError', edit],
  ['InvalidParameterValue.BizInvalidParameterValueError', edit],
  ['InvalidParameterValue.DataConvertError', edit],
  ['InvalidParameterValue.InvalidParameterValueError', edit],
  ['LimitExceeded.MaxUnusedJobs', `${again} ${dts}`],
  ['OperationDenied', `${again} ${dts}`],
  ['OperationDenied.NotEnoughMoneyError', `${again} ${button(en.explanations.console.billing)}`],
  ['OperationDenied.OperationDeniedError', `${again} ${dts}`],
  [
    'UnauthorizedOperation.NotEnoughPrivileges',
    `${again} ${button(en.explanations.console.policies)}`,
  ],
];

it.each(codes)('explains %s of CreateMigrateJob in separate words', async (code, buttons) => {
  const { card, text } = await refused(code);
  expect(text).toMatch(saying(explained(code).headline));
  const shown = test.shown(card);
  expect(shown.includes(again)).toBe(buttons.includes(again));
  expect(shown).toContain(edit);
  for (const label of [
    en.explanations.causes,
    en.thread.next,
    en.thread.who,
    en.explanations.tryingAgain,
  ]) {
    expect(text).toMatch(new RegExp(`^ *${saying(label).source} \\S`, 'm'));
  }
  const [last, beforeLast, ...earlier] = text
    .split('\n')
    .map((line) => line.trim())
    .reverse();
  expect(last).toBe(buttons);
  expect(beforeLast).toMatch(new RegExp(`^${code.replace('.', '\\.')}, RequestId [0-9a-f-]{36}$`));
  expect(earlier).toContain('> words of the server');
});

it('Try again repeats the call', async () => {
  const { card, reply } = await refused('InternalError.DatabaseError');
  await test.slack.as(ALICE).click(reply, 'try_again');
  await test.reply(card, jobInThread());
});

it('Edit and resubmit opens the prefilled form', async () => {
  const { reply } = await refused('InvalidParameter');
  const alice = test.slack.as(ALICE);
  await alice.click(reply, 'edit');
  await test.slack.until(() => fieldsShown(alice).includes('JobName'), { what: 'the form' });
  await alice.dismiss();
});

it('a missing parameter may be a field that the request left empty, which can be edited', async () => {
  const { text } = await refused('MissingParameter', {
    form: {
      ...typed('empty'),
      SrcAccessType: 'ccn',
      'SrcInfo.VpcId': 'vpc-1a2b3c4d',
      'SrcInfo.SubnetId': 'subnet-1a2b3c4d',
      'SrcInfo.Ip': '10.0.0.5',
    },
  });
  const emptyFields = [en.form.labels['SrcInfo.CcnId']];
  const { meaning } = explain('MissingParameter', en, { ...aboutNone(en), emptyFields });
  expect(text).toContain(meaning);
  expect(text).toContain(en.explanations.again.after_edit);
  expect(text).toContain(edit);
});

it('a missing parameter that the form does not have needs another version of Ferry', async () => {
  const { text } = await refused('MissingParameter');
  expect(text).toContain(explain('MissingParameter', en).meaning);
  expect(text).toContain(en.explanations.again.never);
  expect(text).not.toContain(edit);
});

it('Open in the console links to the page, and Ferry acknowledges the click', async () => {
  const { reply } = await refused('OperationDenied.NotEnoughMoneyError');
  expect(JSON.stringify(reply.blocks)).toContain(
    'https://console.cloud.tencent.com/expense/overview',
  );
  expect(await test.slack.as(ALICE).click(reply, 'open_console')).toMatchObject({ ok: true });
});

it('a typed password can be typed again without other changes', async () => {
  const { text } = await refused('InternalError.DatabaseError', { form: typed('typed') });
  expect(text).toContain(edit);
  expect(text).not.toContain(again);
});

it('a missing permission is named, with the statement that grants it', async () => {
  const { text } = await refused('UnauthorizedOperation.NotEnoughPrivileges');
  expect(text).toMatch(saying(en.explanations.missingAction('dts:CreateMigrateJob')));
  const [json = ''] = /\{[\s\S]*\n *\}/.exec(text) ?? [];
  expect(JSON.parse(json.replaceAll('\\"', '"')).statement).toEqual([
    { effect: 'allow', action: ['dts:CreateMigrateJob'], resource: ['*'] },
  ]);
});

it('too many idle jobs are listed with their age, or the reason why they cannot be', async () => {
  const jobId = await createJob(test.dts, { JobName: 'forgotten' });
  expect((await refused('LimitExceeded.MaxUnusedJobs')).text).toMatch(
    new RegExp(`${jobId} forgotten, created \\d{4}-`),
  );
  // A submitted form searches for jobs with its name. That search is over by now.
  const card = await test.request(kept());
  test.dts.next(
    { kind: 'code', code: 'UnauthorizedOperation.NotEnoughPrivileges' },
    { action: 'DescribeMigrateJobs' },
  );
  test.dts.next({ kind: 'code', code: 'LimitExceeded.MaxUnusedJobs' });
  await test.slack.as(BOB).click(card, 'approve');
  expect(await test.reply(card, saying(en.operations.create_job.thread.failed))).toContain(
    'dts:DescribeMigrateJobs is missing',
  );
});

it("a duplicate that is this request's job is adopted", async () => {
  const form = kept();
  const card = await test.request(form);
  const jobId = await createJob(test.dts, { JobName: form.JobName });
  test.dts.next({ kind: 'code', code: 'InternalError.DuplicateJob' });
  await test.slack.as(BOB).click(card, 'approve');
  expect(await test.reply(card, saying(en.thread.found(anything)))).toContain(jobId);
});

it.each<[string, Explained]>([
  ['AuthFailure.SomethingNew', 'AuthFailure'],
  ['InvalidParameterValue.SomethingNew', 'InvalidParameterValue'],
  ['BrandNew.Trouble', 'unlisted'],
])('explains the new code %s in the words of its family', async (code, key) => {
  const { text } = await refused(code);
  expect(text).toMatch(saying(explained(key).headline));
  expect(text).toContain(`${code}, RequestId`);
});

it("shows the server's words literally, shortened, and without the request's secrets", async () => {
  const hostile = `<!channel> *bold* <b>html</b> ${'x'.repeat(10_000)}`;
  const { text } = await refused('InvalidParameter.Hostile', { message: hostile });
  expect(text).toContain('<!channel> *bold* <b>html</b>');
  expect(text.length).toBeLessThan(2_500);
  const telling = await refused('InvalidParameter.Telling', {
    message: `password 123456 ${hostile}`,
    form: typed('telling'),
  });
  expect(telling.text).toContain('[secret]');
  expect(telling.text).not.toContain('123456');
  const pings = test.slack.messages(DB_MIGRATIONS).flatMap((m) => test.slack.notifications(m));
  expect(pings.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
});

describe('/migrate explain', () => {
  const ask = async (words: string): Promise<string> => {
    const answer = await command(test.slack, BOB, `explain ${words}`);
    return test.slack.render(answer).replaceAll('`', '');
  };

  it('explains a code only to the person who asked', async () => {
    const answer = await ask('InternalError.DuplicateJob');
    expect(answer).toContain(explained('InternalError.DuplicateJob').headline);
    expect(answer).toContain(dts);
    expect(answer).not.toMatch(saying(en.explanations.asked.isNew(anything)));
    // What the code means for a request is not said without one.
    expect(answer).not.toContain(explain('InternalError.DuplicateJob', en).meaning);
  });

  it("names the request's values if its number is given", async () => {
    expect(await ask('ResourceNotFound 1')).toContain(exampleForm['DstInfo.InstanceId']);
    expect(await ask('ResourceNotFound 4711')).toContain('4711');
  });

  it('suggests the nearest codes for a typo', async () => {
    expect(await ask('InternalError.DuplicatJob')).toMatch(
      saying(
        en.explanations.asked.near('InternalError.DuplicatJob', ['InternalError.DuplicateJob']),
      ),
    );
  });

  it('asks for a code, and names the family for a new one', async () => {
    expect(await ask('')).toMatch(saying(en.explanations.asked.missing(anything)));
    const answer = await ask('InvalidParameter.SomethingQuiteDifferent');
    expect(answer).toMatch(saying(en.explanations.asked.isNew(anything)));
    expect(answer).toContain(explained('InvalidParameter').headline);
  });
});
