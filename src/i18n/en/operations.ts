import type { OperationName } from '../../domain/request/operations/operation';
import type { OperationWords } from '../operationWords';
import { code, join, moment, person, say } from '../text';

export const operations: Record<OperationName, OperationWords> = {
  create_job: {
    status: {
      underWay: (by) => say`Approved by ${by}. The job is being created`,
      held: (by, at) =>
        say`Approved by ${by}. The job is created at ${moment(at)}, when the hours for it begin`,
      retrying: (by, at) =>
        say`Approved by ${by}. No job was created yet; trying again at ${moment(at)}`,
      unverified: (by) => say`Approved by ${by}. Waiting for Slack to confirm the approvers`,
      searching: (by) =>
        say`The answer of Tencent Cloud was lost; looking whether the job is there. Approved by ${by}`,
      unconfirmed: (by) =>
        say`Not known whether the job exists; the thread says what to do. Approved by ${by}`,
    },
    thread: {
      held: (until) =>
        say`The policy has the job created at certain hours. They begin at ${moment(until)}; Ferry waits until then.`,
      unverified: say`Slack did not confirm that the approvers may still approve, so Ferry has not created the job yet. Ferry asks Slack again every 15 seconds.`,
      postponed: (attempt, until) =>
        say`Attempt ${attempt} created nothing. Trying again at ${moment(until)}.`,
      failed: 'No job was created.',
      outcomeUnknown: 'It is not known whether the job was created.',
      searching: 'Ferry looks for the job in DTS for a while and tells here what it finds.',
      searchAgain: (by) => say`${person(by)} asked Ferry to look for the job again.`,
      callAgain: (by) => say`${person(by)} says that there is no job. Ferry makes the call again.`,
      foundNone: 'Ferry looked for it in DTS and found none.',
      foundSeveral: (jobs) =>
        say`Several jobs in DTS fit: ${join(
          jobs.map(({ jobId, createTime }) => say`${code(jobId)} (created ${createTime}, UTC+8)`),
          ', ',
        )}.`,
      searchFailed: 'Ferry could not look for it in DTS:',
      searchForbidden:
        'Ferry may not look for it. With dts:DescribeMigrateJobs in the CAM policy of its key, Look again would work.',
      unconfirmedNext: (jobName) =>
        say`In the DTS console, look for a job named ${code(jobName)}. Then press a button on the card: look again, name the job, or have it created.`,
      unconfirmedWho: 'an approver',
    },
    record: {
      launched: (attempt) => say`Ferry made call ${attempt} of CreateMigrateJob.`,
      searched: (found) =>
        say`Ferry looked for the job in DTS: ${found === 0 ? 'none fits' : `${found} ${found === 1 ? 'fits' : 'fit'}`}.`,
    },
    unconfirmed:
      'Nobody can tell from here. An approver looks in the DTS console and decides on the card; you need not do anything.',
  },
};
