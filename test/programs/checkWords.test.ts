import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const script = resolve(__dirname, '../../scripts/checkWords.mjs');

/** The findings of the check for a project with these files, and its exit code. */
function check(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-words-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return new Promise<{ code: unknown; findings: string[] }>((done) => {
    execFile(process.execPath, [script, folder], (error, _, findings) =>
      done({
        code: error === null ? 0 : error.code,
        findings: findings.split('\n').filter((line) => line !== ''),
      }),
    );
  });
}

const linesOf = (findings: readonly string[]) => [
  ...new Set(findings.map((finding) => Number(/:(\d+): /.exec(finding)?.[1]))),
];

it('rejects words and constructions to avoid in English, across line breaks too', async () => {
  const lines = [
    'Ferry retries the call.',
    'The call is repeated by itself.',
    'The job is made\nagain.',
    'Who asked is notified.',
    '`whoever` is code.',
  ];
  const { code, findings } = await check({ 'SECURITY.md': lines.join('\n\n') });
  expect(linesOf(findings)).toEqual([3, 5, 8]);
  expect(code).toBe(1);
});

it('also checks log lines, names of tests, and descriptions and comments in configuration', async () => {
  const { code, findings } = await check({
    'src/ports/logLines.ts':
      "interface Lines {\n  'the call is repeated by itself': { by: 'by itself' };\n}\n",
    'test/app.test.ts': "it('is repeated by itself', () => {});\n",
    'docs/policy.schema.json': '{\n  "description": "Repeated by itself",\n  "by itself": 1\n}\n',
    '.env.example': '# Repeated by itself\nNAME=by itself\n',
    'playground/slack/README.md': 'It is repeated by itself.\n',
  });
  expect(findings.map((finding) => finding.replace(/: “.*/, ''))).toEqual([
    'words: playground/slack/README.md:1',
    'words: .env.example:1',
    'words: docs/policy.schema.json:2',
    'words: src/ports/logLines.ts:2',
    'words: test/app.test.ts:1',
  ]);
  expect(code).toBe(1);
});

it('rejects wrong punctuation, spacing and terms in Chinese', async () => {
  const lines = [
    '申请已通过,任务已创建。',
    '申请 已通过。',
    '申请\n已通过。',
    '申请已通过， Ferry 创建任务。',
    '申请通过后，Ferry创建任务。',
    '请设置`SEAL_KEYS`。',
    '没有收到回应。',
  ];
  const { code, findings } = await check({ 'SECURITY.zh-CN.md': lines.join('\n\n') });
  expect(linesOf(findings)).toEqual(expect.arrayContaining([1, 3, 5, 8, 10, 12, 14]));
  expect(code).toBe(1);
});

it('accepts plain texts, code and generated pages', async () => {
  const { code, findings } = await check({
    'SECURITY.md': 'Ferry retries the call. `whoever` is code.\n\n```\nwhoever\n```\n',
    'SECURITY.zh-CN.md':
      '# 安全\n\n- **申请通过后**，Ferry 创建任务 `#42`（见 [README](README.zh-CN.md)）。\n- 请设置密钥：\n\n1. 第一步。\n2. Ferry 启动。\n',
    'docs/errors.md': 'Whoever reads this.\n',
  });
  expect(findings).toEqual([]);
  expect(code).toBe(0);
});
