import { createChain } from '../../store/chain';
import { databaseName } from '../../store/database';
import { readDatabase, takeCensus } from '../../store/readDatabase';
import { isFileWritable, takesWrites } from '../../store/writable';
import { describeReading } from '../describeDatabase';
import type { Examined } from './examined';
import { type Finding, fine, wrong } from './finding';

/** The bot may be using the database, or may not have started on it yet. */
const unread = {
  in_use: fine,
  absent: fine,
  older_schema: fine,
  newer_schema: wrong,
  unusable: wrong,
} as const;

export async function examineDatabase({ config, messages }: Examined): Promise<Finding[]> {
  const { auditKeys, database } = config;
  const words = messages.doctor;
  const chain = createChain(auditKeys);
  const name = databaseName(database);
  const readOnly = wrong('database', words.databaseReadOnly(name));
  if (database.kind === 'sqlite' && !isFileWritable(database.path)) return [readOnly];
  const reading = await readDatabase(database, async (db) => ({
    ...(await takeCensus(db, chain)),
    isWritable: await takesWrites(db, database),
  }));
  if (!reading.ok) {
    const { problem } = reading;
    return [unread[problem.kind]('database', describeReading(database, problem, messages))];
  }
  const { byStatus, fits, isWritable, unannounced } = reading.result;
  const counts = byStatus.map(({ status, count }) => words.counted(words.statuses[status], count));
  const stuck = unannounced.map(({ id, channel }) => words.inChannel(id, channel));
  return [
    isWritable ? fine('database', words.database(name)) : readOnly,
    fits
      ? fine('audit_key', words.auditKey(chain.keyedFrom))
      : wrong('audit_key', words.auditKeyWrong),
    fine('requests', words.requests(counts)),
    ...(stuck.length === 0 ? [] : [wrong('requests', words.unannounced(stuck))]),
  ];
}
