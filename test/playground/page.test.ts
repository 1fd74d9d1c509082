import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFSET_VARIABLE } from '../../playground/page/clockVariable';
import { withoutSecrets, withoutTypedSecrets } from '../../playground/page/hideSecrets';

const root = join(__dirname, '../..');

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('is imported by no file of the product', () => {
  const files = ['src', 'handlers', 'views'].flatMap((folder) => filesUnder(join(root, folder)));
  expect(files.length).toBeGreaterThan(100);
  const knowing = files.filter((file) =>
    /playground|CLOCK_OFFSET/i.test(readFileSync(file, 'utf8')),
  );
  expect(knowing).toEqual([]);
});

it('renders no foreign markup', () => {
  const client = join(root, 'playground/page/client');
  const drawing = filesUnder(client).filter((file) =>
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write/i.test(readFileSync(file, 'utf8')),
  );
  expect(drawing).toEqual([]);
});

it('hides secrets among parameters, at any depth', () => {
  const sent = {
    SrcInfo: { Ip: '10.0.0.5', Password: 'canary' },
    SrcInfoMulti: [{ AccessKey: 'canary', Port: 1 }],
    DstInfo: { Password: '' },
  };
  const shown = withoutSecrets(sent);
  expect(JSON.stringify(shown)).not.toContain('canary');
  expect(shown).toMatchObject({ SrcInfo: { Ip: '10.0.0.5' }, DstInfo: { Password: '' } });
});

it('keeps a typed password out of the state of a form', () => {
  const values = {
    'SrcInfo.Password': { value: { type: 'plain_text_input', value: 'canary' } },
    'SrcInfo.Ip': { value: { type: 'plain_text_input', value: '10.0.0.5' } },
  };
  expect(withoutTypedSecrets(values)).toEqual({
    'SrcInfo.Password': { value: { type: 'plain_text_input', value: null } },
    'SrcInfo.Ip': { value: { type: 'plain_text_input', value: '10.0.0.5' } },
  });
});

it('advances the clock of a process in every API for the time', async () => {
  const answers = `

    const ways = () => [Date.now(), Date.parse(new Date().toISOString()), Date.parse(Date())];
    const fixed = [new Date(5).getTime(), new Date() instanceof Date];
    process.send({ ways: ways(), fixed });
    process.on('message', () => process.send({ ways: ways(), fixed }));
    setInterval(() => undefined, 1000);`;
  const clock = join(root, 'dist/playground/page/movedClock.js');
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
