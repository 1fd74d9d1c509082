/** The demo's own words between what Ferry shows. */
const en = {
  colon: ':',
  done: 'done',
  channelShows: '#db-migrations shows',
  inThread: 'in its thread',
  alone: (name: string) => `Ferry, only to ${name}`,
  ferry: 'Ferry',
  cloud: 'Tencent Cloud',
  operator: 'The Ferry admin',
  reason: 'The old server is leaving its data center.',
  presses: (label: string) => `presses “${label}”`,
  writes: (text: string) => `writes: ${text}`,
  fillsIn: (form: string) => `types /migrate and fills in:\n${form}`,
  asks: (job: string, engine: string, to: string) =>
    `types /migrate and requests ${job}: ${engine} to ${to}`,
  oneCall: 'received one call',

  mainJob: {
    title: 'The main job: the example of the API page',
    received: (version: string) =>
      `received CreateMigrateJob ${version}, signed, exactly the page's body`,
  },
  mistakes: {
    title: 'A form with mistakes',
    opens: (shortcut: string) => `uses the shortcut “${shortcut}” and fills in the form in a hurry`,
    database: 'my database',
  },
  denial: {
    title: 'A denial',
    reason: 'Not during the sale. Please ask again next week.',
  },
  mayNot: { title: 'People who may not approve' },
  doubleClick: {
    title: 'A double click that Slack delivers twice, and a second approver at the same time',
    twice: (label: string) => `double-clicks “${label}”; Slack delivers the first click twice`,
    too: (label: string) => `presses “${label}” too`,
  },
  refuses: {
    title: (code: string) => `Tencent Cloud rejects the call: ${code}`,
    message: 'the message of the server',
  },
  lost: { title: 'The job is created, but no response arrives' },
  quorum: {
    title: 'Two approvals from two groups, with an edit in between and a click on the old card',
  },
  policyChange: {
    title: 'The policy changes after the approval, before the call',
    changes:
      'changes the policy: production now needs a DBA and someone on call; sends SIGHUP to Ferry',
  },
  expiry: { title: 'Nobody decides: a reminder, then expiry' },
  brokenGlass: {
    title: 'Emergency approval: someone on call approves alone',
    reason: 'The source is failing, and nobody else is awake.',
  },
  redis: {
    title: 'Redis over Direct Connect, selected from lists',
    chooses: 'selects Redis over Direct Connect; the form now shows its fields',
    offered: (typed: string, field: string, list: readonly string[]) =>
      `types “${typed}” in ${field} and is offered ${list.join(', ')}`,
    reason: 'The cache moves with the shop.',
    received: 'received exactly the fields of this request',
  },
  scheduled: {
    title: 'PostgreSQL, some tables, at a scheduled time',
    time: 'chose 20:00 UTC; DTS received 04:00 of the next day, UTC+8',
  },
  clone: {
    title: 'A clone',
    opens: (label: string) => `presses “${label}”: the form opens as it was, without the password`,
  },
  secret: {
    title: 'A password that nobody types',
    preset: 'types /migrate new orders-to-shanghai: the preset fills the form',
    givenBack: 'Ferry returns the form',
    once: 'returned the secret once, at launch, and DTS received it',
  },
  migration: {
    title: 'A migration to its end: a failed check, a start, and a cut-over by two people',
    checkFailed: /check failed/,
    fixed: 'someone renames the tables in the target that are in the way',
    checkPassed: /check passed/,
    complete: /migration is complete/,
    earlyTitle: 'A request decided after its check, which fails the first time',
    operatorSetsIt: 'sets approve: before_start in the policy',
    stopTitle: 'A migration that is paused in the console and stopped in Slack',
    paused: 'someone presses Pause in the DTS console',
    stopped: /job was stopped/,
  },
  overhead: {
    title: 'How long the bot takes between a click and the call',
    took: (median: string, most: string, count: number) =>
      `from the click to the first byte of CreateMigrateJob: median ${median} ms, at most ${most} ms, of ${count} approvals`,
  },
  passwords: {
    title: 'Where the passwords are',
    calls: 'messages, views and calls to Slack',
    log: "the bot's log",
    metrics: 'metrics',
    bytes: 'the bytes of the database',
    nowhere: (places: readonly string[]) =>
      `Tencent Cloud received the typed password and the stored one. Neither is in: ${places.join('; ')}`,
  },
};

type DemoWords = typeof en;

const zhCN: DemoWords = {
  colon: '：',
  done: '演示结束',
  channelShows: '#db-migrations 中',
  inThread: '消息列中',
  alone: (name) => `Ferry（仅 ${name} 可见）`,
  ferry: 'Ferry',
  cloud: '腾讯云',
  operator: 'Ferry 管理员',
  reason: '旧服务器即将下线。',
  presses: (label) => `点击“${label}”`,
  writes: (text) => `填写：${text}`,
  fillsIn: (form) => `输入 /migrate 并填写：\n${form}`,
  asks: (job, engine, to) => `输入 /migrate，申请 ${job}：${engine} 迁移到 ${to}`,
  oneCall: '只收到 1 次调用',

  mainJob: {
    title: '基本流程：API 文档中的示例',
    received: (version) => `收到 CreateMigrateJob ${version}，签名正确，请求体与文档完全一致`,
  },
  mistakes: {
    title: '表单填写有误',
    opens: (shortcut) => `使用快捷方式“${shortcut}”打开表单，匆忙填写`,
    database: '我的数据库',
  },
  denial: { title: '驳回', reason: '大促期间不做迁移，请下周再申请。' },
  mayNot: { title: '无权审批的人员' },
  doubleClick: {
    title: '双击、重复推送，以及另一位审批人同时审批',
    twice: (label) => `双击“${label}”，Slack 将第一次点击推送了两次`,
    too: (label) => `也点击“${label}”`,
  },
  refuses: { title: (code) => `腾讯云返回错误：${code}`, message: '腾讯云返回的信息' },
  lost: { title: '任务已创建，但响应丢失' },
  quorum: { title: '两个组各需 1 人通过；其间修改了申请，有人点击了修改前的按钮' },
  policyChange: {
    title: '审批通过后、调用前，策略已更新',
    changes: '修改策略，生产环境改由 1 名 DBA 和 1 名值班人员审批，并向 Ferry 发送 SIGHUP',
  },
  expiry: { title: '无人审批：提醒，然后过期' },
  brokenGlass: {
    title: '紧急通过：值班人员跳过常规审批',
    reason: '源库即将不可用，其他人都在休息。',
  },
  redis: {
    title: 'Redis 通过专线接入，资源从列表中选择',
    chooses: '选择 Redis 和专线接入，表单随之显示所需字段',
    offered: (typed, field, list) => `在 ${field} 中输入“${typed}”，可选：${list.join('、')}`,
    reason: '缓存随商城一起迁移。',
    received: '收到的字段与申请完全一致',
  },
  scheduled: {
    title: 'PostgreSQL 指定表，定时执行',
    time: '申请的开始时间为 20:00（UTC），任务的开始时间为次日 04:00（UTC+8）',
  },
  clone: {
    title: '再次申请',
    opens: (label) => `点击“${label}”：表单已按原申请填写，密码除外`,
  },
  secret: {
    title: '无需手动输入的密码',
    preset: '输入 /migrate new orders-to-shanghai，表单已按预设填写',
    givenBack: 'Ferry 退回表单',
    once: '只在创建任务时读取了 1 次凭据，DTS 已收到',
  },
  migration: {
    title: '完整迁移：校验不通过、修复、启动，由两人完成割接',
    checkFailed: /校验不通过/,
    fixed: '有人重命名了目标库中冲突的表',
    checkPassed: /校验(已)?通过(?!后)/,
    complete: /迁移(已)?完成/,
    earlyTitle: '先校验再审批：校验不通过，修改后通过',
    operatorSetsIt: '在策略中设置 approve: before_start',
    stopTitle: '在控制台暂停的迁移，在 Slack 中终止',
    paused: '有人在 DTS 控制台点击“暂停”',
    stopped: /已终止/,
  },
  overhead: {
    title: '从点击到调用的耗时',
    took: (median, most, count) =>
      `从点击到发出 CreateMigrateJob 的首字节：中位数 ${median} ms，最大 ${most} ms，共 ${count} 次审批`,
  },
  passwords: {
    title: '密码出现在哪里',
    calls: '发往 Slack 的消息、表单和调用',
    log: 'Ferry 的日志',
    metrics: '监控指标',
    bytes: '数据库文件',
    nowhere: (places) =>
      `手动输入的密码和凭据中的密码均已传给腾讯云，以下位置均未出现：${places.join('；')}`,
  },
};

export const isChinese = process.env['DEFAULT_LOCALE'] === 'zh-CN';
export const words: DemoWords = isChinese ? zhCN : en;
