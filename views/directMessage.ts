import type { Button } from '@slack/types';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import type { JobOperation } from '../src/domain/job/job';
import { operationIn } from '../src/domain/request/operationIn';
import { isOfRequest } from '../src/domain/request/operations/operation';
import type { MigrationRequest } from '../src/domain/request/request';
import type { PayloadOf, RequestEvent } from '../src/domain/request/requestEvent';
import { accepts, approvalsOfRequest } from '../src/domain/request/states';
import { explainProblem } from '../src/i18n/explain';
import type { Messages } from '../src/i18n/locales';
import {
  bold,
  channel,
  join,
  labelled,
  link,
  type Part,
  person,
  say,
  type Text,
} from '../src/i18n/text';
import { aboutFailure, created, createdNext, notAutomatic } from './callWords';
import { withdrawButton } from './cardButtons';
import { editedBy, reviewed, voidedLine } from './decisionWords';
import { describeDifferences } from './describeDifferences';
import { helperOf } from './explanation';
import { wayLine } from './glance';
import { jobMoved, lostLine } from './jobLines';
import { someOf } from './listPeople';
import { actionRow, type Message } from './message';
import { plainText } from './plainText';
import { approvedBy } from './requestCard';
import { toMessage } from './words';

export const muteAction = 'no_direct_messages';

/**
 * The direct message to the requester about an event: the decision, the outcome, and other people's
 * actions, also on the job. `undefined` for other events and the requester's own actions.
 * @param url of the card
 */
export function buildDirectMessage(
  messages: Messages,
  request: MigrationRequest,
  event: RequestEvent,
  url: string | undefined,
  site: ConsoleSite,
): Message | undefined {
  const said = describe(messages, request, event, site);
  if (said === undefined) return undefined;
  const { direct } = messages;
  const title = direct.title(request.id);
  const name: Part = url === undefined ? bold(title) : link(url, title);
  const texts = [
    direct.about(name, request.parameters.JobName, channel(request.channel)),
    ...said.texts,
  ];
  const quote = said.quote === undefined ? {} : { quote: said.quote };
  const { text, blocks } = toMessage({ lines: texts, ...quote });
  const mute: Button = {
    type: 'button',
    action_id: muteAction,
    text: plainText(direct.mute),
    value: 'mute',
  };
  return { text, blocks: [...blocks, ...actionRow('direct', [...(said.buttons ?? []), mute])] };
}

/** The report about an emergency approval to a channel or person; `undefined` for other events. */
export function buildAlarm(
  messages: Messages,
  request: MigrationRequest,
  { by, payload }: RequestEvent,
  url: string | undefined,
): Message | undefined {
  if (payload.type !== 'break_glass') return undefined;
  const { direct, thread } = messages;
  const title = direct.title(request.id);
  const name: Part = url === undefined ? bold(title) : link(url, title);
  return toMessage({
    lines: [
      thread.emergency(name, request.parameters.JobName, channel(request.channel)),
      wayLine(messages, request),
      thread.brokeGlass(by?.userId ?? ''),
    ],
    quote: payload.reason,
  });
}

interface Said {
  texts: readonly Text[];
  quote?: string;
  buttons?: readonly Button[];
}

function describe(
  messages: Messages,
  request: MigrationRequest,
  { at, by, payload, revision }: RequestEvent,
  site: ConsoleSite,
): Said | undefined {
  const { direct, job, operations, thread } = messages;
  const who = by?.userId ?? '';
  const isOwn = who === request.requester.userId;
  switch (payload.type) {
    case 'approved': {
      // Otherwise the outcome of the call follows.
      if (isOwn || payload.isUnderWay !== true) return undefined;
      const by = approvedBy(messages, approvalsOfRequest(request.state), request.rule);
      return { texts: [direct.underWayApproved, direct.approvedBy(by)] };
    }
    case 'break_glass':
      return isOwn
        ? undefined
        : {
            texts: [emergency(messages, request, payload), thread.brokeGlass(who)],
            quote: payload.reason,
          };
    case 'denied': {
      if (isOwn) return undefined;
      const texts =
        payload.operation === undefined
          ? [direct.denied, thread.denied(who)]
          : [job.thread.declined(who, job.button[payload.operation])];
      return { texts, quote: payload.reason };
    }
    case 'withdrawn':
      // Only the requester withdraws the request, but others withdraw operations on its job.
      return isOwn || payload.operation === undefined
        ? undefined
        : { texts: [job.thread.withdrew(who, job.button[payload.operation])] };
    case 'expired':
      return {
        texts: [
          payload.operation === undefined
            ? thread.expired
            : job.thread.lapsed(job.button[payload.operation]),
        ],
      };
    case 'operated':
      return operated(messages, request, payload);
    case 'edited':
      return isOwn
        ? undefined
        : {
            texts: [
              editedBy(messages, payload, who, revision),
              ...describeDifferences(messages, payload.differences),
              ...voidedLine(messages, payload.voided),
            ],
          };
    case 'created':
      return {
        texts: [
          created(messages, payload, who, site),
          ...(payload.approve === 'before_start'
            ? []
            : [
                direct.approvedBy(
                  approvedBy(messages, approvalsOfRequest(request.state), request.rule),
                ),
              ]),
          ...createdNext(messages, request, payload),
        ],
      };
    case 'failed': {
      const explanation = explainProblem(payload.problem, messages, {
        ...aboutFailure(messages, request, payload, at),
      });
      const { headline, next } = explanation;
      return {
        texts: [
          labelled(operations[payload.operation].thread.failed, headline),
          labelled(thread.next, next),
          labelled(thread.who, helperOf(messages, explanation, request)),
        ],
      };
    }
    case 'unconfirmed': {
      const words = operations[payload.operation];
      return {
        texts: [
          labelled(words.thread.outcomeUnknown, words.unconfirmed),
          labelled(thread.who, someOf(messages, request.rule.approvers)),
        ],
      };
    }
    case 'channel_lost': {
      const {
        happened,
        next,
        orElse,
        orWithdraw,
        who: helper,
      } = direct.channelLost[payload.problem];
      const { state } = request;
      const isWithdrawable = accepts(state, 'withdraw') && isOfRequest(operationIn(state));
      return {
        texts: [
          labelled(direct.channelLostHeadline, happened),
          labelled(thread.next, `${next}${isWithdrawable ? orWithdraw : orElse}`),
          labelled(thread.who, `${helper}${isWithdrawable ? direct.onlyYouWithdraw : ''}`),
          ...(accepts(state, 'approve') ? [direct.decidedElsewhere] : []),
        ],
        // The buttons if the card isn't visible or doesn't exist.
        buttons: accepts(state, 'withdraw') ? [withdrawButton(messages, request)] : [],
      };
    }
    case 'rule_changed':
    case 'approvals_lapsed':
      return payload.reopened && payload.operation === undefined
        ? {
            texts: [
              ...reviewed(messages, payload),
              payload.isUnapproved === true ? direct.waits : direct.waitsAgain,
            ],
          }
        : undefined;
    case 'job_moved': {
      const texts = jobMoved(messages, request, payload);
      return texts.length === 0 ? undefined : { texts: [...texts, ...lostLine(messages, request)] };
    }
    case 'not_automatic':
      return { texts: [notAutomatic(messages, payload)] };
    case 'held':
      return {
        texts: [
          payload.operation === 'create_job'
            ? direct.held(payload.until)
            : direct.startHeld(payload.until),
        ],
      };
    case 'requested':
    case 'automatic':
    case 'unverified':
    case 'taken_back':
    case 'reminded':
    case 'launched':
    case 'job_idle':
    case 'postponed':
    case 'answer_lost':
    case 'looked':
    case 'reminder_held':
    case 'look_again':
    case 'try_again':
    case 'stray_job':
    case 'watched':
    case 'unwatched':
    case 'attempt_refused':
      return undefined;
    default:
      return payload satisfies never;
  }
}

/** What an emergency approval means for the job. */
function emergency(
  { direct }: Messages,
  { rule }: MigrationRequest,
  { isUnderWay }: PayloadOf<'break_glass'>,
): Text {
  if (isUnderWay === true) return direct.underWayApproved;
  return rule.approve === 'before_start' ? direct.startApproved : direct.approved;
}

/** The operations after which the requester gets no message about the status of the job. */
const unseen: readonly JobOperation[] = [
  'start_job',
  'modify_job',
  'pause_job',
  'continue_job',
  'resume_job',
  'delete_job',
];

/** Says what others did with the job. */
function operated(
  { direct, job, listSeparator }: Messages,
  { requester }: MigrationRequest,
  { approvedBy: by = [], operation }: PayloadOf<'operated'>,
): Said | undefined {
  if (!unseen.includes(operation) || by.at(-1) === requester.userId) return undefined;
  const accepted = say`${job.thread.accepted[operation]}`;
  if (by.length > 0) {
    const people = by.map((userId) => [person(userId)]);
    return { texts: [accepted, direct.approvedBy(join(people, listSeparator))] };
  }
  // Earlier versions recorded no approvers, and the policy never changes parameters.
  return operation === 'modify_job' ? { texts: [accepted] } : undefined;
}
