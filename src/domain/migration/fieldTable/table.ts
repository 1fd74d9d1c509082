import { longestWords, matches, resourceId } from '../checks';
import { usualPorts } from '../engines';
import { canonicalHost, networkAddress, publicAddress } from '../host';
import {
  access,
  consistency,
  destinationEngine,
  destinationRegion,
  hasAccount,
  isNamed,
  isRds,
  isWhole,
  listsNodes,
  migrateType,
  nodeType,
  objects,
  rdsVersion,
  runMode,
  sourceEngine,
  sourceRegion,
  sourceVpc,
  supplier,
} from './choices';
import { all, always, type Derived, derive, either, is, not, offers } from './derive';
import {
  choice,
  type DerivedNeed,
  expected,
  type Field,
  needBy,
  notAsked,
  optional,
  required,
  type WholeNumber,
  when,
} from './field';
import { secretFields } from './secretFields';

const instanceId = resourceId('[a-z][a-z0-9]*', 'cdb-e78e0nnv');

const isRedis = is(sourceEngine, 'redis');
const isMongodb = is(sourceEngine, 'mongodb');
const hasMongodbAccount = is(hasAccount, '1');

/** The account that reads the source. */
const sourceAccount = either(
  isMongodb,
  when(hasMongodbAccount),
  either(is(access, 'vpnselfbuild'), expected, required),
);
/** In a list of nodes, each line has its node's own fields. */
const outsideNodes = (isInList: Derived<boolean>, need: DerivedNeed): DerivedNeed =>
  either(isInList, notAsked, need);

// A redis instance has passwords but no accounts.
const sourcePassword = secretFields(either(isRedis, optional, sourceAccount));
const needsDestinationAccount = is(destinationEngine, 'redis', 'mongodb');
const destinationPassword = secretFields(either(needsDestinationAccount, expected, optional), {
  advanced: not(needsDestinationAccount),
});
const accessKey = secretFields(when(all(isRds, is(rdsVersion, '5.6'))), { advanced: always(true) });

/** A percentage for sampled consistency checks. */
const percentage = (): WholeNumber => ({
  kind: 'number',
  advanced: always(true),
  need: when(is(consistency, '3')),
  min: 1,
  max: 100,
});

const redisSetting = (): WholeNumber => ({
  kind: 'number',
  advanced: always(true),
  need: when(isRedis, optional),
  min: 0,
  max: 2_147_483_647,
});

/**
 * All fields of the form, in the order in which a DBA thinks: what, why, from where, to where, which
 * objects, how, when. The form shows advanced fields last. Paths are the API's, except `Reason`,
 * `Channel`, `Advanced` and those that end in `.Source` or `.File`, which are Ferry's.
 */
export const fieldTable = {
  // API version 2021-12-06 allows 128 characters; 2018-03-30 states no limit.
  JobName: { kind: 'line', need: required, longest: 128 },
  Reason: { kind: 'paragraphs', need: required, longest: longestWords },
  Channel: {
    kind: 'conversation',
    need: when(offers(({ asksChannel = false }) => asksChannel)),
  },
  SrcDatabaseType: sourceEngine,
  SrcAccessType: access,
  SrcNodeType: nodeType,
  'SrcInfo.Supplier': supplier,
  'SrcInfo.Region': sourceRegion,
  'SrcInfo.InstanceId': {
    kind: 'lookup',
    need: needBy(access, { cdb: 'required' }),
    resource: { kind: 'instance', role: 'src', engine: sourceEngine, region: sourceRegion },
    check: instanceId,
  },
  'SrcInfo.CvmInstanceId': {
    kind: 'lookup',
    need: outsideNodes(
      all(listsNodes, is(access, 'cvm')),
      needBy(access, { cvm: 'required', vpnselfbuild: 'required' }),
    ),
    resource: { kind: 'cvm', region: sourceRegion },
    check: resourceId('ins', 'ins-1a2b3c4d'),
  },
  'SrcInfo.UniqDcgId': {
    kind: 'lookup',
    need: needBy(access, { dcg: 'required' }),
    resource: { kind: 'dcg', region: sourceRegion },
    check: resourceId('dcg', 'dcg-1a2b3c4d'),
  },
  'SrcInfo.UniqVpnGwId': {
    kind: 'lookup',
    need: needBy(access, { vpncloud: 'expected' }),
    resource: { kind: 'vpn_gateway', region: sourceRegion },
    check: resourceId('vpngw', 'vpngw-1a2b3c4d'),
  },
  'SrcInfo.CcnId': {
    kind: 'lookup',
    need: needBy(access, { ccn: 'expected' }),
    resource: { kind: 'ccn', region: sourceRegion },
    check: resourceId('ccn', 'ccn-1a2b3c4d'),
  },
  'SrcInfo.VpcId': sourceVpc,
  'SrcInfo.SubnetId': {
    kind: 'lookup',
    need: sourceVpc.need,
    resource: { kind: 'subnet', region: sourceRegion, vpc: sourceVpc },
    check: resourceId('subnet', 'subnet-1a2b3c4d'),
  },
  'SrcInfo.RdsInstanceId': {
    kind: 'line',
    advanced: always(true),
    need: when(isRds),
    longest: 64,
    check: always(
      matches(/^[a-z0-9][a-z0-9-]{1,62}$/, {
        code: 'not_an_id',
        example: 'rm-bp1a2b3c4d5e6f7g8',
      }),
    ),
  },
  'SrcInfo.EngineVersion': rdsVersion,
  'SrcInfo.AccessKey.Source': accessKey.source,
  'SrcInfo.AccessKey': accessKey.typed,
  'SrcInfo.Ip': {
    kind: 'line',
    need: outsideNodes(
      listsNodes,
      needBy(access, {
        extranet: 'required',
        cvm: 'optional',
        dcg: 'required',
        vpncloud: 'expected',
        ccn: 'required',
        vpnselfbuild: 'expected',
      }),
    ),
    longest: 253,
    check: either(is(access, 'extranet'), always(publicAddress), always(networkAddress)),
    spelling: canonicalHost,
  },
  'SrcInfo.Port': {
    kind: 'number',
    need: outsideNodes(
      listsNodes,
      needBy(access, {
        extranet: 'required',
        cvm: 'required',
        dcg: 'required',
        vpncloud: 'expected',
        ccn: 'required',
        vpnselfbuild: 'expected',
      }),
    ),
    min: 1,
    max: 65_535,
    preset: derive(sourceEngine, (engine) => engine && usualPorts[engine]),
  },
  SrcInfoMulti: { kind: 'lines', need: when(listsNodes), longest: longestWords },
  'MigrateOption.ExternParams.SrcAuthFlag': hasAccount,
  'SrcInfo.User': { kind: 'line', need: when(not(isRedis), sourceAccount), longest: 128 },
  'SrcInfo.Password.Source': sourcePassword.source,
  'SrcInfo.Password': sourcePassword.typed,
  'MigrateOption.ExternParams.SrcAuthDatabase': {
    kind: 'line',
    advanced: always(true),
    need: when(hasMongodbAccount, optional),
    longest: 64,
  },
  'MigrateOption.ExternParams.SrcAuthMechanism': choice({
    advanced: always(true),
    need: when(hasMongodbAccount, optional),
    options: ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'MONGODB-CR'],
  }),
  DstDatabaseType: destinationEngine,
  'DstInfo.Region': destinationRegion,
  'DstInfo.InstanceId': {
    kind: 'lookup',
    need: required,
    resource: {
      kind: 'instance',
      role: 'dst',
      engine: destinationEngine,
      region: destinationRegion,
    },
    check: instanceId,
  },
  'DstInfo.User': {
    kind: 'line',
    advanced: not(needsDestinationAccount),
    need: either(
      is(destinationEngine, 'redis'),
      notAsked,
      either(is(destinationEngine, 'mongodb'), expected, optional),
    ),
    longest: 128,
  },
  'DstInfo.Password.Source': destinationPassword.source,
  'DstInfo.Password': destinationPassword.typed,
  'MigrateOption.MigrateObject': objects,
  // Selected objects need one of the two. `parseForm` checks this.
  DatabaseInfo: { kind: 'database_names', need: when(isNamed, optional) },
  'DatabaseInfo.File': {
    kind: 'file',
    need: when(isNamed, optional),
    filetypes: ['txt', 'text', 'json', 'csv', 'sql'],
  },
  'MigrateOption.MigrateType': migrateType,
  'MigrateOption.IsOverrideRoot': choice({
    advanced: always(true),
    // Engines with MySQL's root account.
    need: when(is(sourceEngine, 'mysql', 'mariadb', 'percona')),
    options: ['0', '1'],
    limited: {
      option: '1',
      // Per the API page, DTS overwrites the root account only with the data of a whole instance.
      to: all(isWhole, not(is(migrateType, '1'))),
      problem: { code: 'root_without_all_data' },
    },
    preset: always('0'),
    isNumber: true,
  }),
  'DstInfo.ReadOnly': choice({
    advanced: always(true),
    need: when(all(is(destinationEngine, 'mysql'), isWhole), optional),
    options: ['0', '1'],
    isNumber: true,
  }),
  'MigrateOption.ConsistencyType': consistency,
  'MigrateOption.ConsistencyParams.SelectRowsPerTable': percentage(),
  'MigrateOption.ConsistencyParams.TablesSelectAll': percentage(),
  'MigrateOption.ConsistencyParams.TablesSelectCount': percentage(),
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit': redisSetting(),
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': redisSetting(),
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime': redisSetting(),
  'MigrateOption.ExternParams.ReplBacklogSize': redisSetting(),
  'MigrateOption.ExternParams.ReplTimeout': redisSetting(),
  Tags: { kind: 'lines', advanced: always(true), need: optional, longest: longestWords },
  'MigrateOption.RunMode': runMode,
  'MigrateOption.ExpectTime': {
    kind: 'date_time',
    advanced: always(true),
    need: when(is(runMode, '2')),
  },
  Advanced: { kind: 'switch', need: optional, begins: 'advanced' },
} as const satisfies Readonly<Record<string, Field>>;
