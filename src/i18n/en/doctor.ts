import type { ChannelProblem } from '../../domain/channel/announcement';
import type { RequestStatus } from '../../domain/request/request';

/** What `npm run doctor` says. */
export const doctor = {
  usage:
    'npm run doctor\nnpm run doctor -- explain --request 42\nnpm run doctor -- explain --form FILE.json --requester U… [--channel C…]',
  settings: 'The settings are complete.',
  policy: (file: string | undefined, rules: number): string =>
    file === undefined
      ? 'The policy: one rule for all requests, from APPROVAL_CHANNEL and APPROVERS.'
      : `The policy file ${file} can be used: ${rules} ${rules === 1 ? 'rule' : 'rules'}, and one for everything else.`,
  token: 'Slack accepts SLACK_BOT_TOKEN.',
  tokenRefused: (error: string): string =>
    `Slack does not accept SLACK_BOT_TOKEN (${error}). Copy the token again from api.slack.com/apps, your app, OAuth & Permissions.`,
  slackUnreachable: (detail: string): string =>
    `Slack cannot be reached (${detail}). Check that this machine may call https://slack.com; the checks that need Slack were left out.`,
  scopes: 'The app has every scope of manifest.yml.',
  scopesUnknown: 'Slack does not say which scopes the app has.',
  scopesMissing: (scopes: readonly string[]): string =>
    `The app lacks ${scopes.join(', ')}. Add that at api.slack.com/apps, your app, OAuth & Permissions, as in manifest.yml, then install the app to the workspace again.`,
  appToken: 'Slack accepts SLACK_APP_TOKEN.',
  appTokenRefused: (error: string): string =>
    `Slack opens no connection with SLACK_APP_TOKEN (${error}). Make a new one at api.slack.com/apps, your app, Basic Information, App-Level Tokens, with the scope connections:write; Socket Mode must be on.`,
  http: 'HTTP mode: Slack has to reach /slack/events at the address in the manifest. Only Slack can check that.',
  channel: (channel: string): string => `The bot can post in the channel ${channel}.`,
  channelProblems: {
    unknown: (channel: string) =>
      `Slack shows Ferry no channel ${channel}. Check the id; if the channel is private, invite the bot there (/invite @Ferry).`,
    not_joined: (channel: string) =>
      `The bot is not in the channel ${channel}. Invite it there: /invite @Ferry.`,
    archived: (channel: string) =>
      `The channel ${channel} is archived. Unarchive it and invite the bot again, or name another one in the policy.`,
  } satisfies Record<ChannelProblem, (channel: string) => string>,
  people: 'Slack knows everybody whom the policy names.',
  unchecked: (what: string): string =>
    `Slack did not answer what Ferry asked: ${what}. Please run this again.`,
  secret: {
    usable: (secret: string): string => `The secret ${secret} can be used as a password.`,
    unusable: (secret: string, why: string, keys: readonly string[]): string =>
      `The secret ${secret} cannot be used as a password. ${why}${keys.length === 0 ? '' : ` Its keys: ${keys.join(', ')}.`}`,
    unread: (secret: string, why: string): string => `The secret ${secret} cannot be read. ${why}`,
    none: (pattern: string): string => `No secret matches ${pattern}.`,
  },
  variable: {
    quoted: (variable: string): string =>
      `${variable} has quotes around its value. Ferry sends them as part of the password. Remove them if they are not part of it.`,
    cut_at_hash: (variable: string): string =>
      `The value of ${variable} in .env ends before its #. Put single quotes around the whole value.`,
  },
  database: (where: string): string => `The database ${where} can be read.`,
  databaseInUse: (path: string): string =>
    `The database ${path} is in use: Ferry runs with it, so it was left alone. To see its requests here, stop Ferry first.`,
  databaseAbsent: (where: string): string =>
    `The database ${where} is empty: Ferry has not run with it yet.`,
  databaseOlder: (where: string): string =>
    `The database ${where} is of an earlier version. The next start brings it up to date.`,
  databaseNewer: (where: string): string =>
    `A newer version of Ferry has changed the database ${where}. Start that version, or restore a backup from before.`,
  databaseUnusable: (where: string, detail: string): string =>
    `The database ${where} cannot be read (${detail}). Check DATABASE_URL, and that the file or the server can be reached.`,
  auditKey: (position: number | undefined): string =>
    position === undefined
      ? 'The record fits. No AUDIT_KEY protects it from someone who can write to the database.'
      : `The record fits AUDIT_KEY, which protects it from position ${position} on.`,
  auditKeyWrong:
    'The newest event of the record does not fit AUDIT_KEY. Put back the key that Ferry ran with, and run audit verify (docs/audit.md).',
  requests: (counts: readonly string[]): string =>
    counts.length === 0 ? 'There are no requests.' : `Requests: ${counts.join(', ')}.`,
  statuses: {
    pending: 'waiting',
    approved: 'approved',
    launching: 'being created',
    reconciling: 'looked for',
    created: 'created',
    failed: 'failed',
    unconfirmed: 'in doubt',
    denied: 'denied',
    withdrawn: 'withdrawn',
    expired: 'expired',
  } satisfies Record<RequestStatus, string>,
  counted: (status: string, count: number): string => `${count} ${status}`,
  unannounced: (requests: readonly string[]): string =>
    `Nothing can be posted about ${requests.join(', ')}. Unarchive the channel or invite the bot there (/invite @Ferry); what is missing is then posted within five minutes.`,
  inChannel: (id: number, channel: string): string => `#${id} (${channel})`,
  cloud: (region: string): string =>
    `Tencent Cloud accepts the key, and lets it look for DTS jobs (${region}).`,
  cloudForbidden: (action: string, requestId: string): string =>
    `Tencent Cloud knows the key, but it lacks ${action}. An administrator of the account adds it to the CAM policy (docs/permissions.md). RequestId ${requestId}`,
  explained: {
    first: 'The rules in their order; the first that covers the request applies.',
    unread: (count: number): string =>
      count === 1
        ? 'One rule after it was not looked at.'
        : `${count} rules after it were not looked at.`,
    noRequest: (id: string): string => `There is no request #${id}.`,
    formUnreadable: (file: string): string =>
      `${file} cannot be read, or is not a JSON object of text by field, such as {"SrcDatabaseType": "mysql", "DstInfo.Region": "ap-shanghai"}.`,
    formWrong: (field: string, problem: string): string => `${field}: ${problem}`,
  },
};
