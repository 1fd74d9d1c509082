import type { DtsJob, FailingCheck } from './dtsJob';
import type { Pace } from './pace';

/** The language of a response: `X-TC-Language`, by default Chinese. */
export type Language = 'en-US' | 'zh-CN';
type Texts = Readonly<Record<Language, string>>;

interface CheckItem {
  readonly name: Texts;
  /** Why it fails, and what helps. */
  readonly reason: Texts;
  readonly solution: Texts;
  readonly log: string;
  readonly helpDoc: string;
  /** The risk of skipping it. Items without it can't be skipped. */
  readonly skipRisk?: Texts;
}

const DOCS = 'https://cloud.tencent.com/document/product/571';

/**
 * The check items of MySQL in the order and with the IDs of the official example of
 * DescribeMigrationCheckJob. The texts of failures are invented. Which items may be skipped is not
 * documented apart from the two that SkipCheckItem names.
 */
const items = {
  ConnectDBCheck: {
    name: { 'en-US': 'Connection check', 'zh-CN': '连接DB检查' },
    reason: {
      'en-US': 'DTS cannot log in to the source database.',
      'zh-CN': '无法登录源数据库。',
    },
    solution: {
      'en-US': 'Check the address, the port, the account and the password of the source.',
      'zh-CN': '请检查源数据库的地址、端口、账号和密码。',
    },
    log: "Error 1045: Access denied for user 'root'@'10.0.0.1' (using password: YES)",
    helpDoc: `${DOCS}/61639`,
  },
  VersionCheck: {
    name: { 'en-US': 'Version check', 'zh-CN': '版本检查' },
    reason: {
      'en-US': 'The target has an older version than the source.',
      'zh-CN': '目标库的版本低于源库。',
    },
    solution: {
      'en-US': 'Choose a target with the same or a newer version.',
      'zh-CN': '请选择版本相同或更高的目标实例。',
    },
    log: 'source 8.0.30, target 5.7.36',
    helpDoc: `${DOCS}/61639`,
  },
  SrcPrivilegeCheck: {
    name: { 'en-US': 'Privileges at the source', 'zh-CN': '源实例权限检查' },
    reason: {
      'en-US': 'The account lacks privileges at the source.',
      'zh-CN': '源库账号权限不足。',
    },
    solution: {
      'en-US': 'Grant RELOAD, REPLICATION CLIENT and REPLICATION SLAVE to the account.',
      'zh-CN': '请授予账号 RELOAD、REPLICATION CLIENT、REPLICATION SLAVE 权限。',
    },
    log: 'missing grants: RELOAD, REPLICATION SLAVE',
    helpDoc: `${DOCS}/58700`,
  },
  SimpleParamCheck: {
    name: { 'en-US': 'Instance parameters', 'zh-CN': '部分实例参数检查' },
    reason: {
      'en-US': 'lower_case_table_names differs between source and target.',
      'zh-CN': '源库和目标库的 lower_case_table_names 不一致。',
    },
    solution: {
      'en-US': 'Set lower_case_table_names of the target to the value of the source.',
      'zh-CN': '请将目标库的 lower_case_table_names 修改为与源库一致。',
    },
    log: 'lower_case_table_names: source 1, target 0',
    helpDoc: `${DOCS}/58739`,
  },
  DstPrivilegeCheck: {
    name: { 'en-US': 'Privileges at the target', 'zh-CN': '目标实例权限检查' },
    reason: {
      'en-US': 'The account lacks privileges at the target.',
      'zh-CN': '目标库账号权限不足。',
    },
    solution: {
      'en-US': 'Use an account of the target that may create databases and write to them.',
      'zh-CN': '请使用具有建库和写入权限的目标库账号。',
    },
    log: 'missing grants: CREATE, INSERT',
    helpDoc: `${DOCS}/58700`,
  },
  DstEmptyCheck: {
    name: { 'en-US': 'Conflicts in the target', 'zh-CN': '目标实例内容冲突检查' },
    reason: {
      'en-US': 'The target already has tables with the same names.',
      'zh-CN': '目标库中已存在同名表。',
    },
    solution: {
      'en-US': 'Delete or rename these tables, or migrate other objects.',
      'zh-CN': '请删除或重命名同名表，或修改迁移对象。',
    },
    log: 'table orders.items exists in target',
    helpDoc: `${DOCS}/61639`,
  },
  DstSpaceCheck: {
    name: { 'en-US': 'Space of the target', 'zh-CN': '目标实例空间检查' },
    reason: {
      'en-US': 'The target has less free space than 1.2 times the source data.',
      'zh-CN': '目标库剩余空间小于源库数据量的 1.2 倍。',
    },
    solution: {
      'en-US': 'Enlarge the disk of the target.',
      'zh-CN': '请扩容目标实例的磁盘。',
    },
    log: 'needed 240 GB, free 100 GB',
    helpDoc: `${DOCS}/61639`,
  },
  BinlogParamCheck: {
    name: { 'en-US': 'Binlog parameters', 'zh-CN': 'binlog参数检查' },
    reason: {
      'en-US': 'The binlog of the source is not in row format.',
      'zh-CN': '源库 binlog 不是 row 格式。',
    },
    solution: {
      'en-US': 'Set binlog_format to ROW and binlog_row_image to FULL, and reconnect all clients.',
      'zh-CN': '请将 binlog_format 设置为 ROW、binlog_row_image 设置为 FULL，并重建所有连接。',
    },
    log: 'binlog_format = MIXED',
    helpDoc: `${DOCS}/58739`,
  },
  ConstraintCheck: {
    name: { 'en-US': 'Foreign keys', 'zh-CN': '外键依赖检查' },
    reason: {
      'en-US': 'Foreign keys have a rule other than NO ACTION or RESTRICT.',
      'zh-CN': '外键规则不是 NO ACTION 或 RESTRICT。',
    },
    solution: {
      'en-US': 'Change the foreign keys, or skip the check and choose how to migrate them.',
      'zh-CN': '请修改外键，或跳过该检查并选择是否迁移外键。',
    },
    log: 'orders.items.fk_order: ON DELETE CASCADE',
    helpDoc: `${DOCS}/61639`,
    skipRisk: {
      'en-US': 'Rows that a foreign key deletes or changes at the source may stay at the target.',
      'zh-CN': '源库中因外键级联删除或修改的数据，可能保留在目标库。',
    },
  },
  ConstraintRefCheck: {
    name: { 'en-US': 'Foreign keys to tables that stay', 'zh-CN': '外键部分库表依赖检查' },
    reason: {
      'en-US': 'A table refers to a table that is not migrated.',
      'zh-CN': '迁移对象引用了未迁移的表。',
    },
    solution: {
      'en-US': 'Migrate the other table, too.',
      'zh-CN': '请同时迁移被引用的表。',
    },
    log: 'orders.items refers to orders.customers',
    helpDoc: `${DOCS}/61639`,
  },
  ViewCheck: {
    name: { 'en-US': 'Views', 'zh-CN': '视图检查' },
    reason: {
      'en-US': 'A view has a definer that the target lacks.',
      'zh-CN': '视图的 DEFINER 在目标库不存在。',
    },
    solution: {
      'en-US': 'Create the definer at the target, or change the view.',
      'zh-CN': '请在目标库创建该用户，或修改视图。',
    },
    log: "view orders.open_items: definer 'report'@'%'",
    helpDoc: `${DOCS}/61639`,
  },
  WarningParamCheck: {
    name: { 'en-US': 'Warnings', 'zh-CN': '警告项检查' },
    reason: {
      'en-US': 'Tables without a primary key may have duplicate rows after the migration.',
      'zh-CN': '无主键表在迁移后可能出现重复数据。',
    },
    solution: {
      'en-US': 'Add a primary key to these tables.',
      'zh-CN': '请为这些表添加主键。',
    },
    log: 'orders.log has no primary key',
    helpDoc: `${DOCS}/58739`,
  },
  OptimizeCheck: {
    name: { 'en-US': 'Surrounding checks', 'zh-CN': '周边检查' },
    reason: {
      'en-US': 'max_allowed_packet of the target is too small for the largest row.',
      'zh-CN': '目标库的 max_allowed_packet 小于最大行的长度。',
    },
    solution: {
      'en-US': 'Set max_allowed_packet of the target to 1 GB.',
      'zh-CN': '请将目标库的 max_allowed_packet 设置为 1 GB。',
    },
    log: 'max_allowed_packet = 4194304',
    helpDoc: `${DOCS}/61639`,
    skipRisk: {
      'en-US': 'The migration may fail at a large row.',
      'zh-CN': '迁移可能因大行数据失败。',
    },
  },
} as const satisfies Readonly<Record<string, CheckItem>>;

export type CheckId = keyof typeof items;

const idsOfMysql = Object.keys(items).filter(isCheckId);

/** Other engines have fewer items. Their lists are not documented. */
const idsOfOthers: readonly CheckId[] = [
  ...(['ConnectDBCheck', 'VersionCheck', 'SrcPrivilegeCheck', 'DstPrivilegeCheck'] as const),
  ...(['DstEmptyCheck', 'DstSpaceCheck', 'WarningParamCheck', 'OptimizeCheck'] as const),
];

const MYSQL_ENGINES: readonly string[] = ['mysql', 'mariadb', 'percona'];

export function isCheckId(id: string): id is CheckId {
  return Object.hasOwn(items, id);
}

/** The check items of an engine in their order. */
export function checkIdsOf(engine: string): readonly CheckId[] {
  return MYSQL_ENGINES.includes(engine) ? idsOfMysql : idsOfOthers;
}

/** The risk of skipping a check item, or undefined if that is impossible. */
export function skipRiskOf(id: CheckId, language: Language): string | undefined {
  const item: CheckItem = items[id];
  return item.skipRisk?.[language];
}

/** A check item as both versions describe it. */
export interface CheckResult {
  readonly id: CheckId;
  readonly name: string;
  readonly state: 'notStarted' | 'pass' | 'warning' | 'failed' | 'blocked';
  readonly isSkipped: boolean;
  /** Set for warnings and failures. */
  readonly finding:
    | {
        readonly reason: string;
        readonly solution: string;
        readonly log: string;
        readonly helpDoc: string;
        readonly skipRisk: string;
      }
    | undefined;
}

/**
 * The results of a job's check, which must be advanced to `nowMs`. While it runs, its items finish
 * one by one. Without a connection, all others are blocked.
 */
export function checkResults(
  job: DtsJob,
  nowMs: number,
  pace: Pace,
  language: Language,
): readonly CheckResult[] {
  const ids = checkIdsOf(job.request.SrcDatabaseType);
  const { check } = job;
  const finished = Math.floor((checkPercent(job, nowMs, pace) / 100) * ids.length);
  const fails = (id: CheckId): FailingCheck | undefined =>
    check?.failing.find(({ stepId }) => stepId === id);
  const isBlocked = fails('ConnectDBCheck')?.result === 'failed';
  return ids.map((id, index) => {
    const item: CheckItem = items[id];
    const failing = fails(id);
    const isSkipped = check?.skipped.includes(id) ?? false;
    const state =
      check === undefined || index >= finished
        ? 'notStarted'
        : isBlocked && id !== 'ConnectDBCheck'
          ? 'blocked'
          : (failing?.result ?? 'pass');
    const isFound = state === 'failed' || state === 'warning';
    return {
      id,
      name: item.name[language],
      state,
      isSkipped,
      finding: isFound
        ? {
            reason: item.reason[language],
            solution: item.solution[language],
            log: item.log,
            helpDoc: item.helpDoc,
            skipRisk: item.skipRisk?.[language] ?? '',
          }
        : undefined,
    };
  });
}

/** How far a job's check is, 0 to 100. */
export function checkPercent({ check }: DtsJob, nowMs: number, { checkingMs }: Pace): number {
  if (check === undefined) return 0;
  if (check.finishedAtMs !== undefined) return 100;
  return checkingMs === 0 ? 100 : Math.floor((100 * (nowMs - check.startedAtMs)) / checkingMs);
}
