import { sql } from 'kysely';
import { after } from '../domain/time/offset';
import { longestAheadMs } from '../domain/time/turns';
import type { Pace, RateLimits, Slot, SlotAttempt, Turn } from '../ports/rateLimits';
import type { Database, DatabaseKind } from './database';
import { unsynced } from './unsynced';

/** After a power failure, the turns that it undoes are over, so none of them waits for the disk. */
export function createRateLimits(db: Database, kind: DatabaseKind): RateLimits {
  return {
    takeTurn: (...turn) => unsynced(db, kind, (each) => takeTurn(each, ...turn)),
    tryTurn: (...turn) => unsynced(db, kind, (each) => tryTurn(each, ...turn)),
    trySlot: (...slot) => unsynced(db, kind, (each) => trySlot(each, kind, ...slot)),
    freeSlot: (...slot) => unsynced(db, kind, (each) => freeSlot(each, ...slot)),
  };
}

/**
 * Reserves the next free time of `name`. A single statement, so that processes never reserve the
 * same time. A time in the past was saved up in a pause and means now.
 */
async function takeTurn(db: Database, name: string, now: Date, pace: Pace): Promise<Date> {
  const { first, later, spacing } = nextTurn(now, pace);
  const { next_at: next } = await db
    .insertInto('turns')
    .values({ name, next_at: first })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ next_at: later }))
    .returning('next_at')
    .executeTakeFirstOrThrow();
  return new Date(next - spacing);
}

/**
 * Takes the turn of `name` that is free at `now`, if there is one. A single statement, so that
 * processes never take the same turn.
 */
export async function tryTurn(db: Database, name: string, now: Date, pace: Pace): Promise<Turn> {
  const { first, later, latest } = nextTurn(now, pace);
  const taken = await db
    .insertInto('turns')
    .values({ name, next_at: first })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ next_at: later })
        .where((where) =>
          where.or([
            where('turns.next_at', '<=', now.getTime()),
            where('turns.next_at', '>', latest),
          ]),
        ),
    )
    .returning('next_at')
    .executeTakeFirst();
  if (taken !== undefined) return { ok: true };
  const next = await db
    .selectFrom('turns')
    .select('next_at')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return { ok: false, freeAt: new Date(next.next_at) };
}

/**
 * When the turn after this one is free: `first` for a new name, `later` for a known one. A pause
 * saves up a burst of turns. A turn after `latest` is treated like a pause.
 */
function nextTurn(now: Date, { spacingMs, burst, aheadMs = longestAheadMs }: Pace) {
  const spacing = Math.ceil(spacingMs);
  const earliest = now.getTime() - Math.ceil(burst * spacingMs);
  const latest = now.getTime() + aheadMs;
  const first = earliest + spacing;
  const later = sql<number>`case when turns.next_at > ${earliest} and turns.next_at <= ${latest} then turns.next_at + ${spacing} else ${first} end`;
  return { first, later, latest, spacing };
}

/** A fixed width, so that the names of the slots before a number are a range of the index. */
const slotName = (name: string, number: number): string =>
  `${name}#${String(number).padStart(4, '0')}`;

/**
 * Takes a free slot of `name`. A slot has a row once it is needed, and a single statement takes it,
 * so that processes never hold the same slot.
 */
async function trySlot(
  db: Database,
  kind: DatabaseKind,
  name: string,
  now: Date,
  { count, holdMs }: { count: number; holdMs: number },
): Promise<SlotAttempt> {
  const heldUntil = after(now, holdMs);
  const next_at = heldUntil.getTime();
  const slots = db
    .selectFrom('turns')
    .where('name', '>=', slotName(name, 0))
    .where('name', '<=', slotName(name, count - 1));
  const free = slots
    .select('name')
    .where(({ eb, or }) =>
      or([eb('next_at', '<=', now.getTime()), eb('next_at', '>', now.getTime() + longestAheadMs)]),
    )
    // Statements that lock rows in the same order don't wait for each other in a circle.
    .orderBy('name')
    .limit(1)
    .$if(kind === 'postgres', (query) => query.forUpdate());
  const taken = await db
    .updateTable('turns')
    .set({ next_at })
    .where('name', '=', free)
    .returning('name')
    .executeTakeFirst();
  if (taken !== undefined) return { ok: true, slot: { name: taken.name, heldUntil } };
  const { last, freeAt } = await slots
    .select(({ fn }) => [
      fn.max<string | null>('name').as('last'),
      fn.min<number | null>('next_at').as('freeAt'),
    ])
    .executeTakeFirstOrThrow();
  const next = last === null ? 0 : Number(last.slice(-4)) + 1;
  if (next === count) return { ok: false, freeAt: new Date(freeAt ?? now) };
  const added = await db
    .insertInto('turns')
    .values({ name: slotName(name, next), next_at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .executeTakeFirst();
  return added === undefined
    ? { ok: false, freeAt: now } // Another process just added it.
    : { ok: true, slot: { name: added.name, heldUntil } };
}

/** A slot whose hold ended may be held by another process, with a different end. */
async function freeSlot(db: Database, { name, heldUntil }: Slot, at: Date): Promise<void> {
  await db
    .updateTable('turns')
    .set({ next_at: at.getTime() })
    .where('name', '=', name)
    .where('next_at', '=', heldUntil.getTime())
    .execute();
}

/** Records the time of the last post for each of these names. */
export async function passTurns(db: Database, names: readonly string[], at: Date): Promise<void> {
  const next_at = at.getTime();
  await db
    .insertInto('turns')
    .values(names.map((name) => ({ name, next_at })))
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ next_at }))
    .execute();
}

/** When the next turns are free, in ms since 1970, by name. Those that are too far ahead are missing. */
export async function findTurns(
  db: Database,
  names: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .selectFrom('turns')
    .selectAll()
    .where('name', 'in', names)
    .where('next_at', '<=', now.getTime() + longestAheadMs)
    .execute();
  return new Map(rows.map(({ name, next_at }) => [name, next_at]));
}

/** Blocks the turns of `name` until then, because a server asked to wait. */
export async function holdTurns(db: Database, name: string, until: Date): Promise<void> {
  await db
    .updateTable('turns')
    .set({ next_at: until.getTime() })
    .where('name', '=', name)
    .where(({ eb, or }) =>
      or([
        eb('next_at', '<', until.getTime()),
        eb('next_at', '>', until.getTime() + longestAheadMs),
      ]),
    )
    .execute();
}
