import {
  type DatabaseSummary,
  doubtsAbout,
  type NamedObject,
  summarise,
} from '../src/domain/databases/databaseInfo';
import { databaseNaming } from '../src/domain/databases/databaseNaming';
import type { SourceEngine } from '../src/domain/migration/engines';
import type { MigrationParameters, Source } from '../src/domain/migration/migration';
import { writeNode } from '../src/domain/migration/nodes';
import { writeTags } from '../src/domain/migration/tags';
import { oddities } from '../src/domain/migration/unusual';
import type { Rule } from '../src/domain/policy/policy';
import type { MigrationRequest } from '../src/domain/request/request';
import {
  type SecretSource,
  secretPaths,
  writeReference,
} from '../src/domain/secrets/secretReference';
import { writeChinaTime } from '../src/domain/text/chinaTime';
import { cut } from '../src/domain/text/cut';
import { shownName } from '../src/domain/text/typedText';
import type { Messages } from '../src/i18n/locales';
import { bold, code, join, moment, type Part, say, type Text } from '../src/i18n/text';

/** The most names of databases, tables and nodes on a card. The rest are counted. */
const mostNames = 5;
const mostNodes = 3;
const longestObjectName = 80;
const mostTags = 10;
const longestTag = 120;
/** A host name has at most 253 characters. A card shows it completely, with its port. */
const longestPlace = 260;

/** The parameters of a request in words, one per line, without the reason. */
export function describeMigration(
  messages: Messages,
  {
    askedAt,
    parameters,
    rule,
    secrets,
  }: Pick<MigrationRequest, 'askedAt' | 'parameters' | 'rule' | 'secrets'>,
): Text[] {
  const { card, options } = messages;
  const { DstInfo, MigrateOption } = parameters;
  const objects = options['MigrateOption.MigrateObject'][MigrateOption.MigrateObject];
  const odd = oddities(parameters, secrets, askedAt);
  return [
    say`${bold(card.from)} ${card.fromValue(
      options.SrcDatabaseType[parameters.SrcDatabaseType],
      sourcePlace(messages, parameters),
      account(parameters.SrcInfo.User),
      waysTo(parameters),
      options.SrcAccessType[parameters.SrcAccessType],
      parameters.SrcInfo.Region,
    )}`,
    say`${bold(card.to)} ${card.toValue(
      options.DstDatabaseType[parameters.DstDatabaseType],
      code(DstInfo.InstanceId),
      account(DstInfo.User),
      options.DstAccessType[parameters.DstAccessType],
      DstInfo.Region,
    )}`,
    say`${bold(card.what)} ${card.whatValue(objects, card.types[MigrateOption.MigrateType])}`,
    ...objectLines(messages, parameters),
    say`${bold(card.options)} ${join(optionsOf(messages, parameters), card.optionSeparator)}`,
    say`${bold(card.when)} ${whenOf(messages, parameters, rule)}`,
    ...secretLines(messages, secrets),
    ...(parameters.Tags === undefined
      ? []
      : [say`${bold(card.tags)} ${tagsLine(messages, parameters.Tags)}`]),
    ...odd.map((each) => say`${bold(card.note)} ${messages.oddity(each)}`),
  ];
}

const account = (user: string | undefined): Part | undefined =>
  user === undefined ? undefined : code(user);

/** The source: its instance, address or nodes, each with at most `longest` characters. */
export function sourcePlace(
  { card }: Messages,
  { SrcInfo, SrcInfoMulti }: MigrationParameters,
  longest = longestPlace,
): Text {
  const { RdsInstanceId, EngineVersion } = SrcInfo;
  const shown = (value: string): Text => [code(cut(value, longest))];
  const place =
    SrcInfoMulti === undefined
      ? join(placesOf(SrcInfo).map(shown), ' ')
      : card.nodes(
          SrcInfoMulti.length,
          SrcInfoMulti.slice(0, mostNodes).map((node) => shown(writeNode(node))),
        );
  if (RdsInstanceId !== undefined) {
    return say`RDS ${EngineVersion ?? ''} ${code(RdsInstanceId)} ${place}`;
  }
  return place.length === 0 ? say`${card.addressUnknown}` : place;
}

/** The gateways and networks that lead to the source, unless it is on the public network. */
function waysTo({ SrcInfo }: MigrationParameters): Text[] {
  const { UniqDcgId, UniqVpnGwId, CcnId, VpcId, SubnetId } = SrcInfo;
  return [UniqDcgId, UniqVpnGwId, CcnId, VpcId, SubnetId]
    .filter((id) => id !== undefined)
    .map((id) => [code(id)]);
}

function placesOf({ CvmInstanceId, InstanceId, Ip, Port }: Source): string[] {
  const address = Ip === undefined ? undefined : addressOf(Ip, Port);
  const port = Port === undefined ? '' : `:${Port}`;
  if (InstanceId !== undefined) return [InstanceId];
  if (CvmInstanceId === undefined) return [address ?? port].filter((place) => place !== '');
  return address === undefined ? [`${CvmInstanceId}${port}`] : [CvmInstanceId, address];
}

const addressOf = (ip: string, port: number | undefined): string => {
  const host = ip.includes(':') ? `[${ip}]` : ip;
  return port === undefined ? host : `${host}:${port}`;
};

/** The selected objects of the source. */
function objectLines(
  messages: Messages,
  { DatabaseInfo, SrcDatabaseType }: MigrationParameters,
): Text[] {
  if (DatabaseInfo === undefined) return [];
  const { note, objects } = messages.card;
  const naming = databaseNaming[SrcDatabaseType];
  const summary = summarise(DatabaseInfo, mostNames);
  return [
    say`${bold(objects)} ${objectsLine(messages, SrcDatabaseType, summary)}`,
    ...doubtsAbout(DatabaseInfo, naming).flatMap((doubt) => {
      const words = messages.list.doubtOnCard(doubt);
      return words === undefined ? [] : [say`${bold(note)} ${words}`];
    }),
  ];
}

/**
 * A name for people. It includes its levels if it could be mistaken for one of another level:
 * anything but a table in an engine with schemas, and a database among tables.
 */
export function objectName(
  { card }: Messages,
  engine: SourceEngine,
  { database, schema, table, text }: NamedObject,
  hasTables: boolean,
): { name: Text; hasLevels: boolean } {
  const { levels, usualSchemas } = databaseNaming[engine];
  const hasSchemas = levels.some((level) => level === 'schema');
  const isUsual = usualSchemas.some((usual) => usual === database.toLowerCase());
  const isUnclear = hasSchemas ? table === undefined || isUsual : table === undefined && hasTables;
  const part = (name: string) => code(cut(shownName(name), longestObjectName));
  if (!isUnclear) return { name: [part(text)], hasLevels: false };
  const named = [
    say`${card.levels.database} ${part(database)}`,
    ...(schema === undefined ? [] : [say`${card.levels.schema} ${part(schema)}`]),
    ...(table === undefined ? [] : [say`${card.levels.table} ${part(table)}`]),
  ];
  return { name: join(named, card.levels.separator), hasLevels: true };
}

function tagsLine(
  { listSeparator }: Messages,
  tags: NonNullable<MigrationParameters['Tags']>,
): Text {
  const names = tags
    .slice(0, mostTags)
    .map((tag): Text => [code(cut(writeTags([tag]), longestTag))]);
  return join([...names, ...(tags.length > mostTags ? [say`…`] : [])], listSeparator);
}

/** The number of databases and tables, and the first names. */
export function objectsLine(
  messages: Messages,
  engine: SourceEngine,
  summary: DatabaseSummary,
): Text {
  const { card, listSeparator } = messages;
  const names = summary.names.map((named) =>
    objectName(messages, engine, named, summary.tables > 0),
  );
  const hasLevels = names.some((each) => each.hasLevels);
  const first = join(
    names.map(({ name }) => name),
    hasLevels ? card.levels.between : listSeparator,
  );
  const counts = card.counts(summary.databases, summary.tables);
  return card.named(counts, say`${first}${card.more(summary.more)}`);
}

function optionsOf({ card, options }: Messages, parameters: MigrationParameters): Text[] {
  const { ConsistencyParams, ConsistencyType, ExternParams, IsOverrideRoot } =
    parameters.MigrateOption;
  const { ReadOnly } = parameters.DstInfo;
  const chosen = [
    card.consistency[ConsistencyType],
    ...Object.entries(ConsistencyParams ?? {}).map(([name, value]) => `${name} ${value} %`),
    ...(IsOverrideRoot === undefined
      ? []
      : [IsOverrideRoot === 1 ? card.rootOverwritten : card.rootKept]),
    ...(ReadOnly === undefined ? [] : [card.readOnly(options['DstInfo.ReadOnly'][ReadOnly])]),
  ];
  return [...chosen.map((each) => say`${each}`), ...settingsOf(ExternParams)];
}

/** Settings of redis and mongodb, by the API's names. */
function settingsOf(settings: MigrationParameters['MigrateOption']['ExternParams'] = {}): Text[] {
  return Object.entries(settings).map(([name, value]) => say`${name} ${code(String(value))}`);
}

function whenOf(
  { card, job }: Messages,
  { MigrateOption }: MigrationParameters,
  { approve, automatic }: Rule,
): Text {
  const { ExpectTime } = MigrateOption;
  const isStartedByPolicy = automatic?.includes('start_job') === true;
  const usual = isStartedByPolicy ? card.startedByPolicy : card;
  const { whenScheduled, whenStarted } = approve === 'before_start' ? job.prepared : usual;
  return ExpectTime === undefined
    ? say`${whenStarted}`
    : whenScheduled(moment(ExpectTime), writeChinaTime(ExpectTime));
}

function secretLines(messages: Messages, secrets: MigrationRequest['secrets']): Text[] {
  return secretPaths.flatMap((path): Text[] => {
    const source = secrets[path];
    if (source === undefined) return [];
    return [say`${bold(messages.card.secrets[path])} ${describeSecret(messages, source)}`];
  });
}

/** The source of a secret, never its value. */
export function describeSecret({ card }: Messages, source: SecretSource): Text {
  return source.kind === 'typed'
    ? say`${card.typedSecret}`
    : card.storedSecret[source.kind](code(writeReference(source)));
}
