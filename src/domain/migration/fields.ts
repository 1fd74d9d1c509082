import { readReference, type SecretPath } from '../secrets/secretReference';
import {
  atMost,
  type Check,
  idOf,
  line,
  matches,
  paragraphs,
  port,
  region,
  secretText,
  unixSeconds,
  wholeNumber,
} from './checks';
import { canonicalHost, networkAddress, publicAddress } from './host';

/**
 * The fields of the form, in the order in which a DBA thinks: what, from where, to where, which
 * objects, how, when, why. A path is the API's own; those after `.Source`, `.Reference` and `.File`,
 * `Channel` and `Reason` are Ferry's.
 *
 * Facts: the field comments of DTS 2018-03-30 and the API page; which source fields belong to an
 * access type, where these are silent, from the rules of version 2021-12-06.
 */

export const sourceEngines = [
  'mysql',
  'mariadb',
  'percona',
  'postgresql',
  'sqlserver',
  'mongodb',
  'redis',
] as const;
export type SourceEngine = (typeof sourceEngines)[number];

/** TDSQL-C can be migrated to, not from. */
export const destinationEngines = [...sourceEngines, 'cynosdbmysql'] as const;
export type DestinationEngine = (typeof destinationEngines)[number];

/** `vpnselfbuild` stands on the API page of 2018 and in no current SDK; `ccn` the other way round. */
export const accessTypes = [
  'extranet',
  'cdb',
  'cvm',
  'dcg',
  'vpncloud',
  'ccn',
  'vpnselfbuild',
] as const;
export type AccessType = (typeof accessTypes)[number];

export const fieldPaths = [
  'JobName',
  'SrcDatabaseType',
  'SrcAccessType',
  'SrcNodeType',
  'SrcInfo.Supplier',
  'SrcInfo.Region',
  'SrcInfo.InstanceId',
  'SrcInfo.CvmInstanceId',
  'SrcInfo.UniqDcgId',
  'SrcInfo.UniqVpnGwId',
  'SrcInfo.CcnId',
  'SrcInfo.VpcId',
  'SrcInfo.SubnetId',
  'SrcInfo.RdsInstanceId',
  'SrcInfo.EngineVersion',
  'SrcInfo.AccessKey.Source',
  'SrcInfo.AccessKey',
  'SrcInfo.AccessKey.Reference',
  'SrcInfo.Ip',
  'SrcInfo.Port',
  'SrcInfoMulti',
  'MigrateOption.ExternParams.SrcAuthFlag',
  'SrcInfo.User',
  'SrcInfo.Password.Source',
  'SrcInfo.Password',
  'SrcInfo.Password.Reference',
  'MigrateOption.ExternParams.SrcAuthDatabase',
  'MigrateOption.ExternParams.SrcAuthMechanism',
  'DstDatabaseType',
  'DstInfo.Region',
  'DstInfo.InstanceId',
  'DstInfo.User',
  'DstInfo.Password.Source',
  'DstInfo.Password',
  'DstInfo.Password.Reference',
  'MigrateOption.MigrateObject',
  'DatabaseInfo',
  'DatabaseInfo.File',
  'MigrateOption.MigrateType',
  'MigrateOption.IsOverrideRoot',
  'DstInfo.ReadOnly',
  'MigrateOption.ConsistencyType',
  'MigrateOption.ConsistencyParams.SelectRowsPerTable',
  'MigrateOption.ConsistencyParams.TablesSelectAll',
  'MigrateOption.ConsistencyParams.TablesSelectCount',
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit',
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit',
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime',
  'MigrateOption.ExternParams.ReplBacklogSize',
  'MigrateOption.ExternParams.ReplTimeout',
  'Tags',
  'MigrateOption.RunMode',
  'MigrateOption.ExpectTime',
  'Channel',
  'Reason',
] as const;
export type FieldPath = (typeof fieldPaths)[number];

/** What a form holds: text by field path, as it was typed or chosen. */
export type FormValues = Partial<Record<FieldPath, string>>;

/** Where passwords may come from, by the configuration. */
export interface SecretOffer {
  /** Sealed as they are typed. */
  typed: boolean;
  /** Kept elsewhere and referred to. */
  stored: boolean;
}

/** What the form asks beside the migration itself. */
export interface FormOffer extends SecretOffer {
  /** Whether a rule depends on a channel that Slack did not name when the form was opened. */
  asksChannel?: boolean;
}

/**
 * How much a field is needed: `expected` ones are asked for by the rules of another version of the
 * API, so that leaving one out is pointed out, not refused.
 */
export type Need = 'required' | 'expected' | 'optional';

/** A field that the form asks, given the choices before it. */
export interface AskedField {
  path: FieldPath;
  need: Need;
  /** The values to choose from; without it the field is typed or looked up. */
  options: readonly string[] | undefined;
  check: Check;
}

interface Rule {
  /** Nothing where the field has no place. */
  need(chosen: Chosen, offer: FormOffer): Need | undefined;
  options?: readonly string[] | ((chosen: Chosen) => readonly string[]);
  /** What is chosen as long as nobody chose. */
  preset?: string | ((chosen: Chosen) => string);
  check?: Check;
  checkOf?: (chosen: Chosen) => Check;
  /** Gives texts that mean the same one spelling. */
  spelling?: (text: string) => string;
}

/** What was chosen in the fields before, presets included. */
type Chosen = Readonly<FormValues>;

type SourceField =
  | 'Region'
  | 'InstanceId'
  | 'CvmInstanceId'
  | 'UniqDcgId'
  | 'UniqVpnGwId'
  | 'CcnId'
  | 'VpcId'
  | 'SubnetId'
  | 'Ip'
  | 'Port';

const sourceNeeds: Readonly<Record<AccessType, Partial<Record<SourceField, Need>>>> = {
  extranet: { Region: 'required', Ip: 'required', Port: 'required' },
  cdb: { Region: 'optional', InstanceId: 'required' },
  cvm: {
    Region: 'required',
    CvmInstanceId: 'required',
    VpcId: 'optional',
    SubnetId: 'optional',
    Ip: 'optional',
    Port: 'required',
  },
  dcg: {
    Region: 'required',
    UniqDcgId: 'required',
    VpcId: 'required',
    SubnetId: 'required',
    Ip: 'required',
    Port: 'required',
  },
  vpncloud: {
    Region: 'required',
    UniqVpnGwId: 'expected',
    VpcId: 'expected',
    SubnetId: 'expected',
    Ip: 'expected',
    Port: 'expected',
  },
  ccn: {
    Region: 'required',
    CcnId: 'expected',
    VpcId: 'required',
    SubnetId: 'required',
    Ip: 'required',
    Port: 'required',
  },
  vpnselfbuild: {
    CvmInstanceId: 'required',
    VpcId: 'expected',
    SubnetId: 'expected',
    Ip: 'expected',
    Port: 'expected',
  },
};

const always = () => 'required' as const;
const when = (fits: (chosen: Chosen) => boolean, need: Need = 'required') => {
  return (chosen: Chosen) => (fits(chosen) ? need : undefined);
};
const oneOf = (path: FieldPath, ...values: readonly string[]) => {
  return (chosen: Chosen) => values.includes(chosen[path] ?? '');
};

const accessOf = ({ SrcAccessType: chosen }: Chosen): AccessType =>
  accessTypes.find((type) => type === chosen) ?? 'extranet';

/** The engines whose sources can be clusters. */
export const hasClusters = (engine: string | undefined): boolean =>
  engine === 'redis' || engine === 'mongodb';

/** A cluster that is no TencentDB instance is described node by node. */
export const listsNodes = (chosen: Chosen): boolean =>
  chosen.SrcNodeType === 'cluster' && chosen.SrcAccessType !== 'cdb';

/** In a list of nodes, each line names what tells the nodes apart. */
const ofNode: Readonly<Record<AccessType, readonly SourceField[]>> = {
  extranet: ['Ip', 'Port'],
  cdb: [],
  cvm: ['CvmInstanceId', 'Ip', 'Port'],
  dcg: ['Ip', 'Port'],
  vpncloud: ['Ip', 'Port'],
  ccn: ['Ip', 'Port'],
  vpnselfbuild: ['Ip', 'Port'],
};

const source = (field: SourceField) => {
  return (chosen: Chosen) => {
    const access = accessOf(chosen);
    if (listsNodes(chosen) && ofNode[access].includes(field)) return undefined;
    return sourceNeeds[access][field];
  };
};

const isRds = oneOf('SrcInfo.Supplier', 'aliyun');
const isRdsMysql56 = (chosen: Chosen) => isRds(chosen) && chosen['SrcInfo.EngineVersion'] === '5.6';

const hasMongodbAccount = oneOf('MigrateOption.ExternParams.SrcAuthFlag', '1');

/** redis knows passwords alone; mongodb may be open to everybody. */
function sourceAccount(field: 'User' | 'Password') {
  return (chosen: Chosen): Need | undefined => {
    switch (chosen.SrcDatabaseType) {
      case 'redis':
        return field === 'User' ? undefined : 'optional';
      case 'mongodb':
        return hasMongodbAccount(chosen) ? 'required' : undefined;
      default:
        return accessOf(chosen) === 'vpnselfbuild' ? 'expected' : 'required';
    }
  };
}

function destinationAccount(field: 'User' | 'Password') {
  return (chosen: Chosen): Need | undefined => {
    switch (chosen.DstDatabaseType) {
      case 'redis':
        return field === 'User' ? undefined : 'expected';
      case 'mongodb':
        return 'expected';
      default:
        return 'optional';
    }
  };
}

type NeedOf = (chosen: Chosen) => Need | undefined;

/** A secret is typed or referred to; where both are offered, a choice says which. */
const isTyped = (path: SecretPath, chosen: Chosen, { typed, stored }: SecretOffer): boolean =>
  typed && (!stored || chosen[`${path}.Source`] === 'typed');

const secretSourceRule = (need: NeedOf): Rule => ({
  need: (chosen, { typed, stored }) =>
    typed && stored && need(chosen) !== undefined ? 'required' : undefined,
  options: ['stored', 'typed'],
  preset: 'stored',
});

const typedSecretRule = (path: SecretPath, need: NeedOf): Rule => ({
  need: (chosen, offer) => (isTyped(path, chosen, offer) ? need(chosen) : undefined),
  check: secretText(256),
});

const storedSecretRule = (path: SecretPath, need: NeedOf): Rule => ({
  need: (chosen, offer) => (isTyped(path, chosen, offer) ? undefined : need(chosen)),
  check: (value) => (readReference(value) === undefined ? { code: 'not_offered' } : undefined),
});

const isRedis = oneOf('SrcDatabaseType', 'redis');
const isMongodb = oneOf('SrcDatabaseType', 'mongodb');
const isSampled = oneOf('MigrateOption.ConsistencyType', '3');
/** The engines whose root account is MySQL's. */
const hasRoot = oneOf('SrcDatabaseType', 'mysql', 'mariadb', 'percona');
const isWhole = oneOf('MigrateOption.MigrateObject', '1');
const isNamed = oneOf('MigrateOption.MigrateObject', '2');

/** Documented: the root account is overwritten only with the data of a whole instance. */
export const mayOverrideRoot = (chosen: Chosen): boolean =>
  isWhole(chosen) && chosen['MigrateOption.MigrateType'] !== '1';

const sample = { need: when(isSampled), check: wholeNumber(1, 100) };
const redisSetting = { need: when(isRedis, 'optional'), check: wholeNumber(0, 2_147_483_647) };

/** What a Slack text input and a section of a card hold, in characters. */
export const longestWords = 3_000;

const instanceId = idOf('[a-z][a-z0-9]*', 'cdb-e78e0nnv');

const rules: Readonly<Record<FieldPath, Rule>> = {
  // 128 characters: the rule of the API's 2021-12-06 version; 2018-03-30 states none.
  JobName: { need: always, check: line(128) },
  SrcDatabaseType: { need: always, options: sourceEngines, preset: 'mysql' },
  SrcAccessType: { need: always, options: accessTypes, preset: 'extranet' },
  SrcNodeType: {
    need: when(({ SrcDatabaseType }) => hasClusters(SrcDatabaseType)),
    options: ['simple', 'cluster'],
    preset: 'simple',
  },
  'SrcInfo.Supplier': {
    // The fields of an RDS instance are documented for MySQL 5.6 and 5.7.
    need: when(
      (chosen) => chosen.SrcAccessType === 'extranet' && chosen.SrcDatabaseType === 'mysql',
    ),
    options: ['others', 'aliyun'],
    preset: 'others',
  },
  'SrcInfo.Region': { need: source('Region'), check: region },
  'SrcInfo.InstanceId': { need: source('InstanceId'), check: instanceId },
  'SrcInfo.CvmInstanceId': { need: source('CvmInstanceId'), check: idOf('ins', 'ins-1a2b3c4d') },
  'SrcInfo.UniqDcgId': { need: source('UniqDcgId'), check: idOf('dcg', 'dcg-1a2b3c4d') },
  'SrcInfo.UniqVpnGwId': { need: source('UniqVpnGwId'), check: idOf('vpngw', 'vpngw-1a2b3c4d') },
  'SrcInfo.CcnId': { need: source('CcnId'), check: idOf('ccn', 'ccn-1a2b3c4d') },
  'SrcInfo.VpcId': { need: source('VpcId'), check: idOf('vpc', 'vpc-1a2b3c4d') },
  'SrcInfo.SubnetId': { need: source('SubnetId'), check: idOf('subnet', 'subnet-1a2b3c4d') },
  'SrcInfo.RdsInstanceId': {
    need: when(isRds),
    check: matches(/^[a-z0-9][a-z0-9-]{1,62}$/, {
      code: 'not_an_id',
      example: 'rm-bp1a2b3c4d5e6f7g8',
    }),
  },
  'SrcInfo.EngineVersion': { need: when(isRds), options: ['5.6', '5.7'], preset: '5.6' },
  'SrcInfo.AccessKey.Source': secretSourceRule(when(isRdsMysql56)),
  'SrcInfo.AccessKey': typedSecretRule('SrcInfo.AccessKey', when(isRdsMysql56)),
  'SrcInfo.AccessKey.Reference': storedSecretRule('SrcInfo.AccessKey', when(isRdsMysql56)),
  'SrcInfo.Ip': {
    need: source('Ip'),
    checkOf: ({ SrcAccessType }) => (SrcAccessType === 'extranet' ? publicAddress : networkAddress),
    spelling: canonicalHost,
  },
  'SrcInfo.Port': { need: source('Port'), check: port },
  SrcInfoMulti: { need: when(listsNodes), check: atMost(3_000) },
  'MigrateOption.ExternParams.SrcAuthFlag': {
    need: when(isMongodb),
    options: ['1', '0'],
    preset: '1',
  },
  'SrcInfo.User': { need: sourceAccount('User'), check: line(128) },
  'SrcInfo.Password.Source': secretSourceRule(sourceAccount('Password')),
  'SrcInfo.Password': typedSecretRule('SrcInfo.Password', sourceAccount('Password')),
  'SrcInfo.Password.Reference': storedSecretRule('SrcInfo.Password', sourceAccount('Password')),
  'MigrateOption.ExternParams.SrcAuthDatabase': {
    need: when(hasMongodbAccount, 'optional'),
    check: line(64),
  },
  'MigrateOption.ExternParams.SrcAuthMechanism': {
    need: when(hasMongodbAccount, 'optional'),
    options: ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'MONGODB-CR'],
  },
  DstDatabaseType: {
    need: always,
    options: destinationEngines,
    preset: (chosen) => chosen.SrcDatabaseType ?? 'mysql',
  },
  'DstInfo.Region': { need: always, check: region },
  'DstInfo.InstanceId': { need: always, check: instanceId },
  'DstInfo.User': { need: destinationAccount('User'), check: line(128) },
  'DstInfo.Password.Source': secretSourceRule(destinationAccount('Password')),
  'DstInfo.Password': typedSecretRule('DstInfo.Password', destinationAccount('Password')),
  'DstInfo.Password.Reference': storedSecretRule(
    'DstInfo.Password',
    destinationAccount('Password'),
  ),
  'MigrateOption.MigrateObject': { need: always, options: ['1', '2'], preset: '1' },
  // One of the two is needed, which `parseForm` sees to.
  DatabaseInfo: { need: when(isNamed, 'optional') },
  'DatabaseInfo.File': { need: when(isNamed, 'optional') },
  'MigrateOption.MigrateType': { need: always, options: ['1', '2', '3'] },
  'MigrateOption.IsOverrideRoot': {
    need: when(hasRoot),
    options: (chosen) => (mayOverrideRoot(chosen) ? ['0', '1'] : ['0']),
    preset: '0',
  },
  'DstInfo.ReadOnly': {
    need: when((chosen) => chosen.DstDatabaseType === 'mysql' && isWhole(chosen), 'optional'),
    options: ['0', '1'],
  },
  'MigrateOption.ConsistencyType': {
    need: always,
    options: ['1', '2', '3', '4', '5'],
    preset: '1',
  },
  'MigrateOption.ConsistencyParams.SelectRowsPerTable': sample,
  'MigrateOption.ConsistencyParams.TablesSelectAll': sample,
  'MigrateOption.ConsistencyParams.TablesSelectCount': sample,
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit': redisSetting,
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': redisSetting,
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime': redisSetting,
  'MigrateOption.ExternParams.ReplBacklogSize': redisSetting,
  'MigrateOption.ExternParams.ReplTimeout': redisSetting,
  Tags: { need: () => 'optional', check: atMost(3_000) },
  'MigrateOption.RunMode': { need: always, options: ['1', '2'], preset: '1' },
  'MigrateOption.ExpectTime': {
    need: when(oneOf('MigrateOption.RunMode', '2')),
    check: unixSeconds,
  },
  Channel: {
    need: (_, { asksChannel = false }) => (asksChannel ? 'required' : undefined),
    check: matches(/^[CG][A-Z0-9]{2,}$/, { code: 'not_offered' }),
  },
  Reason: { need: always, check: paragraphs(longestWords) },
};

const anything: Check = () => undefined;

/** The rule for a field that is the same whatever else is chosen. */
export const checkAlone = (path: FieldPath): Check => rules[path].check ?? anything;

/** A value of a field in the one spelling in which it is judged and stored. */
export const spell = (path: FieldPath, text: string): string =>
  rules[path].spelling?.(text) ?? text;

/** The fields that the form asks for these choices, in order. */
export function askedFields(values: FormValues, offer: FormOffer): AskedField[] {
  return layOut(values, offer).asked;
}

/** The choices as they stand where nobody chose: what the form shows at first. */
export function withPresets(values: FormValues, offer: FormOffer): FormValues {
  return { ...values, ...layOut(values, offer).chosen };
}

/** A value in a field that the choices before it leave no place for counts as none. */
function layOut(values: FormValues, offer: FormOffer): { asked: AskedField[]; chosen: FormValues } {
  const asked: AskedField[] = [];
  const chosen: FormValues = {};
  for (const path of fieldPaths) {
    const rule = rules[path];
    const need = rule.need(chosen, offer);
    if (need === undefined) continue;
    const options = typeof rule.options === 'function' ? rule.options(chosen) : rule.options;
    const check = rule.checkOf?.(chosen) ?? rule.check ?? anything;
    asked.push({ path, need, options, check });
    if (options === undefined) continue;
    const value = values[path];
    const preset = typeof rule.preset === 'function' ? rule.preset(chosen) : rule.preset;
    const choice = value !== undefined && options.includes(value) ? value : preset;
    if (choice !== undefined) chosen[path] = choice;
  }
  return { asked, chosen };
}
