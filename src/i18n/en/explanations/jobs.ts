import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** What the account, its instances and jobs have against the request. */
export const jobs = {
  FailedOperation: ({ from, to }) => ({
    headline: 'DTS tried and could not create the job.',
    meaning: `The code itself gives no reason. Look at both ends: ${from} and ${to}.`,
    causes: ['an instance is restarting or isolated', 'another task uses one of them'],
    next: 'Check in the console that both are running and free.',
  }),
  'FailedOperation.FailedOperationError': ({ to }) => ({
    headline: 'The operation failed inside DTS.',
    meaning: `DTS began to create the job for ${to} and gave up.`,
    causes: ['the destination is busy with another task', 'a short disturbance of DTS'],
    next: 'See whether the destination has a task under way; if it has none, try again.',
  }),
  'FailedOperation.NotAllowOperation': ({ to, region }) => ({
    headline: 'DTS does not allow this migration as things stand.',
    meaning: `The rules for ${to} in ${region} forbid it at the moment.`,
    causes: [
      'the destination is isolated, paused or not yet initialized',
      'another task is under way on it',
      'it is read-only or a disaster recovery instance',
    ],
    next: 'Bring the destination into the state “Running” without tasks, or choose another destination.',
  }),
  'FailedOperation.ProxyError': ({ from }) => ({
    headline: 'DTS could not get through to an instance.',
    meaning: `Its proxy to ${from} failed.`,
    causes: [
      'a firewall or security group shuts out DTS',
      'gateway or network of the source are wrong',
    ],
    next: "Open the source's port to the addresses of DTS that its console shows for the region.",
  }),
  'FailedOperation.StartJobFailed': ({ job }) => ({
    headline: 'DTS could not start the job.',
    meaning: `DTS has ${job}, but it does not run.`,
    causes: ['its check has not passed', 'source or destination changed since the check'],
    next: 'Run the check in the DTS console again, settle what it finds, and start the job there.',
  }),
  'FailedOperation.StatusInConflict': ({ job }) => ({
    headline: "The job's state does not allow this.",
    meaning: `The operation needs ${job} in another state.`,
    causes: ['somebody started, stopped or finished it meanwhile'],
    next: 'Look at the state of the job in the DTS console and go on from there.',
  }),
  'FailedOperation.StatusInConflictError': ({ to }) => ({
    headline: 'Something is in a state that does not allow this now.',
    meaning: `DTS means a job, or ${to}.`,
    causes: ['a step of another job is under way', 'the destination is being changed'],
    next: 'Wait until that step is over, which the DTS console shows.',
  }),
  LimitExceeded: ({ region }) => ({
    headline: 'A quota of the account is used up.',
    meaning: `DTS takes no more of something in ${region}.`,
    causes: ['the number of jobs has reached the quota'],
    next: 'Free what is not needed, or ask Tencent Cloud for a higher quota.',
  }),
  'LimitExceeded.MaxUnusedJobs': () => ({
    headline: 'The account has too many DTS jobs that were created and never started.',
    meaning: 'DTS creates no further job until some of them are started or deleted.',
    causes: ['jobs were created and forgotten', 'jobs wait for a check that failed'],
    next: 'In the DTS console, start the jobs that are needed and delete the others, the oldest first.',
  }),
  OperationDenied: () => ({
    headline: 'Tencent Cloud denied the operation for this account.',
    meaning: 'Request and key are fine; the account is held back.',
    causes: ['DTS is not activated', 'payments are overdue', 'the account is not verified'],
    next: 'Open the DTS console with the account: it says what is missing.',
  }),
  'OperationDenied.BizOperationDeniedError': ({ to }) => ({
    headline: 'A condition of DTS is not met.',
    meaning: `DTS denied the operation because of the state of a job or of ${to}.`,
    causes: ['an earlier step is missing', 'the instance does not qualify'],
    next: "Read DTS's words below, meet the condition, then try again.",
  }),
  'OperationDenied.JobOperationDeniedError': ({ job }) => ({
    headline: 'DTS refused to do this with the job.',
    meaning: `It concerns ${job}.`,
    causes: ['the job runs, or has ended', 'somebody else works on it'],
    next: 'Open the job in the DTS console and see which operations it offers.',
  }),
  'OperationDenied.MigrateServiceSupportError': ({ engines }) => ({
    headline: 'DTS does not support this kind of migration.',
    meaning: `It concerns ${engines} with these options.`,
    causes: ['the version of an engine is not supported', 'the access type does not fit'],
    next: 'Choose engines and access that the DTS console offers for new jobs.',
  }),
  'OperationDenied.NotEnoughMoneyError': () => ({
    headline: "The account's balance is too low.",
    meaning: 'DTS creates a job only when the account can pay for it.',
    causes: ['the balance is used up', 'a bill is overdue'],
    next: 'Top up the account or settle the bill.',
  }),
  'OperationDenied.OperationDenied': ({ region }) => ({
    headline: 'This operation cannot be performed by the account.',
    meaning: `DTS denied it in ${region} without a narrower reason.`,
    causes: ['DTS is not activated in the region', 'the account is restricted'],
    next: 'Try to create a job by hand in the DTS console: it names the restriction.',
  }),
  'OperationDenied.OperationDeniedError': ({ to }) => ({
    headline: 'DTS denied the operation.',
    meaning: `The account, or ${to}, does not meet what DTS asks for.`,
    causes: ['the destination is locked or isolated', 'service terms were not accepted'],
    next: 'Check the destination, then the notices in the DTS console.',
  }),
  ResourceInUse: ({ from, to }) => ({
    headline: 'Something is in use by another task.',
    meaning: `DTS means ${from} or ${to}.`,
    causes: ['another migration uses it', 'a backup or rollback is under way'],
    next: 'Wait for that task or end it in the console.',
  }),
  ResourceInsufficient: ({ region }) => ({
    headline: 'Tencent Cloud has not enough resources for the job.',
    meaning: `DTS is short of capacity in ${region}.`,
    causes: ['many jobs run there just now'],
    next: 'Try again later; if it stays so, ask Tencent Cloud support for capacity.',
  }),
  ResourceNotFound: ({ to, region }) => ({
    headline: 'DTS does not find something that the request names.',
    meaning: `Most likely ${to}, in ${region}.`,
    causes: ['the region is not that of the instance', 'the id is mistyped'],
    next: 'Compare id and region with the console, and correct the request.',
  }),
  'ResourceNotFound.BizResourceNotFoundError': ({ from, to }) => ({
    headline: 'DTS found no such resource.',
    meaning: `It looked for ${to} and ${from}.`,
    causes: ['an instance was deleted', 'it belongs to another account'],
    next: 'See in the console which of the two is gone, and correct the request.',
  }),
  'ResourceNotFound.JobNotExist': ({ job }) => ({
    headline: 'There is no such DTS job.',
    meaning: `DTS does not know ${job} in this region.`,
    causes: ['it was deleted', 'it lives in another region'],
    next: 'Look for the job in the DTS console, in the region of its destination.',
  }),
  'ResourceNotFound.ResourceNotFound': ({ to, region }) => ({
    headline: 'The instance was not found.',
    meaning: `DTS sees nothing in ${region} that could be ${to}.`,
    causes: ['the instance is in another region', 'it was terminated'],
    next: 'Pick the destination from the list in the form.',
  }),
  'ResourceNotFound.ResourceNotFoundError': ({ to }) => ({
    headline: 'DTS asked for an instance and got nothing.',
    meaning: `DTS could not read ${to}.`,
    causes: ['the id is of another engine', 'the instance is in the recycle bin'],
    next: 'Check that id and engine go together, and correct the request.',
  }),
  ResourceUnavailable: ({ to }) => ({
    headline: 'Something cannot be used at the moment.',
    meaning: `Most likely it is ${to}.`,
    causes: ['it is restarting or being upgraded', 'it is isolated for an unpaid bill'],
    next: 'Bring it back to “Running” in the console.',
  }),
  UnsupportedOperation: ({ engines }) => ({
    headline: 'DTS does not support this combination.',
    meaning: `It concerns ${engines}, the access types or the options.`,
    causes: [
      'this way to the source is not offered for the engine',
      'the type of migration is not',
    ],
    next: 'Choose another access or type in the request, as the DTS console offers them.',
  }),
  'UnsupportedOperation.IntraNetUserNotTaggedError': () => ({
    headline: 'Tags are missing.',
    meaning: 'This account must tag every job with department, product and owner.',
    causes: ['the request has no tags, or not all of them'],
    next: 'Add the tags for department, product and owner to the request.',
  }),
  UnsupportedRegion: ({ region }) => ({
    headline: 'DTS is not offered in this region.',
    meaning: `The call went to ${region}, where the destination is.`,
    causes: ['the region is mistyped', 'the site of the account does not have it'],
    next: 'Correct the region of the destination in the request.',
  }),
} satisfies Partial<Entries<ErrorCode>>;
