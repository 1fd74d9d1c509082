import { destinationEngines, sourceEngines } from '../../src/domain/migration/engines';
import type { MigrationParameters } from '../../src/domain/migration/migration';
import { modifyingApi } from '../../src/domain/migration/modifyingApi';
import { aDraft } from '../support/aForm';

const { parameters } = aDraft();
const option = (changes: Partial<MigrationParameters['MigrateOption']>) => ({
  MigrateOption: { ...parameters.MigrateOption, ...changes },
});

describe('the parameters of a job are changed', () => {
  const apiFor = (changes: Partial<MigrationParameters>) =>
    modifyingApi({ ...parameters, ...changes }, '2021-12-06');
  const simple = ['mysql', 'mariadb', 'percona', 'postgresql', 'sqlserver'] as const;

  it.each<Partial<MigrationParameters>>([
    {},
    ...simple.map((SrcDatabaseType) => ({ SrcDatabaseType })),
    ...[...simple, 'cynosdbmysql' as const].map((DstDatabaseType) => ({ DstDatabaseType })),
    ...(['extranet', 'cdb', 'cvm', 'dcg', 'vpncloud'] as const).map((SrcAccessType) => ({
      SrcAccessType,
    })),
    ...([1, 2, 5] as const).map((ConsistencyType) => option({ ConsistencyType })),
  ])('with the version that knows the job: %j', (changes) => {
    expect(apiFor(changes)).toBe('2021-12-06');
    for (const api of ['2018-03-30', undefined] as const) {
      expect(modifyingApi({ ...parameters, ...changes }, api)).toBe('2018-03-30');
    }
  });

  const { Region: _, ...withoutRegion } = parameters.SrcInfo;
  it.each<Partial<MigrationParameters>>([
    ...(['redis', 'mongodb'] as const).flatMap((engine) => [
      { SrcDatabaseType: engine },
      { DstDatabaseType: engine },
    ]),
    { SrcAccessType: 'ccn' },
    { SrcAccessType: 'vpnselfbuild' },
    { SrcInfo: { ...parameters.SrcInfo, RdsInstanceId: 'rm-1' } },
    { SrcInfo: withoutRegion },
    ...([3, 4] as const).map((ConsistencyType) => option({ ConsistencyType })),
  ])('with 2018-03-30 if the other version can’t express them: %j', (changes) => {
    expect(apiFor(changes)).toBe('2018-03-30');
  });

  it('in both versions for some engines', () => {
    expect(sourceEngines).toHaveLength(simple.length + 2);
    expect(destinationEngines).toHaveLength(simple.length + 3);
  });
});
