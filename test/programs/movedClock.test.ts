import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { OFFSET_VARIABLE } from '../../playground/page/clockVariable';

it('advances the clock of a process in every API for the time', async () => {
  const answers = `

    const ways = () => [Date.now(), Date.parse(new Date().toISOString()), Date.parse(Date())];
    const fixed = [new Date(5).getTime(), new Date() instanceof Date];
    process.send({ ways: ways(), fixed });
    process.on('message', () => process.send({ ways: ways(), fixed }));
    setInterval(() => undefined, 1000);`;
  const clock = join(__dirname, '../../dist/playground/page/movedClock.js');
  const child = spawn(process.execPath, ['--require', clock, '--eval', answers], {
    env: { [OFFSET_VARIABLE]: '3600000' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const asked = async (aheadMs: number) => {
    const [{ ways, fixed }] = await once(child, 'message');
    for (const way of ways) expect(Math.abs(way - Date.now() - aheadMs)).toBeLessThan(60_000);
    expect(fixed).toEqual([5, true]);
  };
  await asked(3_600_000);
  child.send(7_200_000);
  await asked(7_200_000);
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});
