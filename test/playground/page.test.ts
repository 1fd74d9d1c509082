import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
