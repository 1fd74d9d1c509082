import { readDatabaseList } from '../../src/domain/databases/databaseInfo';
import type { DatabaseInfoProblem } from '../../src/domain/databases/databaseInfoProblem';
import { databaseNaming } from '../../src/domain/databases/databaseNaming';
import type { FileProblem } from '../../src/domain/form/fileProblem';
import type { SecretProblem } from '../../src/domain/secrets/secretPolicy';
import * as enDatabases from '../../src/i18n/en/databaseInfoProblem';
import * as enFile from '../../src/i18n/en/fileProblem';
import * as enSecret from '../../src/i18n/en/secretProblem';
import * as zhDatabases from '../../src/i18n/zh-CN/databaseInfoProblem';
import * as zhFile from '../../src/i18n/zh-CN/fileProblem';
import * as zhSecret from '../../src/i18n/zh-CN/secretProblem';

const problemIn = (text: string): DatabaseInfoProblem => {
  const read = readDatabaseList(text, databaseNaming.mysql);
  if (read.ok) throw new Error('no problem');
  return read.problem;
};

it.each([
  [
    'db1\nmy db',
    'Line 2: “db” follows the name my. If these are two names, write each on its own line. If it is one name with a blank in it, put quotes (" or `) around it.',
    '第 2 行：名称 my 后有多余内容“db”。如果是两个名称，请每行填写一个；如果名称含空格，请加英文引号（" 或 `）。',
  ],
  [
    'a\na.t',
    'Line 2: a is named whole, and a part of it too (see line 1). Keep one of the two.',
    '第 2 行：既填写了整个 a，又填写了其中一部分（见第 1 行），请只保留一个。',
  ],
  [
    '[{Database:a',
    'Line 1: the text ends where , or } belongs.',
    '第 1 行：内容到此结束，应为“,”或“}”。',
  ],
  [
    '',
    'No database is named. Write one a line: db, db.table, or db.schema.table.',
    '没有填写库表。请每行填写一个，例如 db、db.table 或 db.schema.table。',
  ],
])('says of %j where the mistake is and what to write', (text, en, zh) => {
  expect(enDatabases.databaseInfoProblem(problemIn(text))).toBe(en);
  expect(zhDatabases.databaseInfoProblem(problemIn(text))).toBe(zh);
});

it('says of a file how large it may be', () => {
  const problem: FileProblem = { code: 'too_large', maxBytes: 512_000 };
  expect(enFile.fileProblem(problem)).toContain('512 kB');
  expect(zhFile.fileProblem(problem)).toContain('512 kB');
});

it('says of a secret what does not fit', () => {
  const problem: SecretProblem = {
    code: 'secret_for_other_targets',
    secret: 'ssm:orders',
    target: 'evil.example.com',
  };
  expect(enSecret.secretProblem(problem)).toBe(
    'The policy does not let ssm:orders be sent to evil.example.com.',
  );
  expect(zhSecret.secretProblem(problem)).toBe('策略不允许将 ssm:orders 用于 evil.example.com。');
});
