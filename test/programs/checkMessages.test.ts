import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** The output and exit code of a program of `npm run check` for a folder. */
const checked = (script: string, ...args: readonly string[]) =>
  new Promise<{ code: unknown; said: string }>((done) => {
    execFile(process.execPath, [join(root, script), ...args], (error, out, err) =>
      done({ code: error === null ? 0 : error.code, said: `${out}${err}` }),
    );
  });

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-messages-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const settings = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "skipLibCheck": true, "types": [] } }',
  'src/i18n/en/card.ts':
    "export const card = { title: 'Title', old: 'Old', states: { open: 'Open', shut: 'Shut' } };",
  'src/i18n/en/job.ts': `
    interface JobWords { label: string; gone: string }
    export const job: JobWords = { label: 'Label', gone: 'Gone' };`,
  'src/i18n/en/messages.ts': `
    import { card } from './card';
    import { job } from './job';
    export const en = { card, job, home: { none: 'None', asked: () => 'Asked' }, lost: 'Lost' };
    export type Messages = typeof en;`,
  'src/i18n/zh-CN/messages.ts': `
    import type { Messages } from '../en/messages';
    const card: Messages['card'] = { title: '标题', old: '旧', states: { open: '开', shut: '关' } };
    const job: Messages['job'] = { label: '名', gone: '无' };
    export const zhCN: Messages = { card, job, home: { none: '无', asked: () => card.old }, lost: '失' };`,
  'views/draw.ts': `
    import type { Messages } from '../src/i18n/en/messages';
    const draw = ({ home: words, card, job }: Messages, state: 'open' | 'shut') =>
      [job.label, card.title, card.states[state], words.asked()];`,
};

it('an unused key fails npm run check', async () => {
  const { code, said } = await checked('scripts/checkMessages.mjs', folderOf(settings));
  expect(said.trim().split('\n')).toEqual([
    'messages: nothing uses src/i18n/en/card.ts: en.card.old',
    'messages: nothing uses src/i18n/en/job.ts: en.job.gone',
    'messages: nothing uses src/i18n/en/messages.ts: en.home.none',
    'messages: nothing uses src/i18n/en/messages.ts: en.lost',
  ]);
  expect(code).toBe(1);
});

it('a key that a language misses fails npm run check', async () => {
  const folder = folderOf({});
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const chinese = join(folder, 'src/i18n/zh-CN/operations.ts');
  const lines = readFileSync(chinese, 'utf8').split('\n');
  writeFileSync(chinese, lines.filter((line) => !line.includes('unconfirmed:')).join('\n'));
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const few = {
    compilerOptions: { ...compilerOptions, types: ['node'] },
    include: ['src/i18n/locales.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(few));
  const { code, said } = await checked('node_modules/typescript-7/bin/tsc', '-p', folder);
  expect(said).toMatch(/zh-CN.+error TS2741: Property 'unconfirmed' is missing/);
  expect(code).not.toBe(0);
});
