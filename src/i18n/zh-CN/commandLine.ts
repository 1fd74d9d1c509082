import type { Messages } from '../en/messages';

export const commandLine: Messages['commandLine'] = {
  about: 'Ferry：在 Slack 中申请和审批腾讯云数据迁移。不带命令时启动机器人。',
  settings: '配置来自环境变量；未设置的变量从工作目录的 .env 读取。',
  envFile: {
    unreadable: (detail) => `无法读取工作目录中的 .env（${detail}），其中的配置不会生效。`,
    notText: '不是 UTF-8 或 UTF-16 文本',
  },
  usage: '无法识别这些参数，请运行 ferry --help 查看用法。',
  help: '显示帮助',
  version: '显示版本',
  headings: { usage: '用法：', options: '选项：', commands: '命令：' },
  doctor: {
    about: '检查 Ferry 运行所需的一切，不启动机器人',
    usage: '用法：ferry doctor [--json] [--views]。',
    json: '以 JSON 输出',
    views: '同时由 Slack 检查每种表单、卡片和视图的示例',
  },
  backup: {
    about: '将 SQLite 数据库复制到新文件，机器人运行时也可以使用',
    usage: '用法：ferry backup 文件。',
    file: '要创建的文件',
    done: (file) => `数据库已复制到 ${file}。`,
    exists: (file) => `${file} 已存在，请指定新文件。`,
    absent: (database) => `数据库 ${database} 不存在。`,
    postgres: '数据库是 PostgreSQL，请使用 pg_dump（见 docs/operating.zh-CN.md）。',
    failed: (database, detail) =>
      `无法复制数据库 ${database}（${detail}）。请检查 DATABASE_URL，并确认新文件所在目录存在、可写且空间足够。`,
  },
  afterRestore: {
    about: '从备份恢复数据库后，在启动 Ferry 之前运行',
    usage: '用法：ferry after-restore。',
    inUse:
      '正在运行的 Ferry 进程正在处理此数据库中的申请，因此没有做任何更改。请检查 DATABASE_URL，并停止全部进程。如果刚刚停止，请在 30 秒后重试。',
    done: '数据库已就绪。Ferry 会跳过 1,000 个申请编号，并刷新未结束和失败的申请的卡片。',
    compare:
      '以下申请在备份中没有任务，但备份之后可能已创建。请与 DTS 控制台核对（见 docs/operating.zh-CN.md）：',
    request: (id, jobName, status) => `#${id} ${jobName}：${status}`,
  },
  audit: {
    about: '校验或导出审计记录',
    verify: '检查是否有人改动审计记录',
    head: '此前 verify 给出的哈希',
    length: '此前 verify 给出的条数',
    export: '输出审计记录',
    since: '只输出此日期或时间起的事件',
    until: '只输出此日期或时间之前的事件',
    request: '只输出此申请的事件',
    format: 'jsonl（默认）或 csv',
  },
  policy: {
    about: '解释审批策略',
    explain: '显示申请适用的规则，以及之前的规则为何不适用',
    usage:
      '用法：ferry policy explain --request 42，或 ferry policy explain --form 文件.json --requester U… [--channel C…]。',
    request: '已有申请的编号',
    form: '包含申请字段的 JSON 文件，字段名与预设相同',
    requester: '申请人的用户 ID，与 --form 一起使用',
    channel: '申请人使用 /migrate 的频道，与 --form 一起使用',
  },
};
