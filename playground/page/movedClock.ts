import { OFFSET_VARIABLE } from './clockVariable';

/**
 * Loaded into a process before its program (`node --require`): its clock is the machine's plus an offset,
 * which the parent process says at the start and whenever it changes. Timers run as ever, so that
 * connections stay; what sleeps until a moment finds it passed when it looks next.
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
// Nobody is left to stop it; it would hold its port and database for good.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();
