import { ALICE, BOB, PRIVATE_WITH_BOT } from '../playground/slack/index';
import { manifest } from './support/manifest';
import { startTestFerry } from './support/startTestFerry';
import { jobInThread } from './support/words';

it('requests what Ferry handles, and says what every scope is for', () => {
  const { features, settings, scopes, text } = manifest();
  expect(features.slash_commands.map(({ command }) => command)).toEqual(['/migrate']);
  expect(features.shortcuts).toEqual([
    expect.objectContaining({ type: 'global', callback_id: 'request_migration' }),
  ]);
  expect(features.app_home.home_tab_enabled).toBe(true);
  expect(settings.interactivity.is_enabled).toBe(true);
  expect(settings.socket_mode_enabled).toBe(true);
  expect(settings.event_subscriptions.bot_events).toEqual(['app_home_opened']);
  for (const scope of scopes) expect(text).toMatch(new RegExp(`# .+\\n +- ${scope}\\n`));
});

// All flow tests run with these scopes. This test needs the ones for private channels.
it('requests the scopes for a private channel whose members approve', async () => {
  const own = await startTestFerry({ APPROVERS: 'channel', APPROVAL_CHANNEL: PRIVATE_WITH_BOT });
  const alice = own.slack.as(ALICE);
  await own.send();
  const card = await own.slack.until(() => alice.messages(PRIVATE_WITH_BOT)[0], {
    what: 'the card',
  });
  await own.slack.as(BOB).click(card, 'approve');
  await own.reply(card, jobInThread());
  await own.stop();
});
