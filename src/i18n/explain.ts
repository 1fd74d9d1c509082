import type { CallProblem, IdleJobs } from '../domain/errors/callProblem';
import type { Explained } from '../domain/errors/errorCodes';
import {
  type Again,
  adviceOn,
  type ConsolePage,
  type Helper,
  isForbidden,
} from '../domain/errors/errorCodes';
import { explainedBy } from '../domain/errors/failureOf';
import type { LaunchProblem } from '../domain/request/launchOutcome';
import { creation } from '../domain/request/operations/operation';
import { camActionsOf } from '../domain/request/operations/operations';
import { writeReference } from '../domain/secrets/secretReference';
import { keysOf } from '../domain/secrets/secretValue';
import { readChinaTime } from '../domain/text/chinaTime';
import type { About, ExplanationMessages, ExplanationWords } from './explanation';
import type { Messages } from './locales';
import { code, inLine, link, type Part, plain, say, type Text } from './text';

/**
 * A problem in words. What a person can act on comes before the details for a search or a ticket.
 */
export interface Explanation extends ExplanationWords {
  /** Who can act, in words and as a role. */
  who: string;
  helper: Helper;
  again: Again;
  /** The helpful page of Tencent Cloud's console. */
  page: ConsolePage | undefined;
  missingAction: string | undefined;
  idleJobs: Text | undefined;
  /** The code and RequestId, for a search or a support ticket. */
  reference: Text | undefined;
  /** The server's own words, as a quotation. */
  quote: string | undefined;
  /** Why the server's words are not shown. */
  withheld: Text | undefined;
}

/** What an explanation says if it isn't about a request. */
export function aboutNone({ explanations: { about } }: Messages): About {
  return {
    to: about.to(undefined),
    from: about.from(undefined),
    region: about.region(undefined),
    job: about.job(undefined),
    engines: about.engines(undefined, undefined),
    secret: about.secret(undefined),
    creates: true,
    action: camActionsOf(creation.name).call,
  };
}

/** Explains a code or a failure. */
export function explain(
  key: Explained,
  messages: Messages,
  about = aboutNone(messages),
): Explanation {
  const { entries, helpers } = messages.explanations;
  const { again, exhibit, helper, page } = adviceOn(key, about.emptyFields !== undefined);
  return {
    ...entries[key](about),
    who: helpers[helper],
    helper,
    again,
    page,
    missingAction: exhibit === 'statement' ? about.action : undefined,
    idleJobs: undefined,
    reference: undefined,
    quote: undefined,
    withheld: undefined,
  };
}

/** Explains a launch that certainly created no job. */
export function explainProblem(
  problem: LaunchProblem,
  messages: Messages,
  about = aboutNone(messages),
): Explanation {
  const key = explainedBy(problem);
  switch (problem.kind) {
    case 'refused': {
      const { idleJobs, message } = problem;
      return {
        ...explain(key, messages, about),
        idleJobs: idleJobs && listIdle(idleJobs, messages.explanations.idle, about),
        reference: messages.reference(code(problem.code), code(problem.requestId)),
        quote: message === '' ? undefined : message,
        withheld: message === '' ? say`${messages.thread.withheld}` : undefined,
      };
    }
    case 'not_sent':
      return { ...explain(key, messages, about), quote: problem.detail || undefined };
    case 'record_altered': {
      const meaning = messages.explanations.altered(problem.parts);
      return { ...explain(key, messages, about), meaning };
    }
    case 'rule_unclear':
    case 'start_time_passed':
    case 'requester_not_allowed':
    case 'job_not_ready':
    case 'check_changed':
    case 'no_effect':
    case 'secret_unreadable':
      return explain(key, messages, about);
    case 'secret_unavailable': {
      const { cause } = problem;
      const secret = writeReference(problem.reference);
      const common = explain(key, messages, { ...about, secret });
      if (cause.kind === 'refused') {
        const reference = messages.reference(code(cause.code), code(cause.requestId));
        return {
          ...common,
          missingAction: isForbidden(cause.code) ? 'ssm:GetSecretValue' : undefined,
          reference: say`${code(secret)}, ${reference}`,
          quote: cause.message,
        };
      }
      if (cause.kind === 'unusable' && cause.flaw !== undefined) {
        const { flaw } = cause;
        const keys = keysOf(flaw);
        return {
          ...common,
          meaning: messages.explanations.valueFlaw(flaw.kind),
          reference: say`${code(secret)}${keys.length === 0 ? '' : messages.explanations.valueKeys(keys)}`,
        };
      }
      if (cause.kind === 'other_user') {
        return { ...common, reference: messages.explanations.otherUser(secret, cause.user) };
      }
      const quote = cause.kind === 'not_reached' ? cause.detail : undefined;
      return { ...common, reference: [code(secret)], quote };
    }
    default:
      return problem satisfies never;
  }
}

function listIdle(
  idle: IdleJobs,
  words: ExplanationMessages['idle'],
  { cardUrl, console }: Pick<About, 'cardUrl' | 'console'>,
): Text {
  const card = (id: number): Part | string => {
    const url = cardUrl?.(id);
    return url === undefined ? `#${id}` : link(url, `#${id}`);
  };
  switch (idle.kind) {
    case 'forbidden':
      return words.forbidden('dts:DescribeMigrateJobs');
    case 'unanswered':
      return say`${words.unanswered}`;
    case 'found':
      return idle.jobs.length + idle.more + (idle.elsewhere ?? 0) === 0
        ? say`${words.none}`
        : words.found(
            idle.jobs.map(({ createTime, jobId, jobName, request }) => {
              const at = readChinaTime(createTime);
              const createdAt = Number.isNaN(at.getTime()) ? undefined : at;
              const job = console === undefined ? code(jobId) : link(console, jobId);
              return words.job(job, jobName.slice(0, 60), createdAt, request && card(request.id));
            }),
            idle.elsewhere ?? 0,
            idle.more,
          );
    default:
      return idle satisfies never;
  }
}

/** A CAM policy that allows one action. */
export const policyAllowing = (action: string): string =>
  JSON.stringify(
    { version: '2.0', statement: [{ effect: 'allow', action: [action], resource: ['*'] }] },
    null,
    2,
  );

/** A failed call of `action`, such as `dts:DescribeMigrateJobs`, in one line for Ferry admins. */
export function explainInLine(problem: CallProblem, action: string, messages: Messages): string {
  if (problem.kind === 'refused' && isForbidden(problem.code)) {
    return messages.doctor.cloudForbidden(action, problem.requestId);
  }
  const { headline, next, reference, quote } = explainProblem(problem, messages);
  const rest = [next, quote, reference].filter((each) => each !== undefined);
  return plain(inLine(headline, ...rest));
}
