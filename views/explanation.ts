import type { ActionsBlock, Button } from '@slack/types';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import type { Explained } from '../src/domain/errors/errorCodes';
import { modifyingApi } from '../src/domain/migration/modifyingApi';
import { oddities } from '../src/domain/migration/unusual';
import type { OperationName } from '../src/domain/request/operations/operation';
import { camActionsOf } from '../src/domain/request/operations/operations';
import type { MigrationRequest } from '../src/domain/request/request';
import { jobIdIn } from '../src/domain/request/states';
import { cut } from '../src/domain/text/cut';
import { aboutNone, type Explanation, explain, policyAllowing } from '../src/i18n/explain';
import type { About } from '../src/i18n/explanation';
import type { Messages } from '../src/i18n/locales';
import { bold, code, labelled, person, plain, say, type Text } from '../src/i18n/text';
import {
  button,
  consoleButton,
  editAction,
  isWorthRepeating,
  revisionOf,
  tryAgainAction,
} from './cardButtons';
import { sourcePlace } from './describeMigration';
import { someOf } from './listPeople';
import { actionRow, type Message } from './message';
import { toMessage, type Words } from './words';

const longestSubject = 60;
const longestPlace = 80;
const longestQuote = 1_000;

/** True if the next call would create the job. Ferry may not have seen one that exists. */
const hasNoJob = ({ job, state }: MigrationRequest): boolean =>
  job === undefined && jobIdIn(state) === undefined;

/** The parts of a request that an explanation names. */
export function aboutRequest(messages: Messages, request: MigrationRequest): About {
  const { askedAt, parameters, secrets } = request;
  const { about } = messages.explanations;
  const { DstDatabaseType, DstInfo, JobName, SrcDatabaseType } = parameters;
  const emptyFields = oddities(parameters, secrets, askedAt).flatMap((odd) =>
    odd.code === 'field_left_out' ? [messages.form.labels[odd.path]] : [],
  );
  return {
    ...aboutNone(messages),
    to: about.to(cut(DstInfo.InstanceId, longestSubject)),
    from: about.from(cut(plain(sourcePlace(messages, parameters)), longestPlace)),
    region: about.region(DstInfo.Region),
    job: about.job(cut(JobName, longestSubject)),
    engines: about.engines(
      messages.options.SrcDatabaseType[SrcDatabaseType],
      messages.options.DstDatabaseType[DstDatabaseType],
    ),
    creates: hasNoJob(request),
    ...(emptyFields.length === 0 ? {} : { emptyFields }),
  };
}

/** The same for a call that failed. */
export function aboutCall(
  messages: Messages,
  request: MigrationRequest,
  name: OperationName,
): About {
  const { job, parameters } = request;
  const api = name === 'modify_job' ? modifyingApi(parameters, job?.api) : job?.api;
  return {
    ...aboutRequest(messages, request),
    creates: name === 'create_job',
    action: camActionsOf(name, api).call,
  };
}

/** A whole explanation after `title`. Text to copy comes last. */
export function buildExplanation(
  messages: Messages,
  title: string,
  explanation: Explanation,
  {
    request,
    hasMeaning = true,
    hasAgain = true,
  }: {
    request?: MigrationRequest | undefined;
    hasMeaning?: boolean;
    /** False if the words about a retry, which are about creating jobs, don't fit. */
    hasAgain?: boolean;
  } = {},
): Words {
  const { explanations: words, thread } = messages;
  const { again, causes, headline, idleJobs, meaning, missingAction, next, quote } = explanation;
  const { reference, withheld } = explanation;
  const lines: Text[] = [
    labelled(title, headline),
    ...(hasMeaning ? [say`${meaning}`] : []),
    labelled(words.causes, words.listCauses(causes)),
    labelled(thread.next, next),
    labelled(thread.who, helperOf(messages, explanation, request)),
    ...(hasAgain ? [labelled(words.tryingAgain, words.again[again])] : []),
    ...(idleJobs === undefined ? [] : [idleJobs]),
    ...(quote === undefined ? [] : [[bold(thread.quote)]]),
    ...(withheld === undefined ? [] : [withheld]),
  ];
  return {
    lines,
    ...(quote === undefined ? {} : { quote: cut(quote, longestQuote) }),
    ...(missingAction === undefined ? {} : { copy: grant(words, missingAction) }),
    ...(reference === undefined ? {} : { end: reference }),
  };
}

/** Who can act: the request's people, if there is a request. */
export function helperOf(
  messages: Messages,
  { helper, who }: Explanation,
  request: MigrationRequest | undefined,
): Text {
  if (request !== undefined && helper === 'approver') {
    return someOf(messages, request.rule.approvers);
  }
  return request !== undefined && helper === 'requester'
    ? [person(request.requester.userId)]
    : say`${who}`;
}

/** The statement that allows an action, to pass on. */
export const grant = ({ missingAction }: Messages['explanations'], action: string) => ({
  title: missingAction(action),
  text: policyAllowing(action),
});

/** The buttons below an explanation, if any. */
export function remedies(
  messages: Messages,
  request: Pick<MigrationRequest, 'id' | 'origin' | 'revision' | 'secrets'>,
  explanation: Explanation,
  site: ConsoleSite,
): ActionsBlock[] {
  return actionRow('remedies', [
    ...repeatButton(messages, request, explanation),
    ...pageButton(messages, explanation, site),
  ]);
}

/** A typed password was deleted, so a retry asks for it in the form. */
function repeatButton(
  { card }: Messages,
  request: Pick<MigrationRequest, 'id' | 'revision' | 'secrets'>,
  { again }: Explanation,
): Button[] {
  if (again === 'never') return [];
  const value = revisionOf(request);
  return isWorthRepeating(request, again)
    ? [button(tryAgainAction, card.tryFailedAgain, value)]
    : [button(editAction, card.editAgain, value)];
}

export const pageButton = (
  messages: Messages,
  { page }: Explanation,
  site: ConsoleSite,
): Button[] => (page === undefined ? [] : [consoleButton(messages, page, site)]);

/** A code that a person asks about, and the request that got it, if they name one. */
interface Asked {
  key: Explained;
  /** The code itself, if Ferry doesn't know it. */
  typed?: string;
  request: MigrationRequest | undefined;
  /** The operation of the request that failed last. */
  failed?: OperationName | undefined;
}

/** The reply to a person who asks about a code. */
export function buildExplained(
  messages: Messages,
  { key, typed, request, failed }: Asked,
  site: ConsoleSite,
): Message {
  const isNew = request === undefined || hasNoJob(request);
  const call = failed ?? (isNew ? 'create_job' : undefined);
  const explained = explain(key, messages, aboutAsked(messages, request, call));
  // Which permission is missing depends on the call.
  const explanation = call === undefined ? { ...explained, missingAction: undefined } : explained;
  const words = buildExplanation(messages, typed ?? key, explanation, {
    request,
    // Without a request, there is nothing to say about it.
    hasMeaning: request !== undefined,
    hasAgain: call === 'create_job',
  });
  const buttons = actionRow('remedies', pageButton(messages, explanation, site));
  const { text, blocks } = toMessage({
    ...words,
    lines: [
      ...(typed === undefined ? [] : [messages.explanations.asked.isNew(typed)]),
      ...words.lines,
    ],
    end: [code(typed ?? key)],
  });
  return { text, blocks: [...blocks, ...buttons] };
}

function aboutAsked(
  messages: Messages,
  request: MigrationRequest | undefined,
  call: OperationName | undefined,
): About {
  if (request === undefined) return aboutNone(messages);
  return call === undefined ? aboutRequest(messages, request) : aboutCall(messages, request, call);
}
