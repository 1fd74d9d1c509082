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
    to: (id) => (id === undefined ? '目标实例' : `目标实例 ${id}`),
    from: (place) => (place === undefined ? '源实例' : `源实例 ${place}`),
    region: (region) => region ?? '目标实例所在地域',
    job: (name) => (name === undefined ? '该任务' : `任务“${name}”`),
    engines: (from, to) =>
      from === undefined || to === undefined ? '这两种数据库之间' : `${from} 到 ${to}`,
    secret: (reference) => reference ?? '申请中指定的凭据',
  },
  again: {
    later: '可以。调用没有产生任何变更，稍后重试可能成功。',
    after_fix: '可以。调用没有产生任何变更，但须先解决上述问题。',
    after_edit: '可以。调用没有产生任何变更，但须先修改参数。',
    after_look: '请先确认 DTS 控制台中没有该任务，否则重试可能产生两个任务。',
    never: '不必重试。重试没有风险，但仍会失败。',
  },
  helpers: {
    requester: '申请人',
    approver: '任一审批人',
    dba: '有 DTS 权限的人员',
    account_admin: '腾讯云账号管理员',
    operator: 'Ferry 管理员',
    support: '腾讯云技术支持（提交工单）',
  },
  causes: '可能的原因：',
  listCauses: (causes) =>
    causes.length === 1
      ? `${causes.join('')}。`
      : `${causes.map((cause, index) => `（${index + 1}）${cause}`).join('；')}。`,
  tryingAgain: '能否重试：',
  missingAction: (action) => say`缺少 ${code(action)} 权限。CAM 策略语句：`,
  valueFlaw,
  valueKeys: (keys) =>
    say`，其中的键：${join(
      keys.map((key) => [code(key)]),
      '、',
    )}`,
  otherUser: (secret, user) => say`${code(secret)} 不是 ${code(user)} 的密码`,
  idle: {
    found: (jobs, elsewhere, more) =>
      join(
        [
          say`未启动的任务：`,
          ...jobs,
          ...(elsewhere === 0 ? [] : [say`其他频道的申请有 ${elsewhere} 个任务。`]),
          ...(more === 0 ? [] : [say`……另有 ${more} 个。`]),
        ],
        '\n',
      ),
    job: (job, name, createdAt, request) =>
      say`${job} ${code(name)}${createdAt === undefined ? '' : say`，创建于 ${ago(createdAt)}`}${request === undefined ? '' : say`，申请 ${request}`}`,
    none: '该地域没有未启动的任务，请再查看其他地域。',
    forbidden: (action) => say`Ferry 无法列出未启动的任务：密钥缺少 ${code(action)} 权限。`,
    unanswered: 'Ferry 无法列出未启动的任务：DTS 无响应。',
  },
  altered: (parts) => `有人绕过 Ferry 修改了数据库中的内容：${listAlterations(parts)}。`,
  console: {
    dts: '打开 DTS 控制台',
    policies: '打开 CAM 策略',
    keys: '打开 API 密钥管理',
    billing: '打开费用中心',
    secrets: '打开凭据管理系统',
  },
  asked: {
    missing: (command) =>
      say`请填写错误码，例如 ${code(`${command} explain InternalError.DuplicateJob`)}。`,
    near: (typed, others) =>
      say`未收录错误码 ${code(typed)}。您是否想查询 ${join(
        others.map((other) => [code(other)]),
        '、',
      )}？`,
    isNew: (typed) => say`错误码 ${code(typed)} 未收录，以下是同类错误的一般说明。`,
  },
  page: {
    title: '错误说明与处理',
    intro:
      '出错后，Ferry 会在申请的消息列中给出以下说明；也可以用 `/migrate explain` 加错误码查询。本页由 `npm run docs:errors` 生成，文字在 `src/i18n` 中。',
    codes: '腾讯云错误码',
    failures: '没有错误码的失败',
    general: '结合具体申请说明时，会写明实例、地域和任务名称。',
  },
};
