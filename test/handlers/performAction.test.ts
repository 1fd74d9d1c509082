import { performAction } from '../../handlers/performAction';
import {
  ALICE,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import type { Intent } from '../../src/domain/request/intent';
import type { Refusal } from '../../src/domain/request/refusal';
import { join, quote, type Text } from '../../src/i18n/text';
import { interactiveClient } from '../../src/slack/clients';
import type { ActResult } from '../../src/workflow/act';
import { mrkdwn } from '../../views/mrkdwn';
import { aRequest } from '../support/aRequest';
import { en } from '../support/words';

let slack: SlackWorkspace;
let lines: { message: string; fields: unknown }[];
beforeAll(async () => {
  slack = await startSlack();
});
beforeEach(() => {
  lines = [];
});
afterAll(() => slack.close());

/** What a person reads after an action with this result. */
async function told(act: () => Promise<ActResult>, intent: Intent): Promise<string[]> {
  const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
  const log = { info: note, warn: note, error: note };
  const client = interactiveClient(slack.botToken, slack.apiUrl, log);
  const context = { act, log, messages: en, showHome: async () => {} };
  const before = slack.as(ALICE).ephemerals().length;
  await performAction(
    context,
    client,
    { requestId: 7, userId: ALICE, intent },
    { channelId: DB_MIGRATIONS },
  );
  return slack
    .as(ALICE)
    .ephemerals()
    .slice(before)
    .map(({ text }) => text);
}
const done: ActResult = { ok: true, request: aRequest() };
const refused = (refusal: Refusal): ActResult => ({ ok: false, refusal });
const own = refused({ code: 'own_request' });
const words = (...parts: readonly Text[]) => [mrkdwn(join(parts, '\n'))];
const ownWords = en.refusal({ code: 'own_request' });
const hint = en.decision.emergencyHint;
const approve: Intent = { type: 'approve', revision: 1 };

it.each<[string, ActResult, string[]]>([
  ['nothing if it succeeds', done, []],
  ['nothing if a copy of the click arrives', refused({ code: 'handled_already' }), []],
  ['why it is refused', own, words(ownWords)],
  ['that there is emergency approval', { ...done, hasEmergency: true }, words(hint)],
  ['both', { ...own, hasEmergency: true }, words(ownWords, hint)],
])('the person who acts reads %s', async (_, result, expected) => {
  expect(await told(async () => result, approve)).toEqual(expected);
  expect(lines).toEqual([]);
});

describe.each<[string, () => Promise<ActResult>, Text]>([
  ['is refused', async () => own, ownWords],
  ['fails', () => Promise.reject(new Error('unavailable')), en.trouble.action],
])('if an action %s,', (_, act, why) => {
  const typed = 'Not before\nthe freeze ends.';

  it.each<Intent>([
    { type: 'deny', revision: 1, reason: typed },
    { type: 'break_glass', revision: 1, reason: typed },
    { type: 'approve', revision: 1, comment: typed },
    { type: 'skip_check', revision: 1, items: ['A'], reason: typed },
  ])('the person gets the typed text back: $type', async (intent) => {
    expect(await told(act, intent)).toEqual(words(why, en.decision.typed(quote(typed))));
  });

  it.each<Intent>([
    approve,
    { type: 'approve', revision: 1, comment: '' },
    { type: 'withdraw', revision: 1 },
    { type: 'start_job', revision: 1 },
  ])('the person reads only why if nothing was typed: %j', async (intent) => {
    expect(await told(act, intent)).toEqual(words(why));
  });
});

it('a failure is logged with the request, the action and the person, without the typed text', async () => {
  const error = new Error('unavailable');
  await told(() => Promise.reject(error), { type: 'deny', revision: 1, reason: 'canary' });
  expect(lines).toEqual([
    {
      message: 'an action could not be carried out',
      fields: { request: 7, action: 'deny', user: ALICE, error },
    },
  ]);
});
