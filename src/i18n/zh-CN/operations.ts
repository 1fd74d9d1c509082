import type { OperationName } from '../../domain/request/operations/operation';
import type { OperationWords } from '../operationWords';
import { code, join, moment, person, say } from '../text';

export const operations: Record<OperationName, OperationWords> = {
  create_job: {
    status: {
      underWay: (by) => say`${by} 已批准，正在创建任务`,
      held: (by, at) => say`${by} 已批准，将在允许的时段开始时（${moment(at)}）创建任务`,
      retrying: (by, at) => say`${by} 已批准，任务尚未创建，将于 ${moment(at)} 重试`,
      unverified: (by) => say`${by} 已批准，正在等待 Slack 确认审批人`,
      searching: (by) => say`腾讯云的回应丢失，正在查找任务是否存在。${by} 已批准`,
      unconfirmed: (by) => say`任务是否存在尚不确定，处理办法见消息列。${by} 已批准`,
    },
    thread: {
      held: (until) => say`按审批策略，任务只在指定时段创建。Ferry 将等到 ${moment(until)}。`,
      unverified: say`Slack 未能确认审批人是否仍有权审批，因此尚未创建任务。Ferry 每 15 秒重新确认一次。`,
      postponed: (attempt, until) =>
        say`第 ${attempt} 次尝试未创建任务，将于 ${moment(until)} 重试。`,
      failed: '任务未创建。',
      outcomeUnknown: '任务是否已创建尚不确定。',
      searching: 'Ferry 将在一段时间内于 DTS 中查找该任务，并在此说明结果。',
      searchAgain: (by) => say`${person(by)} 要求 Ferry 再次查找该任务。`,
      callAgain: (by) => say`${person(by)} 确认任务不存在，Ferry 将重新调用。`,
      foundNone: 'Ferry 在 DTS 中没有找到该任务。',
      foundSeveral: (jobs) =>
        say`DTS 中有多个符合的任务：${join(
          jobs.map(({ jobId, createTime }) => say`${code(jobId)}（创建于 ${createTime}，UTC+8）`),
          '、',
        )}。`,
      searchFailed: 'Ferry 无法在 DTS 中查找该任务：',
      searchForbidden:
        'Ferry 没有查找任务的权限。在其密钥的 CAM 策略中加入 dts:DescribeMigrateJobs 后，即可使用“再次查找”。',
      unconfirmedNext: (jobName) =>
        say`请在 DTS 控制台查找名称为 ${code(jobName)} 的任务，然后点击卡片上的按钮：再次查找、指明任务，或重新创建。`,
      unconfirmedWho: '审批人',
    },
    record: {
      launched: (attempt) => say`Ferry 第 ${attempt} 次调用 CreateMigrateJob。`,
      searched: (found) =>
        say`Ferry 在 DTS 中查找任务：${found === 0 ? '没有符合的任务' : `有 ${found} 个符合`}。`,
    },
    unconfirmed: '目前无法确定。审批人会在 DTS 控制台核实并在卡片上处理，您无需操作。',
  },
};
