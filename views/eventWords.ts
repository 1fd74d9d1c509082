import type { PayloadOf, RequestEvent } from '../src/domain/request/requestEvent';
import type { Messages } from '../src/i18n/locales';
import { say } from '../src/i18n/text';
import {
  answerLost,
  failed,
  jobCreated,
  movedWords,
  notAutomatic,
  postponed,
  unconfirmed,
} from './callWords';
import {
  approved,
  edited,
  ended,
  reminded,
  requested,
  ruleReviewed,
  takenBack,
} from './decisionWords';
import { listPeople } from './listPeople';
import { jobPart } from './requestCard';
import { type EventContext, lines, quoting, type Words } from './words';

/** The words for an event in the request's thread; `undefined` for events without words. */
export function wordsOf(
  context: EventContext,
  { at, by, payload, revision }: RequestEvent,
): Words | undefined {
  const { messages, request } = context;
  const { job, operations, thread } = messages;
  const who = by?.userId ?? '';
  switch (payload.type) {
    case 'requested':
      return requested(context, payload);
    case 'edited':
      return edited(context, payload, who, revision);
    case 'rule_changed':
    case 'approvals_lapsed':
      return ruleReviewed(context, payload);
    case 'approved':
      return approved(context, payload, who);
    case 'break_glass':
      return {
        ...quoting([thread.brokeGlass(who)], payload.reason),
        end: thread.bypassed(listPeople(messages, request.rule.approvers)),
      };
    case 'taken_back':
      return takenBack(context, payload, who);
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return ended(context, payload, who);
    case 'reminded':
      return reminded(context, payload);
    case 'automatic':
      return lines(
        payload.operation === 'delete_job'
          ? say`${job.prepared.notNeeded}`
          : job.thread.automatic(job.button[payload.operation], payload.rule),
      );
    case 'not_automatic':
      return lines(notAutomatic(messages, payload));
    case 'operated':
      return operated(messages, payload);
    case 'job_moved':
      return movedWords(context, payload, at);
    case 'job_idle': {
      const said = job.thread[payload.isNotNeeded === true ? 'notDeleted' : 'idle'];
      return lines(said(listPeople(messages, request.rule.reminders.mention), payload.since));
    }
    case 'created':
      return jobCreated(context, payload, who);
    case 'stray_job':
      return lines(thread.strayJob(payload.attempt, jobPart(payload.jobId, context.site)));
    case 'unverified':
      return lines(operations[payload.operation].thread.unverified);
    case 'held':
      return lines(operations[payload.operation].thread.held(payload.until));
    case 'look_again':
      return lines(operations[payload.operation].thread.searchAgain(who));
    case 'try_again':
      return lines(
        payload.after === 'unconfirmed'
          ? operations[payload.operation].thread.callAgain(who)
          : thread.triedAgain(who),
      );
    case 'answer_lost':
      return answerLost(context, payload);
    case 'postponed':
      return postponed(context, payload);
    case 'failed':
      return failed(context, payload, at);
    case 'unconfirmed':
      return unconfirmed(context, payload);
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

/** What DTS does now, unless the thread has what came of it. */
function operated(
  { job: { thread } }: Messages,
  { how, isOver, operation }: PayloadOf<'operated'>,
): Words | undefined {
  const said = [
    ...(how === 'found' ? [say`${thread.found}`] : []),
    ...(isOver === true ? [] : [say`${thread.accepted[operation]}`]),
  ];
  return said.length === 0 ? undefined : lines(...said);
}
