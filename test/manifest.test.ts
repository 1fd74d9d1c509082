import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ALICE, BOB, PRIVATE_WITH_BOT } from '../playground/slack/index';
import { readConfig } from '../src/config';
import { botScopes } from '../src/slack/scopes';
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

it('requests exactly the scopes that Ferry checks at its start', () => {
  expect(manifest().scopes.toSorted()).toEqual([...botScopes].toSorted());
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

describe('.slack/hooks.json', () => {
  const { config, hooks } = z
    .object({
      hooks: z.object({ 'get-manifest': z.string(), start: z.string() }),
      config: z.object({ 'sdk-managed-connection-enabled': z.boolean() }),
    })
    .parse(JSON.parse(readFileSync('.slack/hooks.json', 'utf8')));

  it('prints the manifest as JSON for the Slack CLI, which runs hooks without a shell', () => {
    const [program = '', ...args] = hooks['get-manifest'].split(' ');
    const printed = execFileSync(program, args, { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual(parse(manifest().text));
  });

  it('starts Ferry, which connects to Slack itself', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    const name = hooks.start.split(' ').at(-1) ?? '';
    expect(hooks.start).toBe(`npm run --silent ${name}`);
    expect(scripts[name]).toMatch(/ && node dist\/src\/main\.js$/);
    expect(config['sdk-managed-connection-enabled']).toBe(true);
  });
});

describe.each(['docs/getting-started.md', 'docs/getting-started.zh-CN.md'])('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('has a link that creates the app with the manifest', () => {
    const [, link = ''] = /\((https:\/\/api\.slack\.com\/apps\?new_app=1&[^)]*)\)/.exec(text) ?? [];
    const yaml = new URL(link).searchParams.get('manifest_yaml') ?? '';
    expect(parse(yaml)).toEqual(parse(manifest().text));
  });

  it('shows a CAM policy with the actions that Ferry uses without Secrets Manager and a limit of accounts', () => {
    const actionsIn = (from: string): string[][] =>
      z
        .object({ statement: z.array(z.object({ action: z.array(z.string()) })) })
        .parse(JSON.parse(/```json\n(.*?)```/s.exec(from)?.[1] ?? ''))
        .statement.map(({ action }) => action);
    // The doctor's test compares these with the calls.
    const used = actionsIn(readFileSync('docs/permissions.md', 'utf8')).flat();
    expect(actionsIn(text)).toEqual([used.filter((action) => !/^(ssm|sts):/.test(action))]);
  });

  it('shows settings with which Ferry starts', () => {
    const [, block = ''] = /```sh\n(SLACK_BOT_TOKEN=.*?)```/s.exec(text) ?? [];
    const key = Buffer.alloc(32, 7).toString('base64');
    const settings = block
      .trim()
      .split('\n')
      .map((line) => line.replace('k1:…', `k1:${key}`).replace('…', 'example').split(/=(.*)/s));
    expect(settings.length).toBeGreaterThan(7);
    expect(readConfig({ HOME: '/nonexistent', ...Object.fromEntries(settings) })).toMatchObject({
      ok: true,
    });
  });
});
