import type { Refusal } from '../../domain/request/refusal';
import { channel, code, join, moment, person, say, type Text } from '../text';
import { listAlterations } from './alterations';
import { form } from './form';

const everybody = (userIds: readonly string[]): Text =>
  join(
    userIds.map((userId) => [person(userId)]),
    '、',
  );

/** Each list that a rule has of people for one action. */
const notAllowed = {
  deny: say`您无权拒绝此申请，未做任何更改。`,
  edit: say`只有申请人和审批规则指定的人可以修改此申请。`,
  try_again: say`您无权重试此申请，未执行任何操作。`,
  break_glass: say`只有少数指定人员可以紧急放行，您不在其中，未做任何更改。`,
} satisfies Record<Extract<Refusal, { code: 'not_allowed' }>['action'], Text>;

/** Why an action was refused, told to the person alone. */
export function refusal(refusal: Refusal): Text {
  switch (refusal.code) {
    case 'no_such_request':
      return say`没有您可以查看的申请 #${refusal.requestId}。只有能看到申请所在频道的人才能查看申请。`;
    case 'visibility_unknown':
      return say`Slack 未及时告知您能否查看申请 #${refusal.requestId}，未显示任何内容，也未做任何更改。请稍后再试。`;
    case 'handled_already':
      return say`Ferry 已处理过此操作，没有重复执行。`;
    case 'own_request':
      return say`这是您自己的申请，须由他人审批；您可以撤回申请。`;
    case 'guest':
      return say`访客不能查看、申请或审批数据迁移，请联系本工作区的正式成员。`;
    case 'external':
      return say`您属于其他组织。只有本工作区的成员可以查看、申请和审批数据迁移。`;
    case 'deactivated':
      return say`此账号已停用，不能查看、申请或审批数据迁移。`;
    case 'bot':
      return say`应用不能查看、申请或审批数据迁移，须由本人操作。`;
    case 'person_unknown':
      return say`Ferry 暂时无法从 Slack 获取您的信息，未显示任何内容，也未做任何更改。请稍后再试。`;
    case 'not_an_approver':
      return say`您不是此申请的审批人，未做任何更改。该申请的消息列中列有审批人。`;
    case 'approvers_unknown':
      return say`Ferry 暂时无法从 Slack 获取审批人名单，未做任何更改。请稍后再试。`;
    case 'already_approved_by_you':
      return say`您已批准过此申请，还需其他人批准。`;
    case 'other_revision':
      return say`您看到的申请已被修改（您看到第 ${refusal.seen} 版，现为第 ${refusal.current} 版），请重新查看卡片。`;
    case 'already_decided':
      return refusal.decision === 'approved'
        ? say`${everybody([refusal.by, ...refusal.others])} 已于 ${moment(refusal.at)} 批准此申请，未再执行任何操作。`
        : say`${person(refusal.by)} 已于 ${moment(refusal.at)} 拒绝此申请，未再执行任何操作。`;
    case 'already_decided_by_you':
      return refusal.decision === 'approved'
        ? say`您已于 ${moment(refusal.at)} 批准此申请，无需重复操作。`
        : say`您已于 ${moment(refusal.at)} 拒绝此申请，无需重复操作。`;
    case 'not_in_doubt':
      return say`该申请已有结果，请查看卡片。`;
    case 'no_such_job':
      return say`${refusal.jobId} 不在找到的任务之中，请重新查看卡片。`;
    case 'reason_missing':
      return say`请填写原因，原因会记录在案。`;
    case 'own_edit':
      return say`您修改过此申请，须由他人批准。`;
    case 'not_your_request':
      return say`只有申请人可以撤回申请；审批人可以拒绝。`;
    case 'not_allowed':
      return notAllowed[refusal.action];
    case 'list_unknown':
      return say`Ferry 暂时无法从 Slack 确认您是否有权操作，未做任何更改。请稍后再试。`;
    case 'rule_unknown':
      return say`Ferry 暂时无法从 Slack 确认适用哪条审批规则，未做任何更改。请稍后再试。`;
    case 'channel_unknown':
      return say`有审批规则取决于申请来自哪个频道，而 Ferry 不知道此申请来自哪里，未做任何更改。请撤回此申请并复制一份，新表单会询问频道。`;
    case 'field_needed':
      return say`有审批规则取决于“${form.labels[refusal.path]}”，而此项为空，请填写。如申请已发布，请先撤回再复制一份。`;
    case 'not_in_channel':
      return say`您不是所选频道的成员。请选择其他频道，或先加入该频道。`;
    case 'channel_members_unknown':
      return say`Ferry 暂时无法从 Slack 获取所选频道的成员。如为私有频道，请先邀请 Ferry 加入；否则请稍后再试。`;
    case 'too_many_open':
      return say`您有 ${refusal.open} 个未结束的申请，每人同时最多 ${refusal.limit} 个，因此本次未提交。可用 ${code('/migrate list')} 查看您的申请：撤回不再需要的，或等其中一个结束后再提交。`;
    case 'may_not_request':
      return say`规则“${refusal.rule}”限定了申请人，该申请人不在其中。可用 ${code('/migrate policy')} 查看。`;
    case 'requesters_unknown':
      return say`Ferry 暂时无法从 Slack 确认申请人是否有权申请，未做任何更改。请稍后再试。`;
    case 'withdrawn':
      return say`申请人已于 ${moment(refusal.at)} 撤回此申请，未再执行任何操作。`;
    case 'expired':
      return say`此申请已于 ${moment(refusal.at)} 过期，未获审批。可点击“复制”重新申请。`;
    case 'nothing_to_take_back':
      return say`您尚未批准当前版本的申请，没有可撤销的批准。`;
    case 'cannot_withdraw':
      return say`此申请已无法撤回，进展请查看卡片。`;
    case 'cannot_edit':
      return say`此申请已无法修改。可点击“复制”以相同参数重新申请。`;
    case 'nothing_changed':
      return say`没有任何更改：表单内容与申请一致。`;
    case 'other_channel':
      return say`修改后适用规则“${refusal.rule}”，其申请在 ${channel(refusal.channel)} 审批。请点击“复制”提交新的申请。`;
    case 'not_failed':
      return say`没有可重试的操作，进展请查看卡片。`;
    case 'password_gone':
      return say`此申请中输入的密码已清除，请点击“修改并重新提交”再次输入。`;
    case 'destination_not_confirmed':
      return say`输入的内容与目标实例 ID 不符，未做任何更改。`;
    case 'record_altered':
      return say`此申请的存储内容与 Ferry 的记录不一致，有人在 Ferry 之外改动了：${listAlterations(refusal.parts)}。未执行任何操作。请通知 Ferry 的运维人员运行 audit verify；申请人可以修改申请（须重新审批），或克隆后重新提交。`;
    default:
      return refusal satisfies never;
  }
}
