import type { FieldProblem } from '../../domain/form/form';
import type { AddressPart, ValueProblem } from '../../domain/migration/checks';
import type { FieldPath, OptionWords, Section } from '../../domain/migration/fields';
import type { Oddity } from '../../domain/migration/unusual';
import type { Namesake } from '../../domain/request/launchOutcome';
import type { SecretProblem, SecretUser } from '../../domain/secrets/secretPolicy';
import type { SecretPath } from '../../domain/secrets/secretReference';
import { engines, mongoAuthMechanisms, rdsVersions } from '../properNames';
import { databaseInfoProblem } from './databaseInfoProblem';
import { secretProblem } from './secretProblem';
import { textProblem } from './textProblem';

const secretSources = { typed: 'Enter it here' };

const labels: Readonly<Record<FieldPath, string>> = {
  JobName: 'Job name',
  SrcDatabaseType: 'Source engine',
  SrcAccessType: 'Source access type',
  SrcNodeType: 'Source architecture',
  'SrcInfo.Supplier': 'Source provider',
  'SrcInfo.Region': 'Source region, or the nearest one',
  'SrcInfo.InstanceId': 'Source instance',
  'SrcInfo.CvmInstanceId': 'Source CVM instance',
  'SrcInfo.UniqDcgId': 'Direct Connect gateway',
  'SrcInfo.UniqVpnGwId': 'VPN gateway',
  'SrcInfo.CcnId': 'Cloud Connect Network',
  'SrcInfo.VpcId': 'VPC',
  'SrcInfo.SubnetId': 'Subnet',
  'SrcInfo.RdsInstanceId': 'RDS instance',
  'SrcInfo.EngineVersion': 'RDS version',
  'SrcInfo.AccessKey.Source': 'How to provide the RDS AccessKey',
  'SrcInfo.AccessKey': 'RDS AccessKey',
  'SrcInfo.Ip': 'Source host',
  'SrcInfo.Port': 'Source port',
  SrcInfoMulti: 'Source nodes',
  'MigrateOption.ExternParams.SrcAuthFlag': 'Source requires authentication',
  'SrcInfo.User': 'Source username',
  'SrcInfo.Password.Source': 'How to provide the source password',
  'SrcInfo.Password': 'Source password',
  'MigrateOption.ExternParams.SrcAuthDatabase': 'Authentication database',
  'MigrateOption.ExternParams.SrcAuthMechanism': 'Authentication mechanism',
  DstDatabaseType: 'Target engine',
  'DstInfo.Region': 'Target region',
  'DstInfo.InstanceId': 'Target instance',
  'DstInfo.User': 'Target username',
  'DstInfo.Password.Source': 'How to provide the target password',
  'DstInfo.Password': 'Target password',
  'MigrateOption.MigrateObject': 'Objects to migrate',
  DatabaseInfo: 'Databases and tables',
  'DatabaseInfo.File': 'Or upload a list',
  'MigrateOption.MigrateType': 'Migration type',
  'MigrateOption.IsOverrideRoot': 'Target root account',
  'DstInfo.ReadOnly': 'Target during the migration',
  'MigrateOption.ConsistencyType': 'Consistency check',
  'MigrateOption.ConsistencyParams.SelectRowsPerTable': 'Rows checked per table (%)',
  'MigrateOption.ConsistencyParams.TablesSelectAll': 'Tables checked in full (%)',
  'MigrateOption.ConsistencyParams.TablesSelectCount': 'Tables with row counts only (%)',
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit':
    'Replica output buffer: hard limit (MB)',
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit':
    'Replica output buffer: soft limit (MB)',
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime': 'Time above the soft limit (s)',
  'MigrateOption.ExternParams.ReplBacklogSize': 'Replication backlog (MB)',
  'MigrateOption.ExternParams.ReplTimeout': 'Replication timeout (s)',
  Tags: 'Tags',
  'MigrateOption.RunMode': 'Run mode',
  'MigrateOption.ExpectTime': 'Start time',
  Channel: 'Channel',
  Reason: 'Reason',
  Advanced: 'Advanced options',
};

const typedSecretHint =
  'Slack shows this field in plain text. Ferry stores it encrypted and deletes it when the request is finished.';
const storedSecretHint = 'Type to search. Ferry reads the secret only when it sends it to DTS.';

/** What the person has to enter again. */
interface LostEntries {
  file: boolean;
  secrets: readonly SecretPath[];
}

const list = new Intl.ListFormat('en');

function enterAgain({ file, secrets }: LostEntries): string | undefined {
  const named = list.format(secrets.map((path) => `“${labels[path]}”`));
  if (file && named !== '') return `Please attach the file and enter ${named} again.`;
  if (file) return 'Please attach the file again.';
  return named === '' ? undefined : `Please enter ${named} again.`;
}

export const form = {
  title: 'Request a migration',
  titleOfEdit: 'Edit request',
  titleOfJob: 'Edit job',
  submit: 'Send for approval',
  cancel: 'Cancel',
  intro:
    'Your request is posted in the approval channel, where everyone can read it. Passwords are not shown there.',
  opening: 'Opening the form…',
  notOpened: "Ferry couldn't load the form. Please try again in a minute.",
  /** Next to the first field of a form that stays open. */
  sendAgain:
    "Slack couldn't confirm who you are, so the request was not submitted. Please submit the form again.",
  notStored: "Ferry couldn't save the request.",
  changed:
    'The form has other fields now, so the request was not submitted yet. Please fill in the new fields and submit again.',
  secretRefused: (path: SecretPath, problem: SecretProblem, user: SecretUser): string =>
    `“${labels[path]}”: ${secretProblem(problem, user)}`,
  givenBack: (why: string, lost: LostEntries): string => {
    const again = enterAgain(lost) ?? 'Your entries are still here; you can submit again.';
    return `${why} The request was not submitted. ${again}`;
  },
  savedBefore: (id: number, lost: LostEntries): string => {
    const saved = `Request #${id} was saved with the content of your earlier submission. What you changed since then was not sent. To use this form instead, withdraw #${id} and submit the form again.`;
    const again = enterAgain(lost);
    return again === undefined ? saved : `${saved} ${again}`;
  },
  /** Slack keeps neither file nor password of a submitted form. */
  enterAgain,
  secretEmptied: (path: SecretPath): string =>
    `“${labels[path]}” was filled in before, but is empty now. Enter it again, or send the request without it.`,
  look: 'The request was not submitted yet. Correct the fields marked ⚠, or select the checkbox at the end to send them as they are.',
  warnings: (count: number): string =>
    count === 1 ? 'Please check this warning:' : `Please check these ${count} warnings:`,
  accept: 'Send with these warnings',
  /** At the checkbox, if the person submits the form again without selecting it. */
  tick: 'Correct the fields marked ⚠, or select this checkbox.',
  accepted: 'Send the request anyway. Approvers see the warnings.',
  nameTaken: (by: Namesake): string => {
    if (by.kind === 'request' && by.isOfThisForm) {
      return `Your earlier submission was saved as request #${by.id}. If you need nothing else, close this form. If you have changed something since, withdraw #${by.id} and submit this form.`;
    }
    return by.kind === 'request'
      ? `Request #${by.id} is still open and uses the same job name. A unique name makes the job easier to find.`
      : `Job ${by.jobId} (created ${by.createTime}, UTC+8) already has this name. A unique name makes the new one easier to find.`;
  },
  filledFrom: (id: number, hasTyped: boolean): string =>
    `Prefilled from request #${id}.${hasTyped ? ' Typed passwords are not copied.' : ''}`,
  /** `keepsApprovals`: the request failed, and a new password alone needs no approval. */
  filledForEdit: (id: number, hasTyped: boolean, keepsApprovals: boolean): string =>
    `You are editing request #${id}. Changes are posted in its thread, and it needs approval again${keepsApprovals ? ', unless you only re-enter a password' : ''}.${hasTyped ? ' Typed passwords must be re-entered.' : ''}`,
  filledForJob: (id: number, hasTyped: boolean): string =>
    `You are editing the job of request #${id}. Changes are posted in its thread. DTS gets them after they are approved. The engines, the region of the target and the tags of a job cannot change.${hasTyped ? ' Typed passwords must be re-entered.' : ''}`,
  filledFromPreset: (name: string): string => `Prefilled from preset ${name}.`,
  keepsObjects: (id: number, count: number): string =>
    `Leave empty to reuse the list from request #${id} (${count} ${count === 1 ? 'name' : 'names'}).`,
  objectsChanged: (id: number, count: number): string =>
    `The list of request #${id} was changed after you opened this form. It now has ${count} ${count === 1 ? 'name' : 'names'}; “Details” on its card shows them.`,
  sections: {
    from: 'Source',
    to: 'Target',
    how: 'Migration',
    advanced: 'Advanced',
  } satisfies Record<Section, string>,
  /** Below the heading of a section. */
  sectionNotes: {
    to: 'The target must be a TencentDB instance.',
  } satisfies Partial<Record<Section, string>>,
  labels,
  hints: {
    JobName: 'Shown in the DTS console. Use a unique name.',
    SrcNodeType: 'How the source database is deployed.',
    'SrcInfo.Region': 'For example ap-guangzhou. Type to search.',
    'SrcInfo.InstanceId': 'Type a name or ID to search, for example cdb-powiqx8q.',
    'SrcInfo.CvmInstanceId': 'Type a name or ID to search, for example ins-1a2b3c4d.',
    'SrcInfo.UniqDcgId': 'Type a name or ID to search, for example dcg-1a2b3c4d.',
    'SrcInfo.UniqVpnGwId': 'Type a name or ID to search, for example vpngw-1a2b3c4d.',
    'SrcInfo.CcnId': 'Type a name or ID to search, for example ccn-1a2b3c4d.',
    'SrcInfo.VpcId': 'Type a name or ID to search, for example vpc-1a2b3c4d.',
    'SrcInfo.SubnetId': 'Type a name or ID to search, for example subnet-1a2b3c4d.',
    'SrcInfo.RdsInstanceId': 'Its ID at Alibaba Cloud, for example rm-bp1a2b3c4d5e6f7g8.',
    'SrcInfo.EngineVersion': 'RDS 5.6 also needs an AccessKey.',
    'SrcInfo.AccessKey': typedSecretHint,
    'SrcInfo.AccessKey.Source': storedSecretHint,
    'SrcInfo.Ip': 'IP address or host name that DTS can reach with this access type.',
    SrcInfoMulti:
      'One node per line, as host:port. For nodes on CVM: instance-id:port, for example ins-1a2b3c4d:6379.',
    'SrcInfo.Password': typedSecretHint,
    'SrcInfo.Password.Source': storedSecretHint,
    'DstInfo.Region': "Type to search. It can't be changed after the job is created.",
    'DstInfo.InstanceId': 'Type a name or ID to search, for example cdb-e78e0nnv.',
    'DstInfo.Password': typedSecretHint,
    'DstInfo.Password.Source': storedSecretHint,
    DatabaseInfo:
      'One per line: orders, orders.items or shop.public.items. Or DatabaseInfo as JSON.',
    'DatabaseInfo.File': 'For a long list: a text file in the same format.',
    'MigrateOption.IsOverrideRoot':
      'Root can be overwritten only if the entire instance and its data are migrated.',
    'MigrateOption.ConsistencyParams.SelectRowsPerTable':
      'A number from 1 to 100 (SelectRowsPerTable).',
    'MigrateOption.ConsistencyParams.TablesSelectAll': 'A number from 1 to 100 (TablesSelectAll).',
    'MigrateOption.ConsistencyParams.TablesSelectCount':
      'A number from 1 to 100 (TablesSelectCount).',
    'MigrateOption.ExternParams.ClientOutputBufferHardLimit':
      'Redis disconnects DTS if more data than this waits to be sent. Empty: the DTS default.',
    'MigrateOption.ExternParams.ClientOutputBufferSoftLimit':
      'Redis disconnects DTS if more data than this waits for the time below. Empty: the DTS default.',
    'MigrateOption.ExternParams.ClientOutputBufferPersistTime':
      'How long the waiting data may stay above the soft limit. Empty: the DTS default.',
    'MigrateOption.ExternParams.ReplBacklogSize':
      'The changes that Redis keeps, so that DTS can resume after a short disconnection. Empty: the DTS default.',
    'MigrateOption.ExternParams.ReplTimeout':
      'Redis drops the replication after this time without data. Empty: the DTS default.',
    Tags: 'One per line, as key=value.',
    'MigrateOption.RunMode':
      'Approval creates the job. Then someone starts it on the card, unless the policy starts it.',
    'MigrateOption.ExpectTime': 'In your time zone. DTS receives it in UTC+8.',
    Channel:
      'The policy has rules for certain channels. Choose a channel that you are a member of.',
    Reason: 'What approvers need to know: why, why now, and what happens to the old database.',
  } satisfies Partial<Record<FieldPath, string>>,
  showAdvanced: 'Show advanced options',
  choose: 'Select…',
  search: 'Type to search',
  lookUp: {
    /** A group's heading, which Slack limits to 75 characters. */
    failed: (code: string): string => `Couldn't load the list (${code}). Type the ID.`,
    loading: 'The list is still loading. Search again, or type the ID.',
    none: 'No matches. Type the full ID to use it.',
    found: 'Matches',
    asTyped: (id: string): string => `Use “${id}”`,
    unreachable: 'no response',
    /** The person may not see any list. */
    notAllowed: "You're not allowed to see this list.",
    personUnknown: "Slack couldn't confirm who you are. Type again.",
    /** The only option of an empty list. */
    empty: 'Nothing to select yet',
    chooseRegion: 'Select the region first, or type the ID.',
    notStored: 'Not a stored secret',
    secretsManager: 'Tencent Cloud Secrets Manager',
    moreSecrets: (count: number): string =>
      `Secrets Manager: the first ${count}. Type a name to narrow the list.`,
    environment: "Ferry's environment variables",
    moreVariables: (count: number): string =>
      `Ferry's environment variables: the first ${count}. Type a name to narrow.`,
    noSecrets: 'No matching secret that you may use here.',
    more: (count: number): string => `Showing the first ${count}. Keep typing to narrow the list.`,
  },
};

export const options = {
  SrcDatabaseType: engines,
  SrcAccessType: {
    extranet: 'Public network',
    cdb: 'TencentDB instance',
    cvm: 'Self-managed on CVM',
    dcg: 'Direct Connect',
    vpncloud: 'VPN gateway',
    ccn: 'Cloud Connect Network (CCN)',
    vpnselfbuild: 'Self-managed VPN on CVM (legacy)',
  },
  SrcNodeType: { simple: 'Standalone or primary/replica', cluster: 'Cluster' },
  'SrcInfo.Supplier': {
    others: 'Self-managed or other provider',
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
    '1': 'Schema only',
    '2': 'Full migration',
    '3': 'Full + incremental migration',
  },
  'MigrateOption.MigrateObject': { '1': 'Entire instance', '2': 'Selected databases and tables' },
  'MigrateOption.ConsistencyType': {
    '1': 'Not set',
    '2': 'Full check',
    '3': 'Sampled check',
    '4': 'Check inconsistent tables only',
    '5': 'No check',
  },
  'MigrateOption.IsOverrideRoot': { '0': 'Keep', '1': 'Overwrite with source root' },
  'DstInfo.ReadOnly': { '0': 'Read and write', '1': 'Read only' },
  'MigrateOption.RunMode': { '1': 'Immediate', '2': 'Scheduled' },
} satisfies OptionWords & { DstAccessType: Readonly<Record<'cdb', string>> };

const chooseCluster = `set “${labels.SrcNodeType}” to “${options.SrcNodeType.cluster}” and list all nodes in “${labels.SrcInfoMulti}”`;

function valueProblem(problem: ValueProblem): string {
  switch (problem.code) {
    case 'required':
      return 'Please fill this in.';
    case 'too_long':
      return `Maximum ${problem.max} characters.`;
    case 'control_characters':
      return 'This contains a line break or another control character. Please remove it.';
    case 'not_offered':
      return 'Please select one of the options.';
    case 'root_without_all_data':
      return `Overwriting root needs the entire instance and its data. Select “${options['MigrateOption.IsOverrideRoot'][0]}”, or change what is migrated.`;
    case 'not_an_address':
      return 'This is not an IP address or host name. Examples: 14.17.22.36, 2400:3200::1, db.example.com';
    case 'not_public':
      return 'DTS cannot reach this address over the public network. Use a public address, or select another access type.';
    case 'not_reachable':
      return "No other machine can be reached at this address. Use the source's address on its network.";
    case 'not_a_number':
      return `Enter a whole number from ${problem.min} to ${problem.max}.`;
    case 'more_than_a_host': {
      const { host, port, rest } = problem;
      const moved = rest.flatMap((part) => addressParts[part] ?? []);
      const moves = [
        ...(port === undefined ? [] : [`the port ${port} into “${labels['SrcInfo.Port']}”`]),
        ...moved,
      ];
      const put = moves.length === 0 ? '' : ` Put ${moves.join(', ')}.`;
      const leaveOut = rest.includes('options') ? ' Leave out the options.' : '';
      return `Enter only the host here: ${host}.${put}${leaveOut}`;
    }
    case 'several_hosts':
      return `This field takes one host, but you entered ${problem.hosts.length}: ${problem.hosts.slice(0, 3).join(', ')}${problem.hosts.length > 3 ? ', …' : ''}. Enter one of them. For a sharded cluster or Redis Cluster, ${chooseCluster}.`;
    case 'srv_name':
      return `This name only lists the hosts of a cluster. Enter one of these hosts, or ${chooseCluster}.`;
    case 'zone_for_region':
      return `This is a zone. Use its region: ${problem.meant}`;
    case 'not_a_region':
      return 'This is not a region ID. Example: ap-guangzhou';
    case 'not_an_id':
      return `Invalid ID. Example: ${problem.example}`;
    case 'not_a_time':
      return 'This is not a time. Example: 2026-12-01 02:00:00 (UTC+8)';
    default:
      return `This ${textProblem(problem)}.`;
  }
}

/** The fields for the parts of a database URL. */
const addressParts: Readonly<Record<AddressPart, string | undefined>> = {
  user: `the user into “${labels['SrcInfo.User']}”`,
  password: `the password into “${labels['SrcInfo.Password']}”`,
  database: `the database into “${labels.DatabaseInfo}”`,
  auth_database: `authSource into “${labels['MigrateOption.ExternParams.SrcAuthDatabase']}”`,
  options: undefined,
};

export function fieldProblem(problem: FieldProblem): string {
  switch (problem.code) {
    case 'objects_missing':
      return 'List the databases and tables, or attach a file.';
    case 'objects_twice':
      return 'Use either this field or the file, not both.';
    case 'objects':
      return databaseInfoProblem(problem.problem);
    case 'bad_node':
      return `Line ${problem.line} is not a host and a port. Example: db-1.example.com:6379`;
    case 'bad_machine':
      return `Line ${problem.line} is not a CVM instance and a port. Example: ins-1a2b3c4d:6379`;
    case 'bad_value':
      return `Line ${problem.line}: ${valueProblem(problem.problem)}`;
    case 'repeated_node':
      return `Line ${problem.line} repeats a node: ${problem.text}`;
    case 'too_many_nodes':
      return `Maximum ${problem.max} nodes.`;
    case 'bad_tag':
      return `Line ${problem.line} is not a tag. Example: team=orders`;
    case 'colon_in_tag':
      return `Line ${problem.line} has a colon. Write = between key and value. If the colon is part of a key without a value, add = at the end.`;
    case 'several_tags':
      return `Line ${problem.line} has several tags. Write one tag per line.`;
    case 'bad_text':
      return `Line ${problem.line} ${textProblem(problem.problem)}.`;
    case 'repeated_tag':
      return `Line ${problem.line} repeats the key ${problem.key}.`;
    case 'too_many_tags':
      return `Maximum ${problem.max} tags.`;
    default:
      return valueProblem(problem);
  }
}

/** Parameters that DTS may reject, although its documentation doesn't say so. */
export function oddity(odd: Oddity): string {
  switch (odd.code) {
    case 'field_left_out':
      return `“${labels[odd.path]}” is empty; DTS usually requires it.`;
    case 'same_instance':
      return 'The source and the target are the same instance.';
    case 'other_engine':
      return 'DTS usually does not support this target engine for this source engine.';
    case 'ipv6_source':
      return 'The source has an IPv6 address; DTS usually requires IPv4.';
    case 'redis_needs_changes':
      return 'DTS usually supports only full + incremental migration for Redis.';
    case 'time_has_passed':
      return 'The start time is in the past; DTS usually requires a future time.';
    default:
      return odd satisfies never;
  }
}
