import type { ExpectedType, FoundType, PolicyFileProblem } from '../../domain/policyFileProblem';
import { textProblem } from './textProblem';

const expectedTypes: Readonly<Record<ExpectedType, string>> = {
  map: '键值对',
  list: '列表',
  text: '文本',
  whole_number: '整数',
  true_or_false: ' true 或 false',
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

/** What is wrong at one place of a policy file, and what belongs there. */
export function policyFileProblem(problem: PolicyFileProblem): string {
  switch (problem.code) {
    case 'yaml_syntax':
      return `不是有效的 YAML：${problem.detail}`;
    case 'duplicate_key':
      return `键 ${problem.key} 重复出现，请合并`;
    case 'star_without_quotes':
      return `${problem.value} 以星号开头，在 YAML 中另有含义，请加引号`;
    case 'too_many_aliases':
      return '别名（*name）展开后超过一百个值，请直接写出';
    case 'unknown_key':
      return problem.nearest === undefined
        ? `没有这个键，可用的键：${problem.known.join('、')}`
        : `没有这个键，是否应为 ${problem.nearest}？`;
    case 'missing_key':
      return '缺少此项';
    case 'wrong_type':
      return `应为${expectedTypes[problem.expected]}，实际为${foundTypes[problem.found]}`;
    case 'empty':
      return '内容为空，请填写或删除此键';
    case 'too_small':
      return `不能小于 ${problem.min}`;
    case 'too_big':
      return `不能大于 ${problem.max}`;
    case 'too_long':
      return `最多 ${problem.max} 个字符`;
    case 'channel_shape':
      return '不是频道 ID：应以 C 或 G 开头，不能填 #频道名';
    case 'approver_shape':
      return '应为用户 ID（U…、W…）、用户组 ID（S…）、频道 ID（C…、G…）或 channel';
    case 'requester_shape':
      return '应为用户 ID（U…、W…）或用户组 ID（S…）';
    case 'people_shape':
      return '应为用户 ID（U…、W…）、用户组 ID（S…）、频道 ID（C…、G…）、channel 或 requester';
    case 'secret_shape':
      return '应为 ssm: 加凭据名称，或 env: 加环境变量名；名称中可以使用 *';
    case 'host_shape':
      return '应为地址（203.0.113.7）、域名（*.db.example.com，最后一段不能含 *）、网关或主机之后的地址（dcg-abc/10.0.0.5），或实例（cdb-abc）';
    case 'instance_shape':
      return '不是实例 ID，例如 cdb-e78e0nnv 或 cdb-*';
    case 'source_shape':
      return '应为地址（10.0.*）、域名（*.db.example.com）、网关或主机之后的地址（dcg-abc/*），或实例（cdb-abc）';
    case 'region_shape':
      return '不是地域 ID，例如 ap-guangzhou';
    case 'duration_shape':
      return '应为分钟、小时或天数：30m、12h、7d';
    case 'expiry_shape':
      return '应为分钟、小时或天数（30m、12h、7d），或 never';
    case 'hour_shape':
      return '应为 00:00 到 23:59 之间的时间';
    case 'end_shape':
      return '应为 00:00 到 24:00 之间的时间';
    case 'unknown_value':
      return problem.nearest === undefined
        ? `应为以下之一：${problem.known.join('、')}`
        : `此处没有这个值，是否应为 ${problem.nearest}？`;
    case 'unknown_time_zone':
      return problem.nearest === undefined
        ? '不是时区名称，例如 Asia/Shanghai'
        : `不是时区名称，是否应为 ${problem.nearest}？`;
    case 'requester_out_of_place':
      return '表示申请人，不能用在此处';
    case 'too_few_approvers':
      return `需要 ${problem.required} 人批准，而审批人只有 ${problem.named} 人`;
    case 'no_approver_among':
      return 'one_from_each 中有一组人全都不是审批人';
    case 'no_time_between':
      return '开始和结束时间相同';
    case 'reminders_not_growing':
      return `提醒的间隔须逐次变长，此处应大于 ${problem.least}`;
    case 'name_taken':
      return '名称重复：每条规则的名称须各不相同，approvals 的名称为 usual';
    case 'unreachable_rule':
      return `不会生效：前面的规则 ${problem.behind} 没有条件，适用于所有申请`;
    case 'password_in_preset':
      return '是密码，密码不能写在文件中';
    default:
      return textProblem(problem);
  }
}
