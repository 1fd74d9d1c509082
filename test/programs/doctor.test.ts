import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { approversEnvironment, botEnvironment } from '../../playground/botEnvironment';
import { BotProcess } from '../../playground/botProcess';
import { ALICE, DB_MIGRATIONS, startSlack } from '../../playground/slack/index';
import { startDts } from '../../playground/tencentcloud/index';
import { manifest } from '../support/manifest';
import { en } from '../support/words';

const script = resolve(__dirname, '../../dist/src/main.js');

it('ferry doctor runs next to a running bot and leaves it alone', async () => {
  const slack = await startSlack({ scopes: manifest().scopes });
  const dts = await startDts();
  const folder = mkdtempSync(join(tmpdir(), 'ferry-doctor-'));
  const environment = {
    ...botEnvironment(slack, dts),
    ...approversEnvironment,
    DATABASE_URL: `sqlite:${join(folder, 'ferry.db')}`,
    PORT: '0',
  };
  const bot = new BotProcess(script, folder, environment);
  await slack.until(() => slack.socket.connections > 0, {
    what: 'the connection',
    timeoutMs: 15_000,
  });
  for (let time = 1; time <= 2; time += 1) {
    const doctor = new BotProcess(script, folder, environment, ['doctor']);
    expect(await doctor.ended()).toBe(0);
    expect(doctor.output).toContain(`✓ ${en.doctor.requests([])}`);
    expect(doctor.output).not.toMatch(/canary|^\s+at .+:\d+:\d+/m);
    const secrets = [slack.botToken, slack.appToken, environment.TENCENTCLOUD_SECRET_KEY];
    for (const secret of secrets) expect(doctor.output).not.toContain(secret);
  }
  await slack.as(ALICE).command(DB_MIGRATIONS, '/migrate', 'messages off');
  expect(await bot.stop()).toBe(0);
  expect(bot.output).not.toContain('"level":"error"');
  await slack.close();
  await dts.close();
  rmSync(folder, { recursive: true });
});
