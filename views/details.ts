import type { KnownBlock, ModalView } from '@slack/types';
import { summarise } from '../src/domain/databases/databaseInfo';
import type { ConsoleSite } from '../src/domain/errors/consolePage';
import type { MigrationParameters } from '../src/domain/migration/migration';
import type { Approval } from '../src/domain/request/approval';
import { detailOf } from '../src/domain/request/launchOutcome';
import type { MigrationRequest } from '../src/domain/request/request';
import type { EventPayload, RequestEvent } from '../src/domain/request/requestEvent';
import { accepts, approvalsIn } from '../src/domain/request/states';
import { secretPaths } from '../src/domain/secrets/secretReference';
import { writeChinaTime } from '../src/domain/text/chinaTime';
import { cut } from '../src/domain/text/cut';
import { explainProblem } from '../src/i18n/explain';
import type { Messages } from '../src/i18n/locales';
import { bold, code, join, labelled, quote, say, type Text } from '../src/i18n/text';
import { reviewed } from './decisionWords';
import { describeDifferences } from './describeDifferences';
import { describeMigration, describeSecret, objectName } from './describeMigration';
import { wordsOf } from './eventWords';
import { observedLines, wayLine } from './glance';
import { packBlocks } from './packBlocks';
import { plainText } from './plainText';
import { jobLabel } from './progress';
import { buildStatus, markOf } from './requestCard';
import { richText } from './richText';

/** The most blocks of each section, including its heading: 96 in total, because of `packBlocks`. */
const most = {
  summary: 8,
  rule: 6,
  parameters: 6,
  nodes: 6,
  objects: 6,
  tags: 4,
  secrets: 2,
  why: 8,
  approvals: 12,
  history: 36,
} as const;

/** Everything about a request and its history, without secrets. */
export function buildDetails(
  messages: Messages,
  request: MigrationRequest,
  events: readonly RequestEvent[],
  site: ConsoleSite,
): ModalView {
  const { card, details, sent } = messages;
  const { askedAt, id, parameters, reason, requester, rule } = request;
  const status = say`${markOf(request)} ${buildStatus(messages, request, site)}`;
  const { alone, nodes, tags } = leavesOf(parameters);
  const { lines: objects, more } = objectLines(messages, parameters);
  const secrets = secretLines(messages, request);
  const summary = [
    wayLine(messages, request, site),
    ...describeMigration(messages, request),
    ...observedLines(messages, request),
  ];
  return {
    type: 'modal',
    title: plainText(details.title),
    close: plainText(sent.close),
    blocks: [
      { type: 'header', text: plainText(details.heading(id, parameters.JobName), 150) },
      ...packBlocks([status, details.asked(requester.userId, askedAt)], 2).blocks,
      ...section(messages, details.summary, summary, most.summary),
      ...section(messages, card.why, [[quote(reason)]], most.why),
      ...section(messages, details.rule, [messages.policy.rule(rule)], most.rule),
      ...section(messages, details.approvals, approvalLines(messages, request), most.approvals),
      ...section(messages, details.parameters, alone, most.parameters),
      ...section(messages, details.nodes, nodes, most.nodes),
      ...section(messages, card.objects, objects, most.objects, more),
      ...section(messages, card.tags, tags, most.tags),
      ...section(messages, details.secrets, secrets, most.secrets),
      ...historyOf(messages, request, events, site),
    ],
  };
}

/**
 * A heading, as many lines as fit, and the number of the others. `more`: how many others there are in
 * addition to `lines`. Without lines, the section has no blocks.
 */
function section(
  { details }: Messages,
  heading: string,
  lines: readonly Text[],
  blocks: number,
  more = 0,
): KnownBlock[] {
  if (lines.length === 0) return [];
  const titled = [[bold(heading)], ...lines];
  const whole = packBlocks(titled, blocks);
  if (whole.leftOut + more === 0) return whole.blocks;
  const { blocks: first, leftOut } = packBlocks(titled, blocks - 1);
  return [...first, richText(details.and(leftOut + more))];
}

/** The newest entries, in chronological order. */
function historyOf(
  messages: Messages,
  request: MigrationRequest,
  events: readonly RequestEvent[],
  site: ConsoleSite,
): KnownBlock[] {
  const { details } = messages;
  const entries = events.map((event) => describeEvent(messages, request, event, site));
  const { blocks, leftOut } = packBlocks(entries, most.history - 1, 'last');
  const earlier = leftOut === 0 ? [] : [details.earlier(leftOut)];
  return [richText([bold(details.history)], ...earlier), ...blocks];
}

function approvalLines({ card, details }: Messages, { state }: MigrationRequest): Text[] {
  const approvals = approvalsIn(state);
  if (approvals.length === 0 && accepts(state, 'approve')) return [say`${details.noApprovals}`];
  return approvals.map(({ by, at, revision, comment, breakGlass }: Approval) => {
    const isEmergency = breakGlass !== undefined;
    const given = details.approval(by.userId, at, card.revision(revision), isEmergency);
    const words = cut(breakGlass ?? comment ?? '', 1_000);
    return words === '' ? given : say`${given}\n${quote(words)}`;
  });
}

function secretLines(messages: Messages, { secrets }: MigrationRequest): Text[] {
  return secretPaths.flatMap((path): Text[] => {
    const source = secrets[path];
    return source === undefined ? [] : [say`${code(path)} ${describeSecret(messages, source)}`];
  });
}

/** More names than fit into the blocks of their section. */
const mostNames = 300;

/** Databases and tables, one per line, and how many more there are. */
function objectLines(
  messages: Messages,
  { DatabaseInfo, SrcDatabaseType }: MigrationParameters,
): { lines: Text[]; more: number } {
  if (DatabaseInfo === undefined) return { lines: [], more: 0 };
  const { databases, more, names, tables } = summarise(DatabaseInfo, mostNames);
  const lines = [
    say`${code('DatabaseInfo')} ${messages.card.counts(databases, tables)}`,
    ...names.map((named) => objectName(messages, SrcDatabaseType, named, tables > 0).name),
  ];
  return { lines, more };
}

/** Parameters by the API's names, one per line. Those that can be many are separate. */
function leavesOf(parameters: MigrationParameters): Record<'alone' | 'nodes' | 'tags', Text[]> {
  const { DatabaseInfo: _, SrcInfoMulti, Tags, ...alone } = parameters;
  return {
    alone: leaves(alone, ''),
    nodes: leaves(SrcInfoMulti ?? [], 'SrcInfoMulti'),
    tags: leaves(Tags ?? [], 'Tags'),
  };
}

function leaves(value: unknown, path: string): Text[] {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => leaves(each, `${path}[${index}]`));
  }
  if (value instanceof Date) return [say`${code(path)} ${code(writeChinaTime(value))}`];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, each]) =>
      leaves(each, path === '' ? name : `${path}.${name}`),
    );
  }
  return [say`${code(path)} ${code(String(value))}`];
}

/** An entry of the history: the time, revision, person and event. */
function describeEvent(
  messages: Messages,
  request: MigrationRequest,
  event: RequestEvent,
  site: ConsoleSite,
): Text {
  const { card, details } = messages;
  const { at, revision, seq } = event;
  const head = details.entry(seq, at, card.revision(revision));
  return say`${head}${join(happened(messages, request, event, site), '\n')}`;
}

/** The thread's first line about the event, or words that only the history has. */
function happened(
  messages: Messages,
  request: MigrationRequest,
  event: RequestEvent,
  site: ConsoleSite,
): Text[] {
  const { details, operations, refusal } = messages;
  const { by, payload } = event;
  const who = by?.userId ?? '';
  switch (payload.type) {
    case 'requested':
      return [details.requested(who)];
    case 'launched':
      return [operations[payload.operation].history.launched(payload.attempt)];
    case 'looked':
      return [operations[payload.operation].history.searched(payload.found)];
    case 'reminder_held':
      return [details.reminderHeld(payload.until)];
    case 'attempt_refused':
      return [details.refused(who, details.actions[payload.action], refusal(payload.refusal))];
    case 'job_moved': {
      const { job } = messages;
      const from = job.label[payload.from];
      const to = jobLabel(messages, { ...payload, status: payload.to });
      return [job.history.moved(from, to, payload.elsewhere)];
    }
    case 'operated': {
      const { accepted, found } = messages.job.thread;
      return [say`${payload.how === 'found' ? found : accepted[payload.operation]}`];
    }
    case 'rule_changed':
    case 'approvals_lapsed':
      return reviewed(messages, payload);
    case 'failed': {
      const { headline, quote: said, reference } = explainProblem(payload.problem, messages);
      return [
        labelled(operations[payload.operation].thread.failed, headline),
        ...(reference === undefined ? [] : [reference]),
        ...(said === undefined ? [] : [[quote(cut(said, 1_000))]]),
      ];
    }
    case 'edited':
    case 'unverified':
    case 'automatic':
    case 'not_automatic':
    case 'approved':
    case 'break_glass':
    case 'taken_back':
    case 'denied':
    case 'withdrawn':
    case 'expired':
    case 'reminded':
    case 'held':
    case 'created':
    case 'job_idle':
    case 'postponed':
    case 'answer_lost':
    case 'unconfirmed':
    case 'look_again':
    case 'try_again':
    case 'stray_job':
    case 'watched':
    case 'unwatched':
    case 'channel_lost': {
      const { lines = [], quote: words } = wordsOf({ messages, request, site }, event) ?? {};
      const raw = foreignWords(messages, payload);
      const said = words ?? (raw === undefined ? undefined : cut(raw, 1_000));
      const fields =
        payload.type === 'edited'
          ? describeDifferences(messages, payload.differences, payload.differences.length)
          : [];
      return [...lines.slice(0, 1), ...fields, ...(said === undefined ? [] : [[quote(said)]])];
    }
    default:
      return payload satisfies never;
  }
}

/** What a network, library or server said. The thread leaves it out. */
function foreignWords(messages: Messages, payload: EventPayload): string | undefined {
  switch (payload.type) {
    case 'answer_lost':
      return detailOf(payload.doubt);
    case 'postponed':
      return explainProblem(payload.problem, messages).quote;
    case 'unconfirmed':
      return payload.searchProblem && explainProblem(payload.searchProblem, messages).quote;
    default:
      return undefined;
  }
}
