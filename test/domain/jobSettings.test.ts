import {
  compareSettings,
  objectsText,
  settings,
  settingsOf,
} from '../../src/domain/migration/jobSettings';
import type { MigrationParameters } from '../../src/domain/migration/migration';
import { aDraft } from '../support/aForm';

const { parameters: before } = aDraft();
const changed = (source: Partial<MigrationParameters['SrcInfo']>, JobName = before.JobName) => ({
  ...before,
  JobName,
  SrcInfo: { ...before.SrcInfo, ...source },
});

describe('what a job shows of a change of its parameters', () => {
  const after = changed({ Port: 3307, User: 'other' });

  it('is the old or the new parameters, if all changed ones agree', () => {
    expect(compareSettings(before, after, settingsOf(before))).toBe('before');
    expect(compareSettings(before, after, settingsOf(after))).toBe('after');
  });

  it('is unclear if the job has some of the new parameters, or others', () => {
    for (const seen of [changed({ Port: 3307 }), changed({ Port: 1, User: 'third' })]) {
      expect(compareSettings(before, after, settingsOf(seen))).toBe('unclear');
    }
  });

  it('is unclear if the change shows nowhere, as that of a password', () => {
    expect(compareSettings(before, before, settingsOf(before))).toBe('unclear');
  });

  it('is decided by what DTS shows, if it leaves out the rest', () => {
    const { Port: _, ...shown } = settingsOf(after);
    expect(compareSettings(before, after, shown)).toBe('after');
    const { User: __, ...old } = settingsOf(before);
    expect(compareSettings(before, after, old)).toBe('before');
    expect(compareSettings(before, after, {})).toBe('unclear');
  });

  const option = (changes: Partial<MigrationParameters['MigrateOption']>) => ({
    ...before,
    MigrateOption: { ...before.MigrateOption, ...changes },
  });
  const [one, other] = [new Date('2026-05-05T01:00:00Z'), new Date('2026-05-05T02:00:00Z')];
  const samples = { SelectRowsPerTable: 10, TablesSelectAll: 20, TablesSelectCount: 30 };
  const node = { Ip: '14.17.22.37', Port: 27017 };
  it.each<[string, MigrationParameters, MigrationParameters]>([
    ['a schedule', option({ RunMode: 1 }), option({ RunMode: 2, ExpectTime: one })],
    [
      'a start time',
      option({ RunMode: 2, ExpectTime: one }),
      option({ RunMode: 2, ExpectTime: other }),
    ],
    ['a check', option({ ConsistencyType: 1 }), option({ ConsistencyType: 5 })],
    ['the kind of a check', option({ ConsistencyType: 2 }), option({ ConsistencyType: 4 })],
    [
      'the samples of a check',
      option({ ConsistencyType: 3, ConsistencyParams: samples }),
      option({ ConsistencyType: 3, ConsistencyParams: { ...samples, TablesSelectAll: 21 } }),
    ],
    ['the root account', option({}), option({ IsOverrideRoot: 1 })],
    [
      'a setting of the engine',
      option({ ExternParams: { ReplTimeout: 60 } }),
      option({ ExternParams: { ReplTimeout: 61 } }),
    ],
    ['the supplier', before, changed({ Supplier: 'aliyun' })],
    ['the region', before, changed({ Region: 'ap-beijing' })],
    ['a read-only target', before, { ...before, DstInfo: { ...before.DstInfo, ReadOnly: 1 } }],
    [
      'the second node',
      { ...before, SrcInfoMulti: [before.SrcInfo, node] },
      { ...before, SrcInfoMulti: [before.SrcInfo, { ...node, Port: 27018 }] },
    ],
    ['the objects', before, { ...before, DatabaseInfo: [{ database: 'a' }] }],
  ])('includes %s', (_, old, wanted) => {
    expect(compareSettings(old, wanted, settingsOf(old))).toBe('before');
    expect(compareSettings(old, wanted, settingsOf(wanted))).toBe('after');
  });

  it('has no start time that does not apply', () => {
    const stale = option({ RunMode: 1, ExpectTime: one });
    expect(settingsOf(stale)).toEqual(settingsOf(option({ RunMode: 1 })));
  });

  it('does not depend on parameters that did not change', () => {
    const renamed = changed({ Port: 3307, User: 'other' }, 'renamed elsewhere');
    expect(compareSettings(before, after, settingsOf(renamed))).toBe('after');
  });
});

describe('the objects of a job, as text', () => {
  it.each([
    [[{ database: 'a' }], [{ database: 'b' }]],
    [[{ database: 'a' }], [{ database: 'a', schema: 's' }]],
    [[{ database: 'a' }], [{ database: 'a', tables: ['t'] }]],
    [[{ database: 'a', tables: ['t'] }], [{ database: 'a', tables: ['u'] }]],
    [[{ database: 'a', tables: ['t'] }], [{ database: 'a', tables: ['t', 'u'] }]],
    [[{ database: 'a', schema: 's', tables: ['t'] }], [{ database: 'a', tables: ['t'] }]],
  ])('differ if %j and %j differ', (one, other) => {
    expect(objectsText(one)).not.toBe(objectsText(other));
  });

  it('do not depend on their order, nor on empty parts', () => {
    const [a, b] = [{ database: 'a', tables: ['t', 'u'] }, { database: 'b' }];
    const others = [
      { database: 'b', schema: '', tables: [] },
      { ...a, tables: ['u', 't'] },
    ];
    expect(objectsText([a, b])).toBe(objectsText(others));
    expect(objectsText([])).toBe('*');
  });
});

it('settings have no empty values, and the others as text', () => {
  expect(settings({ Ip: '', Port: 0, User: null, VpcId: undefined, MigrateType: 3 })).toEqual({
    MigrateType: '3',
  });
});
