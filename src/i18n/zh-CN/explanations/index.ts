import type { ErrorCode } from '../../../domain/errors/errorCodes';
import type { Entries, ExplanationMessages } from '../../explanation';
import { ago, code, join, say } from '../../text';
import { listAlterations } from '../alterations';
import { access } from './access';
import { failures } from './failures';
import { jobs } from './jobs';
import { service } from './service';
import { valueFlaw } from './valueFlaw';
import { values } from './values';

const codes: Entries<ErrorCode> = { ...access, ...jobs, ...service, ...values };

export const explanations: ExplanationMessages = {
  entries: { ...codes, ...failures },
  about: {
    to: (id) => (id === undefined ? '目标实例' : `目标实例 ${id} `),
    from: (place) => (place === undefined ? '源实例' : `源实例 ${place} `),
    region: (region) => region ?? '目标实例所在地域',
    job: (name) => (name === undefined ? '该任务' : `任务“${name}”`),
    engines: (from, to) =>
      from === undefined || to === undefined ? '源和目标的数据库类型' : ` ${from} 到 ${to} `,
    secret: (reference) => reference ?? '申请中指定的凭据',
  },
  again: {
    later: '可以放心重试，没有创建任务，稍后重试可能即可成功。',
    after_fix: '可以放心重试，没有创建任务；处理上述问题后重试才会成功。',
    after_edit: '可以放心重试，但参数不变仍会被拒绝。',
    after_look: '仅当 DTS 控制台中没有该任务时才可重试，否则可能出现两个任务。',
    never: '可以放心重试，但仍会被拒绝。',
  },
  helpers: {
    requester: '申请人',
    approver: '任一审批人',
    dba: '账号中拥有 DTS 权限的任何人',
    account_admin: '腾讯云账号管理员',
    operator: 'Ferry 的运维人员',
    support: '腾讯云支持',
  },
  causes: '可能的原因：',
  listCauses: (causes) =>
    causes.length === 1
      ? `${causes.join('')}。`
      : `${causes.map((cause, index) => `（${index + 1}）${cause}`).join('；')}。`,
  tryingAgain: '能否重试：',
  missingAction: (action) => say`缺少的操作权限是 ${code(action)}。CAM 策略语句：`,
  valueFlaw,
  valueKeys: (keys) =>
    say`，其中的键：${join(
      keys.map((key) => [code(key)]),
      '、',
    )}`,
  otherUser: (secret, user) => say`${code(secret)} 不是 ${code(user)} 的密码`,
  idle: {
    found: (jobs, more) =>
      join(
        [say`等待启动的任务：`, ...jobs, ...(more === 0 ? [] : [say`……另有 ${more} 个。`])],
        '\n',
      ),
    job: (jobId, name, createdAt) =>
      createdAt === undefined
        ? say`${code(jobId)} ${code(name)}`
        : say`${code(jobId)} ${code(name)}，创建于 ${ago(createdAt)}`,
    none: 'Ferry 在该地域没有看到此类任务，请也查看其他地域。',
    forbidden: (action) => say`Ferry 无法列出这些任务：其密钥的 CAM 策略中缺少 ${code(action)}。`,
    unanswered: 'Ferry 无法列出这些任务：DTS 没有回应。',
  },
  altered: (parts) => `有人在 Ferry 之外改动了数据库中的内容：${listAlterations(parts)}。`,
  console: {
    dts: '打开 DTS 控制台',
    policies: '打开 CAM 策略',
    keys: '打开 API 密钥管理',
    billing: '打开费用中心',
    secrets: '打开凭据管理系统',
  },
  asked: {
    missing: (command) =>
      say`请写明错误码，例如 ${code(`${command} explain InternalError.DuplicateJob`)}。`,
    near: (typed, others) =>
      say`Ferry 不认识错误码 ${code(typed)}。您是否想输入 ${join(
        others.map((other) => [code(other)]),
        '、',
      )}？`,
    isNew: (typed) => say`Ferry 没有 ${code(typed)} 的专门说明，以下是同类错误码的说明。`,
  },
  page: {
    title: '错误说明与处理',
    intro:
      '申请未能创建任务时 Ferry 在消息列中的说明，也是 `/migrate explain 错误码` 的回答。由 `npm run docs:errors` 生成，文字在 `src/i18n` 中。',
    codes: '腾讯云错误码',
    failures: '没有错误码的失败',
    general: '针对具体申请时，会写明其实例、地域和任务名称。',
  },
};
