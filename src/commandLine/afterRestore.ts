import { readDatabaseConfig } from '../config';
import { describeVariables } from '../describeProblems';
import { harmless } from '../domain/text/typedText';
import { locales, preferredLocale } from '../i18n/locales';
import { prepareRestored } from '../store/afterRestore';
import { openDatabase, openForReading } from '../store/openDatabase';
import { type CommandLine, exitCodes, refuseWith } from './commandLine';
import { describeDatabase } from './describeDatabase';

/**
 * Prepares a restored database, and lists the requests whose job may have been created after the
 * backup. Resolves to an exit code.
 */
export async function afterRestore({ env, now, stderr, stdout }: CommandLine): Promise<number> {
  const locale = preferredLocale(env);
  const refuse = refuseWith(stderr);
  const read = readDatabaseConfig(env);
  if (!read.ok) return refuse(describeVariables(read.problem, locale));
  // Opening would create the schema.
  const seen = await openForReading(read.value.database, () => {});
  if (seen.ok) await seen.db.destroy();
  else if (seen.problem.kind === 'absent') {
    return refuse(describeDatabase(read.value.database, seen.problem, locale));
  }
  const opened = await openDatabase(read.value.database, () => {});
  if (!opened.ok) return refuse(describeDatabase(read.value.database, opened.problem, locale));
  try {
    const { doctor, commandLine } = locales[locale];
    const words = commandLine.afterRestore;
    const prepared = await prepareRestored(opened.db, read.value.database.kind, new Date(now()));
    if (!prepared.ok) return refuse(words.inUse);
    const lines = prepared.value.map(({ id, jobName, status }) =>
      words.request(id, jobName, doctor.statuses[status]),
    );
    const said = [words.done, ...(lines.length === 0 ? [] : [words.compare, ...lines])];
    stdout.write(`${harmless(said.join('\n'), 'paragraphs')}\n`);
    return exitCodes.fine;
  } finally {
    await opened.db.destroy();
  }
}
