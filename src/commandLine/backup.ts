import { readAuditConfig } from '../config';
import { harmless } from '../domain/text/typedText';
import { locales, preferredLocale } from '../i18n/locales';
import { backUp } from '../store/backUp';
import type { CommandLine } from './commandLine';
import { describeVariables } from './describeDatabase';

const exitFine = 0;
const exitFailed = 1;
const exitRefused = 2;

/** Copies the SQLite database to a new file. Returns an exit code. */
export function backup({ env, stderr, stdout }: CommandLine, file: string): number {
  const locale = preferredLocale(env);
  const words = locales[locale].commandLine.backup;
  const refuse = (message: string, code: number): number => {
    stderr.write(`${harmless(message, 'paragraphs')}\n`);
    return code;
  };
  const read = readAuditConfig(env);
  if (!read.ok) return refuse(describeVariables(read.problem, locale), exitRefused);
  const { database } = read.value;
  if (database.kind === 'postgres') return refuse(words.postgres, exitRefused);
  const problem = backUp(database.path, file);
  if (problem === undefined) {
    stdout.write(`${harmless(words.done(file), 'paragraphs')}\n`);
    return exitFine;
  }
  switch (problem.kind) {
    case 'absent':
      return refuse(words.absent(database.path), exitFailed);
    case 'target_exists':
      return refuse(words.exists(file), exitFailed);
    case 'unusable':
      return refuse(words.failed(database.path, problem.detail), exitFailed);
    default:
      return problem satisfies never;
  }
}
