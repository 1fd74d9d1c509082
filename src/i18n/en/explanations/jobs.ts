import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** Errors about the account, its instances and its jobs. */
export const jobs = {
  FailedOperation: ({ from, to }) => ({
    headline: "DTS couldn't carry out the operation.",
    meaning: `The code does not say why. Check both ends: ${from} and ${to}.`,
    causes: ['an instance is restarting or isolated', 'another task is using one of them'],
    next: 'Check in the console that both instances are running and not in use.',
  }),
  'FailedOperation.FailedOperationError': ({ to }) => ({
    headline: 'The operation failed inside DTS.',
    meaning: `DTS began the operation for ${to} and gave up.`,
    causes: ['the target is busy with another task', 'a brief DTS outage'],
    next: 'Check whether a task is running on the target. If not, try again.',
  }),
  'FailedOperation.NotAllowOperation': ({ creates, to, region }) => ({
    headline: "DTS doesn't allow this in the target's current state.",
    meaning: `DTS can't work on ${to} in ${region} right now.`,
    causes: [
      'the target is isolated, paused or not yet initialized',
      'another task is running on it',
      'it is read-only or a disaster recovery instance',
    ],
    next: creates
      ? 'Wait until the target is “Running” with no tasks, or choose another target.'
      : 'Wait until the target is “Running” and no other task uses it.',
  }),
  'FailedOperation.ProxyError': ({ from }) => ({
    headline: "DTS couldn't connect to an instance.",
    meaning: `The DTS proxy to ${from} failed.`,
    causes: [
      'a firewall or security group blocks DTS',
      "the source's gateway or network settings are wrong",
    ],
    next: "Open the source's port to the DTS addresses that the DTS console lists for the region.",
  }),
  'FailedOperation.StartJobFailed': ({ job }) => ({
    headline: "DTS couldn't start the job.",
    meaning: `DTS has ${job}, but it isn't running.`,
    causes: ['its check has not passed', 'the source or target changed after the check'],
    next: 'Check the job again, fix what the check finds, then start the job.',
  }),
  'FailedOperation.StatusInConflict': ({ job }) => ({
    headline: "The job's state doesn't allow this.",
    meaning: `The operation requires ${job} to be in another state.`,
    causes: ['someone has started, stopped or finished the job'],
    next: 'Check the state of the job in the DTS console and continue from there.',
  }),
  'FailedOperation.StatusInConflictError': ({ to }) => ({
    headline: 'A job or the target is in a state that blocks this.',
    meaning: `This is about a DTS job or ${to}.`,
    causes: ['a step of another job is running', 'the target is being changed'],
    next: 'Wait until the DTS console shows that the step has finished.',
  }),
  LimitExceeded: ({ region }) => ({
    headline: 'A quota of the account is used up.',
    meaning: `A DTS quota in ${region} is exhausted.`,
    causes: ['the number of jobs has reached the quota'],
    next: 'Delete what you no longer need, or ask Tencent Cloud for a higher quota.',
  }),
  'LimitExceeded.MaxUnusedJobs': () => ({
    headline: 'The account has too many DTS jobs that were created and never started.',
    meaning: 'DTS creates no more jobs until some of them are started or deleted.',
    causes: ['jobs were created and forgotten', 'jobs are stuck after a failed check'],
    next: 'Start the jobs that you need and delete the others, oldest first. Use the DTS console for jobs that Ferry did not create.',
  }),
  OperationDenied: () => ({
    headline: 'Tencent Cloud denied the operation for this account.',
    meaning: 'The request and the key are fine; the account is restricted.',
    causes: ['DTS is not activated', 'a payment is overdue', 'the account is not verified'],
    next: 'Sign in to the DTS console with the account; it shows what is missing.',
  }),
  'OperationDenied.BizOperationDeniedError': ({ to }) => ({
    headline: 'A DTS condition is not met.',
    meaning: `DTS denied the operation because of the state of a job or of ${to}.`,
    causes: ['an earlier step is missing', "the instance doesn't qualify"],
    next: "Fix the condition that DTS's message names, then try again.",
  }),
  'OperationDenied.JobOperationDeniedError': ({ job }) => ({
    headline: 'DTS denied this operation on the job.',
    meaning: `This is about ${job}.`,
    causes: ['the job is running or finished', 'someone else is working on it'],
    next: 'Open the job in the DTS console to see which operations are available.',
  }),
  'OperationDenied.MigrateServiceSupportError': ({ creates, engines }) => ({
    headline: "DTS doesn't support this kind of migration.",
    meaning: `This is about ${engines} with these options.`,
    causes: ['an engine version is not supported', "this access type isn't supported"],
    next: creates
      ? 'Choose engines and an access type that the DTS console offers for new jobs.'
      : 'Open the job in the DTS console, and do this there.',
  }),
  'InternalError.NotEnoughMoneyError': () => ({
    headline: "The account's balance is too low.",
    meaning: 'The billing service refused the charge for the job.',
    causes: ['the balance is used up', 'a bill is overdue'],
    next: 'Top up the account or settle the bill.',
  }),
  'OperationDenied.NotEnoughMoneyError': () => ({
    headline: "The account's balance is too low.",
    meaning: 'DTS does this only if the account can pay for it.',
    causes: ['the balance is used up', 'a bill is overdue'],
    next: 'Top up the account or settle the bill.',
  }),
  'OperationDenied.OperationDenied': ({ region }) => ({
    headline: "The account isn't allowed to do this.",
    meaning: `DTS denied it in ${region} without giving a specific reason.`,
    causes: ['DTS is not activated in the region', 'the account is restricted'],
    next: 'Try the same in the DTS console; it names the restriction.',
  }),
  'OperationDenied.OperationDeniedError': ({ to }) => ({
    headline: 'DTS denied the operation.',
    meaning: `The account or ${to} doesn't meet DTS's requirements.`,
    causes: ['the target is locked or isolated', 'service terms were not accepted'],
    next: 'Check the target, then the notices in the DTS console.',
  }),
  ResourceInUse: ({ from, to }) => ({
    headline: 'Another task is using a resource of this migration.',
    meaning: `This is about ${from} or ${to}.`,
    causes: ['another migration is using it', 'a backup or rollback is running'],
    next: 'Wait for that task to finish, or end it in the console.',
  }),
  ResourcesSoldOut: ({ region }) => ({
    headline: 'DTS has no capacity left for the job.',
    meaning: `The capacity for jobs of this size in ${region} is sold out.`,
    causes: ['many jobs of this size are running there'],
    next: 'Try again later, or choose another job size in the DTS console.',
  }),
  ResourceInsufficient: ({ region }) => ({
    headline: "Tencent Cloud doesn't have enough capacity for the job.",
    meaning: `DTS is short of capacity in ${region}.`,
    causes: ['many jobs are running there'],
    next: 'Try again later. If this persists, contact Tencent Cloud support.',
  }),
  ResourceNotFound: ({ to, region }) => ({
    headline: "DTS can't find a resource of this migration.",
    meaning: `This is most likely ${to} in ${region}.`,
    causes: ["the region is not the instance's region", 'the ID has a typo'],
    next: 'Compare the ID and region with the console.',
  }),
  'ResourceNotFound.BizResourceNotFoundError': ({ from, to }) => ({
    headline: "DTS couldn't find an instance.",
    meaning: `DTS searched for ${to} and ${from}.`,
    causes: ['an instance was deleted', 'it belongs to another account'],
    next: 'Check in the console which of the two is missing.',
  }),
  'ResourceNotFound.JobNotExist': ({ job }) => ({
    headline: "This DTS job doesn't exist.",
    meaning: `DTS can't find ${job} in this region.`,
    causes: ['it was deleted', 'it is in another region'],
    next: 'Search for the job in the DTS console, in the region of its target.',
  }),
  'ResourceNotFound.ResourceNotFound': ({ creates, to, region }) => ({
    headline: 'The instance was not found.',
    meaning: `DTS found nothing in ${region} that matches ${to}.`,
    causes: ['the instance is in another region', 'it was terminated'],
    next: creates
      ? 'Select the target from the list in the form.'
      : 'Check in the console that the target still exists.',
  }),
  'ResourceNotFound.ResourceNotFoundError': ({ creates, from, to }) => ({
    headline: "DTS couldn't look up an instance.",
    meaning: creates ? `DTS couldn't read ${to}.` : `DTS couldn't read ${to} or ${from}.`,
    causes: [
      ...(creates ? ['the ID belongs to a different engine'] : []),
      'the instance is in the recycle bin or was deleted',
    ],
    next: creates
      ? 'Check that the ID matches the engine.'
      : 'Check in the console whether both instances still exist.',
  }),
  ResourceUnavailable: ({ to }) => ({
    headline: 'A resource is temporarily unavailable.',
    meaning: `This is most likely ${to}.`,
    causes: ['it is restarting or being upgraded', 'it is isolated because of an unpaid bill'],
    next: 'Wait until the console shows it as “Running”, or pay the bill.',
  }),
  UnsupportedOperation: ({ engines }) => ({
    headline: "DTS doesn't support this combination.",
    meaning: `This is about ${engines}, the access type or the options.`,
    causes: [
      "this access type isn't available for the engine",
      "the migration type isn't supported",
    ],
    next: 'Choose another access type or migration type that the DTS console offers.',
  }),
  'UnsupportedOperation.IntraNetUserNotTaggedError': ({ creates }) => ({
    headline: 'Required tags are missing.',
    meaning: 'This account must tag every job with department, product and owner.',
    causes: ['the request has no tags, or some are missing'],
    next: creates
      ? 'Add the tags for department, product and owner to the request.'
      : 'DTS never changes the tags of a job here. Add them in the DTS console, or delete the job and clone the request with these tags.',
  }),
  UnsupportedRegion: ({ region }) => ({
    headline: 'DTS is not available in this region.',
    meaning: `The call was made to ${region}, the region of the target.`,
    causes: [
      'the region has a typo',
      "the account's site (mainland or international) doesn't offer it",
    ],
    next: 'Correct the target region.',
  }),
} satisfies Partial<Entries<ErrorCode>>;
