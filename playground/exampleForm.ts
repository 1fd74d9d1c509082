/** The API page's example, as form entries. */
export const exampleForm = {
  JobName: 'usertest',
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'extranet',
  'SrcInfo.Ip': '14.17.22.36',
  'SrcInfo.Port': '10301',
  'SrcInfo.User': 'root',
  'SrcInfo.Password': '123456',
  'SrcInfo.Region': 'ap-guangzhou',
  'DstInfo.InstanceId': 'cdb-e78e0nnv',
  'DstInfo.Region': 'ap-shanghai',
  'MigrateOption.MigrateObject': '1',
  'MigrateOption.MigrateType': '1',
  Reason: 'The old server is leaving its data center.',
} as const;
