import type { ObservedJob } from '../../domain/job/job';
import type { Refusal } from '../../domain/request/refusal';
import { mostWatched } from '../../domain/request/watch';
import { code, join, moment, person, say, type Text } from '../text';
import { listAlterations } from './alterations';
import { form } from './form';
import { job } from './job';
import { theRule } from './ruleName';

const everybody = (userIds: readonly string[]): Text =>
  join(
    userIds.map((userId) => [person(userId)]),
    '、',
  );

/** The words for each action that has a list of people in the rule. */
const notAllowed = {
  deny: say`您无权驳回此申请，未做任何更改。`,
  edit: say`只有申请人和审批规则指定的人员可以修改此申请。`,
  modify_job: say`您无权修改此任务，未做任何更改。`,
  try_again: say`您无权重试此申请，未执行任何操作。`,
  break_glass: say`您没有紧急通过的权限，未做任何更改。`,
} satisfies Record<Extract<Refusal, { code: 'not_allowed' }>['action'], Text>;

/** Slack may be slow, or it may never return a list, such as a group that was disabled. */
const tryAgain = '请稍后重试。如仍失败，请联系 Ferry 管理员检查策略中的用户组和频道。';

const statusOf = ({ said, status }: Pick<ObservedJob, 'said' | 'status'>) =>
  status === 'other' ? code(said) : job.label[status];

/** Why an action was refused. Only the person sees it. */
export function refusal(refusal: Refusal): Text {
  switch (refusal.code) {
    case 'no_such_request':
      return say`申请 #${refusal.requestId} 不存在，或您无权查看。只有能看到申请所在频道的人可以查看申请。`;
    case 'other_database':
      return say`这条消息来自 Ferry 的另一个数据库。在当前数据库中，#${refusal.requestId} 是另一个申请，因此未做任何更改。请在要处理的申请的卡片上操作。`;
    case 'visibility_unknown':
      return say`暂时无法从 Slack 确认您能否查看申请 #${refusal.requestId}，未做任何更改。请稍后重试。`;
    case 'handled_already':
      return say`此操作已处理，无需重复操作。`;
    case 'own_request':
      return say`不能审批自己的申请，请由其他审批人审批。如不再需要，可以撤回。`;
    case 'own_outcome':
      return say`不能确认自己申请的任务是否存在，请由审批人核实并处理。`;
    case 'guest':
      return say`访客不能查看、申请或审批数据迁移，请联系本工作区的正式成员。`;
    case 'external':
      return say`您来自外部组织。只有本工作区的成员可以查看、申请或审批数据迁移。`;
    case 'deactivated':
      return say`此账号已停用或不在本工作区，不能查看、申请或审批数据迁移。`;
    case 'bot':
      return say`应用不能查看、申请或审批数据迁移，须由真人操作。`;
    case 'person_unknown':
      return say`暂时无法从 Slack 获取您的信息，未做任何更改。请稍后重试。`;
    case 'not_an_approver':
      return say`您不是此申请的审批人，未做任何更改。审批人名单见该申请的消息列。`;
    case 'approvers_unknown':
      return say`暂时无法从 Slack 获取审批人名单，未做任何更改。${tryAgain}`;
    case 'may_not_watch':
      return say`审批策略不允许您关注任务，未做任何更改。`;
    case 'watchers_unknown':
      return say`暂时无法从 Slack 确认您是否可以关注任务，未做任何更改。${tryAgain}`;
    case 'too_many_watched':
      return refusal.whose === 'byOne'
        ? say`您已关注 ${mostWatched.byOne} 个任务，达到上限。请先取消关注其中一个。`
        : say`Ferry 已跟踪 ${mostWatched.byAll} 个关注的任务，达到上限。须先取消关注其中一个。`;
    case 'not_watched':
      return say`在您可见的频道中，没有人关注任务 ${code(refusal.jobId)}。`;
    case 'watch_unknown':
      return say`暂时无法从 Slack 确认您能否查看任务 ${code(refusal.jobId)} 的关注情况，未做任何更改。请稍后重试。`;
    case 'already_approved_by_you':
      return say`您已通过此申请，还需其他审批人通过。`;
    case 'other_revision':
      return say`此申请已有修改（您看到的是第 ${refusal.seen} 版，现为第 ${refusal.current} 版），请重新查看卡片。`;
    case 'already_decided':
      return refusal.decision === 'approved'
        ? say`${everybody([refusal.by, ...refusal.others])} 已于 ${moment(refusal.at)} 通过此申请，无需重复操作。`
        : say`${person(refusal.by)} 已于 ${moment(refusal.at)} 驳回此申请，未做任何更改。`;
    case 'already_decided_by_you':
      return refusal.decision === 'approved'
        ? say`您已于 ${moment(refusal.at)} 通过此申请，无需重复操作。`
        : say`您已于 ${moment(refusal.at)} 驳回此申请，无需重复操作。`;
    case 'not_in_doubt':
      return say`此申请已有结果，请查看卡片。`;
    case 'other_attempt':
      return say`此按钮对应的不是 Ferry 最近一次调用，而最近一次调用的结果未知。请重新查看卡片。未重复执行。`;
    case 'no_such_job':
      return say`${refusal.jobId} 不在已找到的任务中，请重新查看卡片。`;
    case 'reason_missing':
      return say`请填写原因，原因会写入审计记录。`;
    case 'own_edit':
      return say`您修改过此申请，请由其他审批人审批。`;
    case 'not_your_request':
      return say`只有申请人可以撤回申请，审批人可以驳回。`;
    case 'not_allowed':
      return notAllowed[refusal.action];
    case 'list_unknown':
      return say`暂时无法从 Slack 确认您是否有权操作，未做任何更改。${tryAgain}`;
    case 'rule_unknown':
      return say`暂时无法从 Slack 确认适用哪条审批规则，未做任何更改。${tryAgain}`;
    case 'channel_unknown':
      return say`审批规则与申请所在的频道有关，但此申请没有记录频道，未做任何更改。请撤回此申请，再点击“复制”并在新表单中选择频道。`;
    case 'field_needed':
      return say`审批规则与“${form.labels[refusal.path]}”有关，请填写此项。如申请已发布，请先撤回，再点击“复制”重新申请。`;
    case 'start_time_passed':
      if (refusal.opensAt !== undefined) {
        return say`下一个发起时间窗从 ${moment(refusal.opensAt)} 开始，晚于开始时间（${moment(refusal.at)}），因此未做任何更改。请由有权修改此申请的人重新选择开始时间。`;
      }
      return say`申请等待期间，开始时间（${moment(refusal.at)}）已过，DTS 可能拒绝该任务，也可能立即启动，因此未做任何更改。请由有权修改此申请的人重新选择开始时间。`;
    case 'not_in_channel':
      return say`您不是所选频道的成员。请选择其他频道，或先加入该频道。`;
    case 'channel_members_unknown':
      return say`暂时无法从 Slack 获取所选频道的成员。如为私有频道，请先邀请 Ferry 加入；否则请稍后重试。`;
    case 'too_many_open':
      return say`您有 ${refusal.open} 个未结束的申请，每人同时最多 ${refusal.limit} 个，本次未提交。请撤回不再需要的申请（可用 ${code('/migrate list')} 查看），或等其中一个结束后再提交。`;
    case 'may_not_request':
      return say`${theRule(refusal.rule)}限制了可申请的人员，申请人不在名单内。详见 ${code('/migrate policy')}。`;
    case 'not_a_requester':
      return say`按${theRule(refusal.rule)}，只有本工作区的正式成员和 ${code('requesters')} 中指定的人员可以提交此申请，申请人不在其中。请联系 Ferry 管理员添加申请人。`;
    case 'requesters_unknown':
      return say`暂时无法从 Slack 确认申请人是否有权申请，未做任何更改。${tryAgain}`;
    case 'withdrawn':
      return say`申请人已于 ${moment(refusal.at)} 撤回此申请，未做任何更改。`;
    case 'expired':
      return say`此申请已于 ${moment(refusal.at)} 过期。如需重新申请，请点击“复制”。`;
    case 'nothing_to_take_back':
      return say`您尚未通过当前版本的申请，无需撤销。`;
    case 'cannot_withdraw':
      return say`此申请已无法撤回，请查看卡片。`;
    case 'cannot_edit':
      return say`此申请已无法修改。请点击“复制”，以相同参数重新申请。`;
    case 'nothing_changed':
      return say`内容没有变化，未提交修改。如需重试失败的申请，请点击“重试”。`;
    case 'fixed_in_job':
      return say`任务创建后，DTS 不支持修改“${form.labels[refusal.path]}”。如需更改，请复制申请。`;
    case 'other_channel':
      return say`修改后适用${theRule(refusal.rule)}，须在其他频道审批。如需这样修改，请复制此申请，并在新表单中修改后提交。`;
    case 'not_failed':
      return say`此申请当前无需重试，请查看卡片。`;
    case 'password_gone':
      return say`手动输入的密码已删除，请点击“修改并重新提交”重新输入。`;
    case 'destination_not_confirmed':
      return say`输入的内容与目标实例 ID 不一致，未做任何更改。`;
    case 'destination_missing':
      return say`按当前审批策略，须输入目标实例 ID。未做任何更改。请重新点击按钮，并在表单中输入。`;
    case 'record_altered':
      return say`此申请在数据库中的内容与 Ferry 的审计记录不一致，有人绕过 Ferry 修改了${listAlterations(refusal.parts)}。未做任何更改。请通知 Ferry 管理员运行 audit verify；申请人可以修改申请（需重新审批），或复制后重新提交。`;
    case 'own_job':
      return say`您是此迁移的申请人或修改人，这一步须由其他人审批。未做任何更改。`;
    case 'not_for_job':
      return say`按当前策略，您不能执行“${job.button[refusal.operation]}”。未做任何更改。`;
    case 'no_job_yet':
      return say`Ferry 尚未查询到此申请的任务，请稍后重试。`;
    case 'job_busy':
      return say`此任务的“${job.button[refusal.operation]}”正在等待审批或正在执行，请查看卡片。未重复执行。`;
    case 'job_not_ready':
      return say`任务当前状态：${statusOf(refusal)}。DTS 在此状态下不允许“${job.button[refusal.operation]}”。未做任何更改。`;
    case 'not_idle':
      return say`此任务已有人启动，当前状态：${statusOf(refusal)}。未删除任务；如仍需删除，请在其申请的卡片上操作。`;
    case 'cannot_skip':
      return say`DTS 当前不允许跳过所选校验项：校验项可能已通过，或任务已有变化。请查看卡片。未做任何更改。`;
    default:
      return refusal satisfies never;
  }
}
