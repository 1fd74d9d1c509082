import { readDatabaseConfig } from '../config';
import { describeVariables } from '../describeProblems';
import { harmless } from '../domain/text/typedText';
import { locales, preferredLocale } from '../i18n/locales';
import { backUp } from '../store/backUp';
import { type CommandLine, exitCodes, refuseWith } from './commandLine';

/** Copies the SQLite database to a new file. Returns an exit code. */
export function backup({ env, stderr, stdout }: CommandLine, file: string): number {
  const locale = preferredLocale(env);
  const words = locales[locale].commandLine.backup;
  const refuse = refuseWith(stderr);
  const read = readDatabaseConfig(env);
  if (!read.ok) return refuse(describeVariables(read.problem, locale));
  const { database } = read.value;
  if (database.kind === 'postgres') return refuse(words.postgres);
  const problem = backUp(database.path, file);
  if (problem === undefined) {
    stdout.write(`${harmless(words.done(file), 'paragraphs')}\n`);
    return exitCodes.fine;
  }
  switch (problem.kind) {
    case 'absent':
      return refuse(words.absent(database.path), exitCodes.failed);
    case 'target_exists':
      return refuse(words.exists(file), exitCodes.failed);
    case 'unusable':
      return refuse(words.failed(database.path, problem.detail), exitCodes.failed);
    default:
      return problem satisfies never;
  }
}
