import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { approversEnvironment, botEnvironment } from '../../playground/botEnvironment';
import { BotProcess } from '../../playground/botProcess';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { freePort } from '../../playground/freePort';
import {
  ALICE,
  BOB,
  DB_MIGRATIONS,
  type SlackWorkspace,
  startSlack,
} from '../../playground/slack/index';
import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { version } from '../../src/version';
import { inFormOrder } from '../support/aForm';
import { manifest } from '../support/manifest';
import { openForm } from '../support/modal';
import { en, jobInThread } from '../support/words';

const root = join(__dirname, '../..');
const run = promisify(execFile);
/** The user `nobody`, who owns no file. Only root can become another user. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

let slack: SlackWorkspace;
let dts: DtsEndpoint;
let folder: string;
let program: string;
let data: string;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-release-'));
  chmodSync(folder, 0o755);
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  const [archive = ''] = readdirSync(folder);
  expect(archive).toBe(`ferry-${version}.tgz`);
  const installed = join(folder, 'installed');
  mkdirSync(installed);
  // npm 12 and newer run only install scripts that are listed here.
  const allowScripts = { 'better-sqlite3': true };
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ private: true, allowScripts }));
  const options = ['--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, join(folder, archive)], { cwd: installed });
  program = join(installed, 'node_modules/.bin/ferry');
  await run('chmod', ['-R', 'a-w,a+rX', installed]);
  data = join(folder, 'data');
  mkdirSync(data);
  if (nobody !== undefined) chownSync(data, nobody.uid, nobody.gid);

  slack = await startSlack({ scopes: manifest().scopes });
  dts = await startDts();
  environment = {
    PATH: process.env['PATH'] ?? '',
    ...botEnvironment(slack, dts),
    ...approversEnvironment,
    DATABASE_URL: `sqlite:${join(data, 'ferry.db')}`,
    PORT: String(await freePort()),
  };
});
afterAll(async () => {
  await slack.close();
  await dts.close();
  await run('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true });
});

/** Runs `ferry` as the other user, in the read-only folder. */
const ferry = async (...args: string[]): Promise<string> => {
  const options = { cwd: join(folder, 'installed'), env: environment, ...nobody };
  return (await run(program, args, options)).stdout;
};

it('contains what runs, without sources, tests, source maps and packages for development', () => {
  const packed = join(folder, 'installed/node_modules/ferry');
  expect(readdirSync(packed).sort()).toEqual(
    ['.env.example', 'CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'dist', 'docs']
      .concat(['manifest.yml', 'npm-shrinkwrap.json', 'package.json', 'policy.example.yml'])
      .concat(['sbom.json'])
      .sort(),
  );
  const files = readdirSync(packed, { recursive: true, encoding: 'utf8' });
  expect(
    files.filter((name) => /\.(ts|map)$|^dist\/(?!src|handlers|views|package)/.test(name)),
  ).toEqual([]);
  const { devDependencies } = z
    .object({ devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const present = (name: string): boolean =>
    [folder, join(folder, 'installed'), packed].some((place) =>
      existsSync(join(place, 'node_modules', name)),
    );
  // The bot's own libraries depend on two of them.
  expect(Object.keys(devDependencies).filter(present)).toEqual(['@types/node']);
  expect(existsSync(join(root, 'npm-shrinkwrap.json'))).toBe(false);
});

it('has documents whose links work in the package, and leaves those of the repository alone', async () => {
  const packed = join(folder, 'installed/node_modules/ferry');
  const checked = await run('node', ['scripts/checkDocuments.mjs', packed], { cwd: root });
  expect(checked.stdout).toMatch(/^documents: [1-9]\d+ links/);
  const readme = (place: string) => readFileSync(join(place, 'README.md'), 'utf8');
  expect(readme(root)).toContain('](test/flows/whoMayWhat.test.ts)');
  expect(readme(packed)).not.toContain('](test/');
  expect(readme(packed)).toContain('](docs/security.md)');
  expect(existsSync(join(root, '.packed'))).toBe(false);
});

it('has a bill of materials with only the production dependencies', () => {
  const packed = join(folder, 'installed/node_modules/ferry');
  const { components, metadata } = z
    .object({
      bomFormat: z.literal('CycloneDX'),
      metadata: z.object({ component: z.object({ version: z.string() }) }),
      components: z.array(z.object({ name: z.string(), version: z.string() })),
    })
    .parse(JSON.parse(readFileSync(join(packed, 'sbom.json'), 'utf8')));
  const { dependencies, devDependencies } = z
    .object({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  expect(metadata.component.version).toBe(version);
  const listed = components.map((each) => `${each.name}@${each.version}`);
  const wanted = Object.entries(dependencies).map(([name, each]) => `${name}@${each}`);
  expect(wanted.filter((each) => !listed.includes(each))).toEqual([]);
  const names = components.map(({ name }) => name);
  expect(Object.keys(devDependencies).filter((name) => names.includes(name))).toEqual([
    '@types/node',
  ]);
});

it('prints its version and help', async () => {
  expect(await ferry('--version')).toBe(`${version}\n`);
  const help = await ferry('--help');
  for (const command of ['doctor', 'audit', 'policy']) {
    expect(help).toMatch(new RegExp(`^ +${command} `, 'm'));
  }
});

it('checks its setup as another user on a read-only tree', async () => {
  const doctor = z
    .object({ ok: z.boolean(), version: z.string() })
    .parse(JSON.parse(await ferry('doctor', '--json')));
  expect(doctor).toEqual({ ok: true, version });
});

/**
 * Fills a folder with what the Dockerfile copies into its last stage, and returns its commands. After `npm prune`, the
 * Dockerfile has the packages that the release installs.
 */
async function image() {
  const [, last = ''] = readFileSync(join(root, 'Dockerfile'), 'utf8').split(/^FROM .*-slim$/m);
  const app = join(folder, 'app');
  mkdirSync(app);
  const packages = ['installed/node_modules', 'installed/node_modules/ferry/node_modules'];
  for (const [, from = '', to = ''] of last.matchAll(/^COPY --from=build (.*) (\S+)$/gm)) {
    for (const source of from.split(' ').map((path) => path.replace('/build/', ''))) {
      const target = join(app, to, to.endsWith('/') ? basename(source) : '');
      mkdirSync(dirname(target), { recursive: true });
      const sources =
        source === 'node_modules'
          ? packages.map((path) => join(folder, path)).filter(existsSync)
          : [join(root, source)];
      for (const each of sources) await run('cp', ['-rT', each, target]);
      await run('chmod', ['-R', 'u+w', app]);
    }
  }
  rmSync(join(app, 'node_modules/ferry'), { recursive: true });
  await run('chmod', ['-R', 'a-w,a+rX', app]);
  const list = (instruction: RegExp): string[] =>
    z.array(z.string()).parse(JSON.parse(instruction.exec(last)?.[1] ?? ''));
  const [, , node, ...start] = list(/^ENTRYPOINT (\[.*\])$/m);
  const [alsoNode, ...healthCheck] = list(/^ +CMD (\[.*\])$/m);
  expect([node, alsoNode]).toEqual(['node', 'node']);
  const [, variables = ''] = /^ENV ((?:.*\\\n)*.*)$/m.exec(last) ?? [];
  const settings = [...variables.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]);
  return { app, start, healthCheck, settings: Object.fromEntries(settings) };
}

const beginnings = {
  'the program of the package': async () => ({
    ...{ home: join(folder, 'installed'), start: [program], settings: {} },
    healthCheck: undefined,
  }),
  'the command of the Dockerfile': async () => {
    const { app, ...others } = await image();
    expect(others.settings).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' });
    return { home: app, ...others };
  },
};

it.each(['the program of the package', 'the command of the Dockerfile'] as const)(
  'carries a request to a JobId with %s as another user on a read-only tree, and stops',
  async (name) => {
    const { healthCheck, home, settings, start } = await beginnings[name]();
    const env = { ...settings, ...environment };
    const jobs = dts.jobs.size;
    const [first = '', ...others] = start;
    const bot = new BotProcess(first, home, env, others, undefined, nobody);
    await slack.until(() => slack.socket.connections > 0, {
      what: 'the connection',
      timeoutMs: 120_000,
    });
    const health = await fetch(`http://127.0.0.1:${environment['PORT']}/healthz`);
    expect(await health.text()).toBe(`ok ${version}\n`);
    const isHealthy = () =>
      run(process.execPath, healthCheck ?? [], { cwd: home, env, ...nobody }).then(
        () => true,
        () => false,
      );
    if (healthCheck !== undefined) expect(await isHealthy()).toBe(true);

    const known = slack.messages(DB_MIGRATIONS).map(({ ts }) => ts);
    const person = await openForm(slack, ALICE);
    const form = { ...exampleForm, JobName: `release-${known.length}` };
    await fillForm(slack, person, inFormOrder(form));
    await person.submit();
    const posted = () =>
      slack
        .messages(DB_MIGRATIONS)
        .find(({ threadTs, ts }) => threadTs === undefined && !known.includes(ts));
    const card = await slack.until(posted, { what: 'the card', timeoutMs: 60_000 });
    await slack.as(BOB).click(card, 'approve');
    const answered = () =>
      slack
        .messages(DB_MIGRATIONS)
        .filter(({ threadTs }) => threadTs === card.ts)
        .find((message) => jobInThread().test(slack.render(message)));
    await slack.until(answered, { what: 'the JobId', timeoutMs: 60_000 });
    expect(dts.jobs.size).toBe(jobs + 1);
    expect(slack.mistakes).toEqual([]);

    expect(await bot.stop()).toBe(0);
    expect(bot.output).toContain(`"version":"${version}"`);
    if (healthCheck !== undefined) expect(await isHealthy()).toBe(false);
  },
);

it('reads what it stored', async () => {
  expect(await ferry('policy', 'explain', '--request', '1')).toContain('1. Default rule applies.');
  expect(await ferry('audit', 'verify')).toContain(en.audit.whole(8, '').split(',')[0] ?? '\0');
  // The doctor made the call without parameters.
  const calls = dts.callsOf('CreateMigrateJob').map(({ verdict }) => verdict.kind);
  expect(calls).toEqual(['refused', 'accepted', 'accepted']);
});
