import type { JobOperation } from '../../domain/job/job';
import type { JobWords } from '../jobWords';
import { bold, code, moment, person, say } from '../text';
import { theRule } from './ruleName';

const label: JobWords['label'] = {
  creating: '已创建，未启动',
  created: '已创建，未启动',
  checking: '校验中',
  check_passed: '校验通过，未启动',
  check_failed: '校验不通过',
  ready_run: '准备运行',
  running: '运行中',
  ready_complete: '待割接',
  completing: '割接中',
  success: '迁移完成',
  pausing: '暂停中',
  paused: '已暂停',
  resumable_error: '出错中断，可重试',
  resuming: '重试中',
  stopping: '终止中',
  canceled: '已终止',
  failed: '迁移失败',
  error: '任务出错',
  unknown: '状态未知',
  other: '无法识别的状态',
  deleted: '任务已删除',
};

const startsAt = (at: Date) => say`将于 ${moment(at)} 启动。`;

const button: JobWords['button'] = {
  check_job: '校验',
  start_job: '启动',
  modify_job: '修改任务',
  skip_check: '跳过校验项',
  complete_job: '割接',
  continue_job: '继续',
  resume_job: '重试',
  pause_job: '暂停',
  stop_job: '终止',
  delete_job: '删除任务',
};

/** What people do with a job. */
export const jobActions: Readonly<Record<JobOperation, string>> = {
  check_job: '校验任务',
  start_job: '启动任务',
  modify_job: '修改任务',
  skip_check: '跳过校验项',
  complete_job: '割接',
  continue_job: '继续任务',
  resume_job: '重试任务',
  pause_job: '暂停任务',
  stop_job: '终止任务',
  delete_job: '删除任务',
};

/** Words about a job that exists. */
export const job: JobWords = {
  label,
  button,
  deleteOf: (id) => `删除 #${id} 的任务`,
  waits: (operation) => `${button[operation]}：待审批`,
  underWay: {
    check_job: '正在发起校验',
    start_job: '正在启动任务',
    modify_job: '正在修改任务',
    skip_check: '正在跳过校验项',
    complete_job: '正在割接',
    continue_job: '正在继续任务',
    resume_job: '正在重试任务',
    pause_job: '正在暂停任务',
    stop_job: '正在终止任务',
    delete_job: '正在删除任务',
  },
  status: (by, id, status, startAt) =>
    say`任务 ${id}：${status}。${startAt === undefined ? '' : startsAt(startAt)}审批通过：${by}`,
  prepared: {
    unchecked: '待校验',
    createsFirst: (rule) =>
      say`按审批策略（${theRule(rule)}），Ferry 先创建并校验任务，再由审批人决定是否启动。`,
    createdNext: 'Ferry 将校验任务。校验通过后，由审批人决定是否启动。',
    waits: (id) => say`任务 ${id} 已创建，校验通过后可以审批。`,
    passed: (id) => say`✅ 任务 ${id} 校验通过。`,
    failed: (id) =>
      say`❌ 任务 ${id} 校验不通过。请解决问题后点击“${bold(button.check_job)}”，或修改申请。`,
    other: (id, status) => say`任务 ${id}：${status}。`,
    approvalStarts: '审批全部通过后启动任务。',
    approveAgain: '原有审批仅对这次启动有效，需要重新审批。',
    approvalsGone: '原有审批仅对这次启动有效，已失效。',
    approvalFirst: '按当前审批策略，审批通过后才会创建任务。',
    startedElsewhere: '有人未经审批在控制台启动了任务。',
    lost: '该任务已无法启动。如需新建任务，请修改申请；如不再需要，请撤回申请。',
    deletes: (id) => say`任务 ${id} 已不再需要，Ferry 将删除该任务`,
    ended: (ending, afterwards) => say`${ending}。${afterwards}`,
    kept: (id, isAgain) =>
      say`有人在 Ferry 之外启动了任务 ${id}，因此 Ferry 不会自动删除。如不再需要，请先终止，再删除${isAgain ? '，之后 Ferry 会按新的参数重新创建' : ''}`,
    createsAgain: (id) => say`Ferry 删除任务 ${id}，再按新的参数重新创建`,
    notNeeded: '任务已不再需要，Ferry 将删除该任务。',
    replaces: 'Ferry 将删除按原参数创建的任务，并重新创建。',
    form: '按此处的审批规则，部分任务在提交表单时即创建：密码会在审批之前发送给腾讯云，任务随即校验。审批通过后才会启动任务。',
    sent: (request, where) =>
      say`${request} 已发布到 ${where}。Ferry 正在创建并校验任务，再由审批人决定是否启动。进展见消息列。`,
    whenStarted: 'Ferry 先创建并校验任务，审批通过后启动',
    whenScheduled: (at, utc8) =>
      say`Ferry 先创建并校验任务；审批通过后，将于 ${at}（${utc8}，UTC+8）执行`,
  },
  lag({ lagMegabytes, lagSeconds }) {
    const parts = [
      ...(lagSeconds === undefined ? [] : [`${lagSeconds} 秒`]),
      ...(lagMegabytes === undefined ? [] : [`${lagMegabytes} MB`]),
    ];
    return parts.length === 0 ? undefined : parts.join('、');
  },
  scheduled: (status, at) => say`${status}。开始时间：${moment(at)}`,
  isolated: (status) => say`${status}（DTS 已隔离该任务，稍后删除）`,
  missing: (since) =>
    say`⚠️ 自 ${moment(since)} 起，DTS 查不到此任务。Ferry 会继续查询，确认后才视为已删除。`,
  startsAt,
  confirm: {
    complete_job: (lag) => ({
      title: '现在割接？',
      text: `${lag === undefined ? 'DTS 未提供目标实例的延迟。' : `目标实例落后源实例 ${lag}。`}DTS 会同步剩余的变更并结束迁移。请先停止写入源实例。`,
      yes: '割接',
      no: '取消',
    }),
    stop_job: {
      title: '终止迁移？',
      text: '任务结束后无法继续。已迁移的数据保留在目标实例中，源实例之后的变更不再同步。',
      yes: '终止',
      no: '取消',
    },
    withdraw: {
      title: '撤回修改？',
      text: '任务参数保持不变。',
      yes: '撤回',
      no: '取消',
    },
    delete_job: {
      title: '删除任务？',
      text: 'DTS 会删除任务及其配置、步骤和日志。目标实例中的数据不受影响。',
      yes: '删除任务',
      no: '取消',
    },
  },
  resume: {
    title: '重试任务',
    submit: '重试',
    option: '目标实例中的数据',
    options: { overwrite: '保留，并覆盖同名的键', clearData: '先全部清空' },
    hint: '清空目标实例的数据须重新获得全部审批。',
  },
  skip: {
    title: '跳过校验项',
    submit: '跳过',
    items: '要跳过的校验项',
    risk: (item, risk) => say`${item}：${risk}`,
    foreignKeys: '外键',
    foreignKeyOptions: { shield: '不迁移外键', migrate: '迁移外键' },
    noItems: '请至少选择一项。',
    noForeignKeys: '请选择是否迁移外键。',
  },
  thread: {
    skips: (by, items, foreignKeys, tally, missing) =>
      say`${person(by)} 申请跳过校验项${tally}：${items}。${
        foreignKeys === undefined ? '' : foreignKeys === 'shield' ? '不迁移外键。' : '迁移外键。'
      }${missing ?? ''}原因：`,
    chose: (by, chosen, tally, missing) =>
      say`${person(by)} 点击了“${bold(chosen)}”${tally}。${missing ?? ''}`,
    automatic: (chosen, rule) =>
      say`审批策略的${theRule(rule)}规定自动${bold(chosen)}，Ferry 将继续执行。`,
    notAutomatic: (chosen) =>
      say`审批策略已更新，Ferry 没有自动执行“${chosen}”。如需执行，请在卡片上点击“${bold(chosen)}”。`,
    missed: (at, chosen, change) =>
      say`开始时间（${moment(at)}）已过，Ferry 没有自动执行“${chosen}”。如需立即启动，请在卡片上点击“${bold(chosen)}”；如需另选时间，请点击“${bold(change)}”。`,
    askOthers: (who, chosen) => say`${who}：如同意，请在卡片上点击“${bold(chosen)}”。`,
    reminded: (who, chosen, number = 1) =>
      say`${who}：“${chosen}”仍在等待审批。${number > 1 ? `（第 ${number} 次提醒）` : ''}`,
    unready: (requester, status, number = 1) =>
      say`${person(requester)}：任务当前状态为“${status}”，审批人无法审批启动。请查看卡片。${number > 1 ? `（第 ${number} 次提醒）` : ''}`,
    modified: (by, revision) =>
      say`${person(by)} 申请修改任务参数，现为第 ${revision} 版，通过后提交给 DTS：`,
    withdrew: (by, chosen) => say`${person(by)} 撤回了“${chosen}”，任务没有变化。`,
    declined: (by, chosen) => say`${person(by)} 驳回了“${chosen}”，任务没有变化。原因：`,
    lapsed: (chosen) => say`“${chosen}”未在期限内获得足够的审批，任务没有变化。`,
    dropped: (chosen) => say`“${chosen}”已无法执行，Ferry 已将其取消。`,
    reopened: (chosen) =>
      say`${bold('已有的审批不再满足要求。')}Ferry 在“${chosen}”之前重新核对了审批，未调用 DTS。`,
    accepted: {
      check_job: 'DTS 正在校验任务，结果会发在这里。',
      start_job: 'DTS 已受理启动请求。',
      modify_job: 'DTS 已收到新的参数。启动前须重新校验。',
      skip_check: 'DTS 将在下次校验时跳过这些校验项，请重新校验。',
      complete_job: 'DTS 正在割接。',
      continue_job: 'DTS 正在继续任务。',
      resume_job: 'DTS 正在重试任务。',
      pause_job: 'DTS 正在暂停任务。',
      stop_job: 'DTS 正在终止任务。',
      delete_job: 'DTS 已受理删除请求。',
    },
    found: '未收到响应，但任务的当前状态表明调用已生效。',
    moved: {
      creating: undefined,
      created: undefined,
      checking: undefined,
      check_passed: '校验通过。',
      check_failed: '校验不通过。请解决问题后重新校验。',
      ready_run: undefined,
      running: undefined,
      ready_complete: '目标实例已追上源实例，任务等待割接。',
      completing: undefined,
      success: '迁移已完成。',
      pausing: undefined,
      paused: undefined,
      resumable_error: '任务因错误中断。请解决问题后重试任务。',
      resuming: undefined,
      stopping: undefined,
      canceled: '任务已终止。',
      failed: '迁移失败。',
      error: '任务因错误中断。',
      unknown: undefined,
      other: undefined,
      deleted: undefined,
    },
    elsewhere: (status) => say`有人在控制台操作了任务，当前状态：${status}。`,
    again: (status) => say`DTS 又能查到此任务，当前状态：${status}。`,
    now: (status) => say`任务当前状态：${status}。`,
    other: (said) => say`DTS 返回了 Ferry 无法识别的状态：${said}。请在控制台查看。`,
    error: (text) => say`DTS 返回的错误：${text}`,
    solution: (text) => say`${bold('解决办法：')}${text}`,
    checked: (passed, warnings, failed, skipped) =>
      say`校验项：${[
        `通过 ${passed} 项`,
        ...(warnings === 0 ? [] : [`警告 ${warnings} 项`]),
        ...(failed === 0 ? [] : [`不通过 ${failed} 项`]),
        ...(skipped === 0 ? [] : [`跳过 ${skipped} 项`]),
      ].join('，')}。`,
    checkItem: (name, isFailed, reason) =>
      say`${isFailed ? '❌' : '⚠️'} ${name}${reason === undefined ? '' : say`：${reason}`}`,
    readMore: '查看文档',
    idle: (who, since) =>
      say`${who}：自 ${moment(since)} 起无人启动此任务。请在卡片上校验并启动，或将其删除。账号下未启动的任务过多时，DTS 会拒绝创建新任务。`,
    notDeleted: (who, since) =>
      say`${who}：自 ${moment(since)} 起不再需要此任务，但任务仍然存在。如仍在运行，请先终止，再在卡片上或 DTS 控制台中删除。`,
    took: (duration) => say`用时 ${duration}。`,
    lagAtEnd: (lag) => say`割接时目标实例落后 ${lag}。`,
    consistency: {
      consistent: '数据一致性检测未发现差异。',
      inconsistent: '数据一致性检测发现差异，请在控制台查看。',
      unstart: '数据一致性检测尚未开始，请在控制台查看。',
      running: '数据一致性检测仍在进行，结果请在控制台查看。',
      failed: '数据一致性检测失败，无法确认数据是否一致。',
      canceled: '数据一致性检测已取消，无法确认数据是否一致。',
    },
    failedStep: (number, of, name) => say`失败步骤：第 ${number}/${of} 步 ${name}。`,
  },
  history: {
    moved: (from, to, elsewhere) =>
      say`任务状态由“${from}”变为“${to}”${elsewhere ? '（在控制台操作）' : ''}。`,
  },
  progress: {
    percent: (percent) => `${Math.round(percent)}%`,
    step: (number, of, name, percent) =>
      `第 ${number}/${of} 步：${name}${percent === undefined ? '' : `，${Math.round(percent)}%`}`,
    lag: (lag) => `目标实例落后 ${lag}`,
    elapsed: (duration) => `已运行 ${duration}`,
    ran: (duration) => `用时 ${duration}`,
    started: (duration) => `${duration}前启动`,
    remaining: (duration) => `本步骤约剩 ${duration}`,
  },
  list: {
    heading: (page) => (page === 1 ? '迁移任务' : `迁移任务，第 ${page} 页`),
    columns: ['申请', '任务', '状态', '步骤', '延迟'],
    digest: '每周汇总：运行中、等待处理和近 7 天内失败的任务',
    none: '您可见的任务中，目前没有运行中或等待处理的任务，近 7 天也没有失败的任务。',
    more: say`还有更多任务。输入 ${code('/migrate jobs')} 可查看您可见的任务。`,
    next: (command, page) => say`更多任务：${code(`${command} jobs ${page}`)}`,
  },
  duration(ms) {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (days > 0) return `${days} 天 ${hours % 24} 小时`;
    return hours > 0 ? `${hours} 小时 ${minutes % 60} 分钟` : `${minutes} 分钟`;
  },
};
