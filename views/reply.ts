import type { Policy } from '../src/domain/policy';
import type { MigrationRequest } from '../src/domain/request';
import type { RequestEvent } from '../src/domain/requestEvent';
import { type Explanation, explainDoubt, explainProblem } from '../src/i18n/explain';
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
        thread.created(happening.jobId),
        say`${bold(thread.next)} ${thread.createdNext}`,
        say`${bold(thread.who)} ${thread.createdWho}`,
        thread.requestId(happening.requestId),
      );
    case 'postponed': {
      const { happened } = explainProblem(happening.problem, messages);
      return lines(say`${thread.postponed(happening.attempt, happening.until)} ${happened}`);
    }
    case 'failed':
      return explained(messages, thread.failed, explainProblem(happening.problem, messages));
    case 'unconfirmed': {
      const { JobName } = request.parameters;
      return explained(
        messages,
        thread.unconfirmed,
        explainDoubt(happening.doubt, JobName, messages),
      );
    }
    case 'launched':
    case 'attempt_refused':
      return undefined;
    default:
      return happening satisfies never;
  }
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
function approvers({ thread }: Messages, policy: Policy): Text {
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
    ', ',
  );
}

function lines(...texts: readonly Text[]): Message {
  return { text: notification(texts), blocks: [richText(...texts)] };
}

function quoting(texts: readonly Text[], quote: string): Message {
  return { text: notification(texts), blocks: [withQuote(texts, quote)] };
}

const notification = (texts: readonly Text[]): string => cut(mrkdwn(join(texts, '\n')), 4_000);
