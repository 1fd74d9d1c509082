import type { FieldProblem } from '../../domain/form/form';
import type { AddressPart, ValueProblem } from '../../domain/migration/checks';
import type { FieldPath, OptionWords, Section } from '../../domain/migration/fields';
import type { Oddity } from '../../domain/migration/unusual';
import type { Namesake } from '../../domain/request/launchOutcome';
import type { SecretProblem } from '../../domain/secrets/secretPolicy';
import type { SecretPath } from '../../domain/secrets/secretReference';
import { engines, mongoAuthMechanisms, rdsVersions } from '../properNames';
import { databaseInfoProblem } from './databaseInfoProblem';
import { secretProblem } from './secretProblem';
import { textProblem } from './textProblem';

const secretSources = { stored: 'A stored secret', typed: 'Typed here' };

const labels: Readonly<Record<FieldPath, string>> = {
  JobName: 'Name of the job',
  SrcDatabaseType: 'Source engine',
  SrcAccessType: 'Source is reached by',
  SrcNodeType: 'Source is',
  'SrcInfo.Supplier': 'Source is run by',
  'SrcInfo.Region': 'Region of the source, or nearest to it',
  'SrcInfo.InstanceId': 'Source instance',
  'SrcInfo.CvmInstanceId': 'CVM instance of the source',
  'SrcInfo.UniqDcgId': 'Direct Connect gateway',
  'SrcInfo.UniqVpnGwId': 'VPN gateway',
  'SrcInfo.CcnId': 'Cloud Connect Network',
  'SrcInfo.VpcId': 'VPC',
  'SrcInfo.SubnetId': 'Subnet',
  'SrcInfo.RdsInstanceId': 'RDS instance',
  'SrcInfo.EngineVersion': 'Version of the RDS instance',
  'SrcInfo.AccessKey.Source': 'The RDS AccessKey comes from',
  'SrcInfo.AccessKey': 'RDS AccessKey',
  'SrcInfo.AccessKey.Reference': 'Secret with the RDS AccessKey',
  'SrcInfo.Ip': 'Address of the source',
  'SrcInfo.Port': 'Port of the source',
  SrcInfoMulti: 'Nodes of the source',
  'MigrateOption.ExternParams.SrcAuthFlag': 'Source asks for an account',
  'SrcInfo.User': 'User on the source',
  'SrcInfo.Password.Source': 'The password of the source comes from',
  'SrcInfo.Password': 'Password on the source',
  'SrcInfo.Password.Reference': 'Secret with the password of the source',
  'MigrateOption.ExternParams.SrcAuthDatabase': 'Database of that account',
  'MigrateOption.ExternParams.SrcAuthMechanism': 'How it authenticates',
  DstDatabaseType: 'Destination engine',
  'DstInfo.Region': 'Region of the destination',
  'DstInfo.InstanceId': 'Destination instance',
  'DstInfo.User': 'User on the destination',
  'DstInfo.Password.Source': 'The password of the destination comes from',
  'DstInfo.Password': 'Password on the destination',
  'DstInfo.Password.Reference': 'Secret with the password of the destination',
  'MigrateOption.MigrateObject': 'Which objects',
  DatabaseInfo: 'Databases and tables',
  'DatabaseInfo.File': 'Or a file with them',
  'MigrateOption.MigrateType': 'What is migrated',
  'MigrateOption.IsOverrideRoot': 'Root account of the destination',
  'DstInfo.ReadOnly': 'Destination during the migration',
  'MigrateOption.ConsistencyType': 'Consistency check',
  'MigrateOption.ConsistencyParams.SelectRowsPerTable': 'Rows checked in each table, in percent',
  'MigrateOption.ConsistencyParams.TablesSelectAll': 'Tables checked in full, in percent',
  'MigrateOption.ConsistencyParams.TablesSelectCount': 'Tables counted, in percent',
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit': 'Replica buffer, hard limit, in MB',
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': 'Replica buffer, soft limit, in MB',
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime':
    'Time over the soft limit, in seconds',
  'MigrateOption.ExternParams.ReplBacklogSize': 'Replication backlog, in MB',
  'MigrateOption.ExternParams.ReplTimeout': 'Replication timeout, in seconds',
  Tags: 'Tags',
  'MigrateOption.RunMode': 'When it runs',
  'MigrateOption.ExpectTime': 'Start time',
  Channel: 'Channel',
  Reason: 'Reason for the migration',
};

const typedSecretHint =
  'Slack cannot hide what you type here. Ferry stores it sealed and erases it once the request is decided and carried out.';
const storedSecretHint =
  'Type to search. Ferry reads the secret only when it creates the job; nobody sees it here.';

export const form = {
  title: 'Request a migration',
  titleOfEdit: 'Change the request',
  submit: 'Send for approval',
  cancel: 'Cancel',
  intro:
    'The request goes to the approval channel, where everybody in it can read it. Passwords are not shown there.',
  opening: 'Opening the form…',
  notOpened: 'The form could not be filled in. Please try again in a minute.',
  /** Beside the first field of a form that stays open. */
  sendAgain:
    'Slack could not tell Ferry who you are, so nothing was sent. Please send the form again.',
  personUnknown:
    'Slack could not tell Ferry who you are, so nothing was sent. Your entries are still here; type any password again and send once more.',
  notStored:
    'The request could not be stored, so nothing was sent. Your entries are still here; type any password again and send once more.',
  changed:
    'The form has changed with your choices, so nothing was sent yet. Please fill in what is new and send it.',
  fileUnread: (why: string): string =>
    `${why} Nothing was sent. Your entries are still here; attach the file again, type any password again and send once more.`,
  secretRefused: (path: SecretPath, problem: SecretProblem): string =>
    `“${labels[path]}”: ${secretProblem(problem)} Nothing was sent. Your entries are still here.`,
  refused: (why: string): string =>
    `${why} Nothing was sent. Your entries are still here; type any password again and send once more.`,
  look: 'Please look at this again. To leave it as it is, type any password again and send once more.',
  lookWithFile:
    'Please look at this again. To leave it as it is, attach the file again, type any password again and send once more.',
  nameTaken: (by: Namesake): string => {
    if (by.kind === 'request' && by.isOfThisForm) {
      return `What you sent before was stored after all, as request #${by.id}. If that is all, close this form. If what you have changed matters, ask for #${by.id} to be denied, and send this one.`;
    }
    return by.kind === 'request'
      ? `Request #${by.id} has this job name too and is not settled yet. Another name makes the job easier to find.`
      : `The job ${by.jobId} (created ${by.createTime}, UTC+8) has this name already. Another name makes the new one easier to find.`;
  },
  filledFrom: (id: number): string => `Filled in from request #${id}, without its passwords.`,
  filledForEdit: (id: number): string =>
    `Request #${id} as it is. What you change stands in its thread, and it has to be approved again. Its passwords are not filled in.`,
  filledFromPreset: (name: string): string => `Filled in from the preset ${name}.`,
  keepsObjects: (id: number, count: number): string =>
    `Left empty, the list of request #${id} is used (${count} names).`,
  sections: {
    from: 'From where',
    to: 'To where',
    objects: 'Which objects',
    how: 'How',
    when: 'When and why',
  } satisfies Record<Section, string>,
  /** Below the heading of a section. */
  sectionNotes: {
    to: 'The destination is a TencentDB instance (DstAccessType cdb).',
  } satisfies Partial<Record<Section, string>>,
  labels,
  hints: {
    JobName: 'Shown in the DTS console. A name that no other job has makes this one easy to find.',
    SrcNodeType: 'SrcNodeType in the API.',
    'SrcInfo.Region': 'For example ap-guangzhou. Type to search.',
    'SrcInfo.InstanceId': 'Type a name or id to search, for example cdb-powiqx8q.',
    'SrcInfo.CvmInstanceId': 'Type a name or id to search, for example ins-1a2b3c4d.',
    'SrcInfo.UniqDcgId': 'Type a name or id to search, for example dcg-1a2b3c4d.',
    'SrcInfo.UniqVpnGwId': 'Type a name or id to search, for example vpngw-1a2b3c4d.',
    'SrcInfo.CcnId': 'Type a name or id to search, for example ccn-1a2b3c4d.',
    'SrcInfo.VpcId': 'Type a name or id to search, for example vpc-1a2b3c4d.',
    'SrcInfo.SubnetId': 'Type a name or id to search, for example subnet-1a2b3c4d.',
    'SrcInfo.RdsInstanceId': 'Its id at Alibaba Cloud, for example rm-bp1a2b3c4d5e6f7g8.',
    'SrcInfo.EngineVersion': 'An RDS instance of version 5.6 needs an AccessKey too.',
    'SrcInfo.AccessKey': typedSecretHint,
    'SrcInfo.AccessKey.Reference': storedSecretHint,
    'SrcInfo.Ip': 'An IP address or host name that DTS can reach this way.',
    SrcInfoMulti:
      'One node a line, as address:port. Nodes on CVM: instance:port, for example ins-1a2b3c4d:6379.',
    'SrcInfo.Password': typedSecretHint,
    'SrcInfo.Password.Reference': storedSecretHint,
    'DstInfo.Region': 'It cannot be changed later. Type to search.',
    'DstInfo.InstanceId': 'Type a name or id to search, for example cdb-e78e0nnv.',
    'DstInfo.Password': typedSecretHint,
    'DstInfo.Password.Reference': storedSecretHint,
    DatabaseInfo:
      'One a line: orders, orders.items or shop.public.items. Or JSON, as DatabaseInfo takes it.',
    'DatabaseInfo.File': 'A text file in the same notation, for more than fits above.',
    'MigrateOption.IsOverrideRoot':
      'It can be overwritten only when the whole instance is migrated with its data.',
    'MigrateOption.ConsistencyParams.SelectRowsPerTable': 'SelectRowsPerTable, 1 to 100.',
    'MigrateOption.ConsistencyParams.TablesSelectAll': 'TablesSelectAll, 1 to 100.',
    'MigrateOption.ConsistencyParams.TablesSelectCount': 'TablesSelectCount, 1 to 100.',
    'MigrateOption.ExternParams.ClientOutputBufferHardLimit': 'ClientOutputBufferHardLimit.',
    'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': 'ClientOutputBufferSoftLimit.',
    'MigrateOption.ExternParams.ClientOutputBufferPersistTime': 'ClientOutputBufferPersistTime.',
    'MigrateOption.ExternParams.ReplBacklogSize': 'ReplBacklogSize.',
    'MigrateOption.ExternParams.ReplTimeout': 'ReplTimeout.',
    Tags: 'One a line, as key=value.',
    'MigrateOption.RunMode':
      'Approval creates the job. It runs, or waits for its time, once somebody starts it in the DTS console.',
    'MigrateOption.ExpectTime': 'In your own time zone; the job is told UTC+8.',
    Channel:
      'A rule of the policy depends on the channel that a request comes from. Choose one that you are a member of.',
    Reason: 'What the approvers need to know: why, why now, what happens to the old database.',
  } satisfies Partial<Record<FieldPath, string>>,
  choose: 'Choose one',
  search: 'Type to search',
  lookUp: {
    /** A group's heading: 75 characters at most. */
    failed: (code: string): string => `Not listed: ${code}. Type the id.`,
    loading: 'The list is still loading. Search again, or type the id.',
    none: 'Nothing fits. Type the whole id to use it.',
    found: 'Found',
    asTyped: (id: string): string => `Use ${id} as typed`,
    unreachable: 'no answer',
    /** The person may see no list. */
    notAllowed: "You can't see what there is to choose.",
    personUnknown: 'Slack did not say who you are. Type again.',
    /** The one option of a list that has none. */
    empty: 'Nothing to choose yet',
    chooseRegion: 'Choose the region first, or type the id.',
    secretsManager: 'Tencent Cloud Secrets Manager',
    environment: "Environment of Ferry's process",
    noSecrets: 'No secret fits that may be used here.',
    more: (count: number): string => `Showing the first ${count}. Type more to narrow it down.`,
  },
};

export const options = {
  SrcDatabaseType: engines,
  SrcAccessType: {
    extranet: 'Public address',
    cdb: 'TencentDB instance',
    cvm: 'Self-built on CVM',
    dcg: 'Direct Connect gateway',
    vpncloud: 'Tencent Cloud VPN gateway',
    ccn: 'Cloud Connect Network (CCN)',
    vpnselfbuild: 'Self-built VPN on CVM (legacy)',
  },
  SrcNodeType: { simple: 'Single node or primary and replica', cluster: 'Cluster' },
  'SrcInfo.Supplier': {
    others: 'Own server, or any provider but Alibaba Cloud RDS',
    aliyun: 'Alibaba Cloud RDS',
  },
  'SrcInfo.EngineVersion': rdsVersions,
  'SrcInfo.AccessKey.Source': secretSources,
  'SrcInfo.Password.Source': secretSources,
  'DstInfo.Password.Source': secretSources,
  'MigrateOption.ExternParams.SrcAuthFlag': { '1': 'Yes', '0': 'No' },
  'MigrateOption.ExternParams.SrcAuthMechanism': mongoAuthMechanisms,
  DstDatabaseType: { ...engines, cynosdbmysql: 'TDSQL-C for MySQL' },
  DstAccessType: { cdb: 'TencentDB instance' },
  'MigrateOption.MigrateType': {
    '1': 'Structure only',
    '2': 'Full data',
    '3': 'Full data and ongoing changes',
  },
  'MigrateOption.MigrateObject': { '1': 'The whole instance', '2': 'Named databases and tables' },
  'MigrateOption.ConsistencyType': {
    '1': 'Not configured',
    '2': 'Full check',
    '3': 'Check of a sample',
    '4': 'Check inconsistent tables only',
    '5': 'No check',
  },
  'MigrateOption.IsOverrideRoot': { '0': 'Keep it', '1': "Overwrite it with the source's" },
  'DstInfo.ReadOnly': { '0': 'Read and write', '1': 'Read only' },
  'MigrateOption.RunMode': { '1': 'As soon as it is started', '2': 'At a time' },
} satisfies OptionWords & { DstAccessType: Readonly<Record<'cdb', string>> };

function valueProblem(problem: ValueProblem): string {
  switch (problem.code) {
    case 'required':
      return 'Please fill this in.';
    case 'too_long':
      return `At most ${problem.max} characters, please.`;
    case 'control_characters':
      return 'This contains a line break or another control character. Please remove it.';
    case 'not_offered':
      return 'Please choose one of the options.';
    case 'root_without_all_data':
      return 'Root can be overwritten only when the whole instance is migrated with its data. Keep it, or change that.';
    case 'not_an_address':
      return 'This is not an IP address or host name. Examples: 14.17.22.36, 2400:3200::1, db.example.com';
    case 'not_public':
      return 'DTS cannot reach this address over the public network. Please use a public address, or choose another way to reach the source.';
    case 'not_reachable':
      return 'No other machine can reach this address. Please use the one that the source has in its network.';
    case 'not_a_number':
      return `Please enter a whole number from ${problem.min} to ${problem.max}.`;
    case 'more_than_a_host': {
      const { host, port, rest } = problem;
      const moved = rest.flatMap((part) => addressParts[part] ?? []);
      const moves = [...(port === undefined ? [] : [`the port ${port} into Port`]), ...moved];
      const put = moves.length === 0 ? '' : ` Put ${moves.join(', ')}.`;
      const leaveOut = rest.includes('options') ? ' Leave out the options.' : '';
      return `Write only the host here: ${host}.${put}${leaveOut}`;
    }
    case 'several_hosts':
      return `This field takes one host, but this names ${problem.hosts.length}: ${problem.hosts.slice(0, 3).join(', ')}${problem.hosts.length > 3 ? ', …' : ''}. Enter one of them. For a sharded cluster or Redis Cluster, choose the cluster type and list the nodes there.`;
    case 'zone_for_region':
      return `This is a zone. Write its region: ${problem.meant}`;
    case 'not_a_region':
      return 'This is not a region id. Example: ap-guangzhou';
    case 'not_an_id':
      return `This is not an id of this kind. Example: ${problem.example}`;
    case 'not_a_time':
      return 'Please choose a date and a time.';
    default:
      return `This ${textProblem(problem)}.`;
  }
}

/** Where the parts of a database URL belong. */
const addressParts: Readonly<Record<AddressPart, string | undefined>> = {
  user: 'the user into the user field',
  password: 'the password into the password field',
  database: 'the database into the list of databases',
  options: undefined,
};

export function fieldProblem(problem: FieldProblem): string {
  switch (problem.code) {
    case 'objects_missing':
      return 'Please name the databases and tables, or attach a file with them.';
    case 'objects_twice':
      return 'Please use either this field or the file, not both.';
    case 'objects':
      return databaseInfoProblem(problem.problem);
    case 'bad_node':
      return `Line ${problem.line} is not an address and a port: ${problem.text}`;
    case 'repeated_node':
      return `Line ${problem.line} names a node again: ${problem.text}`;
    case 'too_many_nodes':
      return `At most ${problem.max} nodes, please.`;
    case 'bad_tag':
      return `Line ${problem.line} is not a tag. Example: team=orders`;
    case 'bad_text':
      return `Line ${problem.line} ${textProblem(problem.problem)}.`;
    case 'repeated_tag':
      return `Line ${problem.line} gives the key ${problem.key} again.`;
    case 'too_many_tags':
      return `At most ${problem.max} tags, please.`;
    default:
      return valueProblem(problem);
  }
}

/** What DTS may refuse although its documentation does not say so. */
export function oddity(odd: Oddity): string {
  switch (odd.code) {
    case 'field_left_out':
      return `“${labels[odd.path]}” is empty; DTS usually needs it.`;
    case 'redis_needs_changes':
      return 'DTS usually migrates Redis only with full data and ongoing changes.';
    case 'time_has_passed':
      return 'The start time has passed; DTS usually wants one that lies ahead.';
    default:
      return odd satisfies never;
  }
}
