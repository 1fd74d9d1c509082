import { readSecretValue, type ValueFlaw } from '../../src/domain/secrets/secretValue';

const password = 'correct horse';
const read = (user?: string) => ({ ok: true, password, user });
const json = (value: unknown) => JSON.stringify(value);

it.each<[string, string, string | undefined]>([
  ['as it is', password, undefined],
  ['before a line feed', `${password}\n`, undefined],
  ['before a carriage return and a line feed', `${password}\r\n`, undefined],
  ['before a carriage return', `${password}\r`, undefined],
  ['as the only key', json({ password }), undefined],
  ['in JSON between blanks', ` \n${json({ password })}\n\n`, undefined],
  ['before a line break in JSON', json({ password: `${password}\n` }), undefined],
  ...['Password', 'DB_PASSWORD', 'passwd', 'pass.phrase', 'pwd', '密码', 'dbpass', 'pw'].map(
    (key): [string, string, undefined] => [`in ${key}`, json({ [key]: password }), undefined],
  ),
  ...['user', 'User Name', 'username', '用户名', '账号', 'login', 'account', 'account-name'].map(
    (key): [string, string, string] => [
      `with its account in ${key}`,
      json({ [key]: 'root', password }),
      'root',
    ],
  ),
  ['with an empty account', json({ user: '', password }), undefined],
  ['with an account that is not text', json({ user: 7, password }), undefined],
  ['with two accounts', json({ user: 'a', login: 'b', password }), undefined],
  ['with other settings', json({ host: '10.0.0.1', userid: 'x', password }), undefined],
])('a password is read %s', (_, value, user) => {
  expect(readSecretValue(value)).toEqual(read(user));
});

it.each(['[abc', '{abc}', 'a{"b', '"quoted"', '7', 'null', 'x://', ' a b '])(
  '%j is the whole password',
  (value) => {
    expect(readSecretValue(value)).toEqual({ ok: true, password: value, user: undefined });
  },
);

it('keeps all line breaks but the last', () => {
  expect(readSecretValue('a b \r\n')).toMatchObject({ password: 'a b ' });
});

it.each<[string, ValueFlaw]>([
  ['', { kind: 'empty' }],
  [' \n', { kind: 'empty' }],
  [json({ password: ' ' }), { kind: 'empty' }],
  ['a\nb', { kind: 'untypable' }],
  ['a\u200bb', { kind: 'untypable' }],
  ['mysql://root:x@10.0.0.1/shop', { kind: 'url' }],
  [' https://example.com', { kind: 'url' }],
  ['{"password": ', { kind: 'broken_json' }],
  ['{ password: x }', { kind: 'broken_json' }],
  ["{'password': 'x'}", { kind: 'broken_json' }],
  ['[{"password": "x"', { kind: 'broken_json' }],
  [json([password]), { kind: 'json_list' }],
  [json({ user: 'root', secret: 'x' }), { kind: 'no_password_key', keys: ['user', 'secret'] }],
  [
    json({ password, db_pwd: 'x' }),
    { kind: 'several_password_keys', keys: ['password', 'db_pwd'] },
  ],
  [
    '{"password": "x", "password": "y"}',
    { kind: 'several_password_keys', keys: ['password', 'password'] },
  ],
  [
    json({ password, inner: { pwd: 'x' } }),
    { kind: 'several_password_keys', keys: ['password', 'inner', 'pwd'] },
  ],
  [json({ password: 7 }), { kind: 'password_not_text', keys: ['password'] }],
])('%j is refused: %j', (value, flaw) => {
  expect(readSecretValue(value)).toEqual({ ok: false, flaw });
});

it('names at most twenty keys, each with at most forty characters', () => {
  const many = Object.fromEntries(
    Array.from({ length: 21 }, (_, index) => [`${'k'.repeat(45)}${index}`, 1]),
  );
  expect(readSecretValue(json(many))).toEqual({
    ok: false,
    flaw: { kind: 'no_password_key', keys: Array.from({ length: 20 }, () => 'k'.repeat(40)) },
  });
});
