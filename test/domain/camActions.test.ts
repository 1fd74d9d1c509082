import { jobOperations } from '../../src/domain/job/job';
import { camActionsOf } from '../../src/domain/request/operations/operations';

describe('an operation needs the permission', () => {
  const search = 'dts:DescribeMigrationDetail';

  it.each([
    ['create_job', 'dts:CreateMigrateJob', 'dts:DescribeMigrateJobs'],
    ['check_job', 'dts:CreateMigrateCheckJob', search],
    ['start_job', 'dts:StartMigrateJob', search],
    ['modify_job', 'dts:ModifyMigrateJob', search],
    ['skip_check', 'dts:SkipCheckItem', 'dts:DescribeMigrationCheckJob'],
    ['pause_job', 'dts:PauseMigrateJob', search],
    ['continue_job', 'dts:ContinueMigrateJob', search],
    ['resume_job', 'dts:ResumeMigrateJob', search],
    ['complete_job', 'dts:CompleteMigrateJob', search],
    ['stop_job', 'dts:StopMigrateJob', search],
    ['delete_job', 'dts:DeleteMigrateJob', search],
  ] as const)('%s: %s, and %s to search for its effect', (name, call, searchAction) => {
    const cam = { call, search: searchAction };
    expect([camActionsOf(name), camActionsOf(name, '2018-03-30')]).toEqual([cam, cam]);
  });

  it('with other names in 2021-12-06', () => {
    const renamed = jobOperations.flatMap((name) => {
      const [one, other] = [camActionsOf(name), camActionsOf(name, '2021-12-06')];
      expect(other.search).toBe(one.search);
      return one.call === other.call ? [] : [[name, other.call]];
    });
    expect(Object.fromEntries(renamed)).toEqual({
      ...{ delete_job: 'dts:IsolateMigrateJob', modify_job: 'dts:ModifyMigrationJob' },
    });
  });
});
