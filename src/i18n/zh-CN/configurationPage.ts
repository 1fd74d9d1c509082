import type { configurationPage as english } from '../en/configurationPage';

export const configurationPage: typeof english = {
  title: '配置项',
  otherLanguage: '[English](configuration.md)',
  intro: [
    '本页列出 Ferry 读取的全部配置项，由 `npm run docs:configuration` 根据启动时的检查规则生成。',
    'Ferry 从环境变量和工作目录的 `.env` 文件读取配置，以环境变量为准；值为空等同于未设置。请将 [`.env.example`](../.env.example) 复制为 `.env` 并填写。如有缺少或错误的配置，Ferry 会一次全部列出并退出。`ferry doctor` 还会检查各项配置是否可用。',
  ],
  columns: { setting: '配置项', purpose: '用途', value: '取值', fallback: '未设置时' },
  sections: {
    slack: {
      title: 'Slack',
      about:
        'Socket Mode 设置 `SLACK_APP_TOKEN`，HTTP 模式设置 `SLACK_SIGNING_SECRET`。两项都设置时使用 Socket Mode。',
    },
    approvals: {
      title: '审批',
      about:
        '设置 `POLICY_FILE`，或设置 `APPROVAL_CHANNEL` 和 `APPROVERS`，二者选一。使用策略文件时，后两项和 `REQUIRED_APPROVALS` 必须留空。策略文件的写法见 [policy.zh-CN.md](policy.zh-CN.md)。',
    },
    tencent_cloud: {
      title: '腾讯云',
      about:
        'Ferry 按以下顺序使用第一个已设置的密钥来源：TKE、CVM、扮演角色、API 密钥、SDK 的凭证文件，见 [credentials.zh-CN.md](credentials.zh-CN.md)。',
    },
    storage: {
      title: '存储',
      about:
        '除非策略文件允许使用已托管的凭据，否则必须设置 `SEAL_KEYS`。不设置时，申请人不能手动输入密码，见 [secrets.zh-CN.md](secrets.zh-CN.md)。数据库的选择见[运维](operating.zh-CN.md)，`AUDIT_KEY` 见[审计记录](audit.zh-CN.md#audit_key)。',
    },
    process: {
      title: '进程',
      about: '端口、信号和代理见[运维](operating.zh-CN.md)。',
    },
  },
  required: '**必填**',
  forever: '永久保留',
  alias: (name) => `；也可用 ${name}`,
  range: (from, to) => `${from} 到 ${to}`,
  between: '、',
  rest: {
    title: '其他变量',
    lines: [
      '`FERRY_SECRET_NAME`：申请中可用的密码，在表单和策略中写作 `env:NAME`，须由策略文件允许，见[密码和凭据](secrets.zh-CN.md)。',
      '`NODE_EXTRA_CA_CERTS`：由 Node.js 读取，指定 Ferry 额外信任的证书文件，见[代理](operating.zh-CN.md)。',
    ],
  },
};
