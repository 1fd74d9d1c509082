import type { JobOperation } from '../../domain/job/job';
import type { OperationName } from '../../domain/request/operations/operation';
import type { OperationWords } from '../operationWords';
import { bold, code, join, moment, person, say } from '../text';
import { job } from './job';

const again = 'Repeat the call';

/** @param failed says that the call had no effect. @param action the call by its name in the API */
function onJob(name: JobOperation, failed: string, action: string): OperationWords {
  const doing = job.underWay[name];
  const button = job.button[name];
  return {
    status: {
      underWay: (by) => say`${doing}… Approved by ${by}`,
      held: (by, at) => say`${doing} at ${moment(at)}. Approved by ${by}`,
      retrying: (by, at) => say`${failed} Retrying at ${moment(at)}. Approved by ${by}`,
      unverified: (by) =>
        say`“${button}” waits for Slack to confirm the approvers. Approved by ${by}`,
      searching: (by) =>
        say`Tencent Cloud's response did not arrive. Checking the job's status. Approved by ${by}`,
      unconfirmed: (by) => say`Outcome unknown – see the thread. Approved by ${by}`,
    },
    thread: {
      held: (until) => say`Ferry continues with “${button}” at ${moment(until)}.`,
      unverified: say`Slack did not confirm that the approvers may still approve “${button}”, so Ferry has not made the call yet. Ferry asks Slack again every 15 seconds. If this lasts, ask your Ferry admin to check the groups and channels in the policy.`,
      postponed: (attempt, until) =>
        say`Attempt ${attempt} failed; nothing changed. Retrying at ${moment(until)}.`,
      failed,
      outcomeUnknown: 'Outcome unknown.',
      searching: "Ferry is checking the job's status and will post the result here.",
      searchAgain: (by) => say`${person(by)} asked Ferry to check the job again.`,
      callAgain: (by) => say`${person(by)} asked Ferry to repeat the call.`,
      foundNone: 'The job does not show whether the call took effect.',
      foundSeveral: () => say`The job's status is not clear.`,
      searchFailed: "Ferry couldn't read the job:",
      searchForbidden:
        "Ferry isn't allowed to read the job. Add dts:DescribeMigrationDetail to the CAM policy of its key.",
      undecided: "We don't know yet whether the call took effect.",
      stillUnknown: (who) =>
        say`${who}: we still don't know whether the call took effect. Please press “${again}” on the card.`,
      failedAgain: (failures) => `Attempt ${failures}: ${failed}`,
      unconfirmedNext: () =>
        say`On the card, press ${bold(again)}. If DTS already has the new parameters, this changes nothing.`,
    },
    history: {
      launched: (attempt) => say`Ferry called ${action} (call ${attempt} on the job).`,
      searched: () => say`Ferry checked the job: no effect of the call yet.`,
    },
    // Only a change of the job's parameters can stay unknown: other effects show in the job.
    again,
    confirmAgain: {
      title: `${again}?`,
      text: 'Ferry sends the new parameters to DTS again. Then the job has to be checked before it can start.',
      yes: again,
      no: 'Cancel',
    },
    unconfirmed: "An approver will decide on the card. You don't need to do anything.",
  };
}

export const operations: Record<OperationName, OperationWords> = {
  create_job: {
    status: {
      underWay: (by) => say`Approved by ${by}. Creating the job…`,
      held: (by, at) =>
        say`Approved by ${by}. Ferry creates the job at ${moment(at)}, when the launch window opens`,
      retrying: (by, at) => say`Approved by ${by}. Job not created yet; retrying at ${moment(at)}`,
      unverified: (by) => say`Approved by ${by}. Waiting for Slack to confirm the approvers`,
      searching: (by) =>
        say`Tencent Cloud's response did not arrive. Checking whether the job exists. Approved by ${by}`,
      unconfirmed: (by) => say`Outcome unknown – see the thread. Approved by ${by}`,
    },
    thread: {
      held: (until) =>
        say`The launch window is closed. Ferry creates the job when the window opens, at ${moment(until)}.`,
      unverified: say`Slack did not confirm that the approvers may still approve, so Ferry has not created the job yet. Ferry asks Slack again every 15 seconds. If this lasts, ask your Ferry admin to check the groups and channels in the policy.`,
      postponed: (attempt, until) =>
        say`Attempt ${attempt} failed; nothing was created. Retrying at ${moment(until)}.`,
      failed: 'The job was not created.',
      outcomeUnknown: 'Outcome unknown.',
      searching: 'Ferry is searching DTS for the job and will post the result here.',
      searchAgain: (by) => say`${person(by)} asked Ferry to search for the job again.`,
      callAgain: (by) => say`${person(by)} confirmed that no job exists. Ferry is creating it.`,
      foundNone: 'Ferry searched DTS and found no matching job.',
      foundSeveral: (jobs) =>
        say`${jobs.length === 1 ? 'A DTS job may be the one of this request' : 'Several DTS jobs match'}: ${join(
          jobs.map(({ jobId, createTime }) => say`${code(jobId)} (created ${createTime}, UTC+8)`),
          ', ',
        )}.`,
      searchFailed: "Ferry couldn't search DTS:",
      searchForbidden:
        "Ferry isn't allowed to search DTS. Add dts:DescribeMigrateJobs to the CAM policy of its key, then press Search again.",
      undecided: "We don't know yet whether the job exists.",
      stillUnknown: (who) =>
        say`${who}: the outcome of this request is still unknown. Please check the DTS console, then decide on the card.`,
      failedAgain: (failures) => `Attempt ${failures}: the job was not created.`,
      unconfirmedNext: (jobName) =>
        say`In the DTS console, search for a job named ${code(jobName)}. Then press the button on the card that matches what you found.`,
    },
    history: {
      launched: (attempt) => say`Ferry called CreateMigrateJob (attempt ${attempt}).`,
      searched: (found) =>
        say`Ferry searched DTS for the job: ${found === 0 ? 'no match' : `${found} ${found === 1 ? 'match' : 'matches'}`}.`,
    },
    again: 'No job exists – create it',
    confirmAgain: {
      title: 'Create the job?',
      text: 'Check the DTS console first. If a job with this name already exists, you will end up with two.',
      yes: 'Create job',
      no: 'Cancel',
    },
    unconfirmed:
      "An approver will check the DTS console and decide on the card. You don't need to do anything.",
  },
  check_job: onJob('check_job', 'The job was not checked.', 'CreateMigrateCheckJob'),
  start_job: onJob('start_job', 'The job was not started.', 'StartMigrateJob'),
  modify_job: onJob('modify_job', 'The job was not changed.', 'ModifyMigrateJob'),
  skip_check: onJob('skip_check', 'The check items were not skipped.', 'SkipCheckItem'),
  pause_job: onJob('pause_job', 'The job was not paused.', 'PauseMigrateJob'),
  continue_job: onJob('continue_job', 'The job was not continued.', 'ContinueMigrateJob'),
  resume_job: onJob('resume_job', 'The job was not resumed.', 'ResumeMigrateJob'),
  complete_job: onJob('complete_job', 'The cut-over did not begin.', 'CompleteMigrateJob'),
  stop_job: onJob('stop_job', 'The job was not stopped.', 'StopMigrateJob'),
  delete_job: onJob('delete_job', 'The job was not deleted.', 'DeleteMigrateJob'),
};
