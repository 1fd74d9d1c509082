import type { InvalidVariable } from '../domain/settings';
import { type LocaleName, locales } from '../i18n/locales';
import type { DatabaseLocation } from '../store/database';
import type { ReadingProblem } from '../store/openDatabase';

/** The settings that a command on the database needs and that are invalid, one in each line. */
export function describeVariables(wrong: readonly InvalidVariable[], locale: LocaleName): string {
  const { problems } = locales[locale].config;
  return wrong.map((each) => `${each.variable} ${problems[each.problem]}`).join('\n');
}

/** Why a command can't open the database. */
export function describeDatabase(
  location: DatabaseLocation,
  problem: ReadingProblem,
  locale: LocaleName,
): string {
  const words = locales[locale].audit.database;
  const where = location.kind === 'sqlite' ? location.path : 'PostgreSQL';
  switch (problem.kind) {
    case 'in_use':
      return words.inUse(where);
    case 'newer_schema':
      return words.newer;
    case 'older_schema':
      return words.older;
    case 'absent':
      return words.absent(where);
    case 'unusable':
      return words.unusable(where, problem.detail);
    default:
      return problem satisfies never;
  }
}
