import { usualDecision } from '../../src/domain/policy/demands';
import { type Conditions, type Rule, usualRule } from '../../src/domain/policy/policy';
import { type ExplainedRule, statedConditions } from '../../src/domain/policy/rules';
import { locales } from '../../src/i18n/locales';
import type { Text } from '../../src/i18n/text';

/** The text with IDs instead of names. */
function plain(text: Text): string {
  return text
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.bold ? `*${part.text}*` : part.text;
        case 'code':
          return `\`${part.text}\``;
        case 'person':
          return `@${part.userId}`;
        case 'group':
          return `@${part.groupId}`;
        case 'channel':
          return `#${part.channelId}`;
        case 'moment':
          return part.at.toISOString();
        case 'quote':
        case 'link':
          return part.text;
        default:
          return part satisfies never;
      }
    })
    .join('');
}

const hourMs = 3_600_000;
const plainRule = usualRule({
  channel: 'C0ONE',
  approvers: [
    { kind: 'group', groupId: 'S0DBA' },
    { kind: 'channel', channelId: 'C0ONE' },
  ],
});
const strictRule: Rule = {
  ...plainRule,
  name: 'Production',
  requesters: [{ kind: 'group', groupId: 'S0DEV' }],
  required: 2,
  oneFromEach: [
    [{ kind: 'group', groupId: 'S0DBA' }],
    [
      { kind: 'user', userId: 'U0BOB' },
      { kind: 'user', userId: 'U0EVE' },
    ],
  ],
  retriers: [],
  expiryMs: undefined,
  reminders: {
    afterMs: [hourMs / 2, hourMs, 36 * hourMs],
    mention: [],
    quiet: { from: '12:00', to: '13:30', timeZone: 'Asia/Shanghai' },
  },
  windows: [
    { days: ['mon', 'fri'], from: '22:00', to: '06:00', timeZone: 'Asia/Shanghai' },
    {
      days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
      from: '00:00',
      to: '24:00',
      timeZone: 'UTC',
    },
  ],
  confirmDestination: true,
  breakGlass: [{ kind: 'group', groupId: 'S0CALL' }],
};
const operatedRule: Rule = {
  ...plainRule,
  required: 2,
  operations: {
    // The same as by default.
    pause_job: usualDecision({ ...plainRule, required: 2 }, 'pause_job'),
    start_job: { people: [{ kind: 'group', groupId: 'S0DBA' }], required: 1, oneFromEach: [] },
    complete_job: { people: [{ kind: 'requester' }], required: 1, oneFromEach: [] },
    clear_data: {
      people: [
        { kind: 'group', groupId: 'S0DBA' },
        { kind: 'group', groupId: 'S0LEADS' },
      ],
      required: 2,
      oneFromEach: [[{ kind: 'group', groupId: 'S0LEADS' }], [{ kind: 'user', userId: 'U0EVE' }]],
    },
  },
  automatic: ['check_job', 'start_job'],
};
const when: Conditions = {
  engines: ['mysql', 'mariadb', 'sqlserver'],
  accessTypes: ['cdb', 'dcg'],
  sources: ['*.db.example.com', '10.0.*'],
  sourceRegions: ['ap-guangzhou'],
  destinations: ['cdb-*'],
  destinationRegions: ['ap-shanghai'],
  migrationTypes: [1, 3],
  wholeInstance: true,
  requesters: [
    { kind: 'user', userId: 'U0ALICE' },
    { kind: 'group', groupId: 'S0DEV' },
  ],
  channels: ['C0ONE', 'C0TWO'],
};

const english = {
  usual: `*Default rule*
Channel: #C0ONE
Who can request: everyone
Approvals needed: 1 from @S0DBA, members of #C0ONE
Who can deny: @S0DBA, members of #C0ONE
Who can edit: the requester
Who can retry: the requester, @S0DBA, members of #C0ONE
Expires: after 7 days
Reminders: after 4 hours, 1 day, 3 days, to @S0DBA, members of #C0ONE
Launch window: any time`,
  strict: `*Production*
Channel: #C0ONE
Who can request: @S0DEV
Approvals needed: 2 from @S0DBA, members of #C0ONE
At least one from: @S0DBA
At least one from: @U0BOB, @U0EVE
Who can deny: @S0DBA, members of #C0ONE
Who can edit: the requester
Who can retry: nobody
Expires: never
Reminders: after 30 minutes, 1 hour, 36 hours; quiet hours 12:00 to 13:30 (Asia/Shanghai)
Launch window: Mon, Fri 22:00 to 06:00 the next day (Asia/Shanghai); every day 00:00 to 24:00 (UTC)
Approvers must type the target instance ID
Emergency approval by: @S0CALL`,
  operated: [
    'Automatic: the check after the creation, the start after a passed check',
    'To start the job: 1 from @S0DBA',
    'To cut over: 1 from the requester',
    'To delete all data in the target and resume: 2 from @S0DBA, @S0LEADS; at least one from: @S0LEADS; at least one from: @U0EVE',
  ],
  beforeStart: [
    'Automatic: the check after the creation, another start after an edited job passes its check',
    'To start the job again: 1 from @S0DBA',
  ],
  none: 'Reminders: none',
  matches: [
    '*Default rule* does not apply: the engine is not MySQL, MariaDB or SQL Server.',
    '*Default rule* does not apply: the access type is not “TencentDB instance” or “Direct Connect”.',
    '*Default rule* does not apply: the source is not `*.db.example.com` or `10.0.*`.',
    '*Default rule* does not apply: the source is not in `ap-guangzhou`.',
    '*Default rule* does not apply: the target is not `cdb-*`.',
    '*Default rule* does not apply: the target is not in `ap-shanghai`.',
    '*Default rule* does not apply: the migration type is not “Schema only” or “Full + incremental migration”.',
    '*Default rule* does not apply: only selected databases are migrated.',
    '*Default rule* does not apply: the request was not made in #C0ONE or #C0TWO.',
    '*Default rule* does not apply: the requester is not among @U0ALICE, @S0DEV.',
    '*Default rule* applies.',
    "*Default rule* may apply: Slack couldn't confirm that the requester is in @S0DEV.",
    "*Default rule* may apply: Ferry doesn't know which channel the request comes from.",
    '*Default rule* may apply: “Source region, or the nearest one” is empty.',
  ],
  everything: 'every request',
  covers:
    'the engine is Redis, and the target is `crs-*`, and the target is in `ap-shanghai`, and only selected databases are migrated',
};
const chinese: typeof english = {
  usual: `*默认规则*
频道：#C0ONE
谁可以申请：所有人
审批人：@S0DBA、#C0ONE 的成员，需要 1 人通过
谁可以驳回：@S0DBA、#C0ONE 的成员
谁可以修改：申请人
谁可以重试：申请人、@S0DBA、#C0ONE 的成员
有效期：7 天，逾期未审批自动过期
提醒时间：提交或最近一次修改 4 小时、1 天、3 天后，提醒 @S0DBA、#C0ONE 的成员
发起时间窗：不限`,
  strict: `*Production*
频道：#C0ONE
谁可以申请：@S0DEV
审批人：@S0DBA、#C0ONE 的成员，需要 2 人通过
其中至少 1 人来自：@S0DBA
其中至少 1 人来自：@U0BOB、@U0EVE
谁可以驳回：@S0DBA、#C0ONE 的成员
谁可以修改：申请人
谁可以重试：无
有效期：长期有效
提醒时间：提交或最近一次修改 30 分钟、1 小时、36 小时后；12:00 至 13:30（Asia/Shanghai）不提醒
发起时间窗：周一、周五 22:00 至次日 06:00（Asia/Shanghai）；每天 00:00 至 24:00（UTC）
通过时须输入目标实例 ID
谁可以紧急通过：@S0CALL`,
  operated: [
    '自动执行：任务创建后校验；校验通过后启动',
    '“启动任务”操作：@S0DBA，需要 1 人同意',
    '“割接”操作：申请人，需要 1 人同意',
    '“清空目标实例并重试”操作：@S0DBA、@S0LEADS，需要 2 人同意；其中至少 1 人来自：@S0LEADS；其中至少 1 人来自：@U0EVE',
  ],
  beforeStart: [
    '自动执行：任务创建后校验；任务修改并校验通过后再次启动',
    '“再次启动任务”操作：@S0DBA，需要 1 人同意',
  ],
  none: '提醒时间：无',
  matches: [
    '*默认规则* 不适用：源实例类型不是 MySQL、MariaDB 或 SQL Server。',
    '*默认规则* 不适用：源实例接入类型不是“云数据库”或“专线接入”。',
    '*默认规则* 不适用：源实例不是 `*.db.example.com` 或 `10.0.*`。',
    '*默认规则* 不适用：源实例地域不是 `ap-guangzhou`。',
    '*默认规则* 不适用：目标实例不是 `cdb-*`。',
    '*默认规则* 不适用：目标实例地域不是 `ap-shanghai`。',
    '*默认规则* 不适用：迁移类型不是“结构迁移”或“全量 + 增量迁移”。',
    '*默认规则* 不适用：迁移指定库表。',
    '*默认规则* 不适用：申请频道不是 #C0ONE 或 #C0TWO。',
    '*默认规则* 不适用：申请人不属于 @U0ALICE、@S0DEV。',
    '*默认规则* 适用于此申请。',
    '*默认规则* 无法判断：暂时无法从 Slack 确认申请人是否属于 @S0DEV。',
    '*默认规则* 无法判断：申请没有记录频道。',
    '*默认规则* 无法判断：“源实例地域”为空。',
  ],
  everything: '所有申请',
  covers:
    '源实例类型是 Redis，且目标实例是 `crs-*`，且目标实例地域是 `ap-shanghai`，且迁移指定库表',
};

describe.each([
  ['en', english],
  ['zh-CN', chinese],
] as const)('in %s', (locale, expected) => {
  const words = locales[locale].policy;

  it('describes a rule', () => {
    expect(plain(words.rule(plainRule))).toBe(expected.usual);
    expect(plain(words.rule(strictRule))).toBe(expected.strict);
    const silent = { ...plainRule, reminders: { afterMs: [], mention: [] } };
    expect(plain(words.rule(silent)).split('\n')).toContain(expected.none);
  });

  it('describes each operation on which others decide than by default', () => {
    const lines = plain(words.rule(operatedRule)).split('\n');
    const usual = plain(words.rule({ ...plainRule, required: 2 })).split('\n');
    expect(lines.filter((line) => !usual.includes(line)).toSorted()).toEqual(
      [...expected.operated].toSorted(),
    );
  });

  it('does not say that the start is automatic or decided otherwise if the approvals are for it', () => {
    const lines = plain(words.rule({ ...operatedRule, approve: 'before_start' })).split('\n');
    expect(lines).toEqual(expect.arrayContaining([...expected.beforeStart]));
    expect(lines).not.toContain(expected.operated[0]);
    expect(lines).not.toContain(expected.operated[1]);
  });

  it('describes a condition that is not met', () => {
    const matches: ExplainedRule['match'][] = [
      ...statedConditions(when).map((because) => ({ verdict: 'no', because }) as const),
      { verdict: 'yes' },
      { verdict: 'unknown', missing: { code: 'group', groupId: 'S0DEV' } },
      { verdict: 'unknown', missing: { code: 'channel' } },
      { verdict: 'unknown', missing: { code: 'field', path: 'SrcInfo.Region' } },
    ];
    const texts = matches.map((match) => plain(words.match({ when, rule: plainRule, match })));
    expect(texts).toEqual(expected.matches);
  });

  it('describes which requests a rule covers', () => {
    expect(plain(words.covers({}))).toBe(expected.everything);
    expect(
      plain(
        words.covers({
          engines: ['redis'],
          destinations: ['crs-*'],
          destinationRegions: ['ap-shanghai'],
          wholeInstance: false,
        }),
      ),
    ).toBe(expected.covers);
  });
});
