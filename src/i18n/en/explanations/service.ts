import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';

/** What went wrong inside Tencent Cloud, or was too much for it. */
export const service = {
  InternalError: () => ({
    headline: 'Something failed inside Tencent Cloud.',
    meaning: 'The request is not at fault.',
    causes: ['a passing disturbance'],
    next: 'Wait a few minutes and try again; if it keeps happening, open a ticket with the RequestId.',
  }),
  'InternalError.AddTaskError': () => ({
    headline: 'DTS could not queue its work.',
    meaning: 'It accepted the call and then failed to make a task of it.',
    causes: ["DTS's task queue is overloaded"],
    next: 'Try again in about five minutes; then a ticket with the RequestId.',
  }),
  'InternalError.CeleryError': () => ({
    headline: "DTS's scheduler failed.",
    meaning: 'What plans the steps of jobs was not available.',
    causes: ['the scheduling system restarts', 'it is overloaded'],
    next: 'Give it ten minutes and try again. A ticket with the RequestId if it stays so.',
  }),
  'InternalError.CgwSystemError': ({ from }) => ({
    headline: 'The cloud gateway of DTS failed.',
    meaning: `DTS could not set up the network path to ${from}.`,
    causes: ['a disturbance of the gateway', 'gateway or VPC of the source were just changed'],
    next: 'Try once more; then open a ticket with the RequestId and name the gateway.',
  }),
  'InternalError.DatabaseError': () => ({
    headline: 'DTS could not reach its own database.',
    meaning: 'This is about the platform, not about your source or destination.',
    causes: ['a passing disturbance of the DTS platform'],
    next: 'Wait two or three minutes and try again. If it persists, open a ticket with the RequestId.',
  }),
  'InternalError.DuplicateJob': ({ job, to }) => ({
    headline: 'Another DTS job is in the way of this one.',
    meaning: `DTS takes it for the same as a job that exists: ${job}, or one for ${to}. Ferry looked for it and found none that is certainly this request's.`,
    causes: [
      'somebody created the job in the console',
      'an earlier migration of the same databases was never finished',
    ],
    next: 'Find the job in the DTS console. Use it, finish it or delete it.',
  }),
  'InternalError.InternalErrorError': () => ({
    headline: 'DTS reported an internal error.',
    meaning: 'It gives no reason; none of the values was called wrong.',
    causes: ['a fault in DTS', 'more rarely a value that DTS does not expect'],
    next: 'Try again once. If the answer is the same, open a ticket with the RequestId.',
  }),
  'InternalError.InternalHttpServerError': () => ({
    headline: 'A call between servers of DTS failed.',
    meaning: 'DTS took the request and could not reach a service that it needs.',
    causes: ['a service behind DTS is restarting'],
    next: 'Try again in a few minutes; open a ticket with the RequestId if that fails too.',
  }),
  'InternalError.InternalInnerCommonError': ({ to }) => ({
    headline: 'A component of DTS did not answer as it should.',
    meaning: `DTS asked about ${to} within Tencent Cloud, and got an error.`,
    causes: ['the component has a disturbance', 'the instance is changing at this moment'],
    next: 'See that no task runs on the destination, then try again.',
  }),
  'InternalError.InternalTradeError': () => ({
    headline: 'DTS could not reach billing.',
    meaning: 'A job is ordered like a product, and the order failed.',
    causes: ['billing is disturbed', 'the account has open orders or no payment method'],
    next: "Try again; if it fails, check the account's orders and payment method.",
  }),
  'InternalError.LockError': ({ job }) => ({
    headline: 'Something else holds a lock that DTS needs.',
    meaning: `Two operations on ${job} or its instances met.`,
    causes: ['another operation is under way', 'one was broken off a moment ago'],
    next: 'Wait until the other operation is over, a minute or two.',
  }),
  'InternalError.ProtocolError': () => ({
    headline: 'Two parts of DTS failed to talk to each other.',
    meaning: 'Their messages did not fit; your values were not judged.',
    causes: ['DTS is being updated', 'a passing disturbance'],
    next: 'Wait a quarter of an hour and try again; then open a ticket with the RequestId.',
  }),
  'InternalError.UndefinedError': () => ({
    headline: 'DTS failed in a way that it has no name for.',
    meaning: 'Only Tencent Cloud can see what happened.',
    causes: ['a fault in DTS'],
    next: 'Try again once, then open a ticket with RequestId and time.',
  }),
  'InternalError.UnknownError': () => ({
    headline: 'DTS met an unknown internal error.',
    meaning: 'Nothing was created, and no value of the request was named.',
    causes: ['a disturbance of DTS', 'an instance that DTS cannot read'],
    next: 'Wait a few minutes, try again, and open a ticket with the RequestId if it returns.',
  }),
  RequestLimitExceeded: () => ({
    headline: 'The account called the API too often.',
    meaning: 'Ferry has tried several times by itself, and it stayed too much.',
    causes: ['other programs call DTS with this account'],
    next: 'Wait a few minutes and try again.',
  }),
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': ({ region }) => ({
    headline: 'The account calls too often in this region.',
    meaning: `The limit of the main account for ${region} was reached, also after Ferry's own retries.`,
    causes: ['monitoring or scripts call often there'],
    next: 'Find what else calls the API in the region, or wait a few minutes.',
  }),
  'RequestLimitExceeded.IPLimitExceeded': () => ({
    headline: "Too many calls come from the address of Ferry's machine.",
    meaning: 'Everything behind this address counts together.',
    causes: ['many programs share one public address (NAT)'],
    next: 'Give Ferry an address of its own, or wait until there are fewer calls.',
  }),
  'RequestLimitExceeded.RequestLimitExceededError': () => ({
    headline: 'DTS has had too many requests.',
    meaning: "DTS's own limit was reached, not the one of the account alone.",
    causes: ['many jobs are created at once'],
    next: 'Space out the migrations and try again in some minutes.',
  }),
  'RequestLimitExceeded.UinLimitExceeded': () => ({
    headline: 'The main account exceeds its limit of calls.',
    meaning: 'All sub-users count together; Ferry keeps below the limit by itself.',
    causes: ['other programs use the same account', 'DTS_CALLS_PER_SECOND is too high'],
    next: 'Lower DTS_CALLS_PER_SECOND if others need the API too, and try again.',
  }),
  RequestSizeLimitExceeded: () => ({
    headline: 'The request is larger than Tencent Cloud takes.',
    meaning: 'The list of databases and tables is what makes it large.',
    causes: ['very many tables are named one by one'],
    next: 'Name whole databases, or split the migration into several.',
  }),
  ResponseSizeLimitExceeded: ({ job }) => ({
    headline: "Tencent Cloud's answer was larger than it sends.",
    meaning: `The call was carried out: ${job} may exist.`,
    causes: ['a limit inside Tencent Cloud'],
    next: 'Look in the DTS console whether the job is there before it is requested again.',
  }),
  ServiceUnavailable: ({ region }) => ({
    headline: 'DTS is not available at the moment.',
    meaning: `It takes no calls in ${region}.`,
    causes: ['maintenance', 'a disturbance'],
    next: "See Tencent Cloud's status page, wait, and try again.",
  }),
} satisfies Partial<Entries<ErrorCode>>;
