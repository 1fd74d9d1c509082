import { type DatabaseList, databaseText, readDatabaseList } from '../databases/databaseInfo';
import type { DatabaseInfoProblem } from '../databases/databaseInfoProblem';
import { databaseNaming } from '../databases/databaseNaming';
import type { ValueProblem } from '../migration/checks';
import {
  accessTypes,
  enginesWithClusters,
  type SourceEngine,
  sourceEngines,
} from '../migration/engines';
import {
  type AskedField,
  askedFields,
  type FieldPath,
  type FormOffer,
  type FormValues,
  fieldPaths,
  parameterOf,
  readTyped,
  typedHere,
} from '../migration/fields';
import { type MigrationParameters, migrationParameters, type Source } from '../migration/migration';
import { type Node, type NodesProblem, parseNodes, writeNode } from '../migration/nodes';
import { parseTags, type TagsProblem, writeTags } from '../migration/tags';
import type { Target } from '../policy/targetPattern';
import { Secret } from '../secrets/secret';
import {
  parseReference,
  type SecretPath,
  type SecretReference,
  type SecretSources,
  secretPaths,
  writeReference,
} from '../secrets/secretReference';
import { targetsOf } from '../secrets/secretTargets';

/** What can be wrong with one field. The words are in `src/i18n`. */
export type FieldProblem =
  | ValueProblem
  | NodesProblem
  | TagsProblem
  | { code: 'objects_missing' }
  | { code: 'objects_twice' }
  | { code: 'objects'; problem: DatabaseInfoProblem };

export type FieldProblems = Partial<Record<FieldPath, FieldProblem>>;

/** A secret from the form: typed, or a reference. */
export type DraftSecret = { kind: 'typed'; secret: Secret } | SecretReference;

/** A valid form: what to migrate, with which secrets, and why. */
export interface Draft {
  parameters: MigrationParameters;
  secrets: Partial<Record<SecretPath, DraftSecret>>;
  /** The optional secrets that were typed before, and that this form leaves empty. */
  emptied: readonly SecretPath[];
  /** The parsed list of databases; `undefined` for a whole instance. */
  list: DatabaseList | undefined;
  /** The channel from the form; `undefined` if Slack named it. */
  channel: string | undefined;
  reason: string;
}

export type ParsedForm = { ok: true; draft: Draft } | { ok: false; problems: FieldProblems };

/**
 * Checks the values of a form. Each problem names the field to change. Values of hidden fields are
 * ignored.
 */
export function parseForm(values: FormValues, offer: FormOffer): ParsedForm {
  const asked = askedFields(values, offer);
  const held: FormValues = {};
  const problems: FieldProblems = {};
  for (const field of asked) {
    // The form hides advanced choices that keep their preset.
    const unseen = field.isAdvanced ? field.preset : undefined;
    const value = readTyped(field.path, values[field.path] ?? unseen ?? '');
    if (value !== '') held[field.path] = value;
    const problem = judge(field, value);
    if (problem !== undefined) problems[field.path] = problem;
  }
  const engine = sourceEngines.find((each) => each === held.SrcDatabaseType) ?? 'mysql';
  const lists = readLists(held, engine, problems);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  return {
    ok: true,
    draft: {
      parameters: toParameters(held, lists),
      secrets: toSecrets(held),
      emptied: emptiedSecrets(asked, held, offer),
      list: lists.databases,
      channel: held.Channel,
      reason: held.Reason ?? '',
    },
  };
}

function judge({ need, check }: AskedField, value: string): FieldProblem | undefined {
  if (value !== '') return check(value);
  return need === 'required' ? { code: 'required' } : undefined;
}

/** The parsed fields with one entry per line. */
interface Lists {
  databases: DatabaseList | undefined;
  nodes: readonly Node[] | undefined;
  tags: MigrationParameters['Tags'];
}

function readLists(held: FormValues, engine: SourceEngine, problems: FieldProblems): Lists {
  const lists: Lists = { databases: undefined, nodes: undefined, tags: undefined };
  if (held['MigrateOption.MigrateObject'] === '2') {
    const path = held['DatabaseInfo.File'] === undefined ? 'DatabaseInfo' : 'DatabaseInfo.File';
    const text = held[path];
    if (text === undefined) problems.DatabaseInfo = { code: 'objects_missing' };
    else {
      const read = readDatabaseList(text, databaseNaming[engine]);
      if (read.ok) lists.databases = read.list;
      else problems[path] = { code: 'objects', problem: read.problem };
    }
  }
  const access = held.SrcAccessType;
  if (held.SrcInfoMulti !== undefined && problems.SrcInfoMulti === undefined) {
    const parsed = parseNodes(
      held.SrcInfoMulti,
      access === 'cvm' || access === 'extranet' ? access : 'dcg',
    );
    if (parsed.ok) lists.nodes = parsed.nodes;
    else problems.SrcInfoMulti = parsed.problem;
  }
  if (held.Tags !== undefined && problems.Tags === undefined) {
    const parsed = parseTags(held.Tags);
    if (parsed.ok) lists.tags = parsed.tags;
    else problems.Tags = parsed.problem;
  }
  return lists;
}

function toParameters(held: FormValues, lists: Lists): MigrationParameters {
  const source = {
    // Documented: `aliyun` for Alibaba Cloud RDS, otherwise `others`; vpnselfbuild has no such
    // field.
    ...(held.SrcAccessType === 'vpnselfbuild' ? {} : { Supplier: 'others' }),
    ...below('SrcInfo.', held),
  };
  return migrationParameters.parse(
    given({
      ...below('', held),
      MigrateOption: given({
        ...below('MigrateOption.', held),
        ConsistencyParams: ifAny(below('MigrateOption.ConsistencyParams.', held)),
        ExternParams: ifAny(below('MigrateOption.ExternParams.', held)),
      }),
      SrcNodeType: held.SrcNodeType === 'cluster' ? 'cluster' : undefined,
      SrcInfo: source,
      SrcInfoMulti: lists.nodes?.map((node) => ({ ...source, ...node })),
      DstAccessType: 'cdb',
      DstInfo: below('DstInfo.', held),
      DatabaseInfo: lists.databases?.objects,
      Tags: lists.tags,
    }),
  );
}

/** The parameters of a form directly below a path, by name. */
function below(prefix: string, held: FormValues): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const path of fieldPaths) {
    const text = held[path];
    const name = path.slice(prefix.length);
    if (text === undefined || !path.startsWith(prefix) || name.includes('.')) continue;
    parameters[name] = parameterOf(path, text);
  }
  return given(parameters);
}

function toSecrets(held: FormValues): Draft['secrets'] {
  const secrets: Draft['secrets'] = {};
  for (const path of secretPaths) {
    const typed = held[path];
    const reference = parseReference(held[`${path}.Source`] ?? '');
    if (typed !== undefined) secrets[path] = { kind: 'typed', secret: new Secret(typed) };
    else if (reference !== undefined) secrets[path] = reference;
  }
  return secrets;
}

/** An empty field that is required is a problem, and one that is `expected` has its own warning. */
function emptiedSecrets(
  asked: readonly AskedField[],
  held: FormValues,
  { typedBefore = [] }: FormOffer,
): SecretPath[] {
  const optional = asked.filter(({ need }) => need === 'optional');
  return typedBefore.filter(
    (secret) => held[secret] === undefined && optional.some(({ path }) => path === secret),
  );
}

/** Leaves out missing values, because the API accepts no empty fields. */
function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function ifAny(fields: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const known = given(fields);
  return Object.keys(known).length === 0 ? undefined : known;
}

/**
 * The form for these parameters, without typed secrets. A list of databases is written as text,
 * however long.
 */
export function formOf(parameters: MigrationParameters, sources: SecretSources): FormValues {
  const { MigrateOption, SrcInfo, DstInfo, SrcInfoMulti, DatabaseInfo, Tags } = parameters;
  const { ConsistencyParams, ExternParams, ExpectTime } = MigrateOption;
  const engine = parameters.SrcDatabaseType;
  const hasClusters = enginesWithClusters.some((each) => each === engine);
  const values = given({
    JobName: parameters.JobName,
    SrcDatabaseType: parameters.SrcDatabaseType,
    SrcAccessType: parameters.SrcAccessType,
    SrcNodeType: parameters.SrcNodeType ?? (hasClusters ? 'simple' : undefined),
    ...under('SrcInfo', SrcInfo),
    SrcInfoMulti: SrcInfoMulti?.map((node: Source) => writeNode(nodeOf(node, SrcInfo))).join('\n'),
    DstDatabaseType: parameters.DstDatabaseType,
    ...under('DstInfo', DstInfo),
    ...under('MigrateOption', MigrateOption),
    'MigrateOption.ExpectTime': ExpectTime === undefined ? undefined : ExpectTime.getTime() / 1_000,
    'MigrateOption.ConsistencyParams': undefined,
    ...under('MigrateOption.ConsistencyParams', ConsistencyParams ?? {}),
    'MigrateOption.ExternParams': undefined,
    ...under('MigrateOption.ExternParams', ExternParams ?? {}),
    DatabaseInfo: DatabaseInfo === undefined ? undefined : databaseText(DatabaseInfo),
    Tags: Tags === undefined ? undefined : writeTags(Tags),
  });
  const form: FormValues = Object.fromEntries(
    Object.entries(values).map(([path, value]) => [path, String(value)]),
  );
  for (const path of secretPaths) {
    const source = sources[path];
    if (source === undefined) continue;
    form[`${path}.Source`] = source.kind === 'typed' ? typedHere : writeReference(source);
  }
  return form;
}

const under = (prefix: string, fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}.${name}`, value]));

/** The fields that a node doesn't share with the others. */
function nodeOf({ Ip, CvmInstanceId, Port }: Source, common: Source): Node {
  return {
    ...(Ip === undefined ? {} : { Ip }),
    ...(Port === undefined ? {} : { Port }),
    ...(CvmInstanceId === undefined || common.CvmInstanceId !== undefined ? {} : { CvmInstanceId }),
  };
}

/** The receivers of a secret in an unfinished form, as far as they are known. */
export function targetsSoFar(values: FormValues, path: SecretPath): Target[] {
  const access = accessTypes.find((each) => each === values.SrcAccessType) ?? 'extranet';
  const nodes = parseNodes(values.SrcInfoMulti ?? '', access === 'cvm' ? 'cvm' : 'dcg');
  const source = migrationParameters.shape.SrcInfo.safeParse(below('SrcInfo.', values));
  const receivers = {
    SrcAccessType: access,
    SrcInfo: source.data ?? {},
    ...(values.SrcInfoMulti !== undefined && nodes.ok ? { SrcInfoMulti: nodes.nodes } : {}),
    DstInfo: { InstanceId: values['DstInfo.InstanceId'] ?? '' },
  };
  return targetsOf(receivers, path).filter((target) => !/^$|^\/|\/$/.test(target));
}

/** Where the secrets of a draft are. */
export function sourcesOf({ secrets }: Draft): SecretSources {
  const sources: SecretSources = {};
  for (const path of secretPaths) {
    const secret = secrets[path];
    if (secret !== undefined) sources[path] = secret.kind === 'typed' ? { kind: 'typed' } : secret;
  }
  return sources;
}
