import type { JobOperation } from '../../domain/job/job';
import type { OperationName } from '../../domain/request/operations/operation';
import type { OperationWords } from '../operationWords';
import { bold, code, join, moment, person, say } from '../text';
import { job } from './job';

const again = '重新调用';

/** @param failed says that the call had no effect. @param action the call by its name in the API */
function onJob(name: JobOperation, failed: string, action: string): OperationWords {
  const doing = job.underWay[name];
  const button = job.button[name];
  return {
    status: {
      underWay: (by) => say`${doing}。审批通过：${by}`,
      held: (by, at) => say`将于 ${moment(at)} 执行“${button}”。审批通过：${by}`,
      retrying: (by, at) => say`${failed}将于 ${moment(at)} 重试。审批通过：${by}`,
      unverified: (by) => say`“${button}”正在等待 Slack 确认审批人。审批通过：${by}`,
      searching: (by) => say`未收到腾讯云的响应，正在查询任务状态。审批通过：${by}`,
      unconfirmed: (by) => say`待人工确认，处理方法见消息列。审批通过：${by}`,
    },
    thread: {
      held: (until) => say`Ferry 将于 ${moment(until)} 执行“${button}”。`,
      unverified: say`暂时无法从 Slack 确认审批人是否仍有权审批“${button}”，因此尚未调用 DTS。Ferry 每 15 秒重新确认一次。如长时间未恢复，请联系 Ferry 管理员检查策略中的用户组和频道。`,
      postponed: (attempt, until) =>
        say`第 ${attempt} 次调用失败，任务没有变化，将于 ${moment(until)} 重试。`,
      failed,
      outcomeUnknown: '暂不确定调用是否生效。',
      searching: 'Ferry 正在查询任务状态，结果会发在这里。',
      searchAgain: (by) => say`${person(by)} 点击了“重新查找”，Ferry 正在查询任务状态。`,
      callAgain: (by) => say`${person(by)} 点击了“${again}”，Ferry 将再次调用 DTS。`,
      foundNone: '从任务信息无法判断调用是否生效。',
      foundSeveral: () => say`任务状态不明确。`,
      searchFailed: 'Ferry 无法查询任务：',
      searchForbidden:
        'Ferry 的密钥没有查询任务的权限。请在 CAM 策略中加入 dts:DescribeMigrationDetail。',
      undecided: '需要审批人处理。',
      stillUnknown: (who) => say`${who}：仍不确定调用是否生效，请在卡片上点击“${again}”。`,
      failedAgain: (failures) => `第 ${failures} 次尝试：${failed}`,
      unconfirmedNext: () =>
        say`请在卡片上点击“${bold(again)}”，再次提交新的参数。如果 DTS 已收到，参数不会再变化。`,
    },
    history: {
      launched: (attempt) => say`Ferry 调用 ${action}（对该任务的第 ${attempt} 次调用）。`,
      searched: () => say`Ferry 查询了任务：调用尚未生效。`,
    },
    // Only a change of the job's parameters can stay unknown: other effects show in the job.
    again,
    confirmAgain: {
      title: `${again}？`,
      text: 'Ferry 将再次向 DTS 提交新的参数，之后须重新校验任务。',
      yes: again,
      no: '取消',
    },
    unconfirmed: '审批人会在卡片上处理，您无需操作。',
  };
}

export const operations: Record<OperationName, OperationWords> = {
  create_job: {
    status: {
      underWay: (by) => say`正在创建任务。审批通过：${by}`,
      held: (by, at) => say`将在发起时间窗开始时（${moment(at)}）创建任务。审批通过：${by}`,
      retrying: (by, at) => say`任务尚未创建，将于 ${moment(at)} 重试。审批通过：${by}`,
      unverified: (by) => say`正在等待 Slack 确认审批人。审批通过：${by}`,
      searching: (by) => say`未收到腾讯云的响应，正在核实任务是否已创建。审批通过：${by}`,
      unconfirmed: (by) => say`待人工确认：任务可能已创建，处理方法见消息列。审批通过：${by}`,
    },
    thread: {
      held: (until) => say`当前不在发起时间窗内，Ferry 将于 ${moment(until)} 创建任务。`,
      unverified: say`暂时无法从 Slack 确认审批人是否仍有权审批，因此尚未创建任务。Ferry 每 15 秒重新确认一次。如长时间未恢复，请联系 Ferry 管理员检查策略中的用户组和频道。`,
      postponed: (attempt, until) =>
        say`第 ${attempt} 次尝试未创建任务，将于 ${moment(until)} 重试。`,
      failed: '任务创建失败。',
      outcomeUnknown: '暂不确定任务是否已创建。',
      searching: 'Ferry 正在 DTS 中查找该任务，结果会发在这里。',
      searchAgain: (by) => say`${person(by)} 点击了“重新查找”，Ferry 正在 DTS 中查找该任务。`,
      callAgain: (by) => say`${person(by)} 确认任务不存在，Ferry 将重新创建任务。`,
      foundNone: 'Ferry 在 DTS 中没有找到该任务。',
      foundSeveral: (jobs) =>
        say`${jobs.length === 1 ? 'DTS 中有一个任务可能属于此申请' : 'DTS 中有多个匹配的任务'}：${join(
          jobs.map(({ jobId, createTime }) => say`${code(jobId)}（创建于 ${createTime}，UTC+8）`),
          '、',
        )}。`,
      searchFailed: 'Ferry 无法在 DTS 中查找该任务：',
      searchForbidden:
        'Ferry 的密钥没有查询任务的权限。在 CAM 策略中加入 dts:DescribeMigrateJobs 后，即可点击“重新查找”。',
      undecided: '需要审批人核实任务是否存在。',
      stillUnknown: (who) =>
        say`${who}：此申请的结果仍待确认，请到 DTS 控制台核实，并在卡片上处理。`,
      failedAgain: (failures) => `第 ${failures} 次尝试：任务创建失败。`,
      unconfirmedNext: (jobName) =>
        say`请在 DTS 控制台查找名为 ${code(jobName)} 的任务，然后根据结果点击卡片上的“重新查找”、“确认为 dts-…”或“任务不存在，重新创建”。`,
    },
    history: {
      launched: (attempt) => say`Ferry 第 ${attempt} 次调用 CreateMigrateJob。`,
      searched: (found) =>
        say`Ferry 在 DTS 中查找任务：${found === 0 ? '没有匹配的任务' : `找到 ${found} 个匹配的任务`}。`,
    },
    again: '任务不存在，重新创建',
    confirmAgain: {
      title: '重新创建任务？',
      text: '请先确认 DTS 控制台中没有同名任务，否则会产生两个任务。',
      yes: '重新创建',
      no: '取消',
    },
    unconfirmed: '审批人会到 DTS 控制台核实并处理，您无需操作。',
  },
  check_job: onJob('check_job', '任务校验未能发起。', 'CreateMigrateCheckJob'),
  start_job: onJob('start_job', '任务启动失败。', 'StartMigrateJob'),
  modify_job: onJob('modify_job', '任务修改失败。', 'ModifyMigrateJob'),
  skip_check: onJob('skip_check', '校验项未能跳过。', 'SkipCheckItem'),
  pause_job: onJob('pause_job', '任务暂停失败。', 'PauseMigrateJob'),
  continue_job: onJob('continue_job', '任务未能继续。', 'ContinueMigrateJob'),
  resume_job: onJob('resume_job', '任务重试失败。', 'ResumeMigrateJob'),
  complete_job: onJob('complete_job', '割接未能开始。', 'CompleteMigrateJob'),
  stop_job: onJob('stop_job', '任务终止失败。', 'StopMigrateJob'),
  delete_job: onJob('delete_job', '任务删除失败。', 'DeleteMigrateJob'),
};
