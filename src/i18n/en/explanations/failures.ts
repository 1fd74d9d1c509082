import type { Failure } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** What fails before Tencent Cloud answers, or instead of it. */
export const failures: Entries<Failure | 'unlisted'> = {
  unlisted: () => ({
    headline: 'Tencent Cloud refused with a code that Ferry has no words for yet.',
    meaning: 'No job was created.',
    causes: ['the code is newer than this Ferry'],
    next: "Look the code up in Tencent Cloud's documentation; if that does not help, open a ticket with the RequestId.",
  }),
  name_not_found: () => ({
    headline: "Tencent Cloud's address could not be found. Nothing was sent.",
    meaning: 'Name resolution failed several times.',
    causes: ["DNS of Ferry's machine", 'a slip in TENCENTCLOUD_ENDPOINT'],
    next: 'Check name resolution on the machine and TENCENTCLOUD_ENDPOINT.',
  }),
  connection_refused: () => ({
    headline: 'Tencent Cloud could not be connected to. Nothing was sent.',
    meaning: 'The address is known, but nobody took the call.',
    causes: ['a firewall', 'no route to the internet', 'a wrong port in TENCENTCLOUD_ENDPOINT'],
    next: "Let Ferry's machine reach the DTS address on port 443.",
  }),
  tls_failed: () => ({
    headline: 'No trusted connection to Tencent Cloud came about. Nothing was sent.',
    meaning: 'The certificate at the address is not one that Ferry accepts.',
    causes: ['a proxy that opens TLS', 'a wrong clock', 'an address that is not of Tencent Cloud'],
    next: "Exempt the DTS address from the proxy's inspection, or check the clock.",
  }),
  process_paused: () => ({
    headline: 'Ferry was held up just before the call. Nothing was sent.',
    meaning: 'It gave up rather than call too late.',
    causes: ['the machine was suspended or overloaded'],
    next: 'Try again; if it recurs, give the machine more room.',
  }),
  not_sent: () => ({
    headline: 'Tencent Cloud could not be reached, several times. Nothing was sent.',
    meaning: 'No connection stood long enough to send the call.',
    causes: ['firewall or proxy', 'TENCENTCLOUD_ENDPOINT'],
    next: "Check that Ferry's machine reaches the DTS address.",
  }),
  rule_unclear: () => ({
    headline:
      'Ferry cannot tell which rule of the policy applies to this request. No call was made.',
    meaning: 'The policy now looks at something that this request does not contain.',
    causes: ['a rule names channels or source regions, and the request names none'],
    next: 'Clone the request. The form asks for what is missing.',
  }),
  requester_not_allowed: () => ({
    headline: 'The policy no longer lets the requester request this migration. No call was made.',
    meaning: 'Ferry checks this again right before it creates a job.',
    causes: [
      'the policy now names other requesters',
      'the requester left the group that the policy names',
      'the requester is no longer a full member of the workspace',
    ],
    next: 'Ask someone who may request it to clone this request, or change the policy.',
  }),
  record_altered: () => ({
    headline: 'The request is not stored as Ferry recorded it. No call was made.',
    meaning: 'Something other than Ferry changed it in the database.',
    causes: [
      'someone changed the database by hand or with a script',
      'part of a backup was restored',
    ],
    next: 'Tell the operator to run audit verify and to find out what changed. Then edit the request, which needs every approval again, or clone it.',
  }),
  secret_missing: () => ({
    headline: 'The password of this request is no longer stored. Nothing was sent.',
    meaning: 'Typed passwords are erased when a request ends.',
    causes: ['the request had ended once already'],
    next: 'Send the request again and type the password.',
  }),
  secret_no_key: () => ({
    headline: 'The key that sealed the password is not configured any more. Nothing was sent.',
    meaning: 'The password is there but cannot be opened.',
    causes: ['SEAL_KEYS was changed while the request waited'],
    next: 'Put the old key back at the end of SEAL_KEYS and restart Ferry.',
  }),
  secret_damaged: () => ({
    headline: 'The sealed password does not open. Nothing was sent.',
    meaning: 'It was changed after it was stored.',
    causes: ['the database was restored or edited', 'a key with the same id but other content'],
    next: 'Tell whoever runs Ferry; then send the request again and type the password.',
  }),
  secret_elsewhere: () => ({
    headline: 'The sealed password does not belong to this request as it is now. No call was made.',
    meaning:
      'A password opens only for the revision, hosts, accounts and instances that it was typed for.',
    causes: [
      'someone moved the password in the database',
      'someone changed the host, account or instance in the database',
    ],
    next: 'Tell the operator to run audit verify. Then edit the request and type the password again.',
  }),
  stored_secret_refused: ({ secret }) => ({
    headline: 'Secrets Manager did not give out the secret. Nothing was sent to DTS.',
    meaning: `It concerns ${secret}.`,
    causes: [
      "Ferry's key may not use ssm:GetSecretValue on it",
      'secret or version do not exist or are disabled',
    ],
    next: "Check both in the Secrets Manager console, and the CAM policy of Ferry's key.",
  }),
  stored_secret_not_reached: ({ secret }) => ({
    headline: 'Secrets Manager could not be reached, several times. Nothing was sent to DTS.',
    meaning: `Ferry could not read ${secret}.`,
    causes: ['a firewall lets DTS through, but not ssm'],
    next: "Let Ferry's machine reach the address of Secrets Manager.",
  }),
  stored_secret_unusable: ({ secret }) => ({
    headline: 'The secret cannot be used as a password. The call was not made.',
    meaning: `Ferry read ${secret}, and its value is not a password.`,
    causes: ['the value is JSON without exactly one password', 'the version is an old one'],
    next: 'Store the password alone, or JSON with one password key, and send the request again.',
  }),
  stored_secret_other_user: ({ secret }) => ({
    headline: 'The secret belongs to a user other than the form names. The call was not made.',
    meaning: `The user name in ${secret} differs from the one in the form.`,
    causes: ['the wrong secret was chosen', 'the secret was rotated to another account'],
    next: 'Correct the user or the secret in the form, and send the request again.',
  }),
  stored_secret_not_set: ({ secret }) => ({
    headline: 'The secret is not set in the environment of Ferry. Nothing was sent.',
    meaning: `Nothing, or an empty text, stands for ${secret}.`,
    causes: ['the variable FERRY_SECRET_… is missing'],
    next: 'Set the variable, with FERRY_SECRET_ before the name, and restart Ferry.',
  }),
  stored_secret_not_allowed: ({ secret }) => ({
    headline: 'The policy no longer allows this secret to be used here. Nothing was sent.',
    meaning: `It concerns ${secret}, for this destination, channel or requester.`,
    causes: ['the policy was changed after the request was made'],
    next: 'Choose another secret, or have the policy changed by whoever runs Ferry.',
  }),
  stored_secret_unknown_person: ({ secret }) => ({
    headline: 'Slack could not tell whether the requester may use this secret. Nothing was sent.',
    meaning: `It concerns ${secret}.`,
    causes: ['Slack did not answer, several times'],
    next: 'Wait a few minutes and try again.',
  }),
  timed_out: () => ({
    headline: 'The call was sent, but no answer came in time.',
    meaning: 'DTS may have created the job.',
    causes: ['DTS is slow', 'the network lost the answer'],
    next: 'Wait for what Ferry finds in DTS.',
  }),
  connection_lost: () => ({
    headline: 'The call was sent, but the connection broke before the answer.',
    meaning: 'DTS may have received it and created the job.',
    causes: ['a disturbance of the network', 'a proxy ended the connection'],
    next: 'Wait while Ferry looks for the job.',
  }),
  no_answer: () => ({
    headline: 'The call was sent, but no answer came.',
    meaning: 'Whether DTS carried it out cannot be told from here.',
    causes: ['the network, or DTS'],
    next: 'Wait: Ferry looks for the job and tells what it finds.',
  }),
  server_error: () => ({
    headline: 'The call was sent, but a server on the way answered with an error.',
    meaning: 'The answer is not one of DTS, which may still have carried out the call.',
    causes: ['a gateway or proxy', 'a disturbance of Tencent Cloud'],
    next: 'Wait until Ferry has looked for the job.',
  }),
  unreadable_answer: () => ({
    headline: 'The call was sent, but the answer could not be read.',
    meaning: 'It is not what CreateMigrateJob is documented to answer; the job may exist.',
    causes: ['a proxy or sign-in page answered', 'the answer was cut'],
    next: 'Wait for the result of the search for the job.',
  }),
  redirected: () => ({
    headline: 'The address answered with a redirect, which Ferry did not follow.',
    meaning: 'Following it would hand the password to another host.',
    causes: ['TENCENTCLOUD_ENDPOINT is not an API host', 'a proxy or sign-in page'],
    next: 'Correct the endpoint or the proxy; Ferry looks for the job meanwhile.',
  }),
  interrupted: () => ({
    headline: 'Ferry was stopped during the call and does not know how it ended.',
    meaning: 'The call may have been sent.',
    causes: ['a restart or a crash'],
    next: 'Nothing yet: Ferry goes on by looking for the job.',
  }),
};
