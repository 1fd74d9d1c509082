import { BOB, DB_MIGRATIONS, type SlackWorkspace, startSlack } from '../../playground/slack/index';
import type { HomeContent } from '../../src/domain/channel/home';
import { silentLog } from '../../src/operations/log';
import type { HomeBoard } from '../../src/ports/homes';
import { interactiveClient } from '../../src/slack/clients';
import { createHomeBoard } from '../../src/slack/homeBoard';
import { en } from '../support/words';

const nobody = { requests: [], more: false };
const content: HomeContent = {
  kind: 'overview',
  filter: {},
  overview: {
    page: 1,
    waiting: nobody,
    unsure: { waiting: false, lately: false },
    jobs: nobody,
    mine: nobody,
    lately: nobody,
  },
  cards: new Map(),
};
let slack: SlackWorkspace;
let board: HomeBoard;

beforeEach(async () => {
  slack = await startSlack();
  board = createHomeBoard({
    client: interactiveClient(slack.botToken, slack.apiUrl, silentLog),
    messagesFor: async () => en,
    approvalChannel: () => DB_MIGRATIONS,
    version: '1.0.0',
    workspaceUrl: undefined,
  });
});
afterEach(() => slack.close());

it('replaces a Home tab only if it is still the one with the known hash', async () => {
  const first = await board.publish(BOB, content, undefined);
  if (first.kind !== 'published') throw new Error('not published');
  expect(first.hash).toEqual(expect.any(String));
  expect((await board.publish(BOB, content, first.hash)).kind).toBe('published');
  expect(await board.publish(BOB, content, first.hash)).toEqual({ kind: 'superseded' });
});

it.each(['user_not_found', 'not_enabled'])('reports a person as gone after %s', async (error) => {
  slack.faults.next('views.publish', { kind: 'error', error });
  expect(await board.publish(BOB, content, undefined)).toEqual({ kind: 'gone' });
});

it.each(['internal_error', 'invalid_arguments'])('rejects after %s', async (error) => {
  slack.faults.next('views.publish', { kind: 'error', error });
  await expect(board.publish(BOB, content, undefined)).rejects.toMatchObject({ data: { error } });
});
