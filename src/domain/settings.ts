import type { PolicyFileProblem } from './policy/policyFileProblem';

/** Why a variable's value is invalid. It never contains the value, which may be a secret. */
export type VariableProblem =
  | 'missing'
  | 'no_connection'
  | 'bot_token_shape'
  | 'app_token_shape'
  | 'signing_secret_shape'
  | 'url_shape'
  | 'url_extras'
  | 'plain_http'
  | 'policy_file_unreadable'
  | 'replaced_by_policy_file'
  | 'no_secrets'
  | 'channel_shape'
  | 'approvers_shape'
  | 'approvals_shape'
  | 'too_few_approvers'
  | 'region_shape'
  | 'region_is_zone'
  | 'endpoint_shape'
  | 'secret_id_shape'
  | 'secret_key_shape'
  | 'cloud_token_shape'
  | 'account_ids_shape'
  | 'role_arn_shape'
  | 'cvm_role_shape'
  | 'metadata_shape'
  | 'database_shape'
  | 'url_password'
  | 'database_extras'
  | 'database_plain'
  | 'retention_shape'
  | 'calls_shape'
  | 'timeout_shape'
  | 'settle_shape'
  | 'seal_keys_shape'
  | 'seal_keys_twice'
  | 'host_shape'
  | 'audit_key_shape'
  | 'audit_key_order'
  | 'port_shape'
  | 'proxy_shape'
  | 'posts_shape'
  | 'open_requests_shape'
  | 'shutdown_shape'
  | 'locale_unknown'
  | 'log_level_unknown';

/** All variables that Ferry reads, in the order of `.env.example`. */
export const variables = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_API_URL',
  'SLACK_POSTS_PER_SECOND',
  'POLICY_FILE',
  'APPROVAL_CHANNEL',
  'APPROVERS',
  'REQUIRED_APPROVALS',
  'OPEN_REQUESTS_PER_PERSON',
  'TKE_ROLE_ARN',
  'TKE_PROVIDER_ID',
  'TKE_WEB_IDENTITY_TOKEN_FILE',
  'TKE_REGION',
  'TENCENTCLOUD_CVM_ROLE',
  'TENCENTCLOUD_ASSUME_ROLE_ARN',
  'TENCENTCLOUD_SECRET_ID',
  'TENCENTCLOUD_SECRET_KEY',
  'TENCENTCLOUD_TOKEN',
  'TENCENTCLOUD_METADATA_URL',
  'ALLOWED_ACCOUNT_IDS',
  'TENCENTCLOUD_REGION',
  'TENCENTCLOUD_ENDPOINT',
  'DTS_CALLS_PER_SECOND',
  'DTS_TIMEOUT_SECONDS',
  'DTS_SETTLE_SECONDS',
  'DATABASE_URL',
  'RETENTION_DAYS',
  'SEAL_KEYS',
  'AUDIT_KEY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'HOST',
  'PORT',
  'SHUTDOWN_SECONDS',
  'DEFAULT_LOCALE',
  'LOG_LEVEL',
] as const;
export type Variable = (typeof variables)[number];

export interface InvalidVariable {
  variable: Variable;
  problem: VariableProblem;
}

export type ConfigProblem =
  | InvalidVariable
  | {
      variable: 'POLICY_FILE';
      problem: 'policy_file_wrong';
      file: string;
      /** From top to bottom. */
      places: readonly PolicyFileProblem[];
    };
