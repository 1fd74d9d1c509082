import { Client } from 'pg';

/** The wrapped method, which all test files of a process share, as they share the driver. */
const mark = Symbol.for('ferry.queriesUnderWay');
const open = openQueries();

/** How many statements of this process PostgreSQL has not answered yet. */
export const queriesUnderWay = (): number => open.size;

function openQueries(): Set<unknown> {
  const { prototype } = Client;
  const known: unknown = Reflect.get(prototype, mark);
  if (known instanceof Set) return known;
  const queries = new Set<unknown>();
  const original = prototype.query;
  Reflect.set(prototype, mark, queries);
  Reflect.set(prototype, 'query', function query(this: Client, ...args: unknown[]): unknown {
    const answer: unknown = Reflect.apply(original, this, args);
    if (answer instanceof Promise) {
      const forget = () => queries.delete(answer);
      queries.add(answer);
      answer.then(forget, forget);
    }
    return answer;
  });
  return queries;
}
