import type { Happening } from '../../domain/request/requestEvent';
import type { Lapse } from '../../domain/request/review';
import type { SecretPath } from '../../domain/secrets/secretReference';
import type { Variable, VariableProblem } from '../../domain/settings';
import { ago, bold, code, join, moment, type Part, person, say, type Text } from '../text';
import { audit } from './audit';
import { list } from './databaseList';
import { direct } from './direct';
import { doctor } from './doctor';
import { explanations } from './explanations/index';
import { fileProblem } from './fileProblem';
import { fieldProblem, form, oddity, options } from './form';
import { operations } from './operations';
import { policyFileProblem, policyFileWarning } from './policyFileProblem';
import { policyWords } from './policyWords';
import { refusal } from './refusal';

const people = (userIds: readonly string[]): Text =>
  join(
    userIds.map((userId) => [person(userId)]),
    ', ',
  );

/** How many people must approve, and which lists at least one of them must come from. */
function approvals(count: number, lists: readonly Text[], more: '' | 'more '): Text {
  const number = say`${count} ${more}${count === 1 ? 'approval' : 'approvals'}`;
  if (lists.length === 0) return number;
  if (lists.length <= count) {
    const from = count === 1 ? 'from' : 'one of them from';
    return join([number, ...lists.map((who) => say`${from} ${who}`)], count === 1 ? ' ' : ', ');
  }
  const each = join(
    lists.map((who) => say`from ${who}`),
    ' and ',
  );
  return count > 1 ? say`approval ${each}, ${count} people at least` : say`approval ${each}`;
}

/** Names that people gave, each set apart. */
const named = (names: readonly string[]): Text =>
  join(
    names.map((name) => [code(name)]),
    ', ',
  );

export const en = {
  form,
  options,
  fieldProblem,
  oddity,
  list,
  sent: {
    title: 'Request a migration',
    close: 'Close',
    sending: 'Sending the request …',
    lost: 'Your migration request was not stored, and the form is closed. Please fill it in again.',
    done: (id: number, where: Part, approvals: Text | undefined): Text =>
      say`${bold(`Request #${id}`)} is in ${where} and waits for ${approvals ?? 'an approval'}. The outcome appears in its thread.`,
    changed: (id: number, where: Part, waits: boolean): Text =>
      waits
        ? say`${bold(`Request #${id}`)} is changed, and waits in ${where} to be approved again.`
        : say`${bold(`Request #${id}`)} is sent again; its outcome appears in its thread in ${where}.`,
  },
  card: {
    title: (id: number, jobName: string) => `Migration #${id}: ${jobName}`,
    summary: (id: number, jobName: string, status: Text): Text =>
      say`Migration #${id} ${code(jobName)}: ${status}`,
    requester: 'Asked by',
    from: 'From',
    to: 'To',
    what: 'What',
    options: 'Options',
    when: 'When',
    why: 'Why',
    objects: 'Objects',
    tags: 'Tags',
    note: 'Note',
    secrets: {
      'SrcInfo.Password': 'Source password',
      'SrcInfo.AccessKey': 'RDS AccessKey',
      'DstInfo.Password': 'Destination password',
    } satisfies Record<SecretPath, string>,
    typedSecret: 'typed in the form, stored sealed',
    storedSecret: {
      ssm: (reference: Part): Text => say`${reference} in Secrets Manager`,
      env: (reference: Part): Text => say`${reference} in the environment of Ferry`,
    },
    fromValue: (
      engine: string,
      place: Text,
      user: Part | undefined,
      ways: readonly Text[],
      access: string,
      region: string | undefined,
    ): Text => [
      ...say`${engine} at ${place}`,
      ...(user === undefined ? [] : say` as ${user}`),
      ...(ways.length === 0 ? [] : say` by way of ${join(ways, ', ')}`),
      ...say` (${access}${region === undefined ? '' : `, near ${region}`})`,
    ],
    nodes: (count: number, first: readonly Text[]): Text =>
      say`${count} nodes: ${join(first, ', ')}${count > first.length ? ', …' : ''}`,
    toValue: (
      engine: string,
      instance: Part,
      user: Part | undefined,
      access: string,
      region: string,
    ): Text => [
      ...say`${engine} ${instance}`,
      ...(user === undefined ? [] : say` as ${user}`),
      ...say` (${access}, ${region})`,
    ],
    whatValue: (objects: string, type: string) => `${objects}, ${type}`,
    counts: (databases: number, tables: number) =>
      `${databases} ${databases === 1 ? 'database' : 'databases'}${tables === 0 ? '' : `, ${tables} ${tables === 1 ? 'table' : 'tables'}`}:`,
    named: (counts: string, names: Text): Text => say`${counts} ${names}`,
    more: (count: number) => (count === 0 ? '' : ` and ${count} more`),
    /** Before names that could be taken for those of another level. */
    levels: {
      database: 'database',
      schema: 'schema',
      table: 'table',
      separator: ', ',
      between: '; ',
    },
    types: { '1': 'structure only', '2': 'full data', '3': 'full data and ongoing changes' },
    consistency: {
      '1': 'no consistency check configured',
      '2': 'full consistency check',
      '3': 'consistency check of a sample',
      '4': 'consistency check of inconsistent tables',
      '5': 'no consistency check',
    },
    optionSeparator: '; ',
    rootOverwritten: 'overwrites the root account of the destination',
    rootKept: 'keeps the root account of the destination',
    readOnly: (mode: string) => `destination during the migration: ${mode}`,
    whenStarted: 'Created on approval; runs when somebody starts it in the DTS console',
    whenScheduled: (at: Part, utc8: string): Text =>
      say`Created on approval; once somebody starts it in the DTS console, it waits for ${at} (${utc8}, UTC+8)`,
    approve: 'Approve',
    deny: 'Deny',
    clone: 'Clone',
    lookAgain: 'Look again',
    chooseJob: (jobId: string) => `It is ${jobId}`,
    tryAgain: 'There is none: create it',
    confirmTryAgain: {
      title: 'Create the job?',
      text: 'Only if the DTS console shows no job of this name: otherwise there will be two.',
      yes: 'Create it',
      no: 'Cancel',
    },
    takeBack: 'Take back my approval',
    approveWithComment: 'Approve with a comment',
    breakGlass: 'Break glass',
    details: 'Details',
    edit: 'Edit',
    editAgain: 'Edit and send again',
    withdraw: 'Withdraw',
    tryFailedAgain: 'Try again',
    confirmWithdraw: {
      title: 'Withdraw the request?',
      text: 'It ends, and nobody can approve it any more. Clone asks for the same again.',
      yes: 'Withdraw it',
      no: 'Cancel',
    },
    people,
    /** Somebody who approved alone. */
    brokeGlass: (by: string): Text => say`${person(by)} ${bold('alone, breaking the glass')}`,
    /** `count` people and somebody from each of `lists`, who may be one of them. */
    needed: (count: number, lists: readonly Text[]): Text => approvals(count, lists, ''),
    stillNeeded: (count: number, lists: readonly Text[]): Text => approvals(count, lists, 'more '),
    tally: (count: number, required: number): Text => say` (${count} of ${required})`,
    revision: (revision: number): string => `Revision ${revision}`,
    status: {
      waiting: (needed: Text | undefined): Text => say`Waiting for ${needed ?? 'approval'}`,
      partlyApproved: (by: Text, given: number, required: number, stillNeeded: Text): Text =>
        given < required
          ? say`${given} of ${required} approvals: ${by}. Waiting for ${stillNeeded}`
          : say`${given} ${given === 1 ? 'approval' : 'approvals'}: ${by}. Waiting for ${stillNeeded}`,
      created: (by: Text, jobId: string): Text =>
        say`Job ${code(jobId)} is created, not yet running. Approved by ${by}`,
      failed: (by: Text): Text => say`No job was created; the thread says why. Approved by ${by}`,
      denied: (by: string): Text => say`Denied by ${person(by)}; the thread has the reason`,
      withdrawn: (by: string): Text => say`Withdrawn by ${person(by)}`,
      expired: (at: Date): Text => say`Expired at ${moment(at)}: nobody decided in time`,
    },
  },
  listSeparator: ', ',
  thread: {
    askApprovers: (who: Text, needed: Text | undefined): Text =>
      needed === undefined
        ? say`${who}: please approve or deny this request.`
        : say`${who}: please approve or deny this request. It takes ${needed}.`,
    stillMissing: (stillNeeded: Text): Text => say`Still missing: ${stillNeeded}.`,
    channelMembers: (where: Part): Text => say`Members of ${where}`,
    requester: 'the requester',
    edited: (by: string, revision: number): Text =>
      say`${person(by)} changed the request. It is now revision ${revision}:`,
    sentAgain: (by: string): Text =>
      say`${person(by)} typed the password again. Nothing else has changed, so Ferry makes the call again.`,
    changed: (label: string, from: Text, to: Text): Text =>
      say`${bold(`${label}:`)} ${from} → ${to}`,
    nothing: 'nothing',
    typedAgain: (label: string): Text => say`${bold(`${label}:`)} typed again`,
    moreChanges: (count: number): Text => say`… and ${count} more; Details shows all.`,
    voided: (count: number): Text =>
      count === 1
        ? say`The approval given so far does not count any more.`
        : say`The ${count} approvals given so far do not count any more.`,
    ruleChanged: (to: string): Text =>
      say`The policy changed: the rule “${to}” applies to this request now.`,
    ruleChangedAfterApproval: (to: string): Text =>
      say`${bold('The policy changed after the approval:')} the rule “${to}” applies now, and this request does not have the approvals that the rule requires. No call was made.`,
    reopened: say`${bold('The approvals no longer suffice.')} Ferry checked them again before creating the job. No call was made.`,
    lapsed: {
      not_a_member: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because the account is no longer a full member of this workspace.`,
      not_an_approver: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because ${person(by)} is not an approver of this request any more.`,
      no_emergency_approver: (by: string): Text =>
        say`The emergency approval by ${person(by)} no longer counts, because the policy does not allow it any more.`,
      not_confirmed: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because the rule now requires approvers to type the ID of the destination instance.`,
      author: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because ${person(by)} requested or changed this migration.`,
      other_revision: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because the request was changed after it.`,
    } satisfies Record<Lapse['because'], (by: string) => Text>,
    approvedSaying: (by: string, tally: Text, missing: Text | undefined): Text =>
      missing === undefined
        ? say`${person(by)} approved${tally}:`
        : say`${person(by)} approved${tally}. ${missing} The comment:`,
    brokeGlass: (by: string): Text =>
      say`🚨 ${person(by)} ${bold('approved alone, breaking the glass')}. The reason:`,
    takenBack: (by: string, tally: Text, missing: Text | undefined): Text =>
      say`${person(by)} took the approval back${tally}.${missing === undefined ? '' : say` ${missing}`}`,
    withdrawn: (by: string): Text => say`${person(by)} withdrew the request.`,
    expired: say`Nobody decided in time, so this request has ended. Clone asks for the same again.`,
    reminded: (who: Text): Text => say`${who}: this request still waits for a decision.`,
    expires: (at: Date): Text => say`Without one, it ends at ${moment(at)}.`,
    triedAgain: (by: string): Text => say`${person(by)} retried the request.`,
    approved: (by: string, tally: Text, missing: Text | undefined): Text =>
      say`${person(by)} approved${tally}.${missing === undefined ? '' : say` ${missing}`}`,
    denied: (by: string): Text => say`${person(by)} denied the request:`,
    created: (jobId: string): Text =>
      say`The job ${code(jobId)} is created. It is ${bold('not yet running')}.`,
    found: (jobId: string): Text =>
      say`The job ${code(jobId)} was found: the call had created it, although its answer was lost. It is ${bold('not yet running')}.`,
    chosen: (by: string, jobId: string): Text =>
      say`${person(by)} says that ${code(jobId)} is the job. It is ${bold('not yet running')}.`,
    lookUnanswered: 'DTS did not answer, or not in a way that could be read.',
    strayJob: (attempt: number, jobId: string): Text =>
      say`${bold('Careful:')} an answer to call ${attempt} came late: it had created the job ${code(jobId)}. If there are two jobs now, delete one in the DTS console before anybody starts it.`,
    createdNext: 'Open the job in the DTS console, run its check, then start it.',
    createdWho: 'anybody with DTS permissions in the account',
    requestId: (requestId: string): Text => say`RequestId ${code(requestId)}`,
    next: 'Next:',
    who: 'Who:',
    quote: 'Details:',
  },
  reference: (errorCode: Part, requestId: Part): Text => say`${errorCode}, RequestId ${requestId}`,
  explanations,
  operations,
  decision: {
    approve: { title: 'Approve the request', submit: 'Approve' },
    break_glass: { title: 'Break glass', submit: 'Approve alone' },
    deny: { title: 'Deny the request', submit: 'Deny' },
    cancel: 'Cancel',
    comment: 'Comment',
    reason: 'Reason',
    hint: 'It stands in the thread, for the requester and everybody in the channel.',
    breakGlassHint:
      'You approve alone, without waiting for others. This and your reason stand on the card, in the thread and in the record.',
    destination: 'Id of the destination instance',
    destinationHint: 'Please type it: the migration writes into this instance.',
    missing: 'Please give a reason.',
    otherDestination: 'This is not the id of the destination on the card.',
    typed: (words: Part): Text => say`You had written:\n${words}`,
  },
  refusal,
  trouble: {
    action: say`Ferry could not store what you did, so nothing was changed. Please try again in a minute.`,
    expiredForm: say`Slack did not open the form. Please try again in a moment.`,
  },
  command: {
    help: (command: string, presets: readonly string[]): Text =>
      join(
        [
          say`${code(command)} opens the form for a new migration request.`,
          say`${code(`${command} new NAME`)} opens it filled in from a preset${presets.length === 0 ? '; there are none yet' : say`: ${named(presets)}`}.`,
          say`${code(`${command} clone 42`)} opens it filled in from request #42, without its passwords.`,
          say`${code(`${command} messages off`)} ends direct messages about your requests, ${code(`${command} messages on`)} brings them back.`,
          say`${code(`${command} list`)} lists what waits for you, what you asked for, and what is new.`,
          say`${code(`${command} show 42`)} shows where request #42 stands.`,
          say`${code(`${command} policy`)} shows which rules apply to requests that are made in this channel.`,
          say`${code(`${command} explain CODE`)} explains an error code of Tencent Cloud; with #42 after it, as it concerns request #42.`,
          say`${code(`${command} help`)} shows this list.`,
          say`Requests are decided on their cards, or in Ferry's Home tab.`,
        ],
        '\n',
      ),
    numberMissing: (command: string, word: string): Text =>
      say`Which request? Please add its number, for example ${code(`${command} ${word} 42`)}.`,
    unknown: (command: string, word: string, meant: string | undefined): Text =>
      meant === undefined
        ? say`Ferry does not know ${code(word)}. ${code(`${command} help`)} lists what it knows.`
        : say`Ferry does not know ${code(word)}. Did you mean ${code(`${command} ${meant}`)}? ${code(`${command} help`)} lists what it knows.`,
    noPreset: (name: string, meant: string | undefined, all: readonly string[]): Text =>
      meant !== undefined
        ? say`There is no preset ${code(name)}. Did you mean ${code(meant)}?`
        : all.length === 0
          ? say`There is no preset ${code(name)}; none are set up. Whoever runs Ferry can add them to its policy file.`
          : say`There is no preset ${code(name)}. There are: ${named(all)}.`,
    unavailable: say`Ferry cannot read its requests at the moment. Please try again in a minute.`,
    /** At the end of a list that goes on. */
    more: say`There are more in Ferry's Home tab.`,
    card: 'Open the card',
    inChannel: (where: Part): Text => say`Its card is in ${where}.`,
    policy: (command: string, where: Part): Text =>
      say`Rules for requests made with ${code(command)} in ${where}. The first that covers a request applies.`,
    covers: (what: Text): Text => say`Covers: ${what}`,
    moreRules: (count: number): Text =>
      say`… and ${count} more ${count === 1 ? 'rule' : 'rules'}; the policy file has them all.`,
  },
  direct,
  doctor,
  fileProblem,
  policy: policyWords,
  details: {
    title: 'Details',
    opening: 'Reading the request …',
    notRead: say`Ferry could not read the request. Please try again in a minute.`,
    asked: (by: string, at: Date): Text => say`Asked by ${person(by)} at ${moment(at)}`,
    rule: 'Rule',
    parameters: 'Parameters',
    nodes: 'Nodes of the source',
    secrets: 'Where secrets come from',
    approvals: 'Approvals',
    noApprovals: 'None.',
    record: 'Record',
    and: (count: number): Text => say`… and ${count} more`,
    earlier: (count: number): Text =>
      count === 1
        ? say`… 1 earlier entry is left out.`
        : say`… ${count} earlier entries are left out.`,
    approval: (by: string, at: Date, revision: string): Text =>
      say`${person(by)}, ${moment(at)}, ${revision}`,
    /** Before what happened: its number in the record, the time, the revision. */
    entry: (seq: number, at: Date, revision: string): Text =>
      say`${bold(String(seq))} · ${moment(at)} · ${revision} · `,
    requested: (by: string): Text => say`${person(by)} asked for the migration.`,
    reminderHeld: (until: Date): Text =>
      say`A reminder is due. It waits for the end of the quiet hours, at ${moment(until)}.`,
    refused: (by: string, action: string, told: Text): Text =>
      say`${person(by)} tried to ${action}. ${bold('Refused:')} “${told}”`,
    actions: {
      approve: 'approve',
      break_glass: 'break the glass',
      take_back: 'take an approval back',
      deny: 'deny',
      withdraw: 'withdraw the request',
      edit: 'change the request',
      look_again: 'have the job looked for again',
      choose_job: 'name the job',
      try_again: 'have the request tried again',
    } satisfies Record<Extract<Happening, { type: 'attempt_refused' }>['action'], string>,
  },
  home: {
    title: 'Database migrations',
    intro: (where: Part): Text =>
      say`Ask for a migration with DTS; approvers decide in ${where}. Once approved, Ferry creates the job and posts its JobId in the request's thread.`,
    request: 'Request a migration',
    waiting: 'Waits for me',
    mine: 'I asked for',
    lately: 'Lately',
    none: {
      waiting: 'Nothing waits for you.',
      mine: 'You have not asked for a migration yet.',
      lately: 'There is no request that you can see yet.',
    },
    unsure: {
      waiting: say`Slack did not say who may approve everything, so this may not be all.`,
      lately: say`Slack did not say which channels you can see, so this may not be all.`,
    },
    unavailable: say`Ferry cannot read its requests at the moment. Please open this tab again in a minute.`,
    entry: (id: number, jobName: string): Text => say`${bold(`#${id}`)} ${code(jobName)}`,
    way: (from: Text, to: Text): Text => say`${from} → ${to}`,
    age: (at: Date): Text => say` · ${ago(at)}`,
    page: (page: number): string => `Page ${page}`,
    previous: 'Previous',
    next: 'Next',
  },
  start: {
    /** Before what would keep Ferry from starting with a policy that was read while it runs. */
    oldPolicyStays: 'Ferry goes on with the policy that it had. With the new one:',
    tokenRefused: (error: string) =>
      `Ferry cannot start: Slack does not accept SLACK_BOT_TOKEN (${error}). Copy the token again from api.slack.com/apps, your app, OAuth & Permissions.`,
    portTaken: (port: number) =>
      `Ferry cannot start: port ${port} is in use. Stop the other program or set PORT to a free one.`,
    portForbidden: (port: number) =>
      `Ferry cannot start: this user may not listen on port ${port}. Set PORT to one above 1023.`,
    hostUnusable: (host: string) =>
      `Ferry cannot start: it cannot listen on the address ${host}. Set HOST to an address of this machine.`,
    appTokenRefused: (error: string) =>
      `Ferry cannot start: Slack does not accept SLACK_APP_TOKEN (${error}). Make a new one at api.slack.com/apps, your app, Basic Information, App-Level Tokens, with the scope connections:write; Socket Mode must be on.`,
    channel: {
      unknown: (channel: string) =>
        `Ferry cannot start: Slack shows it no channel ${channel}. Check APPROVAL_CHANNEL; if the channel is private, invite the bot there first (/invite @Ferry).`,
      not_joined: (channel: string) =>
        `Ferry cannot start: the bot is not in the channel ${channel} (APPROVAL_CHANNEL). Invite it there: /invite @Ferry.`,
      archived: (channel: string) =>
        `Ferry cannot start: the channel ${channel} (APPROVAL_CHANNEL) is archived. Unarchive it or choose another one.`,
    },
    /** Of those whom the policy names; `heading` goes before those that stop the start. */
    people: {
      heading: 'Ferry cannot start: under the policy nobody, or too few, could approve.',
      group: {
        unknown: (group: string) =>
          `Slack has no user group ${group}. Check the id, or name others instead.`,
        disabled: (group: string) =>
          `The user group ${group} is disabled in Slack. Enable it there, or name others instead.`,
        empty: (group: string) =>
          `Nobody is in the user group ${group}. Add people to it in Slack, or name others instead.`,
        no_plan: (group: string) =>
          `The workspace's Slack plan has no user groups, so ${group} means nobody. Name users (U…) or a channel (C…) instead, or upgrade the plan.`,
        no_scope: (group: string) =>
          `Ferry may not see who is in the user group ${group}. Add the scope usergroups:read to the app (see manifest.yml), then install it again.`,
      },
      channel: {
        unknown: (channel: string) =>
          `Slack shows Ferry no channel ${channel}. Check the id; if the channel is private, invite the bot there first (/invite @Ferry).`,
        archived: (channel: string) =>
          `The channel ${channel} is archived. Unarchive it, or name others instead.`,
        no_scope: (channel: string) =>
          `Ferry may not see who is in the channel ${channel}. Add the scopes channels:read and groups:read to the app (see manifest.yml), then install it again.`,
      },
      user: {
        unknown: (user: string) =>
          `Slack has no user ${user}. Check the id, or name somebody else instead.`,
        deactivated: (user: string) =>
          `The user ${user} is deactivated in Slack. Name somebody else instead.`,
      },
    },
    database: (where: string, detail: string) =>
      `Ferry cannot start: the database ${where} cannot be used (${detail}). Check DATABASE_URL, and that the folder or the server can be reached and written to.`,
    databaseInUse: (path: string) =>
      `Ferry cannot start: another process uses ${path}. Stop it first; for several processes, set DATABASE_URL to a PostgreSQL server.`,
    databaseNewer:
      'Ferry cannot start: a newer version of Ferry has changed the database. Start that version, or restore a backup from before.',
    auditKey: (next: number) =>
      `Ferry cannot start: the newest event of the record does not fit AUDIT_KEY. If you have just set a key, put ${next}: before it, so that it protects the events from position ${next} on. If a key was removed or changed, put it back. Otherwise someone changed the database: run audit verify (docs/audit.md).`,
  },
  audit,
  config: {
    heading: (count: number) =>
      count === 1
        ? 'Ferry cannot start: one setting needs attention.'
        : `Ferry cannot start: ${count} settings need attention.`,
    footer:
      'Set them in the environment or in a file named .env (see .env.example), then start again.',
    purposeLabel: 'What for:',
    whereLabel: 'Where:',
    variables: {
      SLACK_BOT_TOKEN: {
        purpose: 'lets Ferry post messages and open forms',
        where: 'api.slack.com/apps, your app, OAuth & Permissions, Bot User OAuth Token (xoxb-…)',
      },
      SLACK_APP_TOKEN: {
        purpose: 'opens the connection to Slack (Socket Mode), so that no public address is needed',
        where:
          'api.slack.com/apps, your app, Basic Information, App-Level Tokens (xapp-…), scope connections:write',
      },
      SLACK_SIGNING_SECRET: {
        purpose: 'proves that a request comes from Slack (HTTP mode, when there is no app token)',
        where: 'api.slack.com/apps, your app, Basic Information, Signing Secret',
      },
      SLACK_API_URL: { purpose: "the address of Slack's API", where: 'leave it out' },
      SLACK_POSTS_PER_SECOND: {
        purpose: 'how many messages a second Ferry posts in one channel, after ten at once',
        where: "leave it out: 1, Slack's limit",
      },
      POLICY_FILE: {
        purpose: 'a file that says who decides, which secrets may be referred to, and presets',
        where:
          'the path of a YAML file (see policy.example.yml); leave it out to use the three settings below',
      },
      APPROVAL_CHANNEL: {
        purpose: 'the channel in which requests stand and are decided',
        where: "in Slack, the channel's details, at the bottom: Channel ID (C… or G…)",
      },
      APPROVERS: {
        purpose: 'who may approve or deny',
        where:
          'user ids (U…, W…) and user group ids (S…) with commas between them, or channel for all members of the approval channel',
      },
      REQUIRED_APPROVALS: {
        purpose: 'how many people must approve',
        where: 'a number from 1 to 20; 1 when left out',
      },
      OPEN_REQUESTS_PER_PERSON: {
        purpose: 'how many requests one person may have open at once',
        where: 'a number from 1 to 10000; 20 when left out',
      },
      TENCENTCLOUD_SECRET_ID: {
        purpose: 'the key with which Ferry calls DTS',
        where: 'console.cloud.tencent.com/cam/capi, of a sub-user that may only create DTS jobs',
      },
      TENCENTCLOUD_SECRET_KEY: {
        purpose: 'the secret half of that key',
        where: 'console.cloud.tencent.com/cam/capi, shown once when the key is made',
      },
      TENCENTCLOUD_TOKEN: {
        purpose: 'completes a temporary key',
        where: 'comes with a temporary key; leave it out otherwise',
      },
      TENCENTCLOUD_REGION: {
        purpose: 'the region that the form offers first for a destination',
        where: 'the id of a region, for example ap-guangzhou',
      },
      TENCENTCLOUD_ENDPOINT: {
        purpose: 'the address of DTS, where the one of the region is not wanted',
        where: 'leave it out, or for example dts.intl.tencentcloudapi.com',
      },
      DTS_CALLS_PER_SECOND: {
        purpose: 'how many calls a second Ferry makes at most, all processes together',
        where: "leave it out: 20, the API's limit for an account",
      },
      DTS_TIMEOUT_SECONDS: {
        purpose: 'how long Ferry waits for the answer when it creates a job',
        where: 'leave it out: 45 seconds',
      },
      DTS_SETTLE_SECONDS: {
        purpose: 'how long Ferry looks for a job whose answer was lost before it asks a person',
        where: 'leave it out: 120 seconds',
      },
      DATABASE_URL: {
        purpose: 'where requests and their record are stored',
        where:
          'sqlite: and a file, for example sqlite:data/ferry.db; or postgres://… for several processes, with ?sslmode=verify-full when it runs on another machine',
      },
      RETENTION_DAYS: {
        purpose: 'after how many days a request that ended is removed, with its record',
        where: 'leave it out: requests are kept for ever',
      },
      SEAL_KEYS: {
        purpose: 'seals the passwords that people type until they are used',
        where: 'a name, a colon and 32 random bytes: echo "k1:$(openssl rand -base64 32)"',
      },
      AUDIT_KEY: {
        purpose: 'keeps someone who can write to the database from forging the record',
        where:
          'leave it out, or a position, a colon and 32 random bytes: echo "1:$(openssl rand -base64 32)"',
      },
      HOST: {
        purpose: "the address for health checks, metrics and, in HTTP mode, Slack's requests",
        where:
          'leave it out: 127.0.0.1 in Socket Mode, every address of this machine in HTTP mode; or an IPv4 or IPv6 address, such as 0.0.0.0',
      },
      PORT: {
        purpose: "the port for health checks, metrics and, in HTTP mode, Slack's requests",
        where: 'a number from 0 to 65535; 3000 when left out',
      },
      SHUTDOWN_SECONDS: {
        purpose: 'how long a stop waits for what is under way',
        where: 'leave it out: 10; a whole number from 1 to 600',
      },
      DEFAULT_LOCALE: { purpose: 'the language of Ferry', where: 'en or zh-CN' },
      LOG_LEVEL: { purpose: 'how much is logged', where: 'debug, info, warn, error or silent' },
    } satisfies Record<Variable, { purpose: string; where: string }>,
    problems: {
      missing: 'is not set',
      no_connection: 'is not set, and neither is SLACK_SIGNING_SECRET: one of the two is needed',
      bot_token_shape: 'is not a bot token: those begin with xoxb-',
      app_token_shape: 'is not an app-level token: those begin with xapp-',
      signing_secret_shape: 'is not a signing secret: it is too short or holds a blank',
      url_shape: 'is not an https address',
      url_extras:
        'has a user name, a password, a query or a fragment. Give the address without them; Ferry sends its credentials itself.',
      plain_http: 'would send secrets unencrypted: http is accepted for this machine only',
      policy_file_unreadable: 'names a file that cannot be read',
      no_secrets:
        'is not set, and the policy file allows no secret either: nobody could give a password.',
      beside_policy_file:
        'is set, and so is POLICY_FILE, which says it instead: leave one of them out',
      channel_shape: 'is not the id of a channel: those begin with C or G; a #name does not do',
      approvers_shape: 'holds something that is no user id, no user group id and not "channel"',
      approvals_shape: 'is not a whole number from 1 to 20',
      too_few_approvers: 'names fewer people than REQUIRED_APPROVALS asks for',
      region_shape: 'is not the id of a region',
      region_is_zone: 'is a zone; leave out the number at its end, as in ap-shanghai',
      endpoint_shape: 'is not a host name or an address without a path',
      secret_id_shape:
        'is not the id of an API key: it has only letters, digits, - and _, and usually begins with AKID. Copy it again, without quotes, spaces or invisible characters',
      secret_key_shape:
        'contains a character that no API key has. Copy it again, without quotes, spaces or invisible characters',
      cloud_token_shape:
        'contains a character that no token has. Copy it again, without quotes, spaces or invisible characters',
      database_password:
        'has a character in its user name or password that must be percent-encoded: # as %23, ? as %3F, @ as %40, / as %2F, % as %25',
      database_shape:
        'is neither sqlite: and a path nor a valid postgres:// address, or it names a certificate file that cannot be read',
      database_extras:
        'has a character that ends the path: write # as %23 and ? as %3F in the user name and password. The path of an SQLite file has neither.',
      database_plain:
        'would send the record and sealed passwords unencrypted to another machine. Add ?sslmode=verify-full, or ?sslmode=no-verify when the server has a certificate of your own that Node does not trust. If the network protects the connection, say so with ?sslmode=disable.',
      calls_shape: 'is not a whole number from 1 to 1000',
      timeout_shape: 'is not a whole number from 1 to 600',
      settle_shape: 'is not a whole number from 1 to 86400',
      retention_shape: 'is not a whole number from 1 to 36500',
      seal_keys_shape: 'is not a list of name:key with keys of 32 bytes in base64',
      seal_keys_twice: 'uses a name for two keys',
      audit_key_shape: 'is not a list of position:key with keys of 32 bytes in base64',
      audit_key_order: 'does not list its keys in the order of their positions',
      posts_shape: 'is not a whole number from 1 to 1000',
      open_requests_shape: 'is not a whole number from 1 to 10000',
      shutdown_shape: 'is not a whole number from 1 to 600',
      host_shape: 'is not an IPv4 or IPv6 address; for this machine alone, write 127.0.0.1',
      port_shape: 'is not a whole number from 0 to 65535',
      locale_unknown: 'names a language that Ferry does not speak',
      log_level_unknown: 'names no level',
    } satisfies Record<VariableProblem, string>,
    policyFileWrong: (count: number) =>
      count === 1
        ? 'names a file in which one thing is wrong'
        : `names a file in which ${count} things are wrong`,
    policyFileProblem,
    policyFileWarning,
  },
};

/** Every word of one language. `en` is the measure: another one that misses a key does not compile. */
export type Messages = typeof en;
