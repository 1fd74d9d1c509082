import { BOB } from '../../playground/slack/index';
import { canary, expectNoCanary } from '../support/canary';
import { passTime } from '../support/passTime';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { en, saying } from '../support/words';

let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry();
});
afterAll(async () => {
  expect(test.slack.mistakes).toEqual([]);
  await test.stop();
});

const percent = encodeURIComponent(canary);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** How a server may quote the password: completely or in part, both of which must be hidden. */
const quotations: readonly [string, string][] = [
  ['percent-encoded in lower case', percent.toLowerCase()],
  ['percent-encoded twice', encodeURIComponent(percent)],
  ['as decimal entities', Array.from(canary, (each) => `&#${each.codePointAt(0)};`).join('')],
  [
    'as hexadecimal entities',
    Array.from(canary, (each) => `&#x${each.codePointAt(0)?.toString(16)};`).join(''),
  ],
  ['as named entities', 'canary&hyphen;7Fz&colon;&lt;&amp;&gt;&quot;&ntilde;'],
  [
    'as Unicode escapes',
    Array.from(canary, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ],
  ['in upper case', canary.toUpperCase()],
  ['in base64 after one byte', base64(`:${canary}`)],
  ['in base64 after two bytes', base64(`ab${canary}`)],
  ['in hexadecimal', Buffer.from(canary).toString('hex')],
  ['cut after six characters', `${canary.slice(0, 6)}...`],
  ['from its middle', `...${canary.slice(4, 11)}...`],
];

/** A rejected launch. Returns its thread. */
async function refusedWith(fault: Parameters<TestFerry['dts']['next']>[0], name: string) {
  const card = await test.request({ JobName: name, 'SrcInfo.Password': canary });
  test.dts.next(fault);
  await test.slack.as(BOB).click(card, 'approve');
  return test.reply(card, en.thread.next);
}

it.each(quotations)(
  "hides a server's message that quotes the password %s",
  async (name, quoted) => {
    const message = `The value ${quoted} of SrcInfo.Password is not accepted`;
    const told = await refusedWith({ kind: 'code', code: 'InvalidParameter', message }, name);
    expect(told).toContain('[secret]');
    expect(told).not.toContain('is not accepted');
    expect(test.slack.everything()).not.toContain(quoted);
    expect(test.logged()).not.toContain(quoted);
    expect((await test.stored()).includes(quoted)).toBe(false);
    await expectNoCanary(test, name);
  },
);

it('shows a message that contains no part of the password', async () => {
  const message = 'The parameter SrcInfo.Ip cannot be reached from ap-guangzhou (canar).';
  const told = await refusedWith({ kind: 'code', code: 'InvalidParameter', message }, 'ordinary');
  expect(told).toContain(message);
});

it('keeps no words of a failed search after a call without a response', async () => {
  const card = await test.request({ JobName: 'lost', 'SrcInfo.Password': canary });
  test.dts.next({ kind: 'reset', when: 'before' });
  const message = `a job with the password ${percent.toLowerCase()} is there`;
  for (let times = 0; times < 40; times += 1) {
    test.dts.next(
      { kind: 'code', code: 'InternalError', message },
      { action: 'DescribeMigrateJobs' },
    );
  }
  await test.slack.as(BOB).click(card, 'approve');
  await test.reply(card, saying(en.operations.create_job.thread.outcomeUnknown));
  const failed = saying(en.operations.create_job.thread.searchFailed);
  await passTime(test, () => failed.test(test.replies(card).join()), { what: 'the failed search' });
  expect((await test.stored()).includes('a job with the password')).toBe(false);
  expect(test.logged()).not.toContain('a job with the password');
});
