import { postgresPassword, postgresTransport } from '../../src/store/postgresUrl';

const server = 'postgres://ferry:canary@db.example.com:5432/ferry';

it.each([
  // TLS, or a URL that refuses it.
  [`${server}?sslmode=verify-full`, 'chosen'],
  [`${server}?sslmode=disable`, 'chosen'],
  ['postgres://localhost/ferry?sslmode=require', 'chosen'],
  // This machine.
  ['postgres://ferry@localhost/ferry', 'local'],
  ['postgres://ferry@127.0.0.1/ferry?sslmode=disable', 'local'],
  ['postgres://ferry@[::1]/ferry', 'local'],
  ['postgres:///ferry?host=/var/run/postgresql', 'local'],
  ['postgres://%2Fvar%2Frun%2Fpostgresql/ferry', 'local'],
  ['postgres://db.example.com/ferry?host=127.0.0.1', 'local'],
  // Another machine.
  [server, 'plain'],
  [`${server}?sslmode=`, 'plain'],
  [`${server}?mode=disable`, 'plain'],
  [`${server}?sslmode2=disable`, 'plain'],
  ['postgres://localhost/ferry?host=db.example.com', 'plain'],
  ['postgres://localhost.example.com/ferry', 'plain'],
  // Nothing that the driver can read.
  [`${server}?sslmode=verify-full&sslrootcert=/no/such/file`, undefined],
  ['postgres://ferry@[::1/ferry', undefined],
])('%s is %s', (url, transport) => {
  expect(postgresTransport(url)).toBe(transport);
});

describe('the password is', () => {
  const { PGPASSWORD: before } = process.env;
  afterEach(() => {
    if (before === undefined) delete process.env['PGPASSWORD'];
    else process.env['PGPASSWORD'] = before;
  });

  it.each([
    ['postgres://u:a%23b@h/ferry', undefined, 'a#b'],
    ['postgres://u@h/ferry?password=a%23b', undefined, 'a#b'],
    ['postgres://u@h/ferry', 'a#b', 'a#b'],
    ['postgres://u:other@h/ferry', 'a#b', 'other'],
    ['postgres://u@[h/ferry', undefined, undefined],
  ])('in %s with PGPASSWORD=%s: %s', (url, inEnvironment, password) => {
    if (inEnvironment === undefined) delete process.env['PGPASSWORD'];
    else process.env['PGPASSWORD'] = inEnvironment;
    expect(postgresPassword(url)).toBe(password);
  });
});
