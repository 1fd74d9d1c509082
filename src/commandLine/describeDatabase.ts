import { type LocaleName, locales, type Messages } from '../i18n/locales';
import { type DatabaseLocation, databaseName } from '../store/database';
import type { ReadingProblem } from '../store/openDatabase';

/** Why a command on the database can't open it. */
export function describeDatabase(
  location: DatabaseLocation,
  problem: ReadingProblem,
  locale: LocaleName,
): string {
  const words = locales[locale].audit.database;
  const name = databaseName(location);
  switch (problem.kind) {
    case 'in_use':
      return words.inUse(name);
    case 'newer_schema':
      return words.newer;
    case 'older_schema':
      return words.older;
    case 'absent':
      return words.absent(name);
    case 'unusable':
      return words.unusable(name, problem.detail);
    default:
      return problem satisfies never;
  }
}

/** Why a command that checks more than the database can't read it. */
export function describeReading(
  location: DatabaseLocation,
  problem: ReadingProblem,
  { doctor: words }: Messages,
): string {
  const name = databaseName(location);
  switch (problem.kind) {
    case 'in_use':
      return words.databaseInUse(name);
    case 'absent':
      return words.databaseAbsent(name);
    case 'older_schema':
      return words.databaseOlder(name);
    case 'newer_schema':
      return words.databaseNewer(name);
    case 'unusable':
      return words.databaseUnusable(name, problem.detail);
    default:
      return problem satisfies never;
  }
}
