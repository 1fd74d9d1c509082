import { networkAddress } from '../../src/domain/migration/host';
import { locales } from '../../src/i18n/locales';

const said = (text: string): string => {
  const problem = networkAddress(text);
  return problem === undefined ? '' : locales.en.fieldProblem(problem);
};

it.each([
  ['10.0.0.1:3306', 'Write only the host here: 10.0.0.1. Put the port 3306 into Port.'],
  ['[2400:3200::1]:3306', 'Write only the host here: 2400:3200::1. Put the port 3306 into Port.'],
  [
    'DB.example.com.:5432',
    'Write only the host here: db.example.com. Put the port 5432 into Port.',
  ],
  ['10.0.0.1/', 'Write only the host here: 10.0.0.1.'],
  ['"10.0.0.1"', 'Write only the host here: 10.0.0.1.'],
  ['<https://db.example.com>', 'Write only the host here: db.example.com.'],
  ['root@10.0.0.1', 'Write only the host here: 10.0.0.1. Put the user into the user field.'],
  [
    'jdbc:mysql://10.0.0.1:3306/shop?useSSL=false',
    'Write only the host here: 10.0.0.1. Put the port 3306 into Port, the database into the list of databases. Leave out the options.',
  ],
  [
    'mysql://root:canary@10.0.0.1:3306/shop',
    'Write only the host here: 10.0.0.1. Put the port 3306 into Port, the user into the user field, the password into the password field, the database into the list of databases.',
  ],
  [
    'postgresql://root:can@ary@db.example.com/shop',
    'Write only the host here: db.example.com. Put the user into the user field, the password into the password field, the database into the list of databases.',
  ],
  [
    'redis://:canary@10.0.0.1:6379',
    'Write only the host here: 10.0.0.1. Put the port 6379 into Port, the password into the password field.',
  ],
  [
    'mongodb+srv://db.example.com/shop',
    'Write only the host here: db.example.com. Put the database into the list of databases.',
  ],
  [
    'jdbc:sqlserver://10.0.0.1:1433;databaseName=shop;user=sa;password=canary',
    'Write only the host here: 10.0.0.1. Put the port 1433 into Port, the password into the password field, the database into the list of databases. Leave out the options.',
  ],
  ['10.0.0.1,1433', 'Write only the host here: 10.0.0.1. Put the port 1433 into Port.'],
  ['10.0.0.1/24', 'Write only the host here: 10.0.0.1.'],
  ['10.0.0.1;ssl=true', 'Write only the host here: 10.0.0.1. Leave out the options.'],
  [
    'Server=tcp:db.example.com,1433;Initial Catalog=shop;User Id=sa;Password=canary',
    'Write only the host here: db.example.com. Put the port 1433 into Port, the user into the user field, the password into the password field, the database into the list of databases.',
  ],
  [
    'host=10.0.0.1 port=5432 dbname=shop user=postgres password=canary',
    'Write only the host here: 10.0.0.1. Put the port 5432 into Port, the user into the user field, the password into the password field, the database into the list of databases.',
  ],
])('%s: says where each part belongs', (text, words) => {
  expect(said(text)).toBe(words);
  expect(said(text)).not.toMatch(/can|ary/);
});

it.each([
  'mysql://root:can/ary@10.0.0.1',
  'mysql://root:can?ary@10.0.0.1',
  'mysql://root:can#ary@10.0.0.1',
  '10.0.0.1:0',
  '10.0.0.1:99999',
])('%s: guesses no host', (text) => {
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
  ['10.0.0.1\n10.0.0.2', ['10.0.0.1', '10.0.0.2']],
  ['a.example.com:6379，b.example.com:6379', ['a.example.com', 'b.example.com']],
  ['[2400:3200::1]:27017,[2400:3200::2]:27017', ['2400:3200::1', '2400:3200::2']],
])('%s: says that it names several hosts', (text, hosts) => {
  expect(networkAddress(text)).toEqual({ code: 'several_hosts', hosts });
});
