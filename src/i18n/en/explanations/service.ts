import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** Errors inside Tencent Cloud, and its limits. */
export const service = {
  InternalError: () => ({
    headline: 'Something failed inside Tencent Cloud.',
    meaning: "The request isn't the cause.",
    causes: ['a temporary outage'],
    next: 'Wait a few minutes and try again. If it keeps failing, open a ticket with the RequestId.',
  }),
  'InternalError.AddTaskError': () => ({
    headline: "DTS couldn't queue the task.",
    meaning: 'DTS accepted the call but failed to create a task for it.',
    causes: ["DTS's task queue is overloaded"],
    next: 'Try again in about five minutes. If it still fails, open a ticket with the RequestId.',
  }),
  'InternalError.CeleryError': () => ({
    headline: 'The DTS scheduler failed.',
    meaning: 'The DTS job scheduler was unavailable.',
    causes: ['the scheduler is restarting', 'the scheduler is overloaded'],
    next: 'Wait ten minutes and try again. If it persists, open a ticket with the RequestId.',
  }),
  'InternalError.CgwSystemError': ({ from }) => ({
    headline: 'The DTS cloud gateway failed.',
    meaning: `DTS couldn't set up the network path to ${from}.`,
    causes: ['a gateway outage', "the source's gateway or VPC was just changed"],
    next: 'Try again once. If it fails again, open a ticket with the RequestId and the gateway ID.',
  }),
  'InternalError.DatabaseError': () => ({
    headline: "DTS couldn't reach its own database.",
    meaning: 'This is about the DTS platform, not about your source or target.',
    causes: ['a brief outage of the DTS platform'],
    next: 'Wait two or three minutes and try again. If it persists, open a ticket with the RequestId.',
  }),
  'InternalError.DuplicateJob': ({ job, to }) => ({
    headline: 'A DTS job for this already exists.',
    meaning: `DTS considers it a duplicate of an existing job: ${job}, or a job for ${to}. Ferry uses an existing job only if it certainly belongs to this request.`,
    causes: [
      'someone created the job in the console',
      'an earlier migration of the same databases was never finished',
    ],
    next: 'Find the job in the DTS console. Then use it, finish it or delete it.',
  }),
  'InternalError.InternalErrorError': () => ({
    headline: 'DTS reported an internal error.',
    meaning: 'The code gives no reason and names no value.',
    causes: ['a fault in DTS', 'rarely, a value that DTS does not expect'],
    next: 'Try again once. If the result is the same, open a ticket with the RequestId.',
  }),
  'InternalError.InternalHttpServerError': () => ({
    headline: 'An internal DTS call failed.',
    meaning: "DTS accepted the call but couldn't reach a service that it needs.",
    causes: ['a service behind DTS is restarting'],
    next: 'Try again in a few minutes. If that fails too, open a ticket with the RequestId.',
  }),
  'InternalError.InternalInnerCommonError': ({ to }) => ({
    headline: 'A DTS component returned an error.',
    meaning: `DTS requested data about ${to} within Tencent Cloud and got an error.`,
    causes: ['an outage of the component', 'the instance is being changed'],
    next: 'Make sure that no task is running on the target, then try again.',
  }),
  'InternalError.InternalTradeError': () => ({
    headline: "DTS couldn't reach billing.",
    meaning: 'The call needs an order, and the order failed.',
    causes: [
      'the billing service has a problem',
      'the account has open orders or no payment method',
    ],
    next: "Try again. If it fails, check the account's orders and payment method.",
  }),
  'InternalError.LockError': ({ job }) => ({
    headline: 'Another operation holds a lock that DTS needs.',
    meaning: `Two operations on ${job} or its instances collided.`,
    causes: ['another operation is running', 'an operation was just interrupted'],
    next: 'Wait a minute or two until the other operation has finished.',
  }),
  'InternalError.ProtocolError': () => ({
    headline: "Two DTS components couldn't communicate.",
    meaning: "Their protocols didn't match; your values weren't checked.",
    causes: ['DTS is being updated', 'a temporary problem in DTS'],
    next: 'Wait 15 minutes and try again. If it still fails, open a ticket with the RequestId.',
  }),
  'InternalError.UndefinedError': () => ({
    headline: 'DTS failed with an undefined error.',
    meaning: 'Only Tencent Cloud can see what happened.',
    causes: ['a fault in DTS'],
    next: 'Try again once, then open a ticket with the RequestId and the time.',
  }),
  'InternalError.UnknownError': () => ({
    headline: 'DTS hit an unknown internal error.',
    meaning: 'The call changed nothing, and DTS did not name a value.',
    causes: ['a DTS outage', "an instance that DTS can't read"],
    next: 'Wait a few minutes and try again. If it returns, open a ticket with the RequestId.',
  }),
  RequestLimitExceeded: () => ({
    headline: 'The account exceeded an API rate limit.',
    meaning: 'Ferry already retried several times, but the limit was still exceeded.',
    causes: ['other programs call DTS with this account'],
    next: 'Wait a few minutes and try again.',
  }),
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': ({ region }) => ({
    headline: 'The account exceeded its API rate limit in this region.',
    meaning: `The main account was still at its limit for ${region} after Ferry's retries.`,
    causes: ['monitoring or scripts make many calls there'],
    next: 'Find out what else calls the API in the region, or wait a few minutes.',
  }),
  'RequestLimitExceeded.IPLimitExceeded': () => ({
    headline: "Too many calls come from the IP address of Ferry's host.",
    meaning: 'Everything behind this IP address shares one limit.',
    causes: ['many programs share one public IP address (NAT)'],
    next: 'Give Ferry a separate IP address, or wait until there are fewer calls.',
  }),
  'RequestLimitExceeded.RequestLimitExceededError': () => ({
    headline: 'DTS received too many calls.',
    meaning: "DTS's own limit was reached, not only the account's.",
    causes: ['many programs call DTS at once'],
    next: 'Space out the calls and try again in a few minutes.',
  }),
  'RequestLimitExceeded.UinLimitExceeded': () => ({
    headline: 'The main account exceeded its API rate limit.',
    meaning: 'All sub-users share the limit. Ferry alone stays below it.',
    causes: ['other programs use the same account', 'DTS_CALLS_PER_SECOND is too high'],
    next: 'Lower DTS_CALLS_PER_SECOND if other programs need the API too, and try again.',
  }),
  RequestSizeLimitExceeded: () => ({
    headline: 'The call is larger than Tencent Cloud accepts.',
    meaning: 'The list of databases and tables makes it large.',
    causes: ['very many tables are listed one by one'],
    next: 'List whole databases, or split the migration into several.',
  }),
  ResponseSizeLimitExceeded: ({ creates, job }) => ({
    headline: "Tencent Cloud's response exceeded its size limit.",
    meaning: creates
      ? `DTS carried out the call: ${job} may exist.`
      : `DTS carried out the call: ${job} may have changed.`,
    causes: ['a limit inside Tencent Cloud'],
    next: creates
      ? 'Check in the DTS console whether the job exists before you request it again.'
      : 'Check the job in the DTS console before you try again.',
  }),
  ServiceUnavailable: ({ region }) => ({
    headline: 'DTS is unavailable right now.',
    meaning: `DTS accepts no calls in ${region}.`,
    causes: ['maintenance', 'an outage'],
    next: "Check Tencent Cloud's status page, wait, and try again.",
  }),
} satisfies Partial<Entries<ErrorCode>>;
