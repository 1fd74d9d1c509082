import type { Log } from '../ports/log';
import { type AuditKey, createChain } from './chain';
import { createStore, type Store } from './createStore';
import type { DatabaseLocation } from './database';
import { laxRights } from './fileRights';
import { checkKeys } from './journal';
import { type DatabaseProblem, openDatabase } from './openDatabase';

/** Why Ferry can't use a database. */
export type StoreProblem =
  | { kind: 'database'; location: DatabaseLocation; problem: DatabaseProblem }
  /** The audit log doesn't match the audit keys. `next`: the position of the next event. */
  | { kind: 'audit_key'; next: number };

export type OpenedStore = { ok: true; store: Store } | { ok: false; problem: StoreProblem };

/** Opens the database, updates its schema, and checks that the audit keys match its log. */
export async function openStore(
  { auditKeys, database }: { auditKeys: readonly AuditKey[]; database: DatabaseLocation },
  { log, now }: { log: Log; now(): Date },
): Promise<OpenedStore> {
  const opened = await openDatabase(database, (error) =>
    log.error('a connection to the database broke', { error }),
  );
  if (!opened.ok) {
    return {
      ok: false,
      problem: { kind: 'database', location: database, problem: opened.problem },
    };
  }
  if (database.kind === 'sqlite') warnOfLaxRights(database.path, log);
  const chain = createChain(auditKeys);
  const store = createStore(opened.db, database.kind, now, chain);
  const checked = await checkKeys(opened.db, chain);
  if (checked.ok) return { ok: true, store };
  await store.close();
  return { ok: false, problem: { kind: 'audit_key', next: checked.next } };
}

function warnOfLaxRights(path: string, log: Log): void {
  for (const lax of laxRights(path)) {
    log.warn('other users of this machine can open the database; run chmod go= to prevent that', {
      ...lax,
    });
  }
}
