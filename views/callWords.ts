import { isForbiddenProblem } from '../src/domain/errors/callProblem';
import { type ConsoleSite, consoleUrl } from '../src/domain/errors/consolePage';
import { explanationOf } from '../src/domain/errors/errorCodes';
import { failureOfDoubt } from '../src/domain/errors/failureOf';
import { type Lateness, lateness } from '../src/domain/request/lateness';
import { isOfTransport, mayBeApproved } from '../src/domain/request/launchOutcome';
import { camActionsOf } from '../src/domain/request/operations/operations';
import type { MigrationRequest } from '../src/domain/request/request';
import type { PayloadOf } from '../src/domain/request/requestEvent';
import { refusalOfStart } from '../src/domain/request/startApproval';
import { explain, explainProblem } from '../src/i18n/explain';
import type { About } from '../src/i18n/explanation';
import type { Messages } from '../src/i18n/locales';
import { inLine, labelled, say, type Text } from '../src/i18n/text';
import { callApprovers, tooLate } from './decisionWords';
import { aboutCall, aboutRequest, buildExplanation, grant } from './explanation';
import { jobMoved, lostLine } from './jobLines';
import { someOf } from './listPeople';
import { jobPart } from './requestCard';
import { type EventContext, lines, type Words } from './words';

export function movedWords(
  { messages, request }: EventContext,
  payload: PayloadOf<'job_moved'>,
  at: Date,
): Words | undefined {
  const said = jobMoved(messages, request, payload);
  if (said.length === 0) return undefined;
  // The approvers of the start know now whether it would work.
  const calls = request.state.status === 'prepared' && payload.to === 'check_passed';
  const late = lateness(request, at);
  return lines(
    ...said,
    ...(calls
      ? [late === undefined ? callApprovers(messages, request) : tooLate(messages, request, late)]
      : []),
    ...approveAgain(messages, request, payload, late),
    ...lostLine(messages, request),
  );
}

export function jobCreated(
  { messages, request, site }: EventContext,
  payload: PayloadOf<'created'>,
  who: string,
): Words {
  const { requestId } = payload;
  return lines(
    created(messages, payload, who, site),
    ...createdNext(messages, request, payload),
    ...(requestId === undefined ? [] : [messages.thread.requestId(requestId)]),
  );
}

/** Says that the job exists, and how Ferry knows. */
export function created(
  { thread }: Messages,
  { how, jobId }: PayloadOf<'created'>,
  by: string,
  site: ConsoleSite,
): Text {
  const job = jobPart(jobId, site);
  switch (how) {
    case 'answered':
      return thread.created(job);
    case 'found':
      return thread.found(job);
    case 'chosen':
      return thread.chosen(by, job);
    default:
      return how satisfies never;
  }
}

/** What happens next with a new job, and who does it unless the policy does. */
export function createdNext(
  { job, thread }: Messages,
  { rule }: Pick<MigrationRequest, 'rule'>,
  { approve }: Pick<PayloadOf<'created'>, 'approve'>,
): Text[] {
  if (approve === 'before_start') return [labelled(thread.next, job.prepared.createdNext)];
  const { createdNextIf } = thread;
  const isChecked = rule.automatic?.includes('check_job') === true;
  const isStarted = rule.automatic?.includes('start_job') === true;
  if (isChecked && isStarted) return [labelled(thread.next, createdNextIf.both)];
  const byPolicy = isChecked ? createdNextIf.check : createdNextIf.start;
  return [
    labelled(thread.next, isChecked || isStarted ? byPolicy : thread.createdNext),
    labelled(thread.who, thread.createdWho),
  ];
}

/** Why the policy does not decide on an operation, and what people can do. */
export function notAutomatic(
  { job }: Messages,
  { missed, operation }: PayloadOf<'not_automatic'>,
): Text {
  const button = job.button[operation];
  return missed === undefined
    ? job.thread.notAutomatic(button)
    : job.thread.missed(missed, button, job.button.modify_job);
}

export function answerLost(
  { messages, request }: EventContext,
  { doubt, operation }: PayloadOf<'answer_lost'>,
): Words {
  const words = messages.operations[operation].thread;
  const key = doubt.kind === 'duplicate' ? explanationOf(doubt.code) : failureOfDoubt(doubt);
  const { headline, meaning } = explain(key, messages, aboutRequest(messages, request));
  // The meaning is about a job that the call may have created.
  const hasMeaning = doubt.kind !== 'duplicate' && operation === 'create_job';
  return lines(
    labelled(words.outcomeUnknown, headline),
    ...(hasMeaning ? [say`${meaning}`] : []),
    say`${words.searching}`,
  );
}

export function postponed(
  { messages, request }: EventContext,
  { attempt, operation, problem, until }: PayloadOf<'postponed'>,
): Words {
  const { headline } = explainProblem(problem, messages, aboutRequest(messages, request));
  return lines(inLine(messages.operations[operation].thread.postponed(attempt, until), headline));
}

export function failed(
  { cardUrl = () => undefined, failures = 1, messages, request, site }: EventContext,
  payload: PayloadOf<'failed'>,
  at: Date,
): Words {
  const { operation, problem } = payload;
  const { failed: title, failedAgain } = messages.operations[operation].thread;
  const explanation = explainProblem(problem, messages, {
    ...aboutFailure(messages, request, payload, at),
    console: consoleUrl('dts', site),
    cardUrl,
  });
  const words = buildExplanation(
    messages,
    failures > 1 ? failedAgain(failures) : title,
    // Details shows errors of the transport.
    isOfTransport(problem) ? { ...explanation, quote: undefined } : explanation,
    { request, hasAgain: operation === 'create_job' },
  );
  const [first = [], ...rest] = words.lines;
  return {
    ...words,
    lines: [first, ...approveAgain(messages, request, payload, lateness(request, at)), ...rest],
  };
}

/** What the explanation of a failure at this time names. */
export function aboutFailure(
  messages: Messages,
  request: MigrationRequest,
  { operation, problem }: PayloadOf<'failed'>,
  at: Date,
): About {
  const about = aboutCall(messages, request, operation);
  if (problem.kind !== 'start_time_passed' || operation !== 'start_job') return about;
  if (request.state.status !== 'prepared') return { ...about, startBy: 'button' };
  // An edit of the request replaces its prepared job.
  return lateness(request, at) === undefined
    ? { ...about, startBy: 'approval' }
    : { ...about, creates: true };
}

/** What the search found, and how a person can find out the rest. */
export function unconfirmed(
  { messages, request: { parameters, rule } }: EventContext,
  { found, operation, searchProblem }: PayloadOf<'unconfirmed'>,
): Words {
  const { thread } = messages;
  const words = messages.operations[operation].thread;
  const body = [
    labelled(words.undecided, found.length === 0 ? words.foundNone : words.foundSeveral(found)),
    labelled(thread.next, words.unconfirmedNext(parameters.JobName)),
    labelled(thread.who, someOf(messages, rule.approvers)),
  ];
  if (searchProblem === undefined) return lines(...body);
  if (isForbiddenProblem(searchProblem)) {
    const copy = grant(messages.explanations, camActionsOf(operation).search);
    const why = labelled(words.undecided, words.searchForbidden);
    return { lines: [why, ...body.slice(1)], copy };
  }
  const { headline } = explainProblem(searchProblem, messages);
  const why = searchProblem.kind === 'refused' ? headline : thread.lookUnanswered;
  const searchFailed = labelled(words.searchFailed, why);
  return lines(labelled(words.undecided, searchFailed), ...body.slice(1));
}

/**
 * Asks the approvers again if Ferry doesn't make the start of a prepared job that they approved, unless
 * their approval could not start it either.
 */
function approveAgain(
  messages: Messages,
  request: MigrationRequest,
  payload: PayloadOf<'job_moved' | 'failed'>,
  late: Lateness | undefined,
): Text[] {
  const { prepared } = messages.job;
  if (payload.operation !== 'start_job' || request.state.status !== 'prepared') return [];
  const isHopeless = payload.type === 'failed' && !mayBeApproved(payload.problem);
  return isHopeless || late !== undefined || refusalOfStart(request) !== undefined
    ? [say`${prepared.approvalsGone}`]
    : [say`${prepared.approveAgain}`, callApprovers(messages, request)];
}
