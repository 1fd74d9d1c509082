import { readParameters, writeParameters } from '../../src/store/storedParameters';
import { aDraft } from '../support/aForm';
import { storedBeforeNamed } from '../support/storedBefore';

it("version 2 has values instead of DTS's texts", () => {
  const { parameters } = aDraft({
    SrcDatabaseType: 'postgresql',
    DstDatabaseType: 'postgresql',
    'MigrateOption.MigrateObject': '2',
    DatabaseInfo: 'shop.public.items\nshop.public.orders\ncrm',
    'MigrateOption.RunMode': '2',
    'MigrateOption.ExpectTime': String(Date.UTC(2031, 0, 1, 20, 30) / 1_000),
  });
  expect(JSON.parse(writeParameters(parameters))).toMatchObject({
    version: 2,
    MigrateOption: { ExpectTime: '2031-01-01T20:30:00.000Z' },
    DatabaseInfo: [
      { database: 'shop', schema: 'public', tables: ['items', 'orders'] },
      { database: 'crm' },
    ],
  });
});

it('version 1 is read as values', () => {
  const { parameters } = storedBeforeNamed('redis by extranet, with every setting');
  expect(readParameters(parameters).MigrateOption.ExternParams).toEqual({
    ClientOutputBufferHardLimit: 2_147_483_647,
    ClientOutputBufferSoftLimit: 0,
    ClientOutputBufferPersistTime: 60,
    ReplBacklogSize: 512,
    ReplTimeout: 120,
  });
  const timed = readParameters(storedBeforeNamed('postgresql by dcg').parameters);
  expect(timed.MigrateOption.ExpectTime).toEqual(new Date('2032-02-29T15:59:59Z'));
  expect(timed.DatabaseInfo).toEqual([
    { database: 'shop', schema: 'public', tables: ['items', 'orders'] },
    { database: 'shop', schema: 'audit' },
    { database: 'my db' },
  ]);
});

describe('a text that no release stored is not read', () => {
  const { parameters: timed } = storedBeforeNamed('postgresql by dcg');
  const { parameters: open } = storedBeforeNamed('mongodb by extranet, open');
  it.each([
    ['an unknown version', timed.replace('{', '{"version":3,')],
    ['version 1 with the number 2', timed.replace('{', '{"version":2,')],
    ['an invalid time', timed.replace('2032-02-29', '2032-13-29')],
    ['a list of databases that is not JSON', timed.replace('[{\\"Database', '[{Database')],
    ['a list of databases that is a name', timed.replace(/"\[.*\]"/, '"\\"shop\\""')],
    ['an unknown member of a database', timed.replace('Schema', 'View')],
    ['settings that are not JSON', open.replace('"{\\"', '"{')],
    ['an unknown setting', open.replace('SrcAuthFlag', 'SrcAuth')],
    ['an unknown member', timed.replace('{', '{"Views":[],')],
    ['no JSON', timed.slice(1)],
  ])('%s', (_, text) => {
    expect(text).not.toBe(timed);
    expect(text).not.toBe(open);
    expect(() => readParameters(text)).toThrow();
  });
});
