import { type DatabaseSummary, parseDatabaseInfo, summarise } from '../src/domain/databaseInfo';
import { databaseNaming } from '../src/domain/databaseNaming';
import { readExpectTime } from '../src/domain/expectTime';
import type { MigrationParameters, Source } from '../src/domain/migration';
import { writeNode } from '../src/domain/nodes';
import type { MigrationRequest } from '../src/domain/request';
import { type SecretSource, secretPaths, writeReference } from '../src/domain/secretReference';
import { writeTags } from '../src/domain/tags';
import { oddities } from '../src/domain/unusual';
import type { Messages } from '../src/i18n/locales';
import { bold, code, join, moment, say, type Text } from '../src/i18n/text';
import { cut } from './plainText';

/** Names of databases and tables, and of nodes, that a card shows before it counts the rest. */
const mostNames = 5;
const mostNodes = 3;
const longestName = 80;
const longestTags = 600;

/** The parameters of a request in people's words, a line each; its reason apart. */
export function describeMigration(
  messages: Messages,
  { askedAt, parameters, secrets }: Pick<MigrationRequest, 'askedAt' | 'parameters' | 'secrets'>,
): Text[] {
  const { card, options } = messages;
  const { DstInfo, MigrateOption } = parameters;
  const objects = options['MigrateOption.MigrateObject'][MigrateOption.MigrateObject];
  const named = summaryOf(parameters);
  const odd = oddities(parameters, secrets, askedAt);
  return [
    say`${bold(card.from)} ${card.fromValue(
      options.SrcDatabaseType[parameters.SrcDatabaseType],
      sourcePlace(messages, parameters),
      parameters.SrcInfo.User,
      waysTo(parameters),
      options.SrcAccessType[parameters.SrcAccessType],
      parameters.SrcInfo.Region,
    )}`,
    say`${bold(card.to)} ${card.toValue(
      options.DstDatabaseType[parameters.DstDatabaseType],
      DstInfo.InstanceId,
      DstInfo.User,
      options.DstAccessType[parameters.DstAccessType],
      DstInfo.Region,
    )}`,
    say`${bold(card.what)} ${card.whatValue(objects, card.types[MigrateOption.MigrateType])}`,
    ...(named === undefined ? [] : [say`${bold(card.objects)} ${objectsLine(messages, named)}`]),
    say`${bold(card.options)} ${optionsOf(messages, parameters).join(card.optionSeparator)}`,
    say`${bold(card.when)} ${whenOf(messages, parameters)}`,
    ...secretLines(messages, secrets),
    ...(parameters.Tags === undefined
      ? []
      : [
          say`${bold(card.tags)} ${cut(writeTags(parameters.Tags).replaceAll('\n', ', '), longestTags)}`,
        ]),
    ...odd.map((each) => say`${bold(card.note)} ${messages.oddity(each)}`),
  ];
}

/** Where the data come from: the instance, address or nodes. */
export function sourcePlace(
  { card }: Messages,
  { SrcInfo, SrcInfoMulti }: MigrationParameters,
): string {
  const { RdsInstanceId, EngineVersion } = SrcInfo;
  const place = SrcInfoMulti === undefined ? placeOf(SrcInfo) : nodesOf(card, SrcInfoMulti);
  return RdsInstanceId === undefined ? place : `RDS ${EngineVersion} ${RdsInstanceId} ${place}`;
}

/** What leads to the source, where it is not the public network. */
function waysTo({ SrcInfo }: MigrationParameters): string[] {
  const { UniqDcgId, UniqVpnGwId, CcnId, VpcId, SubnetId } = SrcInfo;
  return [UniqDcgId, UniqVpnGwId, CcnId, VpcId, SubnetId].filter((id) => id !== undefined);
}

function placeOf({ CvmInstanceId, InstanceId, Ip, Port }: Source): string {
  const address = Ip === undefined ? undefined : addressOf(Ip, Port);
  const port = Port === undefined ? '' : `:${Port}`;
  if (InstanceId !== undefined) return InstanceId;
  if (CvmInstanceId === undefined) return address ?? port;
  return address === undefined ? `${CvmInstanceId}${port}` : `${CvmInstanceId} ${address}`;
}

const addressOf = (ip: string, port: number | undefined): string => {
  const host = ip.includes(':') ? `[${ip}]` : ip;
  return port === undefined ? host : `${host}:${port}`;
};

function nodesOf(card: Messages['card'], nodes: readonly Source[]): string {
  return card.nodes(
    nodes.length,
    nodes.slice(0, mostNodes).map((node) => writeNode(node)),
  );
}

function summaryOf({
  DatabaseInfo,
  SrcDatabaseType,
}: MigrationParameters): DatabaseSummary | undefined {
  if (DatabaseInfo === undefined) return undefined;
  const parsed = parseDatabaseInfo(DatabaseInfo, databaseNaming[SrcDatabaseType]);
  return parsed.ok ? summarise(parsed.objects, mostNames) : undefined;
}

function objectsLine({ card, listSeparator }: Messages, summary: DatabaseSummary): Text {
  const names = summary.names.map((name): Text => [code(cut(name, longestName))]);
  const first = join(names, listSeparator);
  const counts = card.counts(summary.databases, summary.tables);
  return card.named(counts, say`${first}${card.more(summary.more)}`);
}

function optionsOf({ card, options }: Messages, parameters: MigrationParameters): string[] {
  const { ConsistencyParams, ConsistencyType, ExternParams, IsOverrideRoot } =
    parameters.MigrateOption;
  const { ReadOnly } = parameters.DstInfo;
  return [
    card.consistency[ConsistencyType],
    ...Object.entries(ConsistencyParams ?? {}).map(([name, value]) => `${name} ${value} %`),
    ...(IsOverrideRoot === undefined
      ? []
      : [IsOverrideRoot === 1 ? card.rootOverwritten : card.rootKept]),
    ...(ReadOnly === undefined ? [] : [card.readOnly(options['DstInfo.ReadOnly'][ReadOnly])]),
    ...settingsOf(ExternParams),
  ];
}

/** Settings of redis and mongodb, by the API's names. */
function settingsOf(text: string | undefined): string[] {
  const settings: unknown = text === undefined ? undefined : JSON.parse(text);
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).map(([name, value]) => `${name} ${value}`);
}

function whenOf({ card }: Messages, { MigrateOption }: MigrationParameters): Text {
  const { ExpectTime } = MigrateOption;
  if (ExpectTime === undefined) return say`${card.whenStarted}`;
  return card.whenScheduled(moment(readExpectTime(ExpectTime)), ExpectTime);
}

function secretLines(messages: Messages, secrets: MigrationRequest['secrets']): Text[] {
  return secretPaths.flatMap((path): Text[] => {
    const source = secrets[path];
    if (source === undefined) return [];
    return [say`${bold(messages.card.secrets[path])} ${secretSource(messages, source)}`];
  });
}

/** Where a secret comes from; never what it is. */
export function secretSource({ card }: Messages, source: SecretSource): Text {
  return source.kind === 'typed'
    ? say`${card.typedSecret}`
    : card.storedSecret[source.kind](code(writeReference(source)));
}
