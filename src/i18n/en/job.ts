import type { JobOperation } from '../../domain/job/job';
import type { JobWords } from '../jobWords';
import { bold, code, moment, person, say } from '../text';
import { theRule } from './ruleName';

const label: JobWords['label'] = {
  creating: 'Created, not started',
  created: 'Created, not started',
  checking: 'Checking',
  check_passed: 'Check passed, not started',
  check_failed: 'Check failed',
  ready_run: 'Waiting to run',
  running: 'Running',
  ready_complete: 'Ready for the cut-over',
  completing: 'Cutting over',
  success: 'Migrated',
  pausing: 'Pausing',
  paused: 'Paused',
  resumable_error: 'Stopped by an error, resumable',
  resuming: 'Resuming',
  stopping: 'Stopping',
  canceled: 'Stopped',
  failed: 'Migration failed',
  error: 'Error',
  unknown: 'Status unknown',
  other: 'Unrecognized status',
  deleted: 'Job deleted',
};

const startsAt = (at: Date) => say`It starts at ${moment(at)}.`;

const button: JobWords['button'] = {
  check_job: 'Check',
  start_job: 'Start',
  modify_job: 'Edit job',
  skip_check: 'Skip items',
  complete_job: 'Cut over',
  continue_job: 'Continue',
  resume_job: 'Resume',
  pause_job: 'Pause',
  stop_job: 'Stop',
  delete_job: 'Delete job',
};

/** What people do with a job. */
export const jobActions: Readonly<Record<JobOperation, string>> = {
  check_job: 'check the job',
  start_job: 'start the job',
  modify_job: 'edit the job',
  skip_check: 'skip check items',
  complete_job: 'cut over',
  continue_job: 'continue the job',
  resume_job: 'resume the job',
  pause_job: 'pause the job',
  stop_job: 'stop the job',
  delete_job: 'delete the job',
};

/** Words about a job that exists. */
export const job: JobWords = {
  label,
  button,
  deleteOf: (id) => `Delete job (#${id})`,
  waits: (operation) => `${button[operation]}: waiting for approval`,
  underWay: {
    check_job: 'Starting the check',
    start_job: 'Starting the job',
    modify_job: 'Changing the job',
    skip_check: 'Skipping check items',
    complete_job: 'Cutting over',
    continue_job: 'Continuing the job',
    resume_job: 'Resuming the job',
    pause_job: 'Pausing the job',
    stop_job: 'Stopping the job',
    delete_job: 'Deleting the job',
  },
  status: (by, id, status, startAt) =>
    say`Job ${id}: ${status}. ${startAt === undefined ? '' : say`${startsAt(startAt)} `}Approved by ${by}`,
  prepared: {
    unchecked: 'Waiting for its check',
    createsFirst: (rule) =>
      say`Under the policy (${theRule(rule)}), Ferry creates and checks the job first. Then the approvers decide on its start.`,
    createdNext:
      'Ferry checks the job. When the check has passed, the approvers decide on the start.',
    waits: (id) => say`Job ${id} was created. Approvers can decide once its check has passed.`,
    passed: (id) => say`✅ The check of job ${id} passed.`,
    failed: (id) =>
      say`❌ The check of job ${id} failed. Fix the cause, then press ${bold(button.check_job)}, or edit the request.`,
    other: (id, status) => say`Job ${id}: ${status}.`,
    approvalStarts: 'The last approval starts the job.',
    approveAgain: 'The approvals were for this start, so the approvers decide again.',
    approvalsGone: 'The approvals were for this start and no longer count.',
    approvalFirst: 'The policy now requires approval before Ferry creates the job.',
    startedElsewhere: 'Someone started it in the console without approval.',
    lost: "This job can't be started anymore. To create a new one, edit the request. If nobody needs it, withdraw the request.",
    deletes: (id) => say`Job ${id} is not needed anymore, and Ferry deletes it`,
    ended: (ending, afterwards) => say`${ending}. ${afterwards}`,
    kept: (id, isAgain) =>
      say`Someone started job ${id} outside of Ferry, so Ferry does not delete it. If nobody needs it, stop and delete it here${isAgain ? '; Ferry then creates it again with the new parameters' : ''}`,
    createsAgain: (id) => say`Ferry deletes job ${id} and creates it again with the new parameters`,
    notNeeded: 'The job is not needed anymore, so Ferry deletes it.',
    replaces: 'Ferry deletes the job with the old parameters and creates a new one.',
    form: 'The approval rules here let Ferry create some jobs when you submit the form: passwords are sent to Tencent Cloud, and the job is checked, before anyone approves. The job starts only after approval.',
    sent: (request, where) =>
      say`${request} is posted in ${where}. Ferry creates and checks its job now; the approvers decide on the start. Updates appear in its thread.`,
    whenStarted: 'Ferry creates and checks the job first; approval starts it',
    whenScheduled: (at, utc8) =>
      say`Ferry creates and checks the job first; once approved, it runs at ${at} (${utc8}, UTC+8)`,
  },
  lag({ lagMegabytes, lagSeconds }) {
    const parts = [
      ...(lagSeconds === undefined ? [] : [`${lagSeconds} s`]),
      ...(lagMegabytes === undefined ? [] : [`${lagMegabytes} MB`]),
    ];
    return parts.length === 0 ? undefined : parts.join(' and ');
  },
  scheduled: (status, at) => say`${status} · Start time: ${moment(at)}`,
  isolated: (status) => say`${status} · DTS isolated the job and deletes it later`,
  missing: (since) =>
    say`⚠️ DTS has not found this job since ${moment(since)}. Ferry keeps checking before it treats the job as deleted.`,
  startsAt,
  confirm: {
    complete_job: (lag) => ({
      title: 'Cut over now?',
      text: `${lag === undefined ? 'DTS does not report how far the target is behind.' : `The target is ${lag} behind the source.`} DTS applies the remaining changes and ends the migration. Stop writes to the source first.`,
      yes: 'Cut over',
      no: 'Cancel',
    }),
    stop_job: {
      title: 'Stop the migration?',
      text: 'The job ends and cannot continue. Data that was already copied stays in the target, and later changes in the source are not copied.',
      yes: 'Stop',
      no: 'Cancel',
    },
    withdraw: {
      title: 'Withdraw the change?',
      text: 'The job keeps its parameters.',
      yes: 'Withdraw',
      no: 'Cancel',
    },
    delete_job: {
      title: 'Delete the job?',
      text: 'DTS removes the job with its settings, steps and logs. The data in the target stays.',
      yes: 'Delete job',
      no: 'Cancel',
    },
  },
  resume: {
    title: 'Resume the job',
    submit: 'Resume',
    option: 'Data in the target',
    options: {
      overwrite: 'Keep it and overwrite existing keys',
      clearData: 'Delete all of it first',
    },
    hint: 'Deleting all data in the target requires every approval again.',
  },
  skip: {
    title: 'Skip check items',
    submit: 'Skip items',
    items: 'Items to skip',
    risk: (item, risk) => say`${item}: ${risk}`,
    foreignKeys: 'Foreign keys',
    foreignKeyOptions: { shield: 'Do not migrate them', migrate: 'Migrate them' },
    noItems: 'Please choose at least one item.',
    noForeignKeys: 'Please choose what happens to foreign keys.',
  },
  thread: {
    skips: (by, items, foreignKeys, tally, missing) =>
      say`${person(by)} wants to skip these check items${tally}: ${items}.${
        foreignKeys === undefined
          ? ''
          : foreignKeys === 'shield'
            ? ' Foreign keys will not be migrated.'
            : ' Foreign keys will be migrated.'
      }${missing === undefined ? '' : say` ${missing}`} Reason:`,
    chose: (by, chosen, tally, missing) =>
      say`${person(by)} pressed ${bold(chosen)}${tally}.${missing === undefined ? '' : say` ${missing}`}`,
    automatic: (chosen, rule) =>
      say`Ferry continues with ${bold(chosen)}, because ${theRule(rule)} of the policy makes it automatic.`,
    notAutomatic: (chosen) =>
      say`The policy changed, so Ferry did not continue with “${chosen}”. To do it, press ${bold(chosen)} on the card.`,
    missed: (at, chosen, change) =>
      say`The start time, ${moment(at)}, has passed, so Ferry did not continue with “${chosen}”. To start the job at once, press ${bold(chosen)} on the card. To choose another time, press ${bold(change)}.`,
    askOthers: (who, chosen) => say`${who}: to approve, press ${bold(chosen)} on the card.`,
    reminded: (who, chosen, number = 1) =>
      say`${who}: “${chosen}” is still waiting for a decision.${number > 1 ? ` This is reminder ${number}.` : ''}`,
    unready: (requester, status, number = 1) =>
      say`${person(requester)}: the approvers can't approve the start while the job's status is “${status}”. See the card.${number > 1 ? ` This is reminder ${number}.` : ''}`,
    modified: (by, revision) =>
      say`${person(by)} wants to change the job's parameters. This is revision ${revision}. DTS gets these changes after approval:`,
    withdrew: (by, chosen) => say`${person(by)} withdrew “${chosen}”. The job is unchanged.`,
    declined: (by, chosen) => say`${person(by)} denied “${chosen}”. The job is unchanged. Reason:`,
    lapsed: (chosen) =>
      say`“${chosen}” did not get enough approvals in time. The job is unchanged.`,
    dropped: (chosen) => say`“${chosen}” is no longer possible, so Ferry canceled it.`,
    reopened: (chosen) =>
      say`${bold('The approvals are no longer enough.')} Ferry checked them again before “${chosen}”. The call was not made.`,
    accepted: {
      check_job: 'DTS is checking the job. Ferry will post the result here.',
      start_job: 'DTS accepted the start.',
      modify_job: 'DTS has the new parameters. The job needs another check before it can start.',
      skip_check: 'DTS will skip these items in its next check. Check the job again.',
      complete_job: 'DTS is cutting over.',
      continue_job: 'DTS is continuing the job.',
      resume_job: 'DTS is resuming the job.',
      pause_job: 'DTS is pausing the job.',
      stop_job: 'DTS is stopping the job.',
      delete_job: 'DTS accepted the deletion.',
    },
    found: 'No response arrived, but the job shows that DTS accepted the call.',
    moved: {
      creating: undefined,
      created: undefined,
      checking: undefined,
      check_passed: 'The check passed.',
      check_failed: 'The check failed. Fix the cause, then check again.',
      ready_run: undefined,
      running: undefined,
      ready_complete: 'The target has caught up with the source. The job waits for the cut-over.',
      completing: undefined,
      success: 'The migration is complete.',
      pausing: undefined,
      paused: undefined,
      resumable_error: 'An error stopped the job. Fix the cause, then resume the job.',
      resuming: undefined,
      stopping: undefined,
      canceled: 'The job was stopped.',
      failed: 'The migration failed.',
      error: 'An error stopped the job.',
      unknown: undefined,
      other: undefined,
      deleted: undefined,
    },
    elsewhere: (status) => say`The job was changed in the console. Its status is now “${status}”.`,
    again: (status) => say`DTS finds the job again. Its status is now “${status}”.`,
    now: (status) => say`The job's status is now “${status}”.`,
    other: (said) => say`DTS reports a status that Ferry doesn't know: ${said}. See the console.`,
    error: (text) => say`DTS says: ${text}`,
    solution: (text) => say`${bold('Remedy:')} ${text}`,
    checked: (passed, warnings, failed, skipped) =>
      say`Check items: ${[
        `${passed} passed`,
        ...(warnings === 0 ? [] : [`${warnings} with a warning`]),
        ...(failed === 0 ? [] : [`${failed} failed`]),
        ...(skipped === 0 ? [] : [`${skipped} skipped`]),
      ].join(', ')}.`,
    checkItem: (name, isFailed, reason) =>
      say`${isFailed ? '❌' : '⚠️'} ${name}${reason === undefined ? '' : say`: ${reason}`}`,
    readMore: 'Documentation',
    idle: (who, since) =>
      say`${who}: nobody has started this job since ${moment(since)}. Check and start it on the card, or delete it there. DTS rejects new jobs while the account has too many that were never started.`,
    notDeleted: (who, since) =>
      say`${who}: this job has not been needed since ${moment(since)}, but it still exists. If it runs, stop it. Then delete it on the card or in the DTS console.`,
    took: (duration) => say`It took ${duration}.`,
    lagAtEnd: (lag) => say`At the cut-over, the target was ${lag} behind.`,
    consistency: {
      consistent: 'The consistency check found no difference.',
      inconsistent: 'The consistency check found differences. See the console.',
      unstart: 'The consistency check has not started. See the console.',
      running: 'The consistency check is still running. See the console for its result.',
      failed: 'The consistency check failed, so nothing shows whether the data is the same.',
      canceled:
        'The consistency check was canceled, so nothing shows whether the data is the same.',
    },
    failedStep: (number, of, name) => say`It failed in step ${number} of ${of}: ${name}.`,
  },
  history: {
    moved: (from, to, elsewhere) =>
      say`The job's status changed from “${from}” to “${to}”${elsewhere ? ' in the console' : ''}.`,
  },
  progress: {
    percent: (percent) => `${Math.round(percent)}%`,
    step: (number, of, name, percent) =>
      `Step ${number} of ${of}: ${name}${percent === undefined ? '' : `, ${Math.round(percent)}%`}`,
    lag: (lag) => `Target is ${lag} behind`,
    elapsed: (duration) => `Running for ${duration}`,
    ran: (duration) => `Ran for ${duration}`,
    started: (duration) => `Started ${duration} ago`,
    remaining: (duration) => `About ${duration} left in this step`,
  },
  list: {
    heading: (page) => (page === 1 ? 'Jobs' : `Jobs, page ${page}`),
    columns: ['Request', 'Job', 'Status', 'Step', 'Target lag'],
    digest: 'Running and waiting jobs, and jobs that failed in the last 7 days',
    none: 'Of the jobs that you can see, none is running or waiting, and none failed in the last 7 days.',
    more: say`There are more jobs. ${code('/migrate jobs')} lists those that you can see.`,
    next: (command, page) => say`More jobs: ${code(`${command} jobs ${page}`)}`,
  },
  duration(ms) {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (days > 0) return `${days} d ${hours % 24} h`;
    return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
  },
};
