import { summarise } from '../src/domain/databases/databaseInfo';
import { type ConsoleSite, instancesUrl } from '../src/domain/errors/consolePage';
import type { DestinationEngine } from '../src/domain/migration/engines';
import { demandsOf } from '../src/domain/policy/demands';
import type { Rule } from '../src/domain/policy/policy';
import type { ObservedInstance } from '../src/domain/request/observation';
import { operationIn } from '../src/domain/request/operationIn';
import { missingOf } from '../src/domain/request/quorum';
import type { MigrationRequest } from '../src/domain/request/request';
import { type Risk, risksOf } from '../src/domain/request/risks';
import { approvalsIn } from '../src/domain/request/states';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { bold, code, link, moment, say, type Text } from '../src/i18n/text';
import { objectsLine, sourcePlace } from './describeMigration';
import { listPeople, withoutUsers } from './listPeople';
import { needed } from './needed';
import { clip } from './packBlocks';

const longestPlace = 100;
const longestInstanceName = 60;
const longestHint = 120;
const mostObjects = 3;
const mostRisks = 3;
/** A rule can name more people than a line should show. */
const mostParts = 60;

/**
 * The source and the target by the names that people use. If `site` is given, IDs are links to the
 * console.
 */
export function wayLine(messages: Messages, request: MigrationRequest, site?: ConsoleSite): Text {
  const { card, options } = messages;
  const { observed, parameters } = request;
  const { DstDatabaseType, DstInfo, SrcDatabaseType, SrcInfo } = parameters;
  const source =
    SrcInfo.InstanceId === undefined
      ? sourcePlace(messages, parameters, longestPlace)
      : instanceName(messages, SrcDatabaseType, SrcInfo.InstanceId, observed.source, [], site);
  const target = instanceName(
    messages,
    DstDatabaseType,
    DstInfo.InstanceId,
    observed.target,
    [DstInfo.Region],
    site,
  );
  const targetEngine = options.DstDatabaseType[DstDatabaseType];
  const to = SrcDatabaseType === DstDatabaseType ? target : say`${targetEngine} ${target}`;
  return card.way(say`${options.SrcDatabaseType[SrcDatabaseType]} ${source}`, to);
}

function instanceName(
  { card }: Messages,
  engine: DestinationEngine,
  id: string,
  observed: ObservedInstance | undefined,
  more: readonly string[],
  site: ConsoleSite | undefined,
): Text {
  const shortId = cut(id, longestInstanceName);
  const linked: Text =
    site === undefined ? [code(shortId)] : [link(instancesUrl(engine, site), shortId)];
  const { memoryMb, name = '', version } = observed ?? {};
  const facts = [
    ...(version === undefined ? [] : [version]),
    ...(memoryMb === undefined ? [] : [card.memory(memoryMb)]),
    ...more,
  ].map((fact) => say`${fact}`);
  return name === '' || name === id
    ? card.instance(linked, facts)
    : card.instance([code(cut(name, longestInstanceName))], [linked, ...facts]);
}

/** Who requests what, and when it runs if that was chosen. */
export function scopeLine(messages: Messages, { parameters, requester }: MigrationRequest): Text {
  const { card, options } = messages;
  const { DatabaseInfo, MigrateOption, SrcDatabaseType } = parameters;
  const { ExpectTime, MigrateObject, MigrateType } = MigrateOption;
  const type = card.types[MigrateType];
  const what: Text =
    DatabaseInfo === undefined
      ? say`${card.whatValue(options['MigrateOption.MigrateObject'][MigrateObject], type)}`
      : card.objectsAndType(
          objectsLine(messages, SrcDatabaseType, summarise(DatabaseInfo, mostObjects)),
          type,
        );
  const asked = card.asks(requester.userId, what);
  return ExpectTime === undefined ? asked : card.scheduled(asked, moment(ExpectTime));
}

/** The rule by name, with the approvals that it requires. */
function ruleLine(messages: Messages, request: Pick<MigrationRequest, 'rule' | 'state'>): Text {
  const rule = demandsOf(request.rule, operationIn(request.state));
  return ruled(messages, rule, requiredBy(messages, rule));
}

/** The rule by name, with the approvals that it still waits for. `status` says who approved. */
export function waitingLine(messages: Messages, request: MigrationRequest, status: Text): Text {
  const { state } = request;
  const rule = demandsOf(request.rule, operationIn(state));
  const approvals = approvalsIn(state);
  if (approvals.length === 0) {
    return ruled(messages, rule, messages.card.status.waiting(requiredBy(messages, rule)));
  }
  // The missing lists are in the status.
  const isFromAny = missingOf(rule, approvals).lists.length === 0;
  const given = approvals.map(({ by }) => by.userId);
  const people = listPeople(messages, withoutUsers(rule.approvers, given));
  return ruled(messages, rule, isFromAny ? messages.card.restFrom(status, people) : status);
}

const ruled = ({ card }: Messages, { name }: Rule, approvals: Text): Text =>
  card.rule(name, clip(approvals, mostParts));

/** True if the card mentions every approver, so that the reply needn't. */
export const cardCalls = (messages: Messages, { rule }: Pick<MigrationRequest, 'rule'>): boolean =>
  requiredBy(messages, rule).length <= mostParts;

const requiredBy = (messages: Messages, rule: Rule): Text =>
  rule.oneFromEach.length === 0
    ? messages.card.fromAmong(rule.required, listPeople(messages, rule.approvers))
    : (needed(messages, rule) ?? []);

/** The risks for approvers, one per line. Details shows the rest. */
export function riskLines(messages: Messages, request: MigrationRequest): Text[] {
  const { card } = messages;
  const lines = risksOf(request).flatMap((risk) => {
    const words = riskWords(messages, risk);
    return words === undefined ? [] : [say`⚠️ ${words}`];
  });
  if (lines.length <= mostRisks) return lines;
  const shown = lines.slice(0, mostRisks - 1);
  return [...shown, say`⚠️ ${card.moreRisks(lines.length - shown.length)}`];
}

function riskWords(messages: Messages, risk: Risk): Text | undefined {
  const { risks } = messages.card;
  switch (risk.kind) {
    case 'instance_absent':
      return say`${risks.instanceAbsent[risk.role]}`;
    case 'target_unusable':
      return risks.targetUnusable(code(cut(risk.reason, longestHint)));
    case 'target_read_only':
      return say`${risks.targetReadOnly}`;
    case 'root_overwritten':
      return say`${risks.rootOverwritten}`;
    case 'name_taken':
      return risk.by.kind === 'job'
        ? risks.nameTakenByJob(code(cut(risk.by.jobId, longestInstanceName)))
        : risks.nameTakenByRequest(risk.by.id);
    case 'list': {
      const words = messages.list.doubtOnCard(risk.doubt);
      return words === undefined ? undefined : say`${words}`;
    }
    case 'odd':
      return say`${messages.oddity(risk.oddity)}`;
    default:
      return risk satisfies never;
  }
}

/** The facts that a decision needs: the request, source, target, rule and risks. */
export const factsOf = (
  messages: Messages,
  request: MigrationRequest,
  site: ConsoleSite,
): Text[] => [
  messages.home.entry(request.id, cut(request.parameters.JobName, 128)),
  wayLine(messages, request, site),
  scopeLine(messages, request),
  ruleLine(messages, request),
  ...riskLines(messages, request),
];

/** What the account says about both ends, beyond what the card has room for. */
export function observedLines(
  { card, details }: Messages,
  { observed }: Pick<MigrationRequest, 'observed'>,
): Text[] {
  const ends = [
    [details.observedSource, observed.source],
    [details.observedTarget, observed.target],
  ] as const;
  return ends.flatMap(([label, seen]) => {
    if (seen === undefined) return [];
    const facts = [
      ...(seen.version === undefined ? [] : [seen.version]),
      ...(seen.memoryMb === undefined ? [] : [card.memory(seen.memoryMb)]),
      ...(seen.diskGb === undefined ? [] : [card.disk(seen.diskGb)]),
    ].map((fact) => say`${fact}`);
    return [
      say`${bold(label)} ${card.instance([code(cut(seen.name, longestInstanceName))], facts)}`,
    ];
  });
}
