import type {
  ExpectedType,
  FoundType,
  PolicyFileProblem,
  PolicyFileWarning,
} from '../../domain/policy/policyFileProblem';
import { fieldProblem } from './form';
import { spaced } from './spaced';
import { textProblem } from './textProblem';

const expectedTypes: Readonly<Record<ExpectedType, string>> = {
  map: '键值对',
  list: '列表',
  text: '文本',
  whole_number: '整数',
  true_or_false: 'true 或 false',
  text_or_number: '文本或数字',
};

const foundTypes: Readonly<Record<FoundType, string>> = {
  map: '键值对',
  list: '列表',
  text: '文本',
  number: '数字',
  true_or_false: 'true 或 false',
  nothing: '空',
};

const needsQuotes = ({ expected, found }: { expected: ExpectedType; found: FoundType }): boolean =>
  expected.startsWith('text') && (found === 'number' || found === 'true_or_false');

/** What is wrong at one place of a policy file, and what is expected. */
export function policyFileProblem(problem: PolicyFileProblem): string {
  switch (problem.code) {
    case 'yaml_syntax':
      return `不是有效的 YAML：${problem.detail}`;
    case 'duplicate_key':
      return `键 ${problem.key} 重复，请合并`;
    case 'star_without_quotes':
      return `${problem.value} 以星号开头，在 YAML 中有特殊含义，请加引号`;
    case 'number_rewritten':
      return `YAML 会把 ${problem.written} 读作 ${problem.read}，请加引号`;
    case 'too_many_aliases':
      return '别名（*name）展开后超过 100 个值，请直接写出各个值';
    case 'unknown_key':
      return problem.nearest === undefined
        ? `未知的键，可用的键：${problem.known.join('、')}`
        : `未知的键，是否应为 ${problem.nearest}？`;
    case 'never_automatic':
      return '只有 check_job 和 start_job 可以自动执行；其他操作（尤其是割接）必须由人决定';
    case 'missing_key':
      return '缺少此项';
    case 'wrong_type':
      return spaced`应为${expectedTypes[problem.expected]}，实际为${foundTypes[problem.found]}${needsQuotes(problem) ? '，请加引号' : ''}`;
    case 'empty':
      return '内容为空，请填写或删除此项';
    case 'too_small':
      return `不能小于 ${problem.min}`;
    case 'too_big':
      return `不能大于 ${problem.max}`;
    case 'too_long':
      return `最多 ${problem.max} 个字符`;
    case 'channel_shape':
      return '不是频道 ID：应以 C 或 G 开头，不能填写 #频道名';
    case 'approver_shape':
      return '应为用户 ID（U…、W…）、用户组 ID（S…）、频道 ID（C…、G…）或 channel';
    case 'requester_shape':
      return '应为用户 ID（U…、W…）或用户组 ID（S…）';
    case 'people_shape':
      return '应为用户 ID（U…、W…）、用户组 ID（S…）、频道 ID（C…、G…）、channel 或 requester';
    case 'notify_shape':
      return '应为用户 ID（U…、W…）或频道 ID（C…、G…）';
    case 'secret_shape':
      return '应为 ssm: 加凭据名称，或 env: 加环境变量名；名称中可以使用 *';
    case 'target_shape':
      return '应为地址（14.17.22.36）、网段（10.0.0.0/8、10.0.*）、域名（*.db.example.com）、经由网关或云主机访问的地址或网段（dcg-1a2b3c4d/10.0.0.0/8），或实例（cdb-e78e0nnv）';
    case 'address_shape':
      return '不是有效的地址：IPv4 须为四段 0 到 255 的十进制数，不带前导零（14.17.22.36）；也可以是 IPv6（2400:3200::1）；网段须写明前缀长度（10.0.0.0/8）';
    case 'address_wildcard':
      return '不会匹配任何地址：* 只能代替 IPv4 地址末尾的数字（10.0.*），其他网段请用 CIDR 表示：10.0.16.0/20、2400:3200::/32';
    case 'prefix_too_long':
      return `不会匹配任何地址：前缀长度最大为 ${problem.max}`;
    case 'host_bits':
      return `主机位不为零，请写 ${problem.meant}，或只写地址`;
    case 'name_shape':
      return '不是有效的域名：各段只能含字母、数字和连字符，其他文字请写成 Punycode（xn--…），最后一段不能是数字';
    case 'open_name':
      return '会匹配任何人都能注册的域名，请写明完整的后缀，例如 *.db.example.com';
    case 'never_reached':
      return '不会匹配任何申请：表单不接受仅本机可用的地址和域名';
    case 'private_without_way':
      return `不会匹配任何申请：内网地址须写明经由的网关或云主机。请写 ${problem.meant}，并换成实际的网关 ID`;
    case 'way_shape':
      return '斜杠前不是有效的网关或云主机，请写 dcg-…、vpngw-…、ccn-… 或 ins-…（小写），或 *';
    case 'way_alone':
      return `不会匹配任何申请：网关本身不是源实例或目标实例。如需包括经由该网关的所有地址，请写 ${problem.meant}`;
    case 'not_lower_case':
      return `不会匹配任何申请：ID 均为小写，请写 ${problem.meant}`;
    case 'instance_shape':
      return '不是实例 ID：应为前缀、连字符，再加 4 到 32 个小写字母或数字，例如 cdb-e78e0nnv 或 cdb-*';
    case 'zone_for_region':
      return `不会匹配任何申请：这是可用区，请写所属地域 ${problem.meant}`;
    case 'region_shape':
      return '不是地域 ID，例如 ap-guangzhou';
    case 'duration_shape':
      return '应为分钟数、小时数或天数，例如 30m、12h、7d';
    case 'expiry_shape':
      return '应为分钟数、小时数或天数（例如 30m、12h、7d），或 never';
    case 'hour_shape':
      return '应为 00:00 到 23:59 之间的时间';
    case 'end_shape':
      return '应为 00:00 到 24:00 之间的时间';
    case 'unknown_value':
      return problem.nearest === undefined
        ? `应为以下之一：${problem.known.join('、')}`
        : `无效的值，是否应为 ${problem.nearest}？`;
    case 'offset_for_time_zone':
      return '应为城市的时区，例如 Asia/Shanghai（UTC+8），或 UTC。固定偏移名称的正负号是相反的：Etc/GMT+8 表示 UTC-8';
    case 'unknown_time_zone':
      return problem.nearest === undefined
        ? '不是时区名称，例如 Asia/Shanghai'
        : `不是时区名称，是否应为 ${problem.nearest}？`;
    case 'requester_out_of_place':
      return '不能用在此处：此列表只能填写其他人员';
    case 'too_few_approvers':
      return `需要 ${problem.required} 人通过，但审批人只有 ${problem.named} 人`;
    case 'no_approver_among':
      return 'one_from_each 中有一组不含任何审批人';
    case 'too_few_deciders':
      return `${problem.operation} 需要 ${problem.required} 人同意，但有权决定的只有 ${problem.named} 人`;
    case 'no_decider_among':
      return `${problem.operation} 的 one_from_each 中有一组不含任何有权决定的人`;
    case 'no_time_between':
      return '开始和结束时间相同';
    case 'reminders_not_growing':
      return `提醒的间隔须逐次变长，此处应大于 ${problem.least}，例如 [4h, 1d, 3d]`;
    case 'name_taken':
      return '名称重复：各条规则的名称不能相同，approvals 的名称为 usual';
    case 'unreachable_rule':
      return `不会生效：前面的规则“${problem.behind}”没有条件，适用于所有申请`;
    case 'password_in_preset':
      return '是密码，不能写在文件中';
    case 'not_for_field':
      return `不是该字段的有效值：${fieldProblem(problem.problem)}`;
    case 'secret_unbound':
      return '没有限定密码可以发往哪里，请添加 hosts 或 instances；如允许发往任何地方，请写 anywhere: true';
    case 'anywhere_and_bound':
      return '已允许发往任何地方，hosts 和 instances 不起作用，请只保留一种';
    case 'channel_without_requests':
      return '不会匹配任何申请：没有规则使用此频道，请填写 approvals 或某条规则的频道';
    default:
      return textProblem(problem);
  }
}

/** Something in a policy file that is valid but probably a mistake. */
export function policyFileWarning(warning: PolicyFileWarning): string {
  switch (warning.code) {
    case 'rule_never_applies':
      return `不会生效：前面的规则“${warning.behind}”已匹配所有相关申请`;
    case 'lax_before_strict':
      return `会先于后面更严格的规则“${warning.strict}”生效（${warning.settings.join('、')}）。只有第一条匹配的规则生效，请把更严格的规则移到前面`;
    case 'inherited_list_elsewhere':
      return `不含所继承的 one_from_each 中 [${warning.list.join('、')}] 这一组的人；除非有审批人同时属于该组，否则申请无法通过。请在此规则中填写 one_from_each，或将该组加入审批人`;
    case 'secret_allowed_anyway':
      return `不起作用：第 ${warning.byLine} 行的 ${warning.by} 已允许同样的用法且范围更大，只要有一项匹配即可使用`;
    case 'cut_by_comment':
      return `读作“${warning.read}”，因为“#${warning.comment}”在 YAML 中是注释；如果它属于文本，请给整个文本加引号`;
    case 'preset_value_hidden': {
      const hidden = '不起作用：按此预设的其他取值，表单不会显示该值';
      return warning.needs === undefined
        ? hidden
        : `${hidden}，例如需要 ${warning.needs.path}: ${warning.needs.value}`;
    }
    default:
      return warning satisfies never;
  }
}
