import type { OperationName } from '../../domain/request/operations/operation';
import type { OperationWords } from '../operationWords';
import { code, join, moment, person, say } from '../text';

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
      unverified: say`Slack did not confirm that the approvers may still approve, so Ferry has not created the job yet. Ferry asks Slack again every 15 seconds.`,
      postponed: (attempt, until) =>
        say`Attempt ${attempt} failed; nothing was created. Retrying at ${moment(until)}.`,
      failed: 'The job was not created.',
      outcomeUnknown: 'Outcome unknown.',
      searching: 'Ferry is searching DTS for the job and will post the result here.',
      searchAgain: (by) => say`${person(by)} asked Ferry to search for the job again.`,
      callAgain: (by) => say`${person(by)} confirmed that no job exists. Ferry is creating it.`,
      foundNone: 'Ferry searched DTS and found no matching job.',
      foundSeveral: (jobs) =>
        say`Several DTS jobs match: ${join(
          jobs.map(({ jobId, createTime }) => say`${code(jobId)} (created ${createTime}, UTC+8)`),
          ', ',
        )}.`,
      searchFailed: "Ferry couldn't search DTS:",
      searchForbidden:
        "Ferry isn't allowed to search DTS. Add dts:DescribeMigrateJobs to the CAM policy of its key, then press Search again.",
      undecided: 'Nobody knows yet whether the job exists.',
      stillUnknown: (who) =>
        say`${who}: the outcome of this request is still unknown. Please check the DTS console, then decide on the card.`,
      failedAgain: (failures) => `Attempt ${failures}: the job was not created.`,
      unconfirmedNext: (jobName) =>
        say`In the DTS console, search for a job named ${code(jobName)}. Then press the button on the card that matches what you found.`,
    },
    record: {
      launched: (attempt) => say`Ferry called CreateMigrateJob (attempt ${attempt}).`,
      searched: (found) =>
        say`Ferry searched DTS for the job: ${found === 0 ? 'no match' : `${found} ${found === 1 ? 'match' : 'matches'}`}.`,
    },
    unconfirmed:
      "An approver will check the DTS console and decide on the card. You don't need to do anything.",
  },
};
