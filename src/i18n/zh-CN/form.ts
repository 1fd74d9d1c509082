import type { FieldProblem } from '../../domain/form/form';
import type { AddressPart, ValueProblem } from '../../domain/migration/checks';
import type { FieldPath } from '../../domain/migration/fields';
import type { Oddity } from '../../domain/migration/unusual';
import type { Messages } from '../en/messages';
import { engines, mongoAuthMechanisms, rdsVersions } from '../properNames';
import { databaseInfoProblem } from './databaseInfoProblem';
import { secretProblem } from './secretProblem';
import { textProblem } from './textProblem';

const secretSources = { typed: '手动输入' };

const labels: Readonly<Record<FieldPath, string>> = {
  JobName: '任务名称',
  SrcDatabaseType: '源实例类型',
  SrcAccessType: '源实例接入类型',
  SrcNodeType: '源实例架构',
  'SrcInfo.Supplier': '源实例服务商',
  'SrcInfo.Region': '源实例地域',
  'SrcInfo.InstanceId': '源实例 ID',
  'SrcInfo.CvmInstanceId': '云主机实例',
  'SrcInfo.UniqDcgId': '专线网关',
  'SrcInfo.UniqVpnGwId': 'VPN 网关',
  'SrcInfo.CcnId': '云联网',
  'SrcInfo.VpcId': '私有网络',
  'SrcInfo.SubnetId': '子网',
  'SrcInfo.RdsInstanceId': 'RDS 实例 ID',
  'SrcInfo.EngineVersion': 'RDS 实例版本',
  'SrcInfo.AccessKey.Source': 'RDS AccessKey 提供方式',
  'SrcInfo.AccessKey': 'RDS AccessKey',
  'SrcInfo.Ip': '源实例主机地址',
  'SrcInfo.Port': '源实例端口',
  SrcInfoMulti: '源实例节点',
  'MigrateOption.ExternParams.SrcAuthFlag': '源实例是否需要认证',
  'SrcInfo.User': '源实例账号',
  'SrcInfo.Password.Source': '源实例密码提供方式',
  'SrcInfo.Password': '源实例密码',
  'MigrateOption.ExternParams.SrcAuthDatabase': '认证库',
  'MigrateOption.ExternParams.SrcAuthMechanism': '认证机制',
  DstDatabaseType: '目标实例类型',
  'DstInfo.Region': '目标实例地域',
  'DstInfo.InstanceId': '目标实例 ID',
  'DstInfo.User': '目标实例账号',
  'DstInfo.Password.Source': '目标实例密码提供方式',
  'DstInfo.Password': '目标实例密码',
  'MigrateOption.MigrateObject': '迁移对象',
  DatabaseInfo: '库表',
  'DatabaseInfo.File': '或上传库表清单',
  'MigrateOption.MigrateType': '迁移类型',
  'MigrateOption.IsOverrideRoot': '覆盖 root 账号',
  'DstInfo.ReadOnly': '目标实例读写设置',
  'MigrateOption.ConsistencyType': '数据一致性检测',
  'MigrateOption.ConsistencyParams.SelectRowsPerTable': '每表抽检行数比例（%）',
  'MigrateOption.ConsistencyParams.TablesSelectAll': '全量检测的表比例（%）',
  'MigrateOption.ConsistencyParams.TablesSelectCount': '仅检测行数的表比例（%）',
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit': '从机输出缓冲区硬限制（MB）',
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': '从机输出缓冲区软限制（MB）',
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime': '超过软限制的持续时间（秒）',
  'MigrateOption.ExternParams.ReplBacklogSize': '复制积压缓冲区（MB）',
  'MigrateOption.ExternParams.ReplTimeout': '复制超时时间（秒）',
  Tags: '标签',
  'MigrateOption.RunMode': '运行模式',
  'MigrateOption.ExpectTime': '开始时间',
  Channel: '频道',
  Reason: '迁移原因',
  Advanced: '高级选项',
};

const typedSecretHint =
  '此处输入的内容以明文显示（Slack 限制）。Ferry 会加密保存，并在申请结束后删除。';
const storedSecretHint = '输入关键字搜索。Ferry 仅在提交给 DTS 时读取凭据的内容。';

const list = new Intl.ListFormat('zh-CN');

const enterAgain: Messages['form']['enterAgain'] = ({ file, secrets }) => {
  const named = list.format(secrets.map((path) => `“${labels[path]}”`));
  if (file && named !== '') return `请重新上传文件并填写${named}。`;
  if (file) return '请重新上传文件。';
  return named === '' ? undefined : `请重新填写${named}。`;
};

export const form: Messages['form'] = {
  title: '申请数据迁移',
  titleOfEdit: '修改申请',
  titleOfJob: '修改任务',
  submit: '提交审批',
  cancel: '取消',
  intro: '申请会发布到审批频道，频道内所有人可见。密码不会显示。',
  opening: '正在打开表单……',
  notOpened: '表单加载失败，请稍后重试。',
  sendAgain: '暂时无法从 Slack 获取您的信息，申请未提交。请重新提交。',
  notStored: '申请保存失败。',
  changed: '表单的字段有变化，申请尚未提交。请补全新增的字段后再提交。',
  secretRefused: (path, problem, user) => `“${labels[path]}”：${secretProblem(problem, user)}`,
  givenBack: (why, lost) =>
    `${why}申请未提交。${enterAgain(lost) ?? '已填内容已保留，可再次提交。'}`,
  savedBefore: (id, lost) =>
    `申请 #${id} 已按您上一次提交的内容保存，此后的改动未提交。如需改用此表单的内容，请撤回申请 #${id}，再提交此表单。${enterAgain(lost) ?? ''}`,
  enterAgain,
  secretEmptied: (path) =>
    `“${labels[path]}”此前已填写，现为空。请重新填写；如不需要，可按原样提交。`,
  look: '申请尚未提交。请修改带 ⚠ 的字段；如需按原样提交，请勾选表单末尾的选项。',
  warnings: (count) => `请确认以下 ${count} 条提示：`,
  accept: '按原样提交',
  tick: '请修改带 ⚠ 的字段，或勾选此项。',
  accepted: '仍要提交。审批人也会看到这些提示。',
  nameTaken: (by) => {
    if (by.kind === 'request' && by.isOfThisForm) {
      return `您上一次的提交其实已成功，即申请 #${by.id}。如无改动，请关闭此表单；如有改动，请撤回申请 #${by.id}，再提交此表单。`;
    }
    return by.kind === 'request'
      ? `申请 #${by.id} 使用了相同的任务名称且尚未结束，建议换一个名称，以便查找任务。`
      : `任务 ${by.jobId}（创建于 ${by.createTime}，UTC+8）使用了相同的名称，建议换一个名称，以便查找任务。`;
  },
  filledFrom: (id, hasTyped) => `已按申请 #${id} 填写${hasTyped ? '，手动输入的密码除外' : ''}。`,
  filledForEdit: (id, hasTyped, keepsApprovals) =>
    `正在修改申请 #${id}。修改内容会发在消息列中，并须重新审批${keepsApprovals ? '（仅重新填写密码时除外）' : ''}${hasTyped ? '，手动输入的密码需重新填写' : ''}。`,
  filledForJob: (id, hasTyped) =>
    `正在修改申请 #${id} 的任务。修改内容会发在消息列中，重新审批通过后提交给 DTS。任务的数据库类型、目标地域和标签不能修改${hasTyped ? '，手动输入的密码需重新填写' : ''}。`,
  filledFromPreset: (name) => `已按预设 ${name} 填写。`,
  keepsObjects: (id, count) => `留空则沿用申请 #${id} 的库表清单（${count} 项）。`,
  objectsChanged: (id, count) =>
    `打开此表单后，申请 #${id} 的库表清单有改动，现有 ${count} 项，可在其卡片的“详情”中查看。`,
  sections: {
    from: '源实例',
    to: '目标实例',
    how: '迁移方式',
    advanced: '高级',
  },
  sectionNotes: {
    to: '目标实例须为腾讯云数据库实例。',
  },
  labels,
  hints: {
    JobName: '显示在 DTS 控制台。请使用不重复的名称，以便查找。',
    SrcNodeType: '请按源实例的实际架构选择。',
    'SrcInfo.Region': '非云数据库请选择就近地域。输入关键字搜索，例如 ap-guangzhou。',
    'SrcInfo.InstanceId': '输入名称或 ID 搜索，例如 cdb-powiqx8q。',
    'SrcInfo.CvmInstanceId': '输入名称或 ID 搜索，例如 ins-1a2b3c4d。',
    'SrcInfo.UniqDcgId': '输入名称或 ID 搜索，例如 dcg-1a2b3c4d。',
    'SrcInfo.UniqVpnGwId': '输入名称或 ID 搜索，例如 vpngw-1a2b3c4d。',
    'SrcInfo.CcnId': '输入名称或 ID 搜索，例如 ccn-1a2b3c4d。',
    'SrcInfo.VpcId': '输入名称或 ID 搜索，例如 vpc-1a2b3c4d。',
    'SrcInfo.SubnetId': '输入名称或 ID 搜索，例如 subnet-1a2b3c4d。',
    'SrcInfo.RdsInstanceId': '阿里云的实例 ID，例如 rm-bp1a2b3c4d5e6f7g8。',
    'SrcInfo.EngineVersion': '5.6 版本还需填写 RDS AccessKey。',
    'SrcInfo.AccessKey': typedSecretHint,
    'SrcInfo.AccessKey.Source': storedSecretHint,
    'SrcInfo.Ip': 'DTS 通过所选接入类型可访问的 IP 或域名。',
    SrcInfoMulti:
      '每行一个节点，填写地址和端口，例如 10.0.0.5:6379。云主机上的节点填写实例 ID 和端口，例如 ins-1a2b3c4d:6379。',
    'SrcInfo.Password': typedSecretHint,
    'SrcInfo.Password.Source': storedSecretHint,
    'DstInfo.Region': '任务创建后不可修改。输入关键字搜索。',
    'DstInfo.InstanceId': '输入名称或 ID 搜索，例如 cdb-e78e0nnv。',
    'DstInfo.Password': typedSecretHint,
    'DstInfo.Password.Source': storedSecretHint,
    DatabaseInfo:
      '每行一个，例如 orders、orders.items 或 shop.public.items。也可粘贴 DatabaseInfo 的 JSON。',
    'DatabaseInfo.File': '库表较多时，可上传格式相同的文本文件。',
    'MigrateOption.IsOverrideRoot': '仅迁移整个实例且包含数据时可以覆盖。',
    'MigrateOption.ConsistencyParams.SelectRowsPerTable': '1 到 100 的整数（SelectRowsPerTable）。',
    'MigrateOption.ConsistencyParams.TablesSelectAll': '1 到 100 的整数（TablesSelectAll）。',
    'MigrateOption.ConsistencyParams.TablesSelectCount': '1 到 100 的整数（TablesSelectCount）。',
    'MigrateOption.ExternParams.ClientOutputBufferHardLimit':
      '待发送的数据超过该值时，Redis 会立即断开与 DTS 的连接。留空使用 DTS 默认值。',
    'MigrateOption.ExternParams.ClientOutputBufferSoftLimit':
      '待发送的数据超过该值并持续下方设置的时间后，Redis 会断开与 DTS 的连接。留空使用 DTS 默认值。',
    'MigrateOption.ExternParams.ClientOutputBufferPersistTime':
      '待发送的数据可以超过软限制的时间。留空使用 DTS 默认值。',
    'MigrateOption.ExternParams.ReplBacklogSize':
      'Redis 保留的最近变更，DTS 短暂断开后可据此续传。留空使用 DTS 默认值。',
    'MigrateOption.ExternParams.ReplTimeout':
      '超过该时间没有数据时，Redis 会中断复制。留空使用 DTS 默认值。',
    Tags: '每行一个，格式为 key=value。',
    'MigrateOption.RunMode':
      '审批通过后创建任务。在卡片上启动任务（或由策略自动启动）后，立即执行或定时执行。',
    'MigrateOption.ExpectTime': '按您的时区选择，任务按对应的 UTC+8 时间执行。',
    Channel: '审批规则与申请所在的频道有关，请选择一个您已加入的频道。',
    Reason: '请写明审批人需要了解的情况：为什么迁移、为什么现在迁移、旧库如何处理。',
  },
  showAdvanced: '显示高级选项',
  choose: '请选择',
  search: '输入关键字搜索',
  lookUp: {
    failed: (code) => `列表加载失败（${code}），请直接输入 ID。`,
    loading: '列表仍在加载，请重新搜索或直接输入 ID。',
    none: '没有匹配项，请输入完整的 ID。',
    found: '搜索结果',
    asTyped: (id) => `使用 ${id}`,
    unreachable: '无响应',
    notAllowed: '您无权查看此列表。',
    personUnknown: '暂时无法从 Slack 获取您的信息，请重新输入。',
    empty: '暂无可选项',
    chooseRegion: '请先选择地域，或直接输入 ID。',
    notStored: '不使用已托管的凭据',
    secretsManager: '腾讯云凭据管理系统',
    moreSecrets: (count) => `凭据管理系统：仅显示前 ${count} 项，请输入名称以缩小范围`,
    environment: 'Ferry 进程的环境变量',
    moreVariables: (count) => `Ferry 进程的环境变量：仅显示前 ${count} 项，请输入名称以缩小范围`,
    noSecrets: '没有匹配的可用凭据。',
    more: (count) => `仅显示前 ${count} 项，请继续输入以缩小范围。`,
  },
};

export const options: Messages['options'] = {
  SrcDatabaseType: engines,
  SrcAccessType: {
    extranet: '公网',
    cdb: '云数据库',
    cvm: '云主机自建',
    dcg: '专线接入',
    vpncloud: 'VPN 接入',
    ccn: '云联网',
    vpnselfbuild: '自建 VPN 接入（旧）',
  },
  SrcNodeType: { simple: '单节点或主从', cluster: '集群' },
  'SrcInfo.Supplier': { others: '普通（自建或其他云）', aliyun: '阿里云 RDS' },
  'SrcInfo.EngineVersion': rdsVersions,
  'SrcInfo.AccessKey.Source': secretSources,
  'SrcInfo.Password.Source': secretSources,
  'DstInfo.Password.Source': secretSources,
  'MigrateOption.ExternParams.SrcAuthFlag': { '1': '是', '0': '否' },
  'MigrateOption.ExternParams.SrcAuthMechanism': mongoAuthMechanisms,
  DstDatabaseType: { ...engines, cynosdbmysql: 'TDSQL-C MySQL 版' },
  DstAccessType: { cdb: '云数据库' },
  'MigrateOption.MigrateType': {
    '1': '结构迁移',
    '2': '全量迁移',
    '3': '全量 + 增量迁移',
  },
  'MigrateOption.MigrateObject': { '1': '整个实例', '2': '指定库表' },
  'MigrateOption.ConsistencyType': {
    '1': '未配置',
    '2': '全量检测',
    '3': '抽样检测',
    '4': '仅校验不一致表',
    '5': '不检测',
  },
  'MigrateOption.IsOverrideRoot': { '0': '不覆盖', '1': '用源实例的 root 账号覆盖' },
  'DstInfo.ReadOnly': { '0': '可读写', '1': '只读' },
  'MigrateOption.RunMode': { '1': '启动后立即执行', '2': '启动后定时执行' },
};

const chooseCluster = `将“${labels.SrcNodeType}”改为“${options.SrcNodeType.cluster}”，并在“${labels.SrcInfoMulti}”中填写`;

function valueProblem(problem: ValueProblem): string {
  switch (problem.code) {
    case 'required':
      return '请填写此项。';
    case 'too_long':
      return `最多 ${problem.max} 个字符。`;
    case 'control_characters':
      return '含有换行或其他控制字符，请删除。';
    case 'not_offered':
      return '请从选项中选择。';
    case 'root_without_all_data':
      return `只有迁移整个实例及其数据时才能覆盖 root 账号。请选择“${options['MigrateOption.IsOverrideRoot'][0]}”，或修改“${labels['MigrateOption.MigrateObject']}”、“${labels['MigrateOption.MigrateType']}”。`;
    case 'not_an_address':
      return '不是有效的 IP 地址或域名，例如 14.17.22.36、2400:3200::1、db.example.com';
    case 'not_public':
      return 'DTS 无法通过公网访问该地址，请填写公网地址，或选择其他接入类型。';
    case 'not_reachable':
      return '其他机器无法访问该地址，请填写源实例的内网地址。';
    case 'not_a_number':
      return `请填写 ${problem.min} 到 ${problem.max} 的整数。`;
    case 'more_than_a_host': {
      const { host, port, rest } = problem;
      const where = rest.map((part) => addressParts[part]);
      const moves = [
        ...(port === undefined ? [] : [`端口 ${port} 请填入“${labels['SrcInfo.Port']}”`]),
        ...where,
      ];
      return `此处只填主机：${host}。${moves.length === 0 ? '' : `${moves.join('，')}。`}`;
    }
    case 'several_hosts':
      return `此项只能填写一个主机，但填写了 ${problem.hosts.length} 个：${problem.hosts.slice(0, 3).join('、')}${problem.hosts.length > 3 ? ' 等' : ''}。请填写其中一个；分片集群或 Redis Cluster 请${chooseCluster}。`;
    case 'srv_name':
      return `该域名只用于列出集群的各个主机。请填写其中一个主机，或${chooseCluster}。`;
    case 'zone_for_region':
      return `这是可用区，请填写所属地域：${problem.meant}`;
    case 'not_a_region':
      return '不是有效的地域 ID，例如 ap-guangzhou';
    case 'not_an_id':
      return `ID 格式不正确，例如 ${problem.example}`;
    case 'not_a_time':
      return '时间无效，例如 2026-12-01 02:00:00（UTC+8）。';
    default:
      return `内容${textProblem(problem)}。`;
  }
}

/** The fields for the parts of a database URL. */
const addressParts: Readonly<Record<AddressPart, string>> = {
  user: `用户名请填入“${labels['SrcInfo.User']}”`,
  password: `密码请填入“${labels['SrcInfo.Password']}”`,
  database: `数据库请填入“${labels.DatabaseInfo}”`,
  auth_database: `authSource 请填入“${labels['MigrateOption.ExternParams.SrcAuthDatabase']}”`,
  options: '连接参数无需填写',
};

export function fieldProblem(problem: FieldProblem): string {
  switch (problem.code) {
    case 'objects_missing':
      return '请填写库表，或上传库表清单。';
    case 'objects_twice':
      return '请勿同时填写库表和上传库表清单。';
    case 'objects':
      return databaseInfoProblem(problem.problem);
    case 'bad_node':
      return `第 ${problem.line} 行不是有效的主机和端口，例如 db-1.example.com:6379`;
    case 'bad_machine':
      return `第 ${problem.line} 行不是有效的云主机和端口，例如 ins-1a2b3c4d:6379`;
    case 'bad_value':
      return `第 ${problem.line} 行：${valueProblem(problem.problem)}`;
    case 'repeated_node':
      return `第 ${problem.line} 行的节点重复：${problem.text}`;
    case 'too_many_nodes':
      return `最多 ${problem.max} 个节点。`;
    case 'bad_tag':
      return `第 ${problem.line} 行不是有效的标签，例如 team=orders`;
    case 'colon_in_tag':
      return `第 ${problem.line} 行含有冒号。键和值之间请用等号；如果冒号属于没有值的键，请在末尾加等号。`;
    case 'several_tags':
      return `第 ${problem.line} 行含有多个标签，请每行填写一个。`;
    case 'bad_text':
      return `第 ${problem.line} 行${textProblem(problem.problem)}。`;
    case 'repeated_tag':
      return `第 ${problem.line} 行的标签键 ${problem.key} 重复。`;
    case 'too_many_tags':
      return `最多 ${problem.max} 个标签。`;
    default:
      return valueProblem(problem);
  }
}

/** Parameters that DTS may reject, although its documentation doesn't say so. */
export function oddity(odd: Oddity): string {
  switch (odd.code) {
    case 'field_left_out':
      return `“${labels[odd.path]}”为空，DTS 通常要求填写。`;
    case 'same_instance':
      return '源实例与目标实例是同一个实例。';
    case 'other_engine':
      return 'DTS 通常不支持从该源数据库类型迁移到该目标数据库类型。';
    case 'ipv6_source':
      return '源实例使用 IPv6 地址，DTS 通常要求 IPv4 地址。';
    case 'redis_needs_changes':
      return '迁移 Redis 时，DTS 通常只支持“全量 + 增量迁移”。';
    case 'time_has_passed':
      return '开始时间已过，DTS 通常要求晚于当前时间。';
    default:
      return odd satisfies never;
  }
}
