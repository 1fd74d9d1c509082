import type { VisibleChannelProblem } from '../../domain/channel/announcement';
import type { CredentialSource } from '../../domain/credentialSource';
import type { PermissionUse } from '../../domain/permissionUse';
import type { RequestStatus } from '../../domain/request/request';

/** The output of `ferry doctor`. */
export const doctor = {
  /** `check` and `verdict` are for programs, but still say what was checked. */
  hidden: (check: string, verdict: string): string =>
    `${check}: ${verdict}. The text is hidden, because it has six characters in common with a secret. Use secrets that contain no ordinary words.`,
  settings: 'The settings are complete and valid.',
  policy: (file: string | undefined, rules: number): string =>
    file === undefined
      ? 'Policy: one rule for all requests, from APPROVAL_CHANNEL and APPROVERS.'
      : `The policy file ${file} is valid: ${rules} ${rules === 1 ? 'rule' : 'rules'} plus the default.`,
  token: 'Slack accepts SLACK_BOT_TOKEN.',
  tokenRefused: (error: string): string =>
    `Slack rejected SLACK_BOT_TOKEN (${error}). Copy it again from api.slack.com/apps > your app > OAuth & Permissions.`,
  slackUnreachable: (origin: string, detail: string): string =>
    `Slack is unreachable (${detail}). Check that this machine can reach ${origin}. The checks that need Slack were skipped.`,
  scopes: 'The app has every scope in manifest.yml.',
  scopesUnknown: "Slack did not report the app's scopes.",
  scopesMissing: (scopes: readonly string[]): string =>
    `The app is missing these scopes: ${scopes.join(', ')}. Add them at api.slack.com/apps > your app > OAuth & Permissions, as in manifest.yml, then reinstall the app.`,
  appToken: 'Slack accepts SLACK_APP_TOKEN.',
  appTokenRefused: (error: string): string =>
    `Slack rejected SLACK_APP_TOKEN (${error}). Create a new one at api.slack.com/apps > your app > Basic Information > App-Level Tokens, with the scope connections:write, and turn on Socket Mode.`,
  http: 'HTTP mode: Slack must be able to reach /slack/events at the address in the manifest. Only Slack can check that.',
  channel: (channel: string): string => `The bot can post in the channel ${channel}.`,
  channelProblems: {
    unknown: (channel: string) =>
      `Ferry cannot see the channel ${channel}. Check the ID. If the channel is private, invite the bot (/invite @Ferry).`,
    not_joined: (channel: string) =>
      `The bot is not in the channel ${channel}. Invite it there: /invite @Ferry.`,
    archived: (channel: string) =>
      `The channel ${channel} is archived. Unarchive it and invite the bot again, or use another channel in the policy.`,
  } satisfies Record<VisibleChannelProblem, (channel: string) => string>,
  unreported: (why: string): string =>
    `Emergency approvals cannot be reported in a channel of break_glass_notify. ${why}`,
  people: 'Slack knows everyone named in the policy.',
  views: {
    accepted: (count: number): string =>
      `Slack accepts all ${count} examples of forms, cards and views.`,
    rejected: (kind: string, detail: string): string =>
      `Slack rejects an example of a view: ${kind} (${detail}). Update Ferry, or report this.`,
    unchecked: (kind: string, detail: string): string =>
      `Slack checked the examples only up to this one: ${kind} (${detail}). Run this again later.`,
  },
  unchecked: (what: string): string => `Slack did not respond: ${what}. Please run this again.`,
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
  database: (where: string): string => `The database ${where} is readable and writable.`,
  databaseReadOnly: (where: string): string =>
    `Ferry cannot write to the database ${where}. Give its user write access to the file and the folder; on PostgreSQL, connect to the primary server.`,
  databaseInUse: (path: string): string =>
    `The database ${path} is in use by a running Ferry and was not checked. Stop Ferry to check its requests here.`,
  databaseAbsent: (where: string): string =>
    `The database ${where} is new: Ferry has not used it yet.`,
  databaseOlder: (where: string): string =>
    `The database ${where} is from an earlier version. The next start upgrades it.`,
  databaseNewer: (where: string): string =>
    `A newer version of Ferry has upgraded the database ${where}. Run that version, or restore an older backup.`,
  databaseUnusable: (where: string, detail: string): string =>
    `The database ${where} cannot be read (${detail}). Check DATABASE_URL, and that the file or server is reachable.`,
  auditKey: (position: number | undefined): string =>
    position === undefined
      ? 'The end of the audit log is consistent; audit verify checks all of it. No AUDIT_KEY protects it from someone who can write to the database.'
      : `The end of the audit log matches AUDIT_KEY, which protects it from position ${position} on; audit verify checks all of it.`,
  auditKeyWrong:
    'The audit log does not match AUDIT_KEY. Put back the keys that Ferry ran with, and run audit verify (docs/audit.md).',
  requests: (counts: readonly string[]): string =>
    counts.length === 0 ? 'There are no requests.' : `Requests: ${counts.join(', ')}.`,
  statuses: {
    pending: 'waiting',
    approved: 'approved',
    launching: 'with a job being created',
    reconciling: 'with an outcome that Ferry is checking',
    created: 'with a created job',
    prepared: 'waiting for the approval of their start',
    discarding: 'with a job that Ferry deletes',
    failed: 'failed',
    unconfirmed: 'with unknown outcome',
    denied: 'denied',
    withdrawn: 'withdrawn',
    expired: 'expired',
  } satisfies Record<RequestStatus, string>,
  counted: (status: string, count: number): string => `${count} ${status}`,
  unannounced: (requests: readonly string[]): string =>
    `Ferry cannot post updates for ${requests.join(', ')}. Unarchive the channel or invite the bot (/invite @Ferry). Ferry then posts the missed messages within five minutes.`,
  inChannel: (id: number, channel: string): string => `#${id} (${channel})`,
  clock: {
    right: "This machine's clock agrees with Slack's.",
    off: (seconds: number): string =>
      `This machine's clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead' : 'behind'}. Correct it, for example with chrony: Tencent Cloud rejects signatures that are off by more than five minutes.`,
  },
  port: {
    free: (port: number): string => `Ferry can listen on port ${port}.`,
    ferry: (port: number, version: string): string =>
      `Ferry ${version} is running on port ${port}.`,
  },
  region: {
    right: (region: string): string => `DTS responds in ${region}.`,
    wrong: (region: string, why: string): string =>
      `DTS does not work in ${region}, which the policy names. ${why}`,
  },
  permissions: {
    all: 'The key has every permission that Ferry uses, as far as calls that change nothing can show.',
    missing: (names: readonly string[], costs: string): string =>
      `The key lacks ${names.join(', ')}. ${costs} Add them to the CAM policy (docs/permissions.md).`,
    costs: {
      creating: 'Ferry then cannot create jobs.',
      results: 'Threads then say only whether a check passed.',
      buttons: 'The buttons that call these actions then fail.',
      following: 'Ferry then reads jobs through the older API, with less detail.',
      lists: 'Some lists in the form are then unavailable, and requesters type IDs.',
      cards: 'Cards then show instances without version and size.',
      secrets: 'Ferry then cannot list the secrets in Secrets Manager.',
    } satisfies Record<PermissionUse, string>,
  },
  keys: {
    sources: {
      tke: 'the role of the TKE pod',
      cvm: 'the role of the CVM',
      role: 'TENCENTCLOUD_ASSUME_ROLE_ARN',
      keys: 'TENCENTCLOUD_SECRET_ID',
      profile: 'the profile',
    } satisfies Record<CredentialSource, string>,
    advice: {
      tke: 'Check that the service account of the pod has a role, and that the role trusts the identity provider of the cluster.',
      cvm: 'Check that this machine is a CVM with that role, and that nothing blocks the metadata service.',
      role: 'Check the ARN, and that the role trusts the account of the key.',
      keys: 'Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.',
      profile: 'Put secret_id and secret_key under [default] in the file.',
    } satisfies Record<CredentialSource, string>,
    valid: (source: string, until: string | undefined): string =>
      `Ferry gets its keys from ${source}${until === undefined ? '' : `; they are valid until ${until}`}.`,
    none: (source: string, detail: string, advice: string): string =>
      `Ferry cannot get keys from ${source} (${detail}). ${advice}`,
  },
  account: 'The API key belongs to an account in ALLOWED_ACCOUNT_IDS.',
  cloud: (region: string): string =>
    `Tencent Cloud accepts the key and lets it search for DTS jobs (${region}).`,
  cloudForbidden: (action: string, requestId: string): string =>
    `Tencent Cloud knows the key, but the key lacks the permission ${action}. Ask an account administrator to add it to the CAM policy (docs/permissions.md). RequestId ${requestId}`,
  explained: {
    first: 'Rules in order. The first match applies.',
    unread: (count: number): string =>
      count === 1 ? '1 later rule was not evaluated.' : `${count} later rules were not evaluated.`,
    noRequest: (id: string): string => `There is no request #${id}.`,
    formUnreadable: (file: string): string =>
      `${file} cannot be read, or is not a JSON object, such as {"SrcDatabaseType": "mysql", "DstInfo.Region": "ap-shanghai"}.`,
    notAField: (nearest: string | undefined): string =>
      nearest === undefined
        ? 'is not a field of the form.'
        : `is not a field of the form; did you mean ${nearest}?`,
    notAValue: 'must be text or a number.',
    formWrong: (field: string, problem: string): string => `${field}: ${problem}`,
  },
};
