import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutSecrets, withoutTypedSecrets } from '../../playground/page/hideSecrets';

const root = join(__dirname, '../..');

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('is known to no file of the product', () => {
  const files = ['src', 'handlers', 'views'].flatMap((folder) => filesUnder(join(root, folder)));
  expect(files.length).toBeGreaterThan(100);
  const knowing = files.filter((file) =>
    /playground|CLOCK_OFFSET/i.test(readFileSync(file, 'utf8')),
  );
  expect(knowing).toEqual([]);
});

it('draws nothing from markup that somebody else wrote', () => {
  const client = join(root, 'playground/page/client');
  const drawing = filesUnder(client).filter((file) =>
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write/i.test(readFileSync(file, 'utf8')),
  );
  expect(drawing).toEqual([]);
});

it('hides what is secret among parameters, at any depth', () => {
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

describe('a moved clock', () => {
  const RealDate = Date;
  afterEach(() => {
    globalThis.Date = RealDate;
  });

  it('is ahead by what was said at the start, for every way to ask for the time', () => {
    process.env['CLOCK_OFFSET_MS'] = '3600000';
    jest.isolateModules(() => {
      require('../../playground/page/movedClock');
    });
    const ahead = Date.now() - RealDate.now();
    expect(ahead).toBeGreaterThan(3_599_000);
    expect(Date.parse(new Date().toISOString()) - RealDate.now()).toBeGreaterThan(3_599_000);
    expect(new Date(5).getTime()).toBe(5);
    expect(new Date() instanceof Date).toBe(true);
    delete process.env['CLOCK_OFFSET_MS'];
  });
});
