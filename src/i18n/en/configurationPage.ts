/** The page that `npm run docs:configuration` writes, as Markdown. */
export const configurationPage = {
  title: 'Settings',
  otherLanguage: '[中文](configuration.zh-CN.md)',
  intro: [
    'This page lists every setting that Ferry reads. `npm run docs:configuration` generates it from the schema that Ferry checks at startup.',
    'Ferry reads settings from the environment and from `.env` in the working directory; the environment wins. A setting that is empty is treated as unset. Copy [`.env.example`](../.env.example) to `.env` and fill it in. If settings are missing or invalid, Ferry lists all of them and exits. `ferry doctor` also checks whether the values work.',
  ],
  columns: { setting: 'Setting', purpose: 'Purpose', value: 'Value', fallback: 'If unset' },
  sections: {
    slack: {
      title: 'Slack',
      about:
        'Set `SLACK_APP_TOKEN` for Socket Mode or `SLACK_SIGNING_SECRET` for HTTP mode. If both are set, Ferry uses Socket Mode.',
    },
    approvals: {
      title: 'Approvals',
      about:
        'Set either `POLICY_FILE`, or `APPROVAL_CHANNEL` and `APPROVERS`. With a policy file, leave the other two and `REQUIRED_APPROVALS` unset. [policy.md](policy.md) describes the file.',
    },
    tencent_cloud: {
      title: 'Tencent Cloud',
      about:
        'Ferry uses the first source of keys that is set: TKE, CVM, a role that it assumes, an API key, the profile of the SDK. [credentials.md](credentials.md) describes them.',
    },
    storage: {
      title: 'Storage',
      about:
        '`SEAL_KEYS` is required, unless the policy file allows stored secrets. Without it, people cannot type passwords: [secrets.md](secrets.md). [operating.md](operating.md#the-database) describes the databases, and [audit.md](audit.md#audit_key) describes `AUDIT_KEY`.',
    },
    process: {
      title: 'The process',
      about: '[operating.md](operating.md) describes ports, signals and the proxy.',
    },
  },
  required: '**required**',
  forever: 'requests are kept forever',
  alias: (name: string) => `; also ${name}`,
  range: (from: string, to: string) => `${from} to ${to}`,
  between: ', ',
  rest: {
    title: 'Other variables',
    lines: [
      '`FERRY_SECRET_NAME`: a password that requests may use as `env:NAME`, if the policy file allows it: [secrets.md](secrets.md#the-environment).',
      '`NODE_EXTRA_CA_CERTS`: Node.js reads it. It names a file with certificates that Ferry trusts in addition to the usual ones: [operating.md](operating.md#a-proxy).',
    ],
  },
};
