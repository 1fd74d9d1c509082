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

it.each<[string, DatabaseInfoProblem]>([
  ['db1\nmy db', { code: 'after_name', line: 2, name: 'my', found: 'db' }],
  ['a\na.t', { code: 'whole_and_part', line: 2, name: 'a', other: 1 }],
  ['[{Database:a', { code: 'unexpected', line: 1, found: '', expected: ', }' }],
  ['', { code: 'nothing_named', line: 1 }],
])('says for %j where the mistake is and what to write', (text, problem) => {
  for (const words of [enDatabases, zhDatabases]) {
    const said = words.databaseInfoProblem(problemIn(text));
    expect(said).toBe(words.databaseInfoProblem(problem));
    if (problem.code !== 'nothing_named') {
      expect(said).toMatch(new RegExp(`^\\D*${problem.line}`));
    }
  }
});

it('says how large a file may be', () => {
  const problem: FileProblem = { code: 'too_large', maxBytes: 512_000 };
  expect(enFile.fileProblem(problem)).toContain('512 kB');
  expect(zhFile.fileProblem(problem)).toContain('512 kB');
});

it('says why a secret may not be used', () => {
  const problem: SecretProblem = {
    code: 'secret_for_other_targets',
    secret: 'ssm:orders',
    target: 'evil.example.com',
  };
  for (const words of [enSecret, zhSecret]) {
    expect(words.secretProblem(problem, 'sender')).toMatch(/ssm:orders.*evil\.example\.com/);
  }
});
