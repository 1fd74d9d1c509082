import type { ActionsBlock } from '@slack/types';
import type { ReplyContext } from '../src/domain/channel/reply';
import { isForbiddenProblem } from '../src/domain/errors/callProblem';
import { type ConsoleSite, consoleUrl } from '../src/domain/errors/consolePage';
import { explanationOf } from '../src/domain/errors/errorCodes';
import { failureOfDoubt } from '../src/domain/errors/failureOf';
import { type CheckItem, isUnclear, type JobApi } from '../src/domain/job/job';
import { modifyingApi } from '../src/domain/migration/modifyingApi';
import { demandsOf } from '../src/domain/policy/demands';
import { changesWhatIsSeen } from '../src/domain/request/differences';
import { isOfTransport, mayBeApproved } from '../src/domain/request/launchOutcome';
import { operationIn } from '../src/domain/request/operationIn';
import { camActionsOf } from '../src/domain/request/operations/operations';
import { missingOf } from '../src/domain/request/quorum';
import type { MigrationRequest, RequestState } from '../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../src/domain/request/requestEvent';
import { refusalOfStart } from '../src/domain/request/startApproval';
import { accepts } from '../src/domain/request/states';
import { explain, explainProblem } from '../src/i18n/explain';
import type { About } from '../src/i18n/explanation';
import type { Messages } from '../src/i18n/locales';
import { code, inLine, join, labelled, link, plain, say, type Text } from '../src/i18n/text';
import { consoleButton, deleteIdleJobButton } from './cardButtons';
import { describeDifferences } from './describeDifferences';
import { aboutRequest, buildExplanation, grant, pageButton, remedies } from './explanation';
import { cardCalls } from './glance';
import { listPeople, someOf } from './listPeople';
import { actionRow, type Message } from './message';
import { approvedLine, leftMissing, needed, stillNeeded, tallyOf } from './needed';
import { cut } from './plainText';
import { jobPart } from './requestCard';
import { toMessage, type Words } from './words';

/** What a reply depends on, with links to the cards of other requests. */
type ReplyLinks = Pick<ReplyContext, 'approval' | 'events'> & Pick<About, 'cardUrl'>;

/**
 * The words for an event in the request's thread; `undefined` for events without words. `isOver`:
 * the request has moved on, so the reply has no buttons.
 */
export function buildReply(
  messages: Messages,
  request: MigrationRequest,
  event: RequestEvent,
  site: ConsoleSite,
  { approval, cardUrl, events = [] }: ReplyLinks = {},
  isOver = false,
): Message | undefined {
  const told = (each: RequestEvent): Words | undefined => {
    const before = events.filter(
      ({ payload, seq }) => seq < each.seq && payload.type === each.payload.type,
    );
    const failures = before.filter((other) => isSameFailure(other, each)).length + 1;
    const words = wordsOf(messages, request, each, site, failures, cardUrl);
    const earlier = before.map((other) => wordsOf(messages, request, other, site));
    return words && distinguished(messages, each, words, earlier);
  };
  const words = told(event);
  if (words === undefined) return undefined;
  const led = approval && told(approval);
  const { text, blocks } = toMessage({
    ...words,
    lines: [...(led?.lines ?? []), ...words.lines],
  });
  const buttons = isOver ? [] : remediesOf(messages, request, event, site);
  return { text, blocks: [...blocks, ...buttons] };
}

const isSameFailure = ({ payload: one }: RequestEvent, { payload: other }: RequestEvent): boolean =>
  one.type === 'failed' && other.type === 'failed' && one.operation === other.operation;

/** Two replies never begin with the same line. The words of a failure already contain its number. */
export function distinguished(
  { thread }: Messages,
  { payload }: RequestEvent,
  words: Words,
  earlier: readonly (Words | undefined)[],
): Words {
  const [first, ...rest] = words.lines;
  if (first === undefined || payload.type === 'failed') return words;
  const headline = plain(first);
  const isSame = (other: Words | undefined): boolean =>
    other?.lines[0] !== undefined && plain(other.lines[0]) === headline;
  const times = earlier.filter(isSame).length + 1;
  if (times === 1) return words;
  return { ...words, lines: [say`${first}${thread.again(times)}`, ...rest] };
}

export function wordsOf(
  messages: Messages,
  request: MigrationRequest,
  { payload, by, revision }: RequestEvent,
  site: ConsoleSite,
  failures = 1,
  cardUrl: About['cardUrl'] = () => undefined,
): Words | undefined {
  const { operations, thread } = messages;
  const { rule } = request;
  const who = by?.userId ?? '';
  switch (payload.type) {
    case 'requested':
      if (payload.automatic !== undefined) {
        return lines(messages.job.prepared.createsFirst(payload.automatic));
      }
      // The card mentions the approvers.
      return cardCalls(messages, request) ? undefined : lines(callApprovers(messages, request));
    case 'edited': {
      const { differences, voided } = payload;
      const said = editedBy(messages, payload, who, revision);
      if (isRetry(payload, revision)) return lines(said);
      return lines(
        said,
        ...describeDifferences(messages, differences),
        ...voidedLine(messages, voided),
        ...(payload.discards === true ? [say`${messages.job.prepared.replaces}`] : []),
        nextAfterEdit(messages, request, payload),
      );
    }
    case 'rule_changed':
    case 'approvals_lapsed': {
      if (payload.type === 'rule_changed' && payload.automatic !== undefined) {
        const creates = messages.job.prepared.createsFirst(payload.automatic);
        return lines(...reviewed(messages, payload), creates);
      }
      if (payload.type === 'rule_changed' && payload.isNews === false) return undefined;
      const isInDoubt = payload.type === 'rule_changed' && accepts(request.state, 'look_again');
      if (isInDoubt && !payload.reopened) {
        return lines(...reviewed(messages, payload), callSearchers(messages, request));
      }
      // An approved request may still have enough approvals.
      const waits = payload.reopened || accepts(request.state, 'approve');
      if (!waits && payload.lapsed.length === 0) return undefined;
      const isDecidable = refusalOfStart(request) === undefined;
      const called = waits && isDecidable ? [callApprovers(messages, request)] : [];
      const ends = payload.type === 'rule_changed' ? expiry(messages, request.state) : [];
      return lines(...reviewed(messages, payload), ...called, ...ends);
    }
    case 'operated': {
      const { accepted, found } = messages.job.thread;
      const said = say`${accepted[payload.operation]}`;
      return payload.how === 'found' ? lines(say`${found}`, said) : lines(said);
    }
    case 'job_idle':
      return lines(
        messages.job.thread[payload.isNotNeeded === true ? 'notDeleted' : 'idle'](
          listPeople(messages, rule.reminders.mention),
          payload.since,
        ),
      );
    case 'job_moved': {
      const said = jobMoved(messages, request, payload);
      // The approvers of the start know now whether it would work.
      const calls = request.state.status === 'prepared' && payload.to === 'check_passed';
      return said.length === 0
        ? undefined
        : lines(
            ...said,
            ...(calls ? [callApprovers(messages, request)] : []),
            ...approveAgain(messages, request, payload),
          );
    }
    case 'automatic': {
      const { button, prepared, thread } = messages.job;
      if (payload.operation === 'delete_job') return lines(say`${prepared.notNeeded}`);
      return lines(thread.automatic(button[payload.operation], payload.rule));
    }
    case 'not_automatic':
      return lines(messages.job.thread.notAutomatic(messages.job.button[payload.operation]));
    case 'unverified':
      return lines(operations[payload.operation].thread.unverified);
    case 'approved': {
      if (payload.operation !== undefined && payload.operation !== 'modify_job') {
        const { button, thread } = messages.job;
        const label = button[payload.operation];
        const tally = tallyOf(messages, payload);
        const missing = leftMissing(messages, payload);
        const { approvers } = demandsOf(rule, { name: payload.operation, option: 'normal' });
        const asks =
          payload.isEnough === true
            ? undefined
            : thread.askOthers(listPeople(messages, approvers), label);
        const { comment = '', skips } = payload;
        if (skips !== undefined) {
          const names = skips.items.map(({ name }) => [code(cut(name, 100))]);
          const items = join(names, messages.listSeparator);
          const said = thread.skips(who, items, skips.foreignKeys, tally, missing);
          return { ...quoting([said], comment), ...(asks === undefined ? {} : { end: asks }) };
        }
        const said = thread.chose(who, label, tally, missing);
        return lines(said, ...(asks === undefined ? [] : [asks]));
      }
      const said = approvedLine(messages, who, payload);
      return payload.comment === undefined ? lines(said) : quoting([said], payload.comment);
    }
    case 'break_glass':
      return {
        ...quoting([thread.brokeGlass(who)], payload.reason),
        end: thread.bypassed(listPeople(messages, rule.approvers)),
      };
    case 'taken_back':
      return lines(
        thread.takenBack(who, tallyOf(messages, payload), leftMissing(messages, payload)),
      );
    case 'denied':
      return quoting(
        [
          payload.operation === undefined
            ? thread.denied(who)
            : messages.job.thread.declined(who, messages.job.button[payload.operation]),
        ],
        payload.reason,
      );
    case 'withdrawn':
      return lines(
        payload.operation === undefined
          ? thread.withdrawn(who)
          : messages.job.thread.withdrew(who, messages.job.button[payload.operation]),
      );
    case 'expired':
      return lines(
        payload.operation === undefined
          ? thread.expired
          : messages.job.thread.lapsed(messages.job.button[payload.operation]),
      );
    case 'reminded': {
      const { state } = request;
      if (refusalOfStart(request) !== undefined) {
        return lines(messages.job.thread.unready(request.requester.userId, payload.number));
      }
      const operation = operationIn(state);
      const demands = demandsOf(rule, operation);
      const mentioned = listPeople(messages, demands.reminders.mention);
      if (state.status === 'unconfirmed') {
        return lines(operations[state.operation.name].thread.stillUnknown(mentioned));
      }
      const reminded =
        payload.operation === undefined
          ? thread.reminded(mentioned, payload.number)
          : messages.job.thread.reminded(
              mentioned,
              messages.job.button[payload.operation],
              payload.number,
            );
      if (!accepts(state, 'approve')) return lines(reminded);
      const { approvals } = state;
      const partly =
        approvals.length === 0
          ? []
          : [thread.stillMissing(stillNeeded(messages, missingOf(demands, approvals)))];
      const ends = expiry(messages, state);
      return lines(reminded, ...partly, ...ends);
    }
    case 'held':
      return lines(operations[payload.operation].thread.held(payload.until));
    case 'created':
      if (payload.approve === 'before_start') {
        return lines(
          created(messages, payload, who, site),
          labelled(thread.next, messages.job.prepared.createdNext),
          ...(payload.requestId === undefined ? [] : [thread.requestId(payload.requestId)]),
        );
      }
      return lines(
        created(messages, payload, who, site),
        ...createdNext(messages, request),
        ...(payload.requestId === undefined ? [] : [thread.requestId(payload.requestId)]),
      );
    case 'stray_job':
      return lines(thread.strayJob(payload.attempt, jobPart(payload.jobId, site)));
    case 'answer_lost': {
      const { doubt } = payload;
      const words = operations[payload.operation].thread;
      const about = aboutRequest(messages, request);
      const key = doubt.kind === 'duplicate' ? explanationOf(doubt.code) : failureOfDoubt(doubt);
      const { headline, meaning } = explain(key, messages, about);
      const body = [
        labelled(words.outcomeUnknown, headline),
        // It is about a job that the call may have created.
        ...(doubt.kind === 'duplicate' || payload.operation !== 'create_job'
          ? []
          : [say`${meaning}`]),
        say`${words.searching}`,
      ];
      return lines(...body);
    }
    case 'look_again':
      return lines(operations[payload.operation].thread.searchAgain(who));
    case 'try_again':
      return lines(
        payload.after === 'unconfirmed'
          ? operations[payload.operation].thread.callAgain(who)
          : thread.triedAgain(who),
      );
    case 'postponed': {
      const about = aboutRequest(messages, request);
      const { headline } = explainProblem(payload.problem, messages, about);
      const { postponed } = operations[payload.operation].thread;
      return lines(inLine(postponed(payload.attempt, payload.until), headline));
    }
    case 'failed': {
      const { failed, failedAgain } = operations[payload.operation].thread;
      const explanation = explainProblem(payload.problem, messages, {
        ...aboutRequest(messages, request),
        creates: payload.operation === 'create_job',
        action: camActionsOf(payload.operation, apiOf(request, payload.operation)).call,
        console: consoleUrl('dts', site),
        cardUrl,
      });
      const words = buildExplanation(
        messages,
        failures > 1 ? failedAgain(failures) : failed,
        // Details shows errors of the transport.
        isOfTransport(payload.problem) ? { ...explanation, quote: undefined } : explanation,
        { request, hasAgain: payload.operation === 'create_job' },
      );
      const asks = approveAgain(messages, request, payload);
      const [title = [], ...rest] = words.lines;
      return { ...words, lines: [title, ...asks, ...rest] };
    }
    case 'unconfirmed':
      return unconfirmed(messages, request, payload);
    case 'watched':
    case 'unwatched':
    case 'channel_lost':
    case 'looked':
    case 'reminder_held':
    case 'launched':
    case 'attempt_refused':
      return undefined;
    default:
      return payload satisfies never;
  }
}

/** True if a failed request was sent again with the same parameters. */
const isRetry = (
  { differences, isRetry: known, voided }: PayloadOf<'edited'>,
  revision: number,
): boolean =>
  // An edit makes a later revision, but events of earlier versions say no more.
  known === true || (!changesWhatIsSeen(differences) && voided === 0 && revision === 1);

/** What a person did in the form of a request or its job. */
export function editedBy(
  { job, thread }: Messages,
  payload: PayloadOf<'edited'>,
  who: string,
  revision: number,
): Text {
  if (isRetry(payload, revision)) {
    // Earlier versions retried an unchanged form.
    return payload.differences.length === 0 ? thread.triedAgain(who) : thread.sentAgain(who);
  }
  return payload.operation === undefined
    ? thread.edited(who, revision)
    : job.thread.modified(who, revision);
}

/** The version of the API in which an operation on the job is called. */
const apiOf = ({ job, parameters }: MigrationRequest, operation: string): JobApi | undefined =>
  operation === 'modify_job' ? modifyingApi(parameters, job?.api) : job?.api;

/** The buttons below an explanation. */
function remediesOf(
  messages: Messages,
  request: MigrationRequest,
  { payload, revision }: RequestEvent,
  site: ConsoleSite,
): ActionsBlock[] {
  if (payload.type === 'created') {
    return actionRow('remedies', [consoleButton(messages, 'dts', site)]);
  }
  if (payload.type !== 'failed') return [];
  const about = aboutRequest(messages, request);
  const explanation = explainProblem(payload.problem, messages, about);
  if (payload.operation !== 'create_job') {
    // The card has the buttons that the job's status allows.
    return actionRow('remedies', pageButton(messages, explanation, site));
  }
  return [
    ...idleJobButtons(messages, payload.problem),
    ...remedies(messages, { ...request, revision }, explanation, site),
  ];
}

/** Offers to delete the idle jobs that Ferry created. */
function idleJobButtons(
  messages: Messages,
  problem: PayloadOf<'failed'>['problem'],
): ActionsBlock[] {
  const idle = problem.kind === 'refused' ? problem.idleJobs : undefined;
  const jobs = idle?.kind === 'found' ? idle.jobs : [];
  const elements = jobs.flatMap(({ request }) =>
    request === undefined ? [] : [deleteIdleJobButton(messages, request)],
  );
  return actionRow('idle_jobs', elements);
}

type PayloadOf<Type extends EventPayload['type']> = Extract<EventPayload, { type: Type }>;

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
  { thread }: Messages,
  { rule }: Pick<MigrationRequest, 'rule'>,
): Text[] {
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

/** What the search found, and how a person can find out the rest. */
function unconfirmed(
  messages: Messages,
  { parameters, rule }: MigrationRequest,
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
  const failed = labelled(words.searchFailed, why);
  return lines(labelled(words.undecided, failed), ...body.slice(1));
}

/**
 * Asks the approvers again if Ferry doesn't make the start of a prepared job that they approved, unless
 * their approval could not start it either.
 */
function approveAgain(
  messages: Messages,
  request: MigrationRequest,
  payload: PayloadOf<'job_moved' | 'failed'>,
): Text[] {
  const { prepared } = messages.job;
  if (payload.operation !== 'start_job' || request.state.status !== 'prepared') return [];
  const isHopeless = payload.type === 'failed' && !mayBeApproved(payload.problem);
  return isHopeless || refusalOfStart(request) !== undefined
    ? [say`${prepared.approvalsGone}`]
    : [say`${prepared.approveAgain}`, callApprovers(messages, request)];
}

/** What follows an edit that needs all approvals: a decision, a creation, or first a deletion. */
function nextAfterEdit(
  messages: Messages,
  request: MigrationRequest,
  { automatic, discards }: PayloadOf<'edited'>,
): Text {
  const { prepared } = messages.job;
  if (automatic !== undefined) return prepared.createsFirst(automatic);
  return discards === true ? say`${prepared.approvalFirst}` : callApprovers(messages, request);
}

/** Asks the approvers to find out whether a call with an unknown outcome took effect. */
function callSearchers(messages: Messages, { rule, state }: MigrationRequest): Text {
  const operation = operationIn(state);
  const { approvers } = demandsOf(rule, operation);
  const { stillUnknown } = messages.operations[operation.name].thread;
  return stillUnknown(listPeople(messages, approvers));
}

/** Asks the approvers to decide, and says how many are needed and from which lists. */
function callApprovers(messages: Messages, request: MigrationRequest): Text {
  const { job, thread } = messages;
  const operation = operationIn(request.state);
  const rule = demandsOf(request.rule, operation);
  if (operation.name !== 'create_job' && operation.name !== 'modify_job') {
    return job.thread.askOthers(listPeople(messages, rule.approvers), job.button[operation.name]);
  }
  return thread.askApprovers(listPeople(messages, rule.approvers), needed(messages, rule));
}

/** When the request expires, if it does. */
const expiry = ({ thread }: Messages, state: RequestState): Text[] =>
  accepts(state, 'approve') && state.expireAt !== undefined ? [thread.expires(state.expireAt)] : [];

/** The rule that applies now, and the approvals that no longer count, with reasons. */
export function reviewed(
  { job, thread }: Messages,
  payload: PayloadOf<'rule_changed' | 'approvals_lapsed'>,
): Text[] {
  const { lapsed, reopened } = payload;
  if (payload.isUnapproved === true) {
    const first = say`${job.prepared.approvalFirst}`;
    return payload.type === 'rule_changed' ? [thread.ruleChanged(payload.to), first] : [first];
  }
  const reasons = lapsed.map(({ because, userId }) => thread.lapsed[because](userId));
  if (payload.type === 'approvals_lapsed') {
    const { operation } = payload;
    const words =
      operation === undefined ? thread.reopened : job.thread.reopened(job.button[operation]);
    return [...(reopened ? [words] : []), ...reasons];
  }
  const changed = reopened ? thread.ruleChangedAfterApproval : thread.ruleChanged;
  return [changed(payload.to), ...reasons];
}

const longestError = 500;
const mostCheckItems = 10;

/** The items of a check that didn't pass, each with its reason, remedy and documentation. */
function checkLines({ job: words }: Messages, checks: readonly CheckItem[]): Text[] {
  if (checks.length === 0) return [];
  const { thread } = words;
  const count = (wanted: CheckItem['result']): number =>
    checks.filter(({ result }) => result === wanted).length;
  const found = checks.filter(({ result }) => result === 'failed' || result === 'warning');
  return [
    thread.checked(count('passed'), count('warning'), count('failed'), count('skipped')),
    ...found
      .slice(0, mostCheckItems)
      .flatMap(({ link: page, name, reason, result, solution }) => [
        thread.checkItem(
          code(cut(name, 100)),
          result === 'failed',
          reason === undefined ? undefined : code(cut(reason, longestError)),
        ),
        ...(solution === undefined
          ? []
          : [
              say`${thread.solution(code(cut(solution, longestError)))}${page === undefined ? '' : say` ${link(page, thread.readMore)}`}`,
            ]),
      ]),
  ];
}

/** What a job's new status means for people; nothing if nobody has to know. */
export function jobMoved(
  messages: Messages,
  { job }: Pick<MigrationRequest, 'job'>,
  payload: PayloadOf<'job_moved'>,
): Text[] {
  const { consistency, elsewhere, error, from, operation, said, step, to } = payload;
  const { job: words } = messages;
  const { thread } = words;
  const meaning = payload.isRepeated === true ? undefined : thread.moved[to];
  const label = to === 'other' ? said : words.label[to];
  const took =
    job?.startedAt === undefined
      ? undefined
      : (job.endedAt ?? job.since).getTime() - job.startedAt.getTime();
  const isNewlyClear = isUnclear(from) && !isUnclear(to) && !elsewhere && meaning === undefined;
  const hasEnded = to === 'success' || to === 'failed';
  const isFailure = ['check_failed', 'failed', 'error', 'resumable_error'].includes(to);
  const lag = words.lag(payload);
  const checks = payload.checks ?? [];
  const texts = [
    ...(elsewhere ? [thread.elsewhere(label)] : []),
    ...(from === 'deleted' ? [thread.again(label)] : []),
    ...(meaning === undefined ? [] : [say`${meaning}`]),
    ...(to === 'other' && !elsewhere ? [thread.other(code(cut(said, 100)))] : []),
    // A scheduled job starts automatically.
    ...(from === 'ready_run' && to === 'running' && !elsewhere ? [say`${words.label[to]}.`] : []),
    ...(isNewlyClear || (to === 'unknown' && !elsewhere) ? [thread.now(label)] : []),
    ...(hasEnded && took !== undefined && took > 0 ? [thread.took(words.duration(took))] : []),
    ...(to === 'success' && lag !== undefined ? [thread.lagAtEnd(lag)] : []),
    ...(to === 'success' && consistency !== undefined && consistency !== 'notexist'
      ? [say`${thread.consistency[consistency]}`]
      : []),
    ...checkLines(messages, checks),
    ...(isFailure && step !== undefined ? [failedStepLine(messages, step, error)] : []),
    ...(isFailure && checks.length === 0 ? errorLines(messages, payload) : []),
  ];
  return operation === undefined ? texts : [...texts, thread.dropped(words.button[operation])];
}

/** What DTS says about an error, the remedy, and the documentation. */
export function errorLines(
  { job: { thread } }: Messages,
  { error, link: page, solution }: Pick<PayloadOf<'job_moved'>, 'error' | 'link' | 'solution'>,
): Text[] {
  const lines = [
    ...(error === undefined ? [] : [thread.error(code(cut(error, longestError)))]),
    ...(solution === undefined ? [] : [thread.solution(code(cut(solution, longestError)))]),
  ];
  if (page === undefined) return lines;
  const more = [link(page, thread.readMore)];
  const last = lines.at(-1);
  return last === undefined ? [more] : [...lines.slice(0, -1), inLine(last, more)];
}

function failedStepLine(
  { job: { thread } }: Messages,
  { message, name, number, of }: NonNullable<PayloadOf<'job_moved'>['step']>,
  error: string | undefined,
): Text {
  const step = thread.failedStep(number, of, code(name === '' ? String(number) : cut(name, 100)));
  // DTS often repeats the error as the step's message.
  return message === undefined || message === error
    ? step
    : inLine(step, code(cut(message, longestError)));
}

export function voidedLine({ thread }: Messages, voided: number): Text[] {
  return voided === 0 ? [] : [thread.voided(voided)];
}

const lines = (...texts: readonly Text[]): Words => ({ lines: texts });

const quoting = (texts: readonly Text[], quote: string): Words => ({ lines: texts, quote });
