import { allowedHost, allowedSecret, checkedFirst, dbas, onCall, sres } from '../cast';
import { APPROVERS_GROUP, DB_MIGRATIONS } from '../slack/index';

/** The policies that the page can switch between while requests wait. */
export const policyNames = ['usual', 'onCall'] as const;
export type PolicyName = (typeof policyNames)[number];

/**
 * Most requests need one approver. Production needs two: a DBA, and an SRE or, in the other policy,
 * a person on call. The job of one more target is checked before its request is decided.
 */
export const policyText = (name: PolicyName): string => {
  const second = { usual: sres.id, onCall: onCall.id }[name];
  return `approvals:
  channel: ${DB_MIGRATIONS}
  approvers: [${APPROVERS_GROUP}]
  expires_after: 7d
  reminders:
    after: [4h, 1d]
rules:
  - name: Production
    when: {destinations: ['cdb-prod*']}
    approvers: [${dbas.id}, ${second}]
    required: 2
    one_from_each: [[${dbas.id}], [${second}]]
    break_glass: [${onCall.id}]
  - name: Checked first
    when: {destinations: [${checkedFirst}]}
    approvers: [${APPROVERS_GROUP}]
    approve: before_start
secrets:
  - secret: ssm:${allowedSecret}
    hosts: ['${allowedHost}']
presets:
  orders-to-shanghai:
    JobName: orders-to-shanghai
    SrcDatabaseType: mysql
    SrcAccessType: extranet
    SrcInfo.Supplier: others
    SrcInfo.Ip: 14.17.22.36
    SrcInfo.Port: 10301
    SrcInfo.User: root
    SrcInfo.Region: ap-guangzhou
    DstInfo.Region: ap-shanghai
    DstInfo.InstanceId: cdb-e78e0nnv
    MigrateOption.MigrateObject: 1
    MigrateOption.MigrateType: 3
    MigrateOption.ConsistencyType: 1
    MigrateOption.RunMode: 1
`;
};
