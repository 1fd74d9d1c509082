import type { StatusGroup } from '../../domain/channel/home';
import type { RequestStatus } from '../../domain/request/request';
import type { PayloadOf } from '../../domain/request/requestEvent';
import type { Lapse } from '../../domain/request/review';
import type { SecretPath } from '../../domain/secrets/secretReference';
import type { Variable, VariableProblem } from '../../domain/settings';
import { ago, bold, code, join, link, moment, type Part, person, say, type Text } from '../text';
import { audit } from './audit';
import { commandLine } from './commandLine';
import { configurationPage } from './configurationPage';
import { list } from './databaseList';
import { direct } from './direct';
import { doctor } from './doctor';
import { explanations } from './explanations/index';
import { fileProblem } from './fileProblem';
import { fieldProblem, form, oddity, options } from './form';
import { job, jobActions } from './job';
import { operations } from './operations';
import { policyFileProblem, policyFileWarning } from './policyFileProblem';
import { policyWords } from './policyWords';
import { refusal } from './refusal';
import { ruleTitle, theRule } from './ruleName';
import { watch } from './watch';

const people = (userIds: readonly string[]): Text =>
  join(
    userIds.map((userId) => [person(userId)]),
    ', ',
  );

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** 2nd, 3rd, 11th, 22nd … */
const ordinal = (count: number): string => `${count}${endings[ordinals.select(count)] ?? 'th'}`;

/** How many people must approve, and the lists that at least one of them must be on. */
function approvals(count: number, lists: readonly Text[], more: '' | 'more '): Text {
  const number = say`${count} ${more}${count === 1 ? 'approval' : 'approvals'}`;
  if (lists.length === 0) return number;
  if (lists.length > count) {
    const all = join(lists, ' and ');
    return count > 1
      ? say`approvals from ${all}, by at least ${count} people`
      : say`approval from ${all}`;
  }
  const each = join(
    lists.map((who) => say`one from ${who}`),
    ' and ',
  );
  return count > 1 ? say`${number}, at least ${each}` : say`${number} from ${join(lists, '')}`;
}

/** Lists names that people gave, each formatted separately. */
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
    sending: 'Sending the request…',
    lost: "Your migration request wasn't saved, and the form has closed. Please fill it in again.",
    done: (id: number, where: Part, approvals: Text | undefined): Text =>
      say`${bold(`Request #${id}`)} is posted in ${where} and needs ${approvals ?? 'approval'}. Updates appear in its thread.`,
    changed: (id: number, where: Part, waits: boolean): Text =>
      waits
        ? say`${bold(`Request #${id}`)} was updated. It needs approval again in ${where}.`
        : say`${bold(`Request #${id}`)} was resubmitted. Updates appear in its thread in ${where}.`,
    changedBefore: (id: number): Text =>
      say`${bold(`Request #${id}`)} has the changes of your earlier submission. What you changed since then was not saved. To add it, open the form again from the card.`,
    savedBefore: (id: number): Text =>
      say`${bold(`Request #${id}`)} was saved with the content of your earlier submission. What you changed since then was not saved. To request that instead, withdraw #${String(id)} and fill in a new form.`,
  },
  card: {
    /** `status` is one of `label`. */
    title: (mark: string, id: number, jobName: string, status: string) =>
      `${mark} Migration #${id}: ${jobName} · ${status}`,
    label: {
      pending: 'Waiting for approval',
      approved: 'Approved',
      launching: 'Creating the job',
      reconciling: 'Checking the outcome',
      created: 'Created, not started',
      prepared: 'Waiting for approval',
      discarding: 'Deleting the job',
      failed: 'Not created',
      unconfirmed: 'Outcome unknown',
      denied: 'Denied',
      withdrawn: 'Withdrawn',
      expired: 'Expired',
    } satisfies Record<RequestStatus, string>,
    emergencyLabel: (label: string) => `${label} · 🚨 Emergency approval`,
    way: (from: Text, to: Text): Text => say`${from} → ${to}`,
    instance: (name: Text, facts: readonly Text[]): Text =>
      facts.length === 0 ? name : say`${name} (${join(facts, ', ')})`,
    memory: (mb: number) => (mb < 1_024 ? `${mb} MB` : `${Math.round(mb / 1_024)} GB`),
    disk: (gb: number) => `${gb} GB disk`,
    asks: (by: string, what: Text): Text => say`${person(by)} requested: ${what}`,
    scheduled: (asked: Text, at: Part): Text => say`${asked}, scheduled for ${at}`,
    objectsAndType: (objects: Text, type: string): Text => say`${objects}; ${type}`,
    /** The rule's name, and the approvals that it requires or still waits for. */
    rule: (name: string, approvals: Text): Text => say`${bold(ruleTitle(name))}: ${approvals}`,
    fromAmong: (count: number, people: Text): Text =>
      say`${count} ${count === 1 ? 'approval' : 'approvals'} from ${people}`,
    /** The approvals that a request still needs may be from any of these people. */
    restFrom: (status: Text, people: Text): Text => say`${status} from ${people}`,
    risks: {
      instanceAbsent: {
        source: 'The source region has no instance of this engine with this ID.',
        target: 'The target region has no instance of this engine with this ID.',
      },
      targetUnusable: (reason: Part): Text => say`DTS says that it can't use the target: ${reason}`,
      targetReadOnly: 'The target is read-only during the migration.',
      rootOverwritten: "The migration overwrites the target's root account.",
      nameTakenByJob: (job: Part | string): Text => say`Job ${job} already has this name.`,
      nameTakenByRequest: (id: number): Text => say`Request #${id} already has this job name.`,
    },
    moreRisks: (count: number): Text =>
      say`${count} more ${count === 1 ? 'warning' : 'warnings'} in Details`,
    summary: (id: number, jobName: string, status: Text): Text =>
      say`Migration #${id} ${code(jobName)}: ${status}`,
    requester: 'Requested by',
    from: 'From',
    to: 'To',
    what: 'Scope',
    options: 'Options',
    when: 'Schedule',
    why: 'Reason',
    objects: 'Objects',
    tags: 'Tags',
    note: 'Warning',
    secrets: {
      'SrcInfo.Password': 'Source password',
      'SrcInfo.AccessKey': 'RDS AccessKey',
      'DstInfo.Password': 'Target password',
    } satisfies Record<SecretPath, string>,
    typedSecret: 'entered in the form (stored encrypted)',
    storedSecret: {
      ssm: (reference: Part): Text => say`${reference} from Secrets Manager`,
      env: (reference: Part): Text => say`${reference} from Ferry's environment variables`,
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
      ...(ways.length === 0 ? [] : say` via ${join(ways, ', ')}`),
      ...say` (${access}${region === undefined ? '' : `, access region ${region}`})`,
    ],
    addressUnknown: 'unknown address',
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
    /** Precede names that could belong to another level. */
    levels: {
      database: 'database',
      schema: 'schema',
      table: 'table',
      separator: ', ',
      between: '; ',
    },
    types: { '1': 'schema only', '2': 'full migration', '3': 'full + incremental migration' },
    consistency: {
      '1': 'consistency check not set',
      '2': 'full consistency check',
      '3': 'sampled consistency check',
      '4': 'consistency check of inconsistent tables only',
      '5': 'consistency check off',
    },
    optionSeparator: '; ',
    rootOverwritten: "overwrites the target's root account",
    rootKept: "keeps the target's root account",
    readOnly: (mode: string) => `target during the migration: ${mode}`,
    whenStarted: 'Approval creates the job; someone must then start it on the card',
    whenScheduled: (at: Part, utc8: string): Text =>
      say`Approval creates the job; once someone has started it on the card, it runs at ${at} (${utc8}, UTC+8)`,
    /** The same if the policy starts the job. */
    startedByPolicy: {
      whenStarted: 'Approval creates the job; Ferry starts it when its check has passed',
      whenScheduled: (at: Part, utc8: string): Text =>
        say`Approval creates the job; Ferry starts it when its check has passed, and it runs at ${at} (${utc8}, UTC+8)`,
    },
    approve: 'Approve',
    deny: 'Deny',
    clone: 'Clone',
    lookAgain: 'Search again',
    chooseJob: (jobId: string) => `Use ${jobId}`,
    takeBack: 'Revoke my approval',
    approveWithComment: 'Approve with comment',
    breakGlass: 'Use emergency approval',
    details: 'Details',
    edit: 'Edit',
    editAgain: 'Edit and resubmit',
    withdraw: 'Withdraw',
    tryFailedAgain: 'Try again',
    confirmWithdraw: {
      title: 'Withdraw the request?',
      text: 'Nobody will be able to approve it. To submit it again, use Clone.',
      yes: 'Withdraw',
      no: 'Cancel',
    },
    people,
    byPolicy: (rule: string): Text => say`the policy (${theRule(rule)})`,
    /** A person who gave an emergency approval. */
    brokeGlass: (by: string): Text => say`${person(by)} ${bold('(emergency approval)')}`,
    /** `count` people and one from each of `lists`. The same person may count for both. */
    needed: (count: number, lists: readonly Text[]): Text => approvals(count, lists, ''),
    stillNeeded: (count: number, lists: readonly Text[]): Text => approvals(count, lists, 'more '),
    tally: (count: number, required: number): Text => say` (${count} of ${required})`,
    revision: (revision: number): string => `Revision ${revision}`,
    status: {
      waiting: (needed: Text | undefined): Text => say`Waiting for ${needed ?? 'approval'}`,
      partlyApproved: (by: Text, given: number, required: number, stillNeeded: Text): Text =>
        given < required
          ? say`${given} of ${required} approvals: ${by}. Still needs ${stillNeeded}`
          : say`${given} ${given === 1 ? 'approval' : 'approvals'}: ${by}. Still needs ${stillNeeded}`,
      created: (by: Text, job: Part | string): Text =>
        say`Job ${job} created, not running yet. Approved by ${by}`,
      failed: (by: Text): Text => say`Job not created – see the thread. Approved by ${by}`,
      denied: (by: string): Text => say`Denied by ${person(by)} – reason in the thread`,
      withdrawn: (by: string): Text => say`Withdrawn by ${person(by)}`,
      expired: (at: Date): Text => say`Expired at ${moment(at)}: no decision in time`,
    },
  },
  listSeparator: ', ',
  thread: {
    askApprovers: (who: Text, needed: Text | undefined): Text =>
      needed === undefined
        ? say`${who}: please approve or deny this request.`
        : say`${who}: please approve or deny this request. It needs ${needed}.`,
    stillMissing: (stillNeeded: Text): Text => say`Still needed: ${stillNeeded}.`,
    channelMembers: (where: Part): Text => say`Members of ${where}`,
    requester: 'the requester',
    edited: (by: string, revision: number): Text =>
      say`${person(by)} edited the request. It is now revision ${revision}:`,
    sentAgain: (by: string): Text =>
      say`${person(by)} re-entered the password. Nothing else changed, so Ferry is trying again.`,
    changed: (label: string, from: Text, to: Text): Text =>
      say`${bold(`${label}:`)} ${from} → ${to}`,
    nothing: '(empty)',
    typedAgain: (label: string): Text => say`${bold(`${label}:`)} re-entered`,
    moreChanges: (count: number): Text => say`… and ${count} more. Details shows all.`,
    voided: (count: number): Text =>
      count === 1
        ? say`The earlier approval no longer counts.`
        : say`The ${count} earlier approvals no longer count.`,
    ruleChanged: (to: string): Text =>
      say`The policy changed: ${theRule(to)} now applies to this request.`,
    ruleChangedAfterApproval: (to: string): Text =>
      say`${bold('The policy changed after the approval.')} Now ${theRule(to)} applies, and this request does not have the approvals that it requires. The call was not made.`,
    reopened: say`${bold('The approvals are no longer enough.')} Ferry checked them again right before the call. The call was not made.`,
    lapsed: {
      not_a_member: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because the account is no longer a full member of this workspace.`,
      not_an_approver: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because ${person(by)} is no longer an approver of this request.`,
      no_emergency_approver: (by: string): Text =>
        say`The emergency approval by ${person(by)} no longer counts, because the policy no longer allows it.`,
      not_confirmed: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because the rule now requires approvers to type the ID of the target instance.`,
      author: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because ${person(by)} requested or edited this migration.`,
      other_revision: (by: string): Text =>
        say`The approval by ${person(by)} no longer counts, because the request was edited afterward.`,
    } satisfies Record<Lapse['because'], (by: string) => Text>,
    approvedSaying: (by: string, tally: Text, missing: Text | undefined): Text =>
      missing === undefined
        ? say`${person(by)} approved${tally}:`
        : say`${person(by)} approved${tally}. ${missing} Comment:`,
    brokeGlass: (by: string): Text =>
      say`🚨 ${person(by)} ${bold('used emergency approval')}, without the usual approvals. Reason:`,
    /** To the people who usually approve. */
    bypassed: (who: Text): Text => say`${who}: this request did not wait for your approval.`,
    /** The first line of a report to an audit channel or a lead. */
    emergency: (request: Part, jobName: string, where: Part): Text =>
      say`Emergency approval: ${request} ${code(jobName)} in ${where}`,
    /** After a line that the thread already has. `times`: including this one. */
    again: (times: number): string => ` (${ordinal(times)} time)`,
    takenBack: (by: string, tally: Text, missing: Text | undefined): Text =>
      say`${person(by)} revoked their approval${tally}.${missing === undefined ? '' : say` ${missing}`}`,
    withdrawn: (by: string): Text => say`${person(by)} withdrew the request.`,
    expired: say`This request expired without a decision. To submit it again, use Clone.`,
    reminded: (who: Text, number = 1): Text =>
      number > 1
        ? say`${who}: this request is still waiting for a decision. This is reminder ${number}.`
        : say`${who}: this request is still waiting for a decision.`,
    /**
     * An approval doesn't help because of the start time. `opensAt`: the launch window opens after
     * it.
     */
    tooLate: (
      requester: string,
      startTime: Date,
      opensAt: Date | undefined,
      edit: string,
      number = 1,
    ): Text => {
      const why =
        opensAt === undefined
          ? say`the start time, ${moment(startTime)}, has passed`
          : say`the launch window opens at ${moment(opensAt)}, after the start time, ${moment(startTime)}`;
      return say`${person(requester)}: ${why}, so an approval does not help. To choose a later start time, press ${bold(edit)} on the card.${number > 1 ? ` This is reminder ${number}.` : ''}`;
    },
    expires: (at: Date): Text => say`It expires at ${moment(at)}.`,
    triedAgain: (by: string): Text => say`${person(by)} retried the request.`,
    approved: (by: string, tally: Text, missing: Text | undefined): Text =>
      say`${person(by)} approved${tally}.${missing === undefined ? '' : say` ${missing}`}`,
    denied: (by: string): Text => say`${person(by)} denied the request:`,
    created: (job: Part | string): Text =>
      say`Job ${job} was created. It is ${bold('not running yet')}.`,
    found: (job: Part | string): Text =>
      say`Ferry found job ${job}: the call created it, although no response arrived. It is ${bold('not running yet')}.`,
    chosen: (by: string, job: Part | string): Text =>
      say`${person(by)} confirmed that ${job} is the job. It is ${bold('not running yet')}.`,
    lookUnanswered: 'DTS did not respond, or its response was unreadable.',
    strayJob: (attempt: number, job: Part | string): Text =>
      say`${bold('Warning:')} a late response shows that attempt ${attempt} created job ${job}. If there are now two jobs, delete one in the DTS console before anyone starts it.`,
    createdNext: 'On the card, press Check, then Start.',
    /** What the policy makes automatic. */
    createdNextIf: {
      check: 'Ferry checks the job. When the check has passed, press Start on the card.',
      start: 'On the card, press Check. Ferry starts the job when the check has passed.',
      both: 'Ferry checks the job, and starts it when the check has passed.',
    },
    createdWho: 'the requester or an approver, unless the policy names others',
    requestId: (requestId: string): Text => say`RequestId ${code(requestId)}`,
    next: 'Next step:',
    who: 'Who can do it:',
    quote: 'Original message:',
    withheld: 'Ferry does not show the original message, because it could contain the password.',
  },
  reference: (errorCode: Part, requestId: Part): Text => say`${errorCode}, RequestId ${requestId}`,
  explanations,
  job,
  operations,
  watch,
  decision: {
    approve: { title: 'Approve request', submit: 'Approve' },
    break_glass: { title: 'Emergency approval', submit: 'Approve now' },
    deny: { title: 'Deny request', submit: 'Deny' },
    denyOperation: { title: 'Deny this operation', submit: 'Deny' },
    cancel: 'Cancel',
    comment: 'Comment',
    reason: 'Reason',
    hint: 'It is posted in the thread, where everyone in the channel can read it.',
    breakGlassHint:
      'This skips the usual approvals. Your name and reason appear on the card, in the thread and in the audit log.',
    destination: 'Target instance ID',
    destinationHint: 'Type the ID to confirm: the migration writes into this instance.',
    missing: 'Please give a reason.',
    otherDestination: "This doesn't match the target instance on the card.",
    emergencyHint: say`If there is no time for the remaining approvals, you may use emergency approval: open the ${bold('…')} menu on the card and choose ${bold('Use emergency approval')}.`,
    typed: (words: Part): Text => say`You wrote:\n${words}`,
  },
  refusal,
  trouble: {
    action: say`Ferry couldn't save that, so nothing changed. Please try again in a minute.`,
    expiredForm: say`Slack didn't open the form. Please try again in a moment.`,
  },
  command: {
    help: (command: string, presets: readonly string[]): Text =>
      join(
        [
          say`${code(command)} – open a new request form`,
          say`${code(`${command} new NAME`)} – open the form prefilled from a preset${presets.length === 0 ? ' (none are set up yet)' : say`: ${named(presets)}`}`,
          say`${code(`${command} clone 42`)} – open the form prefilled from request #42, without typed passwords`,
          say`${code(`${command} list`)} – requests waiting for you, started jobs, your requests and recent requests`,
          say`${code(`${command} jobs`)} – running, waiting and failed jobs, with their progress`,
          say`${code(`${command} watch dts-r5gpejpe`)} – follow a job that Ferry did not create; if it is in another region, add the region. To stop: ${code(`${command} unwatch dts-r5gpejpe`)}`,
          say`${code(`${command} show 42`)} – status of request #42 and its job`,
          say`${code(`${command} policy`)} – approval rules for requests made in this channel`,
          say`${code(`${command} explain CODE`)} – explain a Tencent Cloud error code; add #42 to explain it for request #42`,
          say`${code(`${command} messages off`)} – turn off direct messages about your requests; ${code(`${command} messages on`)} turns them back on`,
          say`${code(`${command} help`)} – show this list`,
          say`Approve or deny requests on their cards or in Ferry's Home tab.`,
        ],
        '\n',
      ),
    numberMissing: (command: string, word: string): Text =>
      say`Which request? Add its number, for example ${code(`${command} ${word} 42`)}.`,
    unknown: (command: string, word: string, meant: string | undefined): Text =>
      meant === undefined
        ? say`Unknown command ${code(word)}. See ${code(`${command} help`)} for all commands.`
        : say`Unknown command ${code(word)}. Did you mean ${code(`${command} ${meant}`)}? See ${code(`${command} help`)} for all commands.`,
    noPreset: (name: string, meant: string | undefined, all: readonly string[]): Text =>
      meant !== undefined
        ? say`There is no preset ${code(name)}. Did you mean ${code(meant)}?`
        : all.length === 0
          ? say`There is no preset ${code(name)}, and none are set up. Your Ferry admin can add presets to the policy file.`
          : say`There is no preset ${code(name)}. Available presets: ${named(all)}.`,
    unavailable: say`Ferry can't load requests right now. Please try again in a minute.`,
    /** At the end of an incomplete list. */
    more: say`See Ferry's Home tab for more.`,
    card: 'Open the card',
    inChannel: (where: Part): Text => say`Its card is in ${where}.`,
    policy: (command: string, where: Part): Text =>
      say`Rules for requests made with ${code(command)} in ${where}. The first rule that matches a request applies.`,
    /** For direct messages, where requests have no channel. */
    policyAnywhere: (command: string): Text =>
      say`Rules for requests made with ${code(command)} in a direct message. The first rule that matches a request applies.`,
    /** `requests`: some that the person can see, with number and job name. */
    meant: (requests: readonly Text[]): Text => say`Did you mean ${join(requests, ' or ')}?`,
    covers: (what: Text): Text => say`Matches: ${what}`,
    moreRules: (count: number): Text =>
      say`… and ${count} more ${count === 1 ? 'rule' : 'rules'}; see the policy file.`,
  },
  direct,
  doctor,
  fileProblem,
  policy: policyWords,
  details: {
    title: 'Details',
    opening: 'Loading…',
    notRead: say`Ferry couldn't load this request. Please try again in a minute.`,
    asked: (by: string, at: Date): Text => say`Requested by ${person(by)} at ${moment(at)}`,
    heading: (id: number, jobName: string) => `Migration #${id}: ${jobName}`,
    summary: 'Summary',
    observedSource: 'Source instance',
    observedTarget: 'Target instance',
    rule: 'Rule',
    parameters: 'API parameters',
    nodes: 'Source nodes',
    secrets: 'Credentials',
    approvals: 'Approvals',
    noApprovals: 'None.',
    history: 'History',
    and: (count: number): Text => say`… and ${count} more`,
    earlier: (count: number): Text =>
      count === 1 ? say`… 1 earlier entry not shown` : say`… ${count} earlier entries not shown`,
    approval: (by: string, at: Date, revision: string, isEmergency: boolean): Text =>
      say`${person(by)}, ${moment(at)}, ${revision}${isEmergency ? say`, ${bold('emergency approval')}` : ''}`,
    /** Precedes an entry: its number in the history, the time and the revision. */
    entry: (seq: number, at: Date, revision: string): Text =>
      say`${bold(String(seq))} · ${moment(at)} · ${revision} · `,
    requested: (by: string): Text => say`${person(by)} requested the migration.`,
    reminderHeld: (until: Date): Text =>
      say`A reminder is due. Ferry sends it when the quiet hours end, at ${moment(until)}.`,
    refused: (by: string, action: string, told: Text): Text =>
      say`${person(by)} tried to ${action}. ${bold('Refused:')} “${told}”`,
    actions: {
      approve: 'approve',
      break_glass: 'use emergency approval',
      take_back: 'revoke an approval',
      deny: 'deny',
      withdraw: 'withdraw the request',
      edit: 'edit the request',
      look_again: 'search for the job again',
      choose_job: 'choose the job',
      try_again: 'retry the request',
      ...jobActions,
      unwatch: 'stop watching the job',
    } satisfies Record<PayloadOf<'attempt_refused'>['action'], string>,
  },
  home: {
    title: 'Database migrations',
    intro: (where: Part): Text =>
      say`Request a DTS migration here; approvers decide in ${where}. Ferry creates the job and posts its ID in the request's thread.`,
    request: 'Request a migration',
    waiting: 'Waiting for me',
    jobs: 'Jobs',
    mine: 'My requests',
    lately: 'Recent requests',
    version: (version: string): string => `Ferry ${version}`,
    none: {
      waiting: 'Nothing is waiting for you.',
      mine: "You haven't requested a migration yet.",
      lately: 'There are no requests that you can see yet.',
    },
    /** If a list above has requests. */
    noOthers: {
      mine: 'Your requests appear here, unless they are listed above.',
      lately: 'There are no other requests that you can see.',
    },
    noneWithStatus: 'None with this status.',
    noOthersWithStatus: 'No others with this status.',
    unsure: {
      waiting: say`Slack couldn't confirm which requests you may approve, so this list may be incomplete.`,
      lately: say`Slack couldn't confirm which channels you can see, so this list may be incomplete.`,
    },
    unavailable: say`Ferry can't load requests right now. Please reopen this tab in a minute.`,
    /** `url` of the card. */
    entry: (id: number, jobName: string, url?: string): Text =>
      say`${url === undefined ? bold(`#${id}`) : link(url, `#${id}`)} ${code(jobName)}`,
    filter: {
      everyStatus: 'Any status',
      status: {
        waiting: 'Waiting for approval',
        under_way: 'In progress',
        attention: 'Needs attention',
        done: 'Done',
      } satisfies Record<StatusGroup, string>,
      everyone: 'All requests',
      onlyMine: 'Only my requests',
    },
    age: (at: Date): Text => say` · ${ago(at)}`,
    page: (page: number): string => `Page ${page}`,
    previous: 'Previous',
    next: 'Next',
  },
  start: {
    /** Precedes the problems of a policy that was reloaded. */
    oldPolicyStays: 'Ferry keeps using the previous policy. Problems in the new one:',
    tokenRefused: (error: string) =>
      `Ferry cannot start: Slack rejected SLACK_BOT_TOKEN (${error}). Copy it again from api.slack.com/apps > your app > OAuth & Permissions.`,
    portTaken: (port: number) =>
      `Ferry cannot start: port ${port} is in use. Stop the other program or set PORT to a free port.`,
    portForbidden: (port: number) =>
      `Ferry cannot start: this user is not allowed to listen on port ${port}. Set PORT to a number above 1023.`,
    hostUnusable: (host: string) =>
      `Ferry cannot start: it cannot listen on ${host}. Set HOST to an address of this machine.`,
    appTokenRefused: (error: string) =>
      `Ferry cannot start: Slack rejected SLACK_APP_TOKEN (${error}). Create a new one at api.slack.com/apps > your app > Basic Information > App-Level Tokens, with the scope connections:write, and turn on Socket Mode.`,
    wrongAccount: (accountId: string, allowed: readonly string[]) =>
      `Ferry cannot start: the API key belongs to the account ${accountId}, and ALLOWED_ACCOUNT_IDS allows only ${allowed.join(', ')}. Use a key of an allowed account, or change the list.`,
    accountUnknown: (why: string) =>
      `Ferry cannot start: it cannot find out which account the API key belongs to, and ALLOWED_ACCOUNT_IDS is set. ${why}`,
    channel: {
      unknown: (channel: string) =>
        `Ferry cannot start: it cannot see the channel ${channel}. Check APPROVAL_CHANNEL. If the channel is private, invite the bot first (/invite @Ferry).`,
      not_joined: (channel: string) =>
        `Ferry cannot start: the bot is not in the channel ${channel} (APPROVAL_CHANNEL). Invite it there: /invite @Ferry.`,
      archived: (channel: string) =>
        `Ferry cannot start: the channel ${channel} (APPROVAL_CHANNEL) is archived. Unarchive it or choose another channel.`,
    },
    /** Problems with the people in the policy. `heading` precedes those that stop the start. */
    people: {
      heading:
        'Ferry cannot start: under this policy, too few people can approve a request or decide on an operation.',
      group: {
        unknown: (group: string) =>
          `Slack has no user group ${group}. Check the ID or use another group.`,
        disabled: (group: string) =>
          `The user group ${group} is disabled in Slack. Enable it there or use another group.`,
        empty: (group: string) =>
          `The user group ${group} has no members. Add people to it in Slack or use another group.`,
        no_plan: (group: string) =>
          `The workspace's Slack plan has no user groups, so nobody is in ${group}. List users (U…) or a channel (C…) instead, or upgrade the plan.`,
        no_scope: (group: string) =>
          `Ferry is not allowed to read the members of the user group ${group}. Add the scope usergroups:read to the app (see manifest.yml), then reinstall the app.`,
      },
      channel: {
        unknown: (channel: string) =>
          `Ferry cannot see the channel ${channel}. Check the ID. If the channel is private, invite the bot first (/invite @Ferry).`,
        archived: (channel: string) =>
          `The channel ${channel} is archived. Unarchive it or use another channel.`,
        no_scope: (channel: string) =>
          `Ferry is not allowed to read the members of the channel ${channel}. Add the scopes channels:read and groups:read to the app (see manifest.yml), then reinstall the app.`,
      },
      user: {
        unknown: (user: string) => `Slack has no user ${user}. Check the ID or list another user.`,
        deactivated: (user: string) =>
          `The user ${user} is deactivated in Slack. List another user.`,
        bot: (user: string) =>
          `The user ${user} is an app, which cannot press buttons. List another user.`,
      },
      tooFew: (ids: readonly string[], required: number, most: number) =>
        `The policy requires ${required} people from ${ids.join(', ')}, but ${most === 1 ? 'only one person is' : `only ${most} people are`} in this list. Add people to the groups in Slack, or require fewer.`,
    },
    database: (where: string, detail: string) =>
      `Ferry cannot start: it cannot use the database ${where} (${detail}). Check DATABASE_URL, and that the folder or server is reachable and writable.`,
    databaseInUse: (path: string) =>
      `Ferry cannot start: another process uses ${path}. Stop that process first. To run several processes, use PostgreSQL (DATABASE_URL).`,
    databaseNewer:
      'Ferry cannot start: a newer version of Ferry has upgraded the database. Run that version, or restore an older backup.',
    stopped: 'Ferry was stopped before it was connected to Slack.',
    auditKey: (next: number) =>
      `Ferry cannot start: the audit log does not match AUDIT_KEY. If you have just set the first key, put ${next}: before it, so that it protects the events from position ${next} on. If a key was removed or changed, put it back; a new key follows the old ones after a comma. Otherwise someone changed the database: run audit verify (docs/audit.md).`,
  },
  audit,
  commandLine,
  config: {
    heading: (count: number) =>
      count === 1
        ? 'Ferry cannot start: one setting needs attention.'
        : `Ferry cannot start: ${count} settings need attention.`,
    footer:
      'Correct this in the environment or in a file named .env (see .env.example), then start again.',
    purposeLabel: 'Purpose:',
    whereLabel: 'Value:',
    page: configurationPage,
    variables: {
      SLACK_BOT_TOKEN: {
        purpose: 'lets Ferry post messages and open forms',
        where:
          'api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token (xoxb-…)',
      },
      SLACK_APP_TOKEN: {
        purpose: 'opens the connection to Slack (Socket Mode), so Ferry needs no public address',
        where:
          'api.slack.com/apps > your app > Basic Information > App-Level Tokens (xapp-…), scope connections:write',
      },
      SLACK_SIGNING_SECRET: {
        purpose: 'verifies that requests come from Slack (HTTP mode, without an app token)',
        where: 'api.slack.com/apps > your app > Basic Information > Signing Secret',
      },
      SLACK_API_URL: { purpose: "base URL of Slack's API", where: 'leave it unset' },
      SLACK_POSTS_PER_SECOND: {
        purpose: 'maximum messages per second in one channel, after a burst of ten',
        where: "optional; default 1, Slack's limit",
      },
      POLICY_FILE: {
        purpose: 'YAML file with the approval rules, the allowed secrets and the presets',
        where:
          'path of the file (see policy.example.yml); leave it unset to use the three settings below',
      },
      APPROVAL_CHANNEL: {
        purpose: 'channel where requests are posted and decided',
        where: "in Slack, at the bottom of the channel's details: Channel ID (C… or G…)",
      },
      APPROVERS: {
        purpose: 'people who may approve or deny',
        where:
          'user IDs (U…, W…) and user group IDs (S…), separated by commas, or channel for all members of the approval channel',
      },
      REQUIRED_APPROVALS: {
        purpose: 'number of approvals required',
        where: 'a number from 1 to 20; default 1',
      },
      OPEN_REQUESTS_PER_PERSON: {
        purpose: 'maximum number of open requests per person',
        where: 'a number from 1 to 10000; default 20',
      },
      TKE_ROLE_ARN: {
        purpose: 'role of the pod in TKE; Ferry gets its keys from it',
        where: 'TKE sets it in a pod whose service account has a role',
      },
      TKE_PROVIDER_ID: {
        purpose: 'identity provider of the TKE cluster',
        where: 'TKE sets it in a pod whose service account has a role',
      },
      TKE_WEB_IDENTITY_TOKEN_FILE: {
        purpose: 'file with the token of the pod',
        where: 'TKE sets it in a pod whose service account has a role',
      },
      TKE_REGION: {
        purpose: 'region of the TKE cluster, where Ferry exchanges the token for keys',
        where: 'TKE sets it in a pod whose service account has a role',
      },
      TENCENTCLOUD_CVM_ROLE: {
        purpose: 'role of the CVM that Ferry runs on; Ferry gets its keys from it',
        where: "the role's name in console.cloud.tencent.com/cam/role, or auto",
      },
      TENCENTCLOUD_ASSUME_ROLE_ARN: {
        purpose: 'role that Ferry assumes with its API key or profile',
        where: "the role's ARN in console.cloud.tencent.com/cam/role: qcs::cam::uin/…:roleName/…",
      },
      TENCENTCLOUD_SECRET_ID: {
        purpose: 'ID of the API key that Ferry calls DTS with',
        where:
          'console.cloud.tencent.com/cam/capi, for a sub-user with the CAM policy in docs/permissions.md',
      },
      TENCENTCLOUD_SECRET_KEY: {
        purpose: 'secret part of that key',
        where: 'console.cloud.tencent.com/cam/capi, shown once when the key is created',
      },
      TENCENTCLOUD_TOKEN: {
        purpose: 'session token of a temporary key',
        where: 'comes with a temporary key; otherwise leave it unset',
      },
      TENCENTCLOUD_METADATA_URL: {
        purpose: "address of the CVM's metadata service",
        where: 'leave it unset',
      },
      ALLOWED_ACCOUNT_IDS: {
        purpose: 'accounts whose keys Ferry may use',
        where: 'optional, for example 100012345678; from console.cloud.tencent.com/developer',
      },
      TENCENTCLOUD_REGION: {
        purpose: 'default target region in the form, and the region of Secrets Manager',
        where: 'a region ID, for example ap-guangzhou',
      },
      TENCENTCLOUD_ENDPOINT: {
        purpose: 'overrides the DTS endpoint',
        where: 'optional, for example dts.intl.tencentcloudapi.com',
      },
      DTS_CALLS_PER_SECOND: {
        purpose: 'maximum calls of each API action per second across all processes',
        where: "optional; default 20, the API's limit for an account",
      },
      DTS_TIMEOUT_SECONDS: {
        purpose:
          'how many seconds a call that changes a job may take, including the wait for its turn',
        where: 'optional; default 45',
      },
      DTS_SETTLE_SECONDS: {
        purpose:
          'how long Ferry searches for the job if no response arrived, before it asks an approver',
        where: 'optional; default 120',
      },
      DATABASE_URL: {
        purpose: 'database for requests and the audit log',
        where:
          'sqlite: and a file, for example sqlite:data/ferry.db; or postgres://… to run several processes, with ?sslmode=verify-full if the server runs on another machine',
      },
      RETENTION_DAYS: {
        purpose: 'days before finished requests and their history are deleted',
        where: 'optional; by default, requests are kept forever',
      },
      SEAL_KEYS: {
        purpose: 'encrypts the passwords that people type, until they are used',
        where: 'a name, a colon and 32 random bytes: echo "k1:$(openssl rand -base64 32)"',
      },
      AUDIT_KEY: {
        purpose: 'prevents anyone who can write to the database from forging the audit log',
        where:
          'optional: a position, a colon and 32 random bytes: echo "1:$(openssl rand -base64 32)"',
      },
      HTTPS_PROXY: {
        purpose: 'proxy through which Ferry reaches Slack and Tencent Cloud',
        where: 'optional, for example http://proxy.example:3128',
      },
      NO_PROXY: {
        purpose: 'hosts that Ferry reaches without the proxy',
        where: 'optional: names and domains, separated by commas',
      },
      HOST: {
        purpose: "address for health checks, metrics and, in HTTP mode, Slack's requests",
        where:
          'an IPv4 or IPv6 address, such as 0.0.0.0; default 127.0.0.1 in Socket Mode, all addresses of this machine in HTTP mode',
      },
      PORT: {
        purpose: "port for health checks, metrics and, in HTTP mode, Slack's requests",
        where: 'a number from 0 to 65535; default 3000',
      },
      SHUTDOWN_SECONDS: {
        purpose: 'how long Ferry waits for running work at shutdown',
        where: 'a whole number from 1 to 600; default 10',
      },
      DEFAULT_LOCALE: { purpose: 'default language', where: 'en or zh-CN' },
      LOG_LEVEL: { purpose: 'log level', where: 'debug, info, warn, error or silent' },
    } satisfies Record<Variable, { purpose: string; where: string }>,
    problems: {
      missing: 'is not set',
      no_connection: 'is not set, and neither is SLACK_SIGNING_SECRET; set one of them',
      bot_token_shape: 'is not a bot token, which starts with xoxb-',
      app_token_shape: 'is not an app-level token, which starts with xapp-',
      signing_secret_shape: 'is not a signing secret: it is too short or contains a space',
      url_shape: 'is not an https URL',
      url_extras:
        'contains a username, a password, a query or a fragment; write the URL without them (Ferry sends its credentials separately)',
      plain_http: 'would send secrets unencrypted: http is allowed only for this machine',
      policy_file_unreadable: 'points to a file that cannot be read',
      no_secrets:
        'is not set, and the policy file allows no secrets, so nobody could provide a password',
      replaced_by_policy_file:
        'conflicts with POLICY_FILE, whose file sets the same thing; remove one of them',
      channel_shape: 'is not a channel ID, which starts with C or G; a #name does not work',
      approvers_shape: 'contains something that is not a user ID, a user group ID or "channel"',
      approvals_shape: 'is not a whole number from 1 to 20',
      too_few_approvers: 'lists fewer people than REQUIRED_APPROVALS requires',
      region_shape: 'is not a region ID',
      region_is_zone: 'is a zone; leave out the number at its end, as in ap-shanghai',
      endpoint_shape: 'must be a host name, or a URL without a path',
      secret_id_shape:
        'is not the ID of an API key, which contains only letters, digits, - and _, and usually starts with AKID; copy it again, without quotes, spaces or invisible characters',
      secret_key_shape:
        'contains a character that is not allowed in an API key; copy it again, without quotes, spaces or invisible characters',
      cloud_token_shape:
        'contains a character that is not allowed in a token; copy it again, without quotes, spaces or invisible characters',
      account_ids_shape:
        'is not a list of account IDs, which contain only digits; separate them with commas',
      role_arn_shape: 'is not the ARN of a role: qcs::cam::uin/100012345678:roleName/ferry',
      cvm_role_shape:
        'is not the name of a role, which contains only letters, digits and + = , . @ _ -',
      metadata_shape: 'is not an http URL of a host, such as http://metadata.tencentyun.com/',
      url_password:
        'contains a character in its username or password that must be percent-encoded: # as %23, ? as %3F, @ as %40, / as %2F, % as %25',
      database_shape:
        'is neither sqlite: and a path, such as sqlite:data/ferry.db, nor a valid postgres:// URL, or its certificate file cannot be read',
      database_extras:
        'contains a character that ends the path: write # as %23 and ? as %3F in the username and password; the path of an SQLite file cannot contain either',
      database_plain:
        'would send the audit log and encrypted passwords unprotected to another machine; add ?sslmode=verify-full, or ?sslmode=no-verify if Node does not trust the certificate of the server, or ?sslmode=disable if the network protects the connection',
      calls_shape: 'is not a whole number from 1 to 1000',
      timeout_shape: 'is not a whole number from 1 to 600',
      settle_shape: 'is not a whole number from 1 to 86400',
      retention_shape: 'is not a whole number from 1 to 36500',
      seal_keys_shape: 'is not a list of name:key, where each key is 32 bytes in base64',
      seal_keys_twice: 'uses the same name for two keys',
      audit_key_shape: 'is not a list of position:key, where each key is 32 bytes in base64',
      audit_key_order: 'does not list its keys in order of position',
      posts_shape: 'is not a whole number from 1 to 1000',
      open_requests_shape: 'is not a whole number from 1 to 10000',
      shutdown_shape: 'is not a whole number from 1 to 600',
      host_shape: 'is not an IPv4 or IPv6 address; for this machine only, use 127.0.0.1',
      proxy_shape: 'is not an http or https URL of a proxy, such as http://proxy.example:3128',
      port_shape: 'is not a whole number from 0 to 65535',
      locale_unknown: 'is not a supported language (en, zh-CN)',
      log_level_unknown: 'is not a log level (debug, info, warn, error, silent)',
    } satisfies Record<VariableProblem, string>,
    policyFileWrong: (count: number) =>
      count === 1 ? 'points to a file with 1 error' : `points to a file with ${count} errors`,
    policyFileProblem,
    policyFileWarning,
  },
};

/** All words of one language. `en` defines the type, so another language can't miss a key. */
export type Messages = typeof en;
