import type { FieldProblem } from '../../domain/form/form';
import type { AddressPart, ValueProblem } from '../../domain/migration/checks';
import type { FieldPath } from '../../domain/migration/fields';
import type { Oddity } from '../../domain/migration/unusual';
import type { Messages } from '../en/messages';
import { engines, mongoAuthMechanisms, rdsVersions } from '../properNames';
import { databaseInfoProblem } from './databaseInfoProblem';
import { secretProblem } from './secretProblem';
import { textProblem } from './textProblem';

const secretSources = { stored: '已保管的凭据', typed: '在此输入' };

const labels: Readonly<Record<FieldPath, string>> = {
  JobName: '任务名称',
  SrcDatabaseType: '源实例类型',
  SrcAccessType: '源实例接入类型',
  SrcNodeType: '源实例架构',
  'SrcInfo.Supplier': '源实例服务商',
  'SrcInfo.Region': '源实例所在或就近地域',
  'SrcInfo.InstanceId': '源实例 ID',
  'SrcInfo.CvmInstanceId': '源实例所在云服务器',
  'SrcInfo.UniqDcgId': '专线网关',
  'SrcInfo.UniqVpnGwId': 'VPN 网关',
  'SrcInfo.CcnId': '云联网',
  'SrcInfo.VpcId': '私有网络',
  'SrcInfo.SubnetId': '子网',
  'SrcInfo.RdsInstanceId': 'RDS 实例 ID',
  'SrcInfo.EngineVersion': 'RDS 实例版本',
  'SrcInfo.AccessKey.Source': 'RDS AccessKey 的来源',
  'SrcInfo.AccessKey': 'RDS AccessKey',
  'SrcInfo.AccessKey.Reference': 'RDS AccessKey 所在凭据',
  'SrcInfo.Ip': '源实例地址',
  'SrcInfo.Port': '源实例端口',
  SrcInfoMulti: '源实例节点',
  'MigrateOption.ExternParams.SrcAuthFlag': '源实例需要账号',
  'SrcInfo.User': '源实例账号',
  'SrcInfo.Password.Source': '源实例密码的来源',
  'SrcInfo.Password': '源实例密码',
  'SrcInfo.Password.Reference': '源实例密码所在凭据',
  'MigrateOption.ExternParams.SrcAuthDatabase': '认证库',
  'MigrateOption.ExternParams.SrcAuthMechanism': '认证机制',
  DstDatabaseType: '目标实例类型',
  'DstInfo.Region': '目标实例地域',
  'DstInfo.InstanceId': '目标实例 ID',
  'DstInfo.User': '目标实例账号',
  'DstInfo.Password.Source': '目标实例密码的来源',
  'DstInfo.Password': '目标实例密码',
  'DstInfo.Password.Reference': '目标实例密码所在凭据',
  'MigrateOption.MigrateObject': '迁移对象',
  DatabaseInfo: '库和表',
  'DatabaseInfo.File': '或上传库表文件',
  'MigrateOption.MigrateType': '迁移类型',
  'MigrateOption.IsOverrideRoot': '目标实例的 root 账号',
  'DstInfo.ReadOnly': '迁移期间的目标实例',
  'MigrateOption.ConsistencyType': '数据一致性检测',
  'MigrateOption.ConsistencyParams.SelectRowsPerTable': '每张表抽检的行（百分比）',
  'MigrateOption.ConsistencyParams.TablesSelectAll': '完整检测的表（百分比）',
  'MigrateOption.ConsistencyParams.TablesSelectCount': '只核对行数的表（百分比）',
  'MigrateOption.ExternParams.ClientOutputBufferHardLimit': '从机缓冲区硬性上限（MB）',
  'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': '从机缓冲区软性上限（MB）',
  'MigrateOption.ExternParams.ClientOutputBufferPersistTime': '超出软性上限的持续时间（秒）',
  'MigrateOption.ExternParams.ReplBacklogSize': '复制积压缓冲区（MB）',
  'MigrateOption.ExternParams.ReplTimeout': '复制超时（秒）',
  Tags: '标签',
  'MigrateOption.RunMode': '执行时间',
  'MigrateOption.ExpectTime': '开始时间',
  Channel: '频道',
  Reason: '迁移原因',
};

const typedSecretHint = 'Slack 无法隐藏此处输入的内容。Ferry 加密保存，申请处理完毕后即删除。';
const storedSecretHint = '输入文字进行搜索。Ferry 只在创建任务时读取该凭据，此处不显示其内容。';

export const form: Messages['form'] = {
  title: '申请数据迁移',
  titleOfEdit: '修改申请',
  submit: '提交审批',
  cancel: '取消',
  intro: '申请会发布到审批频道，频道内所有人可见；密码不会显示。',
  opening: '正在打开表单……',
  notOpened: '无法填充表单，请稍后再试。',
  sendAgain: 'Ferry 暂时无法从 Slack 获取您的信息，表单没有提交。请重新提交。',
  personUnknown:
    'Ferry 暂时无法从 Slack 获取您的信息，申请没有提交。您填写的内容仍在此处；如有输入的密码，请重新输入后再次提交。',
  notStored: '申请未能保存，没有提交。您填写的内容仍在此处；如有输入的密码，请重新输入后再次提交。',
  changed: '表单已随您的选择更新，申请尚未提交。请填写新增的内容后再提交。',
  fileUnread: (why) =>
    `${why}申请没有提交。您填写的内容仍在此处；请重新上传文件，如有输入的密码也请重新输入，再次提交。`,
  secretRefused: (path, problem) =>
    `“${labels[path]}”：${secretProblem(problem)}申请没有提交，您填写的内容仍在此处。`,
  refused: (why) =>
    `${why}申请没有提交。您填写的内容仍在此处；如有输入的密码，请重新输入后再次提交。`,
  look: '请再确认以下内容。如需保持不变，请重新输入密码（如有）后再次提交。',
  lookWithFile: '请再确认以下内容。如需保持不变，请重新上传文件、重新输入密码（如有）后再次提交。',
  nameTaken: (by) => {
    if (by.kind === 'request' && by.isOfThisForm) {
      return `您之前提交的内容实际已保存为申请 #${by.id}。如无改动，请关闭此表单；如需以改动后的内容为准，请让审批人拒绝 #${by.id}，再提交此表单。`;
    }
    return by.kind === 'request'
      ? `申请 #${by.id} 也使用此任务名称，且尚未处理完毕。换一个名称更便于查找任务。`
      : `任务 ${by.jobId}（创建于 ${by.createTime}，UTC+8）已使用此名称。换一个名称更便于查找新任务。`;
  },
  filledFrom: (id) => `内容取自申请 #${id}，不含密码。`,
  filledForEdit: (id) =>
    `申请 #${id} 的现有内容。更改会显示在消息列中，并须重新审批；密码不会自动填入。`,
  filledFromPreset: (name) => `内容取自预设 ${name}。`,
  keepsObjects: (id, count) => `留空则使用申请 #${id} 的列表（${count} 个名称）。`,
  sections: {
    from: '源实例',
    to: '目标实例',
    objects: '迁移对象',
    how: '迁移方式',
    when: '时间与原因',
  },
  sectionNotes: {
    to: '目标实例为云数据库实例（DstAccessType 为 cdb）。',
  },
  labels,
  hints: {
    JobName: '显示在 DTS 控制台。请使用不重复的名称，便于查找。',
    SrcNodeType: '对应 API 的 SrcNodeType。',
    'SrcInfo.Region': '例如 ap-guangzhou。输入文字进行搜索。',
    'SrcInfo.InstanceId': '输入名称或 ID 进行搜索，例如 cdb-powiqx8q。',
    'SrcInfo.CvmInstanceId': '输入名称或 ID 进行搜索，例如 ins-1a2b3c4d。',
    'SrcInfo.UniqDcgId': '输入名称或 ID 进行搜索，例如 dcg-1a2b3c4d。',
    'SrcInfo.UniqVpnGwId': '输入名称或 ID 进行搜索，例如 vpngw-1a2b3c4d。',
    'SrcInfo.CcnId': '输入名称或 ID 进行搜索，例如 ccn-1a2b3c4d。',
    'SrcInfo.VpcId': '输入名称或 ID 进行搜索，例如 vpc-1a2b3c4d。',
    'SrcInfo.SubnetId': '输入名称或 ID 进行搜索，例如 subnet-1a2b3c4d。',
    'SrcInfo.RdsInstanceId': '阿里云的实例 ID，例如 rm-bp1a2b3c4d5e6f7g8。',
    'SrcInfo.EngineVersion': '5.6 版本的 RDS 实例还需要 AccessKey。',
    'SrcInfo.AccessKey': typedSecretHint,
    'SrcInfo.AccessKey.Reference': storedSecretHint,
    'SrcInfo.Ip': '通过此接入方式 DTS 能够访问的 IP 或域名。',
    SrcInfoMulti:
      '每行一个节点，格式为 地址:端口。云服务器上的节点写 实例:端口，例如 ins-1a2b3c4d:6379。',
    'SrcInfo.Password': typedSecretHint,
    'SrcInfo.Password.Reference': storedSecretHint,
    'DstInfo.Region': '创建后不可修改。输入文字进行搜索。',
    'DstInfo.InstanceId': '输入名称或 ID 进行搜索，例如 cdb-e78e0nnv。',
    'DstInfo.Password': typedSecretHint,
    'DstInfo.Password.Reference': storedSecretHint,
    DatabaseInfo:
      '每行一个：orders、orders.items 或 shop.public.items。也可粘贴 DatabaseInfo 的 JSON。',
    'DatabaseInfo.File': '内容较多时，上传同样格式的文本文件。',
    'MigrateOption.IsOverrideRoot': '只有迁移整个实例及其数据时才能覆盖。',
    'MigrateOption.ConsistencyParams.SelectRowsPerTable': 'SelectRowsPerTable，1 到 100。',
    'MigrateOption.ConsistencyParams.TablesSelectAll': 'TablesSelectAll，1 到 100。',
    'MigrateOption.ConsistencyParams.TablesSelectCount': 'TablesSelectCount，1 到 100。',
    'MigrateOption.ExternParams.ClientOutputBufferHardLimit': 'ClientOutputBufferHardLimit。',
    'MigrateOption.ExternParams.ClientOutputBufferSoftLimit': 'ClientOutputBufferSoftLimit。',
    'MigrateOption.ExternParams.ClientOutputBufferPersistTime': 'ClientOutputBufferPersistTime。',
    'MigrateOption.ExternParams.ReplBacklogSize': 'ReplBacklogSize。',
    'MigrateOption.ExternParams.ReplTimeout': 'ReplTimeout。',
    Tags: '每行一个，格式为 key=value。',
    'MigrateOption.RunMode': '审批通过后创建任务；在 DTS 控制台启动后才会执行，或等待到指定时间。',
    'MigrateOption.ExpectTime': '按您所在时区选择；提交给任务的是 UTC+8 时间。',
    Channel: '审批策略中有规则取决于申请来自哪个频道，请选择您所在的频道。',
    Reason: '请写明审批人需要了解的内容：为什么迁移、为什么是现在、旧库如何处理。',
  },
  choose: '请选择',
  search: '输入文字进行搜索',
  lookUp: {
    failed: (code) => `无法列出：${code}。请直接输入 ID。`,
    loading: '列表仍在加载，请再次搜索或直接输入 ID。',
    none: '没有匹配项。输入完整 ID 即可使用。',
    found: '查询结果',
    asTyped: (id) => `使用输入的 ${id}`,
    unreachable: '无应答',
    notAllowed: '您无权查看可选项。',
    personUnknown: 'Slack 未告知您的身份，请重新输入。',
    empty: '暂无可选项',
    chooseRegion: '请先选择地域，或直接输入 ID。',
    secretsManager: '腾讯云凭据管理系统',
    environment: 'Ferry 进程的环境变量',
    noSecrets: '没有可在此使用的匹配凭据。',
    more: (count) => `显示前 ${count} 项，继续输入以缩小范围。`,
  },
};

export const options: Messages['options'] = {
  SrcDatabaseType: engines,
  SrcAccessType: {
    extranet: '公网',
    cdb: '云数据库',
    cvm: '云服务器自建',
    dcg: '专线接入',
    vpncloud: 'VPN 接入',
    ccn: '云联网',
    vpnselfbuild: '云服务器自建 VPN（旧）',
  },
  SrcNodeType: { simple: '单节点或主从', cluster: '集群' },
  'SrcInfo.Supplier': { others: '自建，或阿里云 RDS 以外的服务商', aliyun: '阿里云 RDS' },
  'SrcInfo.EngineVersion': rdsVersions,
  'SrcInfo.AccessKey.Source': secretSources,
  'SrcInfo.Password.Source': secretSources,
  'DstInfo.Password.Source': secretSources,
  'MigrateOption.ExternParams.SrcAuthFlag': { '1': '是', '0': '否' },
  'MigrateOption.ExternParams.SrcAuthMechanism': mongoAuthMechanisms,
  DstDatabaseType: { ...engines, cynosdbmysql: 'TDSQL-C MySQL 版' },
  DstAccessType: { cdb: '云数据库' },
  'MigrateOption.MigrateType': {
    '1': '仅结构迁移',
    '2': '全量迁移',
    '3': '全量 + 增量迁移',
  },
  'MigrateOption.MigrateObject': { '1': '整个实例', '2': '指定库表' },
  'MigrateOption.ConsistencyType': {
    '1': '未配置',
    '2': '全量检测',
    '3': '抽样检测',
    '4': '仅检测不一致的表',
    '5': '不检测',
  },
  'MigrateOption.IsOverrideRoot': { '0': '保留', '1': '用源实例的覆盖' },
  'DstInfo.ReadOnly': { '0': '可读写', '1': '只读' },
  'MigrateOption.RunMode': { '1': '启动后立即执行', '2': '定时执行' },
};

function valueProblem(problem: ValueProblem): string {
  switch (problem.code) {
    case 'required':
      return '请填写此项。';
    case 'too_long':
      return `最多 ${problem.max} 个字符。`;
    case 'control_characters':
      return '内容含有换行或其他控制字符，请删除。';
    case 'not_offered':
      return '请从选项中选择。';
    case 'root_without_all_data':
      return '只有迁移整个实例及其数据时才能覆盖 root 账号。请选择保留，或修改迁移范围。';
    case 'not_an_address':
      return '不是有效的 IP 地址或域名。例如：14.17.22.36、2400:3200::1、db.example.com';
    case 'not_public':
      return 'DTS 无法通过公网访问该地址，请填写公网地址，或选择其他接入类型。';
    case 'not_reachable':
      return '其他机器无法访问该地址，请填写源实例在其网络中的地址。';
    case 'not_a_number':
      return `请填写 ${problem.min} 到 ${problem.max} 的整数。`;
    case 'more_than_a_host': {
      const { host, port, rest } = problem;
      const where = rest.map((part) => addressParts[part]);
      const moves = [...(port === undefined ? [] : [`端口 ${port} 填入“端口”`]), ...where];
      return `此处只填主机：${host}。${moves.length === 0 ? '' : `${moves.join('，')}。`}`;
    }
    case 'zone_for_region':
      return `这是可用区，请填写其地域：${problem.meant}`;
    case 'not_a_region':
      return '不是有效的地域 ID。例如：ap-guangzhou';
    case 'not_an_id':
      return `不是此类资源的 ID。例如：${problem.example}`;
    case 'not_a_time':
      return '请选择日期和时间。';
    default:
      return `内容${textProblem(problem)}。`;
  }
}

/** Where the parts of a database URL belong. */
const addressParts: Readonly<Record<AddressPart, string>> = {
  user: '用户名填入用户字段',
  password: '密码填入密码字段',
  database: '数据库填入库表列表',
  options: '连接参数不需要填写',
};

export function fieldProblem(problem: FieldProblem): string {
  switch (problem.code) {
    case 'objects_missing':
      return '请填写库和表，或上传库表文件。';
    case 'objects_twice':
      return '请只使用此项或文件中的一种。';
    case 'objects':
      return databaseInfoProblem(problem.problem);
    case 'bad_node':
      return `第 ${problem.line} 行不是有效的地址和端口：${problem.text}`;
    case 'repeated_node':
      return `第 ${problem.line} 行的节点重复：${problem.text}`;
    case 'too_many_nodes':
      return `最多 ${problem.max} 个节点。`;
    case 'bad_tag':
      return `第 ${problem.line} 行不是有效的标签。例如：team=orders`;
    case 'bad_text':
      return `第 ${problem.line} 行${textProblem(problem.problem)}。`;
    case 'repeated_tag':
      return `第 ${problem.line} 行的键 ${problem.key} 重复。`;
    case 'too_many_tags':
      return `最多 ${problem.max} 个标签。`;
    default:
      return valueProblem(problem);
  }
}

/** DTS 可能拒绝、但其文档没有写明的内容。 */
export function oddity(odd: Oddity): string {
  switch (odd.code) {
    case 'field_left_out':
      return `“${labels[odd.path]}”为空，DTS 通常需要此项。`;
    case 'redis_needs_changes':
      return 'DTS 通常只支持以“全量 + 增量”方式迁移 Redis。';
    case 'time_has_passed':
      return '开始时间已过，DTS 通常要求将来的时间。';
    default:
      return odd satisfies never;
  }
}
