import { within } from '../domain/time/within';
import type { Clock } from '../ports/clock';

export interface LastAnswersOptions<Question, T> {
  /** Decides how old an answer is. */
  clock: Clock;
  /** Limits a person's wait in real time. Tests only move the other clock. */
  patience: Clock;
  /** How long a caller waits for Slack, in ms. */
  boundMs: number;
  /** Equal for questions that share an answer. */
  keyOf(question: Question): string;
  read(question: Question): Promise<T>;
  /** Logs a failed read. `keep`: the last answer may still be used. */
  onFailure(question: Question, error: unknown): 'keep' | 'forget';
}

export interface LastAnswer<T> {
  value: T;
  /** In ms, since the read began: later changes may be missing. */
  ageMs: number;
  /** True if the answer is younger than the caller's limit, or arrived while the caller waited. */
  isFresh: boolean;
}

interface Entry<T> {
  last: { value: T; at: number } | undefined;
  reading: Promise<void> | undefined;
}

/** More than the people or channels that a large workspace uses Ferry with. */
const mostKnown = 10_000;

/** Drops the oldest entries beyond the limit. */
export function dropOldest(entries: Map<string, unknown>): void {
  for (const key of entries.keys()) {
    if (entries.size <= mostKnown) return;
    entries.delete(key);
  }
}

/**
 * Asks Slack and remembers its last answers. Each question has one read at a time, however many
 * callers wait. The returned function never rejects.
 */
export function createLastAnswers<Question, T>(options: LastAnswersOptions<Question, T>) {
  const { boundMs, clock, keyOf, onFailure, patience } = options;
  const entries = new Map<string, Entry<T>>();
  const now = (): number => clock.now().getTime();

  const read = async (question: Question, entry: Entry<T>): Promise<void> => {
    const at = now();
    try {
      entry.last = { value: await options.read(question), at };
    } catch (error) {
      if (onFailure(question, error) === 'forget') entry.last = undefined;
    } finally {
      entry.reading = undefined;
    }
  };

  /** The last answer, read again if it is `maxAgeMs` old; `undefined` if there is none. */
  return async (question: Question, maxAgeMs: number): Promise<LastAnswer<T> | undefined> => {
    const key = keyOf(question);
    const entry = entries.get(key) ?? { last: undefined, reading: undefined };
    entries.set(key, entry);
    dropOldest(entries);
    const before = entry.last;
    if (before !== undefined && now() - before.at < maxAgeMs) {
      return { value: before.value, ageMs: now() - before.at, isFresh: true };
    }
    entry.reading ??= read(question, entry);
    await within(patience, entry.reading, boundMs);
    const { last } = entry;
    if (last === undefined) return undefined;
    // An answer that arrived during this call is fresh, even if the clock has advanced.
    return last === before
      ? { value: last.value, ageMs: now() - last.at, isFresh: false }
      : { value: last.value, ageMs: 0, isFresh: true };
  };
}
