import { type Fault, type SlackWorkspace, startSlack } from '../../playground/slack/index';
import { say } from '../../src/i18n/text';
import { silentLog } from '../../src/operations/log';
import { checkView } from '../../src/slack/checkViews';
import { interactiveClient } from '../../src/slack/clients';
import { exampleViews } from '../../src/slack/exampleViews';
import { buildNoticeView } from '../../views/noticeView';
import { richText } from '../../views/richText';
import { aRule } from '../support/aRule';
import { en } from '../support/words';

let slack: SlackWorkspace;
beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());
const client = () => interactiveClient(slack.botToken, slack.apiUrl, silentLog);

const view = buildNoticeView(en, say`words`);
const title = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) }) as const;

it('Slack accepts a view and the blocks of a message', async () => {
  const blocks = [richText(say`words`)];
  expect(await checkView(client(), { view })).toEqual({ kind: 'accepted' });
  expect(await checkView(client(), { message: { blocks } })).toEqual({ kind: 'accepted' });
});

it.each(exampleViews(en, aRule(), '1.0.0'))(
  'Slack accepts the example $kind',
  async ({ content }) => {
    expect(await checkView(client(), content)).toEqual({ kind: 'accepted' });
  },
);

it('names what Slack rejects, with the place', async () => {
  const rejected = await checkView(client(), {
    view: { ...view, title: title(25) },
  });
  expect(rejected).toEqual({
    kind: 'rejected',
    detail: expect.stringMatching(/^\w+; \/.*title.*: /),
  });
});

it.each(['invalid_view', 'invalid_message', 'invalid_blocks'])(
  'a view is rejected after %s',
  async (error) => {
    slack.faults.next('blocks.validate', { kind: 'error', error });
    expect(await checkView(client(), { view })).toEqual({
      ...{ kind: 'rejected', detail: error },
    });
  },
);

it.each<[Fault, RegExp]>([
  [{ kind: 'error', error: 'internal_error' }, /^internal_error$/],
  [{ kind: 'error', error: 'not_authed' }, /^not_authed$/],
  [{ kind: 'status', status: 503 }, /503/],
  [{ kind: 'rateLimited', retryAfterSeconds: 30 }, /rate-limit/],
])('a view is unchecked after %j', async (fault, detail) => {
  slack.faults.next('blocks.validate', fault);
  expect(await checkView(client(), { view })).toEqual({
    kind: 'unchecked',
    detail: expect.stringMatching(detail),
  });
});
