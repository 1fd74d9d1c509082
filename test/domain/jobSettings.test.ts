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
    expect(objectsText([])).toBe('');
  });
});

it('settings have no empty values, and the others as text', () => {
  expect(settings({ Ip: '', Port: 0, User: null, VpcId: undefined, MigrateType: 3 })).toEqual({
    MigrateType: '3',
  });
});
