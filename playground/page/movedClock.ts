import { OFFSET_VARIABLE } from './clockVariable';

/**
 * Loaded into a process before its program (`node --require`). Its clock is the machine's plus an
 * offset that the parent process sends at the start and after each change. Timers are unaffected,
 * so connections stay; a sleep until a time ends at its next check.
 */
const RealDate = Date;
let offsetMs = Number(process.env[OFFSET_VARIABLE] ?? 0);
const now = (): number => RealDate.now() + offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new Date().toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

process.on('message', (said) => {
  if (typeof said === 'number') offsetMs = said;
});
// Without a parent, nobody could stop the process, and it would keep its port and database.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
