import type { Failure } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** Failures without an error code from Tencent Cloud. */
export const failures: Entries<Failure | 'unlisted'> = {
  unlisted: () => ({
    headline: "Tencent Cloud returned an error code that Ferry doesn't know yet.",
    meaning: 'The call changed nothing.',
    causes: ['the code is newer than this version of Ferry'],
    next: "Look up the code in Tencent Cloud's documentation. If that doesn't help, open a ticket with the RequestId.",
  }),
  no_keys: () => ({
    headline: 'Ferry has no valid keys for Tencent Cloud. The call was not made.',
    meaning:
      'Ferry could not get temporary keys for its role, or found no key in its profile that it may use.',
    causes: [
      'the metadata service or STS did not respond',
      'the role was deleted, or does not trust Ferry',
      'the token file or the profile cannot be read',
      'the new key in the profile belongs to another account',
    ],
    next: 'Run ferry doctor, which shows where the keys come from and why there are none.',
  }),
  name_not_found: () => ({
    headline: "Tencent Cloud's address could not be resolved. The call was not made.",
    meaning: 'DNS resolution failed several times.',
    causes: ["a DNS problem on Ferry's host", 'a typo in TENCENTCLOUD_ENDPOINT'],
    next: 'Check DNS on the host and TENCENTCLOUD_ENDPOINT.',
  }),
  connection_refused: () => ({
    headline: "Ferry couldn't connect to Tencent Cloud. The call was not made.",
    meaning: 'The address was resolved, but the connection was refused.',
    causes: ['a firewall', 'no route to the internet', 'a wrong port in TENCENTCLOUD_ENDPOINT'],
    next: "Allow Ferry's host to reach the DTS address on port 443.",
  }),
  tls_failed: () => ({
    headline:
      "Ferry couldn't establish a trusted TLS connection to Tencent Cloud. The call was not made.",
    meaning: 'Ferry does not trust the certificate at that address.',
    causes: [
      'a proxy inspects TLS',
      "the host's clock is wrong",
      'the address does not belong to Tencent Cloud',
    ],
    next: "Exclude the DTS address from the proxy's inspection, or correct the clock.",
  }),
  process_paused: () => ({
    headline: 'Ferry was paused just before the call. The call was not made.',
    meaning: 'Ferry canceled the call, because it would have come too late.',
    causes: ['the host was suspended or overloaded'],
    next: 'Try again. If this happens again, give the host more CPU and memory.',
  }),
  not_sent: () => ({
    headline: "Ferry couldn't reach Tencent Cloud after several tries. The call was not made.",
    meaning: 'No connection lasted long enough to send the call.',
    causes: ['a firewall or proxy', 'a wrong TENCENTCLOUD_ENDPOINT'],
    next: "Check that Ferry's host can reach the DTS address.",
  }),
  rule_unclear: ({ creates }) => ({
    headline:
      "Ferry can't tell which rule of the policy applies to this request. The call was not made.",
    meaning: 'The policy now depends on a value that this request does not contain.',
    causes: ['a rule lists channels or source regions, and the request has none'],
    next: creates
      ? 'Clone the request. The form has a field for the missing value.'
      : 'Ask your Ferry admin to change the policy, or continue in the DTS console.',
  }),
  start_time_passed: ({ creates, startBy }) => ({
    headline: 'The start time passes before the call can be made. The call was not made.',
    meaning: 'DTS could reject a job with such a start time, or start it at once.',
    causes: [
      'the launch window opens after the start time',
      'the call had to wait too long after the approval',
    ],
    next:
      startBy === 'approval'
        ? 'To start the job at once, approve the start again. To choose another time, edit the request.'
        : startBy === 'button'
          ? 'To start the job at once, press the button again. To choose another time, edit the job.'
          : `Edit the ${creates ? 'request' : 'job'}. Choose a later start time, or “Immediate” as the run mode.`,
  }),
  requester_not_allowed: ({ creates }) => ({
    headline:
      'The policy no longer allows the requester to request this migration. The call was not made.',
    meaning: 'Ferry checks this again right before the call.',
    causes: [
      'the policy now lists other requesters',
      'the requester left the group listed in the policy',
      'the requester is no longer a full member of the workspace',
    ],
    next: creates
      ? 'Ask someone who may request this to clone the request, or change the policy.'
      : 'Ask your Ferry admin to change the policy, or continue in the DTS console.',
  }),
  job_not_ready: () => ({
    headline: "The job's current status doesn't allow this. The call was not made.",
    meaning: "Ferry reads the job's status right before each call.",
    causes: [
      'someone changed the job in the console',
      'the status changed after the button was pressed',
    ],
    next: 'See the card. It shows the current status and the buttons that are possible now.',
  }),
  check_changed: () => ({
    headline: 'The result of the check changed. The call was not made.',
    meaning: 'Ferry reads the result of the check right before it skips items.',
    causes: [
      'one of the items no longer fails',
      'DTS no longer allows one of the items to be skipped',
      "Ferry couldn't read the result of the check",
    ],
    next: 'See the card. It shows the current result. Then choose the items again.',
  }),
  no_effect: () => ({
    headline: 'No response arrived, and the job shows no effect of the call.',
    meaning: 'DTS probably did not receive the call.',
    causes: ['the connection was lost', 'DTS was overloaded'],
    next: 'If the card still shows the same status, press the button again.',
  }),
  record_altered: ({ creates }) => ({
    headline: 'The request no longer matches the audit log. The call was not made.',
    meaning: 'Something other than Ferry changed it in the database.',
    causes: [
      'someone changed the database by hand or with a script',
      'part of a backup was restored',
    ],
    next: creates
      ? 'Ask your Ferry admin to run audit verify and to find out what changed. Then edit the request, which needs every approval again, or clone it.'
      : 'Ask your Ferry admin to run audit verify and to find out what changed. Until then, use the DTS console.',
  }),
  secret_missing: ({ creates }) => ({
    headline: 'The password of this request is no longer stored. The call was not made.',
    meaning: 'Ferry deletes typed passwords when a request ends.',
    causes: ['this request had already ended once'],
    next: creates
      ? 'Edit and resubmit the request, and re-enter the password.'
      : 'Edit the job again, and re-enter the password.',
  }),
  secret_no_key: () => ({
    headline: 'The key that encrypted the password is no longer configured. The call was not made.',
    meaning: "The password is stored, but Ferry can't decrypt it.",
    causes: ['SEAL_KEYS was changed while the request was waiting'],
    next: 'Put the old key back at the end of SEAL_KEYS and restart Ferry.',
  }),
  secret_damaged: ({ creates }) => ({
    headline: "The stored password can't be decrypted. The call was not made.",
    meaning: 'The password was changed after Ferry stored it.',
    causes: [
      'the database was restored or edited',
      'SEAL_KEYS now has a different key under the same name',
    ],
    next: creates
      ? 'Tell your Ferry admin. Then edit and resubmit the request, and re-enter the password.'
      : 'Tell your Ferry admin. Then edit the job again, and re-enter the password.',
  }),
  secret_elsewhere: ({ creates }) => ({
    headline:
      'The stored password does not belong to this request as it is now. The call was not made.',
    meaning:
      'A password works only for the revision, hosts, accounts and instances that it was typed for.',
    causes: [
      'someone moved the password in the database',
      'someone changed the host, account or instance in the database',
    ],
    next: creates
      ? 'Ask your Ferry admin to run audit verify. Then edit the request and re-enter the password.'
      : 'Ask your Ferry admin to run audit verify. Then edit the job again, and re-enter the password.',
  }),
  stored_secret_refused: ({ secret }) => ({
    headline: 'Secrets Manager refused to return the secret. The call was not made.',
    meaning: `Ferry couldn't read ${secret}.`,
    causes: [
      "Ferry's key lacks the permission ssm:GetSecretValue for it",
      "the secret or its version doesn't exist or is disabled",
    ],
    next: "Check the secret in the Secrets Manager console, and the CAM policy of Ferry's key.",
  }),
  stored_secret_busy: ({ secret }) => ({
    headline: "Secrets Manager can't return the secret right now. The call was not made.",
    meaning: `Ferry couldn't read ${secret}.`,
    causes: ['other programs call Secrets Manager with this account', 'a temporary outage'],
    next: 'Wait a few minutes and try again.',
  }),
  stored_secret_not_reached: ({ secret }) => ({
    headline: "Ferry couldn't reach Secrets Manager after several tries. The call was not made.",
    meaning: `Ferry couldn't read ${secret}.`,
    causes: ['a firewall allows DTS but not Secrets Manager (ssm)'],
    next: "Allow Ferry's host to reach the address of Secrets Manager.",
  }),
  stored_secret_unusable: ({ secret }) => ({
    headline: 'The secret cannot be used as a password. The call was not made.',
    meaning: `Ferry read ${secret}, but its value is not a password.`,
    causes: ['the value is JSON without exactly one password', 'the version is outdated'],
    next: 'Store only the password, or JSON with one password key. Then try again.',
  }),
  stored_secret_other_user: ({ secret }) => ({
    headline: 'The secret belongs to a user other than the one in the form. The call was not made.',
    meaning: `The username in ${secret} differs from the one in the form.`,
    causes: ['the wrong secret was selected', 'the secret was rotated to another account'],
    next: 'Correct the user or the secret in the form, then try again.',
  }),
  stored_secret_not_set: ({ secret }) => ({
    headline: "The secret is not set in Ferry's environment variables. The call was not made.",
    meaning: `There is no value for ${secret}, or the value is empty.`,
    causes: ['the variable FERRY_SECRET_… is missing'],
    next: 'Set the variable, with the prefix FERRY_SECRET_, and restart Ferry.',
  }),
  stored_secret_not_allowed: ({ secret }) => ({
    headline: 'The policy no longer allows this secret here. The call was not made.',
    meaning: `The policy doesn't allow ${secret} for this target, channel or requester.`,
    causes: ['the policy changed after the request was submitted'],
    next: 'Select another secret, or ask your Ferry admin to change the policy.',
  }),
  stored_secret_unknown_person: ({ secret }) => ({
    headline:
      "Slack couldn't confirm that the requester may use this secret. The call was not made.",
    meaning: `This is about ${secret}.`,
    causes: ['Slack did not respond after several tries'],
    next: 'Wait a few minutes and try again.',
  }),
  timed_out: () => ({
    headline: 'The call was sent, but no response arrived in time.',
    meaning: 'DTS may have created the job.',
    causes: ['DTS is slow', 'the response was lost on the network'],
    next: 'Wait: Ferry is searching DTS for the job.',
  }),
  connection_lost: () => ({
    headline: 'The call was sent, but the connection dropped before the response.',
    meaning: 'DTS may have received it and created the job.',
    causes: ['a network problem', 'a proxy closed the connection'],
    next: 'Wait: Ferry is searching DTS for the job.',
  }),
  no_answer: () => ({
    headline: 'The call was sent, but no response arrived.',
    meaning: "We can't tell whether DTS acted on it.",
    causes: ['a problem on the network or in DTS'],
    next: 'Wait: Ferry is searching DTS for the job.',
  }),
  server_error: () => ({
    headline: 'The call was sent, but a proxy or gateway returned an error.',
    meaning: "The response didn't come from DTS, which may still have created the job.",
    causes: ['a problem in a gateway or proxy', 'a brief Tencent Cloud outage'],
    next: 'Wait: Ferry is searching DTS for the job.',
  }),
  unreadable_answer: () => ({
    headline: "The call was sent, but the response couldn't be read.",
    meaning: 'It is not a documented response of CreateMigrateJob. The job may exist.',
    causes: ['a proxy or sign-in page answered', 'the response was truncated'],
    next: 'Wait: Ferry is searching DTS for the job.',
  }),
  redirected: () => ({
    headline: 'The address responded with a redirect, which Ferry did not follow.',
    meaning: 'Following it would send the password to another host.',
    causes: ['TENCENTCLOUD_ENDPOINT is not an API host', 'a proxy or sign-in page'],
    next: 'Correct the endpoint or the proxy. Ferry is searching DTS for the job.',
  }),
  interrupted: () => ({
    headline: "Ferry stopped during the call and doesn't know how it ended.",
    meaning: 'The call may have been sent.',
    causes: ['a restart or a crash'],
    next: 'Wait: Ferry is searching DTS for the job.',
  }),
};
