import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALICE } from '../playground/slack/index';
import { ferry } from '../src/commandLine/ferry';
import { locales } from '../src/i18n/locales';
import { version } from '../src/version';
import { openHome } from './support/home';
import { printed } from './support/printed';
import { runFerry } from './support/runFerry';
import { startTestFerry } from './support/startTestFerry';

it('starts the bot without arguments', async () => {
  const { stream } = printed();
  const env = { DEFAULT_LOCALE: 'zh-CN' };
  const line = { args: [], env, envFile: 'A=1', now: Date.now, stdout: stream, stderr: stream };
  const started: unknown[] = [];
  expect(await ferry(line, async (given) => void started.push(given))).toBeUndefined();
  expect(started).toEqual([line]);
});

it('prints the version in package.json, which the changelog and the lockfile also have', async () => {
  const read = (file: string): string => readFileSync(join(__dirname, '..', file), 'utf8');
  expect(JSON.parse(read('package.json')).version).toBe(version);
  expect(JSON.parse(read('package-lock.json')).packages[''].version).toBe(version);
  // Until the first release, the changelog has only “Unreleased”.
  const [, released] =
    /^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/m.exec(read('CHANGELOG.md')) ?? [];
  expect(released ?? '0.1.0').toBe(version);
  for (const flag of ['-V', '--version']) {
    expect(await runFerry({}, [flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  }
});

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  const env = { DEFAULT_LOCALE: locale };
  const { audit, commandLine: words } = locales[locale];

  it.each([
    [['--help'], [words.headings.commands, words.doctor.about, words.audit.about, words.settings]],
    [['-h'], [words.policy.about]],
    [
      ['doctor', '--help'],
      [words.headings.options, '--json', words.doctor.json, words.help],
    ],
    [
      ['audit', '--help'],
      ['verify', words.audit.verify, 'export', words.audit.export],
    ],
    [
      ['audit', 'verify', '--help'],
      ['--head <HASH>', words.audit.head, words.audit.length],
    ],
    [
      ['audit', 'export', '--help'],
      [words.audit.since, words.audit.format],
    ],
    [
      ['policy', '--help'],
      ['explain', words.policy.explain],
    ],
    [
      ['policy', 'explain', '--help'],
      [words.policy.form, words.policy.requester],
    ],
  ])('explains %j', async (args, expected) => {
    const { code, stderr, stdout } = await runFerry(env, args);
    const unwrapped = stdout.replace(/\n +/g, ' ').replace(/\n(?=\S)/g, ' ');
    for (const each of expected) expect(unwrapped).toContain(each);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split(/\W+/).includes('Usage')).toBe(locale === 'en');
  });

  it.each([
    [['docter'], words.usage],
    [['--jsn'], words.usage],
    [['start', 'now'], words.usage],
    [['doctor', '--jsn'], words.doctor.usage],
    [['doctor', 'now'], words.doctor.usage],
    [['audit'], audit.arguments.command],
    [['audit', 'verify', '--head'], audit.arguments.verify],
    [['policy'], words.policy.usage],
    [['policy', 'explain'], words.policy.usage],
    [['policy', 'explain', '--request', 'x'], words.policy.usage],
    [['policy', 'explain', '--request', '1', '--form', 'f'], words.policy.usage],
    [['policy', 'explain', '--form', 'f'], words.policy.usage],
    [['policy', 'explain', '--requester'], words.policy.usage],
    ...['alice', '@alice', 'u0alice001', 'U0ALICE001 ', ''].map((requester): [string[], string] => [
      ['policy', 'explain', '--form', 'f', '--requester', requester],
      words.policy.usage,
    ]),
    ...['#db-migrations', 'c0migrate', 'U0ALICE001', ''].map((channel): [string[], string] => [
      ['policy', 'explain', '--form', 'f', '--requester', ALICE, '--channel', channel],
      words.policy.usage,
    ]),
  ])('rejects %j with one line and code 2', async (args, usage) => {
    expect(await runFerry(env, args)).toEqual({ code: 2, stdout: '', stderr: `${usage}\n` });
  });
});

it('shows the same version on /healthz, in the log and in the Home tab', async () => {
  const test = await startTestFerry();
  const health = await fetch(`http://127.0.0.1:${test.ferry.port}/healthz`);
  expect(await health.text()).toBe(`ok ${version}\n`);
  expect(test.logged()).toMatch(
    new RegExp(`"version":"${version.replaceAll('.', '\\.')}".*"started"`),
  );
  const home = await openHome(test.slack, test.slack.as(ALICE));
  expect(test.slack.render(home)).toContain(`Ferry ${version}`);
  await test.stop();
});
