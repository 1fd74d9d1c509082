import type { Messages } from '../en/messages';

/** `npm run doctor` 的输出。 */
export const doctor: Messages['doctor'] = {
  usage:
    'npm run doctor\nnpm run doctor -- explain --request 42\nnpm run doctor -- explain --form 文件.json --requester U… [--channel C…]',
  settings: '配置完整。',
  policy: (file, rules) =>
    file === undefined
      ? '审批策略：所有申请适用同一规则，来自 APPROVAL_CHANNEL 和 APPROVERS。'
      : `策略文件 ${file} 可用：${rules} 条规则，另有一条适用于其余申请。`,
  token: 'Slack 接受 SLACK_BOT_TOKEN。',
  tokenRefused: (error) =>
    `Slack 不接受 SLACK_BOT_TOKEN（${error}）。请在 api.slack.com/apps 您的应用的 OAuth & Permissions 页重新复制。`,
  slackUnreachable: (detail) =>
    `无法连接 Slack（${detail}）。请确认本机可以访问 https://slack.com；与 Slack 有关的检查已跳过。`,
  scopes: '应用拥有 manifest.yml 中的全部权限。',
  scopesUnknown: 'Slack 没有说明应用拥有哪些权限。',
  scopesMissing: (scopes) =>
    `应用缺少权限 ${scopes.join('、')}。请按 manifest.yml 在 api.slack.com/apps 您的应用的 OAuth & Permissions 页添加，然后重新将应用安装到工作区。`,
  appToken: 'Slack 接受 SLACK_APP_TOKEN。',
  appTokenRefused: (error) =>
    `Slack 不接受用 SLACK_APP_TOKEN 建立连接（${error}）。请在 api.slack.com/apps 您的应用的 Basic Information 页 App-Level Tokens 处重新生成，权限为 connections:write，并开启 Socket Mode。`,
  http: 'HTTP 模式：Slack 须能访问 manifest 中的 /slack/events 地址，这只能由 Slack 验证。',
  channel: (channel) => `机器人可以在频道 ${channel} 中发送消息。`,
  channelProblems: {
    unknown: (channel) =>
      `在 Slack 中找不到频道 ${channel}。请检查 ID；如为私有频道，请邀请机器人加入（/invite @Ferry）。`,
    not_joined: (channel) => `机器人不在频道 ${channel} 中。请邀请它加入：/invite @Ferry。`,
    archived: (channel) =>
      `频道 ${channel} 已归档。请取消归档并重新邀请机器人，或在策略中改用其他频道。`,
  },
  people: '策略中指定的人员在 Slack 中都存在。',
  unchecked: (what) => `Slack 没有回应 Ferry 的查询：${what}。请重新运行。`,
  secret: {
    usable: (secret) => `凭据 ${secret} 可以用作密码。`,
    unusable: (secret, why, keys) =>
      `凭据 ${secret} 不能用作密码。${why}${keys.length === 0 ? '' : `其中的键：${keys.join('、')}。`}`,
    unread: (secret, why) => `无法读取凭据 ${secret}。${why}`,
    pattern: (secret) => `名称中含有 *，未检查与 ${secret} 匹配的凭据。`,
  },
  database: (where) => `数据库 ${where} 可以读取。`,
  databaseInUse: (path) =>
    `数据库 ${path} 正在使用中：Ferry 正在运行，因此未读取。如需在此查看申请，请先停止 Ferry。`,
  databaseAbsent: (where) => `数据库 ${where} 为空：Ferry 尚未使用过它。`,
  databaseOlder: (where) => `数据库 ${where} 属于较早的版本，下次启动时自动升级。`,
  databaseNewer: (where) =>
    `数据库 ${where} 已被更新版本的 Ferry 修改。请启动该版本，或恢复此前的备份。`,
  databaseUnusable: (where, detail) =>
    `数据库 ${where} 无法读取（${detail}）。请检查 DATABASE_URL，并确认文件或服务器可以访问。`,
  auditKey: (position) =>
    position === undefined
      ? '记录相符。未设置 AUDIT_KEY，无法防止能写入数据库的人伪造记录。'
      : `记录与 AUDIT_KEY 相符，该密钥从第 ${position} 条起保护记录。`,
  auditKeyWrong:
    '记录的最新事件与 AUDIT_KEY 不符。请恢复 Ferry 运行时所用的密钥，并运行 audit verify（参见 docs/audit.md）。',
  requests: (counts) => (counts.length === 0 ? '没有申请。' : `申请：${counts.join('，')}。`),
  statuses: {
    pending: '等待审批',
    approved: '已批准',
    launching: '正在创建',
    reconciling: '正在查找',
    created: '已创建',
    failed: '失败',
    unconfirmed: '无法确定',
    denied: '已拒绝',
    withdrawn: '已撤回',
    expired: '已过期',
  },
  counted: (status, count) => `${status} ${count} 个`,
  unannounced: (requests) =>
    `以下申请的消息无法发送：${requests.join('、')}。请取消归档或邀请机器人加入频道（/invite @Ferry），五分钟内会补发缺少的消息。`,
  inChannel: (id, channel) => `#${id}（${channel}）`,
  cloud: (region) => `腾讯云接受该密钥，并允许查找 DTS 任务（${region}）。`,
  cloudForbidden: (action, requestId) =>
    `腾讯云认识该密钥，但它缺少 ${action} 权限。请账号管理员将其加入 CAM 策略（docs/permissions.md）。RequestId ${requestId}`,
  explained: {
    first: '按顺序列出各条规则，第一条符合的规则适用于此申请。',
    unread: (count) => `其后的 ${count} 条规则未再判断。`,
    noRequest: (id) => `没有申请 #${id}。`,
    formUnreadable: (file) =>
      `${file} 无法读取，或不是“字段: 文本”形式的 JSON 对象，例如 {"SrcDatabaseType": "mysql", "DstInfo.Region": "ap-shanghai"}。`,
    formWrong: (field, problem) => `${field}：${problem}`,
  },
};
