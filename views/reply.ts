import type { Policy } from '../src/domain/policy';
import type { MigrationRequest } from '../src/domain/request';
import type { Happening, RequestEvent } from '../src/domain/requestEvent';
import { type Explanation, explainProblem } from '../src/i18n/explain';
import type { Messages } from '../src/i18n/locales';
import { bold, group, join, person, say, type Text } from '../src/i18n/text';
import { mrkdwn } from './mrkdwn';
import { cut } from './plainText';
import type { Message } from './requestCard';
import { richText, withQuote } from './richText';

/** What an event says in the request's thread; `undefined` for events that need no words there. */
export function buildReply(
  messages: Messages,
  policy: Policy,
  request: MigrationRequest,
  { happening, by }: RequestEvent,
): Message | undefined {
  const { thread } = messages;
  switch (happening.type) {
    case 'requested':
      return lines(thread.askApprovers(approvers(messages, policy), request.requiredApprovals));
    case 'approved':
      return lines(thread.approved(by?.userId ?? '', happening.count, happening.required));
    case 'denied': {
      const head = thread.denied(by?.userId ?? '');
      return quoting([head], happening.reason);
    }
    case 'created':
      return lines(
        created(messages, happening, by?.userId),
        say`${bold(thread.next)} ${thread.createdNext}`,
        say`${bold(thread.who)} ${thread.createdWho}`,
        ...(happening.requestId === undefined ? [] : [thread.requestId(happening.requestId)]),
      );
    case 'stray_job':
      return lines(thread.strayJob(happening.attempt, happening.jobId));
    case 'answer_lost': {
      const { doubt } = happening;
      const happened = messages.explanations.doubts[doubt.kind];
      const body = [say`${bold(thread.answerLost)} ${happened}`, say`${thread.looking}`];
      return 'detail' in doubt
        ? quoting([...body, say`${bold(thread.quote)}`], cut(doubt.detail, 1_000))
        : lines(...body);
    }
    case 'look_again':
      return lines(thread.lookAgain(by?.userId ?? ''));
    case 'try_again':
      return lines(thread.tryAgain(by?.userId ?? ''));
    case 'postponed': {
      const { happened } = explainProblem(happening.problem, messages);
      return lines(say`${thread.postponed(happening.attempt, happening.until)} ${happened}`);
    }
    case 'failed':
      return explained(messages, thread.failed, explainProblem(happening.problem, messages));
    case 'unconfirmed':
      return unconfirmed(messages, request.parameters.JobName, happening);
    case 'looked':
    case 'launched':
    case 'attempt_refused':
      return undefined;
    default:
      return happening satisfies never;
  }
}

type HappeningOf<Type extends Happening['type']> = Extract<Happening, { type: Type }>;

function created(
  { thread }: Messages,
  { how, jobId }: HappeningOf<'created'>,
  by: string | undefined,
): Text {
  switch (how) {
    case 'answered':
      return thread.created(jobId);
    case 'found':
      return thread.found(jobId);
    case 'chosen':
      return thread.chosen(by ?? '', jobId);
    default:
      return how satisfies never;
  }
}

/** What was found, and how a person finds out what nobody can tell from here. */
function unconfirmed(
  messages: Messages,
  jobName: string,
  { found, searchProblem }: HappeningOf<'unconfirmed'>,
): Message {
  const { thread } = messages;
  const body = [
    say`${bold(thread.answerLost)} ${
      found.length === 0 ? thread.foundNone : thread.foundSeveral(found)
    }`,
    say`${bold(thread.next)} ${thread.unconfirmedNext(jobName)}`,
    say`${bold(thread.who)} ${thread.unconfirmedWho}`,
  ];
  if (searchProblem === undefined) return lines(...body);
  const isForbidden =
    searchProblem.kind === 'refused' && /UnauthorizedOperation/.test(searchProblem.code);
  const { happened } = explainProblem(searchProblem, messages);
  const why = isForbidden
    ? say`${thread.lookForbidden}`
    : say`${thread.lookFailed} ${searchProblem.kind === 'refused' ? happened : thread.lookUnanswered}`;
  return lines(say`${bold(thread.answerLost)} ${why}`, ...body.slice(1));
}

function explained(
  { thread }: Messages,
  headline: string,
  { happened, next, who, reference, quote }: Explanation,
): Message {
  const body = [
    say`${bold(headline)} ${happened}`,
    say`${bold(thread.next)} ${next}`,
    say`${bold(thread.who)} ${who}`,
    ...(reference === undefined ? [] : [reference]),
  ];
  return quote === undefined
    ? lines(...body)
    : quoting([...body, say`${bold(thread.quote)}`], cut(quote, 1_000));
}

/** Groups and people are mentioned. The members of the channel are named but not all pinged. */
function approvers({ thread, listSeparator }: Messages, policy: Policy): Text {
  return join(
    policy.approvers.map((rule) => {
      switch (rule.kind) {
        case 'user':
          return [person(rule.userId)];
        case 'group':
          return [group(rule.groupId)];
        case 'channel':
          return thread.channelMembers;
        default:
          return rule satisfies never;
      }
    }),
    listSeparator,
  );
}

function lines(...texts: readonly Text[]): Message {
  return { text: notification(texts), blocks: [richText(...texts)] };
}

function quoting(texts: readonly Text[], quote: string): Message {
  return { text: notification(texts), blocks: [withQuote(texts, quote)] };
}

const notification = (texts: readonly Text[]): string => cut(mrkdwn(join(texts, '\n')), 4_000);
