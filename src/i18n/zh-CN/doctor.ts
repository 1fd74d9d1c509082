import type { Messages } from '../en/messages';
import { spaced } from './spaced';

/** What `ferry doctor` prints. */
export const doctor: Messages['doctor'] = {
  hidden: (check, verdict) =>
    `${check}：${verdict}。结果中有 6 个字符与某个密码或密钥相同，因此不显示。密码中请勿包含常见单词。`,
  settings: '配置完整。',
  policy: (file, rules) =>
    file === undefined
      ? '审批策略：所有申请适用同一规则，来自 APPROVAL_CHANNEL 和 APPROVERS。'
      : `策略文件 ${file} 有效：共 ${rules} 条规则，其余申请适用默认规则。`,
  token: 'SLACK_BOT_TOKEN 有效。',
  tokenRefused: (error) =>
    `SLACK_BOT_TOKEN 无效（${error}）。请打开 api.slack.com/apps，在您的应用的 OAuth & Permissions 页重新复制。`,
  slackUnreachable: (origin, detail) =>
    `无法连接 Slack（${detail}）。请确认本机可以访问 ${origin}。已跳过与 Slack 有关的检查。`,
  scopes: '应用已有 manifest.yml 中的全部权限。',
  scopesUnknown: '无法从 Slack 获取应用的权限列表。',
  scopesMissing: (scopes) =>
    `应用缺少权限 ${scopes.join('、')}。请打开 api.slack.com/apps，在您的应用的 OAuth & Permissions 页按 manifest.yml 添加，然后重新安装应用。`,
  appToken: 'SLACK_APP_TOKEN 有效。',
  appTokenRefused: (error) =>
    `SLACK_APP_TOKEN 无法建立连接（${error}）。请打开 api.slack.com/apps，在您的应用的 Basic Information 页 App-Level Tokens 处重新生成（权限 connections:write），并开启 Socket Mode。`,
  http: 'HTTP 模式：Slack 须能访问 manifest 中的 /slack/events 地址，本命令无法检查，请在 Slack 应用设置页验证。',
  channel: (channel) => `机器人可以在频道 ${channel} 中发送消息。`,
  channelProblems: {
    unknown: (channel) =>
      `在 Slack 中找不到频道 ${channel}。请检查 ID；如为私有频道，请先邀请机器人加入（/invite @Ferry）。`,
    not_joined: (channel) => `机器人不在频道 ${channel} 中。请邀请机器人加入（/invite @Ferry）。`,
    archived: (channel) =>
      `频道 ${channel} 已归档。请取消归档并重新邀请机器人，或在策略中改用其他频道。`,
  },
  unreported: (why) => `无法向 break_glass_notify 中的频道发送紧急通过的通知。${why}`,
  people: '策略中的人员在 Slack 中都存在。',
  views: {
    accepted: (count) => `Slack 接受全部 ${count} 个表单、卡片和视图的示例。`,
    rejected: (kind, detail) =>
      `Slack 不接受视图的示例：${kind}（${detail}）。请升级 Ferry，或反馈此问题。`,
    unchecked: (kind, detail) =>
      `视图示例的检查在此中断，其余示例未检查：${kind}（${detail}）。请稍后重新运行。`,
  },
  unchecked: (what) => `Slack 无响应：${what}。请重新运行。`,
  secret: {
    usable: (secret) => `凭据 ${secret} 可以用作密码。`,
    unusable: (secret, why, keys) =>
      `凭据 ${secret} 不能用作密码。${why}${keys.length === 0 ? '' : `其中的键：${keys.join('、')}。`}`,
    unread: (secret, why) => `无法读取凭据 ${secret}。${why}`,
    none: (pattern) => `没有与 ${pattern} 匹配的凭据。`,
  },
  variable: {
    quoted: (variable) =>
      `${variable} 的值带有引号，引号会作为密码的一部分发送。如果密码中没有引号，请去掉。`,
    cut_at_hash: (variable) => `.env 中 ${variable} 的值只读到 # 之前，请用单引号括住整个值。`,
  },
  database: (where) => `数据库 ${where} 可读写。`,
  databaseReadOnly: (where) =>
    `Ferry 无法写入数据库 ${where}。请授予运行用户对文件和目录的写权限；如使用 PostgreSQL，请连接主库。`,
  databaseInUse: (path) =>
    `数据库 ${path} 未检查：Ferry 正在运行并占用该文件。如需查看申请，请先停止 Ferry。`,
  databaseAbsent: (where) => `数据库 ${where} 为空：Ferry 尚未使用过。`,
  databaseOlder: (where) => `数据库 ${where} 的版本较低，Ferry 下次启动时会自动升级。`,
  databaseNewer: (where) =>
    `数据库 ${where} 已由更高版本的 Ferry 升级。请启动该版本，或恢复升级前的备份。`,
  databaseUnusable: (where, detail) =>
    `数据库 ${where} 无法读取（${detail}）。请检查 DATABASE_URL，并确认文件可读、服务器可访问。`,
  auditKey: (position) =>
    position === undefined
      ? '审计记录的末尾校验通过，完整校验请运行 audit verify。未设置 AUDIT_KEY，无法防止有数据库写权限的人伪造记录。'
      : `审计记录的末尾与 AUDIT_KEY 匹配，从第 ${position} 条起受该密钥保护，完整校验请运行 audit verify。`,
  auditKeyWrong:
    '审计记录与 AUDIT_KEY 不匹配。请恢复 Ferry 运行时使用的密钥，并运行 audit verify（参见 docs/audit.zh-CN.md）。',
  requests: (counts) => (counts.length === 0 ? '没有申请。' : `申请：${counts.join('，')}。`),
  statuses: {
    pending: '等待审批',
    approved: '已通过',
    launching: '创建中',
    reconciling: '核实中',
    created: '已创建',
    prepared: '待审批启动',
    discarding: '正在删除任务',
    failed: '创建失败',
    unconfirmed: '待人工确认',
    denied: '已驳回',
    withdrawn: '已撤回',
    expired: '已过期',
  },
  counted: (status, count) => `${status} ${count} 个`,
  unannounced: (requests) =>
    `以下申请的消息无法发送：${requests.join('、')}。请取消归档或邀请机器人加入频道（/invite @Ferry），Ferry 会在 5 分钟内补发遗漏的消息。`,
  inChannel: (id, channel) => `#${id}（${channel}）`,
  clock: {
    right: '本机时间与 Slack 一致。',
    off: (seconds) =>
      `本机时间${seconds > 0 ? '快' : '慢'}了 ${Math.abs(seconds)} 秒。请校准时间（例如使用 chrony）：相差超过 5 分钟时，腾讯云会拒绝签名。`,
  },
  port: {
    free: (port) => `端口 ${port} 可用。`,
    ferry: (port, version) => `端口 ${port} 上正在运行 Ferry ${version}。`,
  },
  region: {
    right: (region) => `DTS 在 ${region} 可用。`,
    wrong: (region, why) => `策略中的地域 ${region} 无法使用 DTS。${why}`,
  },
  permissions: {
    all: '密钥具备 Ferry 使用的全部权限（仅通过不做任何更改的调用检查）。',
    missing: (names, costs) =>
      `密钥缺少权限 ${names.join('、')}。${costs}请在 CAM 策略中添加（参见 docs/permissions.zh-CN.md）。`,
    costs: {
      creating: 'Ferry 无法创建任务。',
      results: '消息列中只显示校验是否通过。',
      buttons: '使用这些接口的按钮不可用。',
      following: 'Ferry 将使用旧版接口读取任务，信息较少。',
      lists: '表单中的相应列表不可用，申请人须手动输入 ID。',
      cards: '卡片不显示实例的版本和规格。',
      secrets: 'Ferry 无法列出凭据管理系统中的凭据。',
    },
  },
  keys: {
    sources: {
      tke: 'TKE Pod 的角色',
      cvm: 'CVM 的角色',
      role: 'TENCENTCLOUD_ASSUME_ROLE_ARN',
      keys: 'TENCENTCLOUD_SECRET_ID',
      profile: '凭证文件',
    },
    advice: {
      tke: '请确认 Pod 的服务账号已绑定角色，且角色载体包含集群的身份提供商。',
      cvm: '请确认本机是已绑定该角色的 CVM，且可以访问元数据服务。',
      role: '请检查 RoleArn，并确认角色载体包含密钥所属的账号。',
      keys: '请检查 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY。',
      profile: '请在文件的 [default] 下填写 secret_id 和 secret_key。',
    },
    valid: (source, until) =>
      spaced`密钥来自${source}${until === undefined ? '' : `，有效期至 ${until}`}。`,
    none: (source, detail, advice) => spaced`无法从${source}获取密钥（${detail}）。${advice}`,
  },
  account: 'API 密钥所属的账号在 ALLOWED_ACCOUNT_IDS 中。',
  cloud: (region) => `腾讯云 API 密钥有效，可以查询 DTS 任务（${region}）。`,
  cloudForbidden: (action, requestId) =>
    `腾讯云 API 密钥有效，但缺少 ${action} 权限，请账号管理员在 CAM 策略中添加（参见 docs/permissions.zh-CN.md）。RequestId ${requestId}`,
  explained: {
    first: '规则按顺序匹配，第一条匹配的规则适用于此申请。',
    unread: (count) => `之后的 ${count} 条规则没有检查。`,
    noRequest: (id) => `申请 #${id} 不存在。`,
    formUnreadable: (file) =>
      `${file} 无法读取，或不是 JSON 对象，例如 {"SrcDatabaseType": "mysql", "DstInfo.Region": "ap-shanghai"}。`,
    notAField: (nearest) =>
      nearest === undefined ? '表单中没有该字段。' : `表单中没有该字段，是否应为 ${nearest}？`,
    notAValue: '必须是文本或数字。',
    formWrong: (field, problem) => `${field}：${problem}`,
  },
};
