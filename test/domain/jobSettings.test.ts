import { compareSettings, settingsOf } from '../../src/domain/migration/jobSettings';
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
