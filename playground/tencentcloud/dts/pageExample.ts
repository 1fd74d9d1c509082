/**
 * The example of the API page of CreateMigrateJob, as a client posts it: nested, with real numbers.
 */
export const pageExample = {
  JobName: 'usertest',
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'extranet',
  DstDatabaseType: 'mysql',
  DstAccessType: 'cdb',
  MigrateOption: {
    RunMode: 1,
    MigrateType: 1,
    MigrateObject: 1,
    ConsistencyType: 1,
    IsOverrideRoot: 0,
  },
  SrcInfo: {
    Ip: '14.17.22.36',
    Port: 10301,
    User: 'root',
    Supplier: 'others',
    Password: '123456',
    Region: 'ap-guangzhou',
  },
  DstInfo: { InstanceId: 'cdb-e78e0nnv', Region: 'ap-shanghai' },
} as const;
