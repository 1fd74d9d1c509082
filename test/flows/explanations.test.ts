import { BOB, DB_MIGRATIONS } from '../../playground/slack/index';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry();
});
afterAll(() => test.stop());

async function replyTo(code: string, message = 'words of the server'): Promise<string> {
  test.dts.next({ kind: 'code', code, message });
  const card = await test.request({ JobName: code });
  await test.slack.as(BOB).click(card, 'approve');
  return test.reply(card, 'No job was created');
}

const pageCodes: readonly [string, string][] = [
  ['FailedOperation.NotAllowOperation', 'does not allow this migration'],
  ['InternalError.DatabaseError', 'could not reach its own database'],
  ['InternalError.DuplicateJob', 'Another DTS job is in the way'],
  ['InternalError.ProtocolError', 'failed to talk to each other'],
  ['InvalidParameter', 'did not accept one of the values'],
  ['LimitExceeded.MaxUnusedJobs', 'never started'],
];

it.each(pageCodes)('explains %s of the API page in words of its own', async (code, words) => {
  const reply = await replyTo(code);
  expect(reply).toContain(words);
  expect(reply).toMatch(/Next: \S/);
  expect(reply).toMatch(/Who: \S/);
  expect(reply).toMatch(new RegExp(`${code.replace('.', '\\.')}, RequestId [0-9a-f-]{36}`));
  expect(reply).toContain('words of the server');
});

it.each([
  ['AuthFailure.SignatureFailure', 'did not accept the key'],
  ['UnauthorizedOperation.NotEnoughPrivileges', 'may not create DTS jobs'],
  ['OperationDenied.NotEnoughMoneyError', 'denied the operation'],
  ['InvalidParameterValue.SomethingNew', 'did not accept a value'],
])('explains %s in the words of its family', async (code, words) => {
  expect(await replyTo(code)).toContain(words);
});

it('says of a code without a family what to do with it', async () => {
  const reply = await replyTo('BrandNew.Trouble');
  expect(reply).toContain('no words for yet');
  expect(reply).toContain('BrandNew.Trouble, RequestId');
});

it("keeps the server's words literal, short and free of the request's secrets", async () => {
  const hostile = `<!channel> *bold* ${'x'.repeat(9_000)}`;
  const reply = await replyTo('InvalidParameter.Hostile', hostile);
  expect(reply).toContain('<!channel> *bold*');
  const telling = await replyTo('InvalidParameter.Telling', `password 123456 ${hostile}`);
  expect(telling).toContain('> [secret]');
  expect(telling).not.toContain('123456');
  expect(reply.length).toBeLessThan(2_000);
  const pings = test.slack.messages(DB_MIGRATIONS).flatMap((m) => test.slack.notifications(m));
  expect(pings.filter(({ kind }) => kind === 'broadcast')).toEqual([]);
});
