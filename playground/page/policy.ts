import {
  ALICE,
  APPROVERS_GROUP,
  BOB,
  BOT_USER,
  DAN,
  DB_MIGRATIONS,
  EVA,
  MEI,
  SINGLE_CHANNEL_GUEST,
  STRANGER,
} from '../slack/index';

export const dbas = { id: 'S0DBAS0001', handle: 'dbas', name: 'DBAs', users: [BOB, MEI] };
export const sres = { id: 'S0SRES0001', handle: 'sres', name: 'SREs', users: [DAN] };
export const onCall = { id: 'S0ONCALL01', handle: 'on-call', name: 'On call', users: [EVA] };

export const lentSecret = 'orders-source';
export const production = 'cdb-prod0001';
const checkedFirst = 'cdb-another1';

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
  - secret: ssm:${lentSecret}
    hosts: ['14.17.22.36']
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

/** The people of the page in the order of its list, with what each can show. */
export const roles: ReadonlyMap<string, string> = new Map([
  [ALICE, 'asks for migrations'],
  [BOB, 'approver, DBA'],
  [MEI, 'approver, DBA, reads Chinese'],
  [DAN, 'approver for production, SRE'],
  [EVA, 'administrator, on call'],
  [SINGLE_CHANNEL_GUEST, 'guest'],
  [STRANGER, 'from a connected organization'],
]);

export const appUser = BOT_USER;
