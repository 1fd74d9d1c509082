import type { AddressPart } from '../../src/domain/migration/checks';
import { networkAddress } from '../../src/domain/migration/host';
import { locales } from '../../src/i18n/locales';

type Case = [string, string, string | undefined, ...AddressPart[]];

it.each<Case>([
  ['10.0.0.1:3306', '10.0.0.1', '3306'],
  ['[2400:3200::1]:3306', '2400:3200::1', '3306'],
  ['DB.example.com.:5432', 'db.example.com', '5432'],
  ['10.0.0.1/', '10.0.0.1', undefined],
  ...[
    '"10.0.0.1"',
    "'10.0.0.1'",
    '`10.0.0.1`',
    '<10.0.0.1>',
    '“10.0.0.1”',
    '‘10.0.0.1’',
    '`"10.0.0.1"`',
    '“‘10.0.0.1’”',
  ].map((quoted): Case => [quoted, '10.0.0.1', undefined]),
  ['" 10.0.0.1 "', '10.0.0.1', undefined],
  ['@10.0.0.1', '10.0.0.1', undefined],
  ['10.0.0.1/mongodb+srv:', '10.0.0.1', undefined, 'database'],
  ['10.0.0.1?path=/a', '10.0.0.1', undefined, 'options'],
  ['mysql://root@10.0.0.1/redis:x', '10.0.0.1', undefined, 'user', 'database'],
  ['postgresql+psycopg2://root@10.0.0.1/shop', '10.0.0.1', undefined, 'user', 'database'],
  ['mysql://10.0.0.1?pwd=canary', '10.0.0.1', undefined, 'password', 'options'],
  ['host=10.0.0.1 port=70000', '10.0.0.1', undefined],
  ['<https://db.example.com>', 'db.example.com', undefined],
  ['root@10.0.0.1', '10.0.0.1', undefined, 'user'],
  ['jdbc:mysql://10.0.0.1:3306/shop?useSSL=false', '10.0.0.1', '3306', 'database', 'options'],
  ['mysql://root:canary@10.0.0.1:3306/shop', '10.0.0.1', '3306', 'user', 'password', 'database'],
  [
    'postgresql://root:can@ary@db.example.com/shop',
    'db.example.com',
    undefined,
    'user',
    'password',
    'database',
  ],
  ['redis://:canary@10.0.0.1:6379', '10.0.0.1', '6379', 'password'],
  ['redis://default:canary@10.0.0.1:6379', '10.0.0.1', '6379', 'password'],
  ['rediss://reader@10.0.0.1:6379', '10.0.0.1', '6379'],
  ['10.0.0.1：3306', '10.0.0.1', '3306'],
  ['jdbc:mysql://10.0.0.1：3306/shop', '10.0.0.1', '3306', 'database'],
  ['mongodb://10.0.0.1/?authSource=admin', '10.0.0.1', undefined, 'auth_database'],
  [
    'mongodb://10.0.0.1/shop?w=1&authSource=admin',
    '10.0.0.1',
    undefined,
    'database',
    'auth_database',
  ],
  [
    'jdbc:sqlserver://10.0.0.1:1433;databaseName=shop;user=sa;password=canary',
    '10.0.0.1',
    '1433',
    'password',
    'database',
    'options',
  ],
  ['10.0.0.1,1433', '10.0.0.1', '1433'],
  ['10.0.0.1/24', '10.0.0.1', undefined],
  ['10.0.0.1;ssl=true', '10.0.0.1', undefined, 'options'],
  [
    'Server=tcp:db.example.com,1433;Initial Catalog=shop;User Id=sa;Password=canary',
    'db.example.com',
    '1433',
    'user',
    'password',
    'database',
  ],
  ...['Server', 'Data Source', 'host', 'hostaddr', 'addr', 'Address'].map(
    (name): Case => [`${name}=10.0.0.1`, '10.0.0.1', undefined],
  ),
  ...['user', 'User Id', 'uid', 'username'].map(
    (name): Case => [`Server=10.0.0.1;${name}=sa`, '10.0.0.1', undefined, 'user'],
  ),
  ...['Password', 'pwd'].map(
    (name): Case => [`Server=10.0.0.1;${name}=canary`, '10.0.0.1', undefined, 'password'],
  ),
  ...['Database', 'dbname', 'Initial Catalog'].map(
    (name): Case => [`Server=10.0.0.1;${name}=shop`, '10.0.0.1', undefined, 'database'],
  ),
  // These settings only contain such a word.
  [
    'Server=10.0.0.1;User Instance=1;Old User=a;Password Hint=b;No Password=c;Database Mirror=d;My Database=e;Port Range=1;Import=2',
    '10.0.0.1',
    undefined,
  ],
  [
    'host=10.0.0.1 port=5432 dbname=shop user=postgres password=canary',
    '10.0.0.1',
    '5432',
    'user',
    'password',
    'database',
  ],
])('%s: suggests the field for each part', (text, host, port, ...rest) => {
  const { fieldProblem } = locales.en;
  const expected = fieldProblem({ code: 'more_than_a_host', host, port, rest });
  const problem = networkAddress(text);
  const said = problem === undefined ? '' : fieldProblem(problem);
  expect(said).toBe(expected);
  for (const part of [host, port ?? '']) expect(said).toContain(part);
  expect(said).not.toMatch(/can|ary/);
});

it.each(['mongodb+srv://u:canary@db.example.com/shop', 'MONGODB+SRV://db.example.com'])(
  '%s: is no host, because the name only lists hosts',
  (text) => {
    expect(networkAddress(text)).toEqual({ code: 'srv_name' });
  },
);

it.each([
  'mysql://root:can/ary@10.0.0.1',
  'mysql://root:can?ary@10.0.0.1',
  'mysql://root:can#ary@10.0.0.1',
  '10.0.0.1/ca@10.0.0.3',
  '10.0.0.1?ca@10.0.0.3',
  '10.0.0.1#ca@10.0.0.3',
  'db"a.example.com',
  'db”a.example.com',
  'shop:10.0.0.1:5',
  '/10.0.0.1',
  '/10.0.0.1,10.0.0.2',
  '10.0.0.1,10.0.0.2,canary',
  'My Server=10.0.0.1',
  'Servers=10.0.0.1',
  'Server=dbtcp:.example.com',
  '10.0.0.1,10.0.0.2/ca@10.0.0.3',
  '10.0.0.1,10.0.0.2?ca@10.0.0.3',
  '10.0.0.1,10.0.0.2#ca@10.0.0.3',
  '10.0.0.1,canary',
  '10.0.0.1:0',
  '10.0.0.1:99999',
])('%s: suggests no host', (text) => {
  expect(networkAddress(text)).toEqual({ code: 'not_an_address' });
});

it.each([
  ['mongodb://u:canary@10.0.0.1:27017,10.0.0.2:27017/shop', ['10.0.0.1', '10.0.0.2']],
  [
    'mongodb://a.example.com,b.example.com,c.example.com/?replicaSet=rs0',
    ['a.example.com', 'b.example.com', 'c.example.com'],
  ],
  ['10.0.0.1, 10.0.0.2', ['10.0.0.1', '10.0.0.2']],
  ['10.0.0.1 10.0.0.2', ['10.0.0.1', '10.0.0.2']],
  ['10.0.0.1;10.0.0.2', ['10.0.0.1', '10.0.0.2']],
  ['10.0.0.1,10.0.0.2,', ['10.0.0.1', '10.0.0.2']],
  ['postgresql+psycopg2://a.example.com,b.example.com/shop', ['a.example.com', 'b.example.com']],
  ['10.0.0.1\n10.0.0.2', ['10.0.0.1', '10.0.0.2']],
  ['a.example.com:6379，b.example.com:6379', ['a.example.com', 'b.example.com']],
  ['[2400:3200::1]:27017,[2400:3200::2]:27017', ['2400:3200::1', '2400:3200::2']],
])('%s: reports that it names several hosts', (text, hosts) => {
  expect(networkAddress(text)).toEqual({ code: 'several_hosts', hosts });
});
