import { CompactEncrypt } from 'jose';
import { Secret } from '../../src/domain/secrets/secret';
import { createVault, type SealKey } from '../../src/secrets/vault';

const key = (id: string, byte: number): SealKey => ({ id, key: new Uint8Array(32).fill(byte) });
const old = key('k1', 1);
const fresh = key('k2', 2);
const revealed = async (keys: readonly SealKey[], sealed: string, context = 'here') => {
  const opened = await createVault(keys).open(sealed, context);
  return opened.ok ? opened.secret.reveal() : opened.reason;
};

it('opens what it sealed, and the sealed text shows no part of it', async () => {
  const sealed = await createVault([old]).seal(new Secret('pässwörd 密码'), 'here');
  expect(await revealed([old], sealed)).toBe('pässwörd 密码');
  expect(Buffer.from(sealed.replaceAll('.', ''), 'base64url').toString()).not.toContain('ssw');
});

it('opens old text after a new key was added, and reports a missing key', async () => {
  const sealed = await createVault([old]).seal(new Secret('p'), 'here');
  expect(await revealed([fresh, old], sealed)).toBe('p');
  expect(await revealed([fresh], sealed)).toBe('no_key');
});

it('does not open text that was moved, changed, or never sealed', async () => {
  const sealed = await createVault([old]).seal(new Secret('p'), 'here');
  expect(await revealed([old], sealed, 'there')).toBe('elsewhere');
  const at = sealed.length - 10;
  const other = sealed[at] === 'A' ? 'B' : 'A';
  const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
  expect(await revealed([old], changed)).toBe('damaged');
  expect(await revealed([key('k1', 9)], sealed)).toBe('damaged');
  expect(await revealed([old], 'nonsense')).toBe('damaged');
});

it('only opens what an earlier version sealed on request, and in its context', async () => {
  const sealed = await new CompactEncrypt(new TextEncoder().encode('p'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'k1', context: 'V1/SrcInfo.Password' })
    .encrypt(old.key);
  expect(await revealed([old], sealed, 'V1/SrcInfo.Password')).toBe('elsewhere');
  expect(await createVault([old]).openEarlier(sealed, 'V1/SrcInfo.Password')).toMatchObject({
    ok: true,
  });
  expect(await createVault([old]).openEarlier(sealed, 'V2/SrcInfo.Password')).toEqual({
    ok: false,
    reason: 'elsewhere',
  });
  const today = await createVault([old]).seal(new Secret('p'), 'V1/SrcInfo.Password');
  expect(await createVault([old]).openEarlier(today, 'V1/SrcInfo.Password')).toMatchObject({
    ok: false,
  });
});
