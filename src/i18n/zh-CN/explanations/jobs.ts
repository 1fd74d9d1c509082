import type { jobs as english } from '../../en/explanations/jobs';
import type { Entries } from '../../explanation';
import { spaced } from '../spaced';

export const jobs: Entries<keyof typeof english> = {
  FailedOperation: ({ from, to }) => ({
    headline: 'DTS 未能执行此操作。',
    meaning: spaced`错误码未说明原因，${from}和${to}都需要检查。`,
    causes: ['实例正在重启或已隔离', '其他任务正在使用实例'],
    next: '请在控制台确认源实例和目标实例运行正常，且没有其他任务占用。',
  }),
  'FailedOperation.FailedOperationError': ({ to }) => ({
    headline: 'DTS 内部操作失败。',
    meaning: spaced`DTS 对${to}执行操作时中途失败。`,
    causes: ['目标实例正在执行其他任务', 'DTS 短暂异常'],
    next: '请检查目标实例是否有执行中的任务；如没有，请直接重试。',
  }),
  'FailedOperation.NotAllowOperation': ({ creates, to, region }) => ({
    headline: 'DTS 当前不允许执行此操作。',
    meaning: spaced`${to}（${region}）的状态或类型不符合要求。`,
    causes: [
      '目标实例已隔离、已暂停或未初始化',
      '目标实例有执行中的任务',
      '目标实例是只读实例或灾备实例',
    ],
    next: creates
      ? '请确认目标实例处于“运行中”且没有执行中的任务，或改用其他目标实例。'
      : '请等待目标实例恢复“运行中”，且没有其他执行中的任务。',
  }),
  'FailedOperation.ProxyError': ({ from }) => ({
    headline: 'DTS 无法连接实例。',
    meaning: spaced`DTS 到${from}的代理连接失败。`,
    causes: ['防火墙或安全组未放通 DTS', '源实例的网关或网络填写有误'],
    next: '请在源端的防火墙和安全组中放通该地域的 DTS 服务 IP（见 DTS 控制台）。',
  }),
  'FailedOperation.StartJobFailed': ({ job }) => ({
    headline: 'DTS 启动任务失败。',
    meaning: spaced`${job}在 DTS 中，但未运行。`,
    causes: ['校验未通过', '校验通过后，源实例或目标实例发生了变化'],
    next: '请重新校验任务，处理未通过的校验项，然后启动任务。',
  }),
  'FailedOperation.StatusInConflict': ({ job }) => ({
    headline: '任务的当前状态不允许此操作。',
    meaning: spaced`${job}的状态不符合操作要求。`,
    causes: ['其他人已启动、终止或完成该任务'],
    next: '请在 DTS 控制台查看任务状态，再决定后续操作。',
  }),
  'FailedOperation.StatusInConflictError': ({ to }) => ({
    headline: '操作与当前状态冲突。',
    meaning: spaced`任务或${to}的状态与此操作冲突。`,
    causes: ['另一个任务正在执行', '目标实例正在变更'],
    next: '请等待执行中的操作完成（进度见 DTS 控制台）。',
  }),
  LimitExceeded: ({ region }) => ({
    headline: '账号的配额已用完。',
    meaning: spaced`DTS 在${region}的某项资源已达上限。`,
    causes: ['任务数已达配额'],
    next: '请清理不需要的资源，或向腾讯云申请提高配额。',
  }),
  'LimitExceeded.MaxUnusedJobs': () => ({
    headline: '账号下已创建但未启动的数据迁移任务过多。',
    meaning: '启动或删除一部分任务后，才能创建新任务。',
    causes: ['任务创建后一直没有启动', '任务校验未通过，没有处理'],
    next: '请启动需要的任务，删除不需要的任务（从最早的开始）。非 Ferry 创建的任务，请在 DTS 控制台处理。',
  }),
  OperationDenied: () => ({
    headline: '腾讯云拒绝了该账号的操作。',
    meaning: '申请和密钥没有问题，是账号受限。',
    causes: ['尚未开通 DTS', '账号欠费', '账号未实名认证'],
    next: '请用该账号打开 DTS 控制台，按提示处理。',
  }),
  'OperationDenied.BizOperationDeniedError': ({ to }) => ({
    headline: '不满足 DTS 的前提条件。',
    meaning: spaced`任务或${to}的状态不满足要求，DTS 拒绝执行。`,
    causes: ['前置步骤未完成', '实例不符合条件'],
    next: '请按 DTS 返回的信息处理后重试。',
  }),
  'OperationDenied.JobOperationDeniedError': ({ job }) => ({
    headline: 'DTS 拒绝操作该任务。',
    meaning: spaced`${job}当前不能执行此操作。`,
    causes: ['任务正在运行或已结束', '其他人正在操作该任务'],
    next: '请在 DTS 控制台打开该任务，查看可执行的操作。',
  }),
  'OperationDenied.MigrateServiceSupportError': ({ creates, engines }) => ({
    headline: 'DTS 不支持此类迁移。',
    meaning: spaced`DTS 不支持${engines}的迁移，或不支持所选的选项。`,
    causes: ['不支持该数据库版本', '不支持该接入类型'],
    next: creates
      ? '请参照 DTS 控制台的新建任务页，选择其中提供的数据库类型和接入类型。'
      : '请在 DTS 控制台打开该任务，并在控制台完成此操作。',
  }),
  'InternalError.NotEnoughMoneyError': () => ({
    headline: '账号余额不足。',
    meaning: '计费服务拒绝了此任务的扣费。',
    causes: ['余额不足', '有未支付的账单'],
    next: '请充值，或支付账单。',
  }),
  'OperationDenied.NotEnoughMoneyError': () => ({
    headline: '账号余额不足。',
    meaning: '账号余额充足时，DTS 才会执行此操作。',
    causes: ['余额不足', '有未支付的账单'],
    next: '请充值，或支付账单。',
  }),
  'OperationDenied.OperationDenied': ({ region }) => ({
    headline: '该账号不能执行此操作。',
    meaning: spaced`DTS 在${region}拒绝了操作，错误码未说明原因。`,
    causes: ['该地域未开通 DTS', '账号受限'],
    next: '请在 DTS 控制台尝试同样的操作，页面会提示受限原因。',
  }),
  'OperationDenied.OperationDeniedError': ({ to }) => ({
    headline: 'DTS 拒绝了该操作。',
    meaning: spaced`账号或${to}不符合 DTS 的要求。`,
    causes: ['目标实例已锁定或隔离', '尚未同意服务条款'],
    next: '请先检查目标实例，再查看 DTS 控制台的提示。',
  }),
  ResourceInUse: ({ from, to }) => ({
    headline: '其他任务正在占用资源。',
    meaning: spaced`${from}或${to}正在执行其他任务。`,
    causes: ['另一个迁移任务正在使用', '正在备份或回档'],
    next: '请等待该任务完成，或在控制台终止该任务。',
  }),
  ResourcesSoldOut: ({ region }) => ({
    headline: 'DTS 资源已售罄。',
    meaning: spaced`${region}中该规格的资源已售罄。`,
    causes: ['该地域正在运行的同规格任务较多'],
    next: '请稍后重试，或在 DTS 控制台选择其他规格。',
  }),
  ResourceInsufficient: ({ region }) => ({
    headline: '腾讯云资源不足，无法运行任务。',
    meaning: spaced`DTS 在${region}的资源暂时不足。`,
    causes: ['该地域当前运行的任务较多'],
    next: '请稍后重试；如持续出现，请联系腾讯云技术支持。',
  }),
  ResourceNotFound: ({ to, region }) => ({
    headline: 'DTS 找不到此迁移的某个资源。',
    meaning: spaced`${to}很可能不在${region}。`,
    causes: ['地域与实例不匹配', '实例 ID 有误'],
    next: '请在控制台核对实例 ID 和地域。',
  }),
  'ResourceNotFound.BizResourceNotFoundError': ({ from, to }) => ({
    headline: 'DTS 查不到实例。',
    meaning: spaced`${to}和${from}中至少有一个不存在。`,
    causes: ['实例已删除', '实例属于其他账号'],
    next: '请在控制台确认哪个实例已不存在。',
  }),
  'ResourceNotFound.JobNotExist': ({ job }) => ({
    headline: '数据迁移任务不存在。',
    meaning: spaced`该地域没有${job}。`,
    causes: ['任务已删除', '任务在其他地域'],
    next: '请在 DTS 控制台切换到目标实例所在地域，查找该任务。',
  }),
  'ResourceNotFound.ResourceNotFound': ({ creates, to, region }) => ({
    headline: '找不到实例。',
    meaning: spaced`DTS 在${region}查不到${to}的信息。`,
    causes: ['实例在其他地域', '实例已销毁'],
    next: creates ? '请在表单的列表中重新选择目标实例。' : '请在控制台确认目标实例仍然存在。',
  }),
  'ResourceNotFound.ResourceNotFoundError': ({ creates, from, to }) => ({
    headline: 'DTS 查询实例无结果。',
    meaning: creates ? spaced`无法读取${to}的信息。` : spaced`无法读取${to}或${from}的信息。`,
    causes: [...(creates ? ['该 ID 属于其他数据库类型'] : []), '实例在回收站中，或已删除'],
    next: creates ? '请确认实例 ID 与数据库类型一致。' : '请在控制台确认两端实例是否仍存在。',
  }),
  ResourceUnavailable: ({ to }) => ({
    headline: '资源当前不可用。',
    meaning: spaced`很可能是${to}暂时不可用。`,
    causes: ['正在重启或升级', '因欠费隔离'],
    next: '请等待控制台显示该实例为“运行中”；如因欠费隔离，请先缴清费用。',
  }),
  UnsupportedOperation: ({ engines }) => ({
    headline: 'DTS 不支持此组合。',
    meaning: spaced`${engines}的迁移不支持所选的接入类型或选项。`,
    causes: ['该数据库不支持所选的接入类型', '不支持所选的迁移类型'],
    next: '请参照 DTS 控制台，改用其他接入类型或迁移类型。',
  }),
  'UnsupportedOperation.IntraNetUserNotTaggedError': ({ creates }) => ({
    headline: '缺少标签。',
    meaning: '该账号创建任务时，必须填写部门、产品和负责人标签。',
    causes: ['申请中没有填写标签，或填写不全'],
    next: creates
      ? '请在申请中补充部门、产品和负责人标签。'
      : '任务创建后，此处无法修改标签。请在 DTS 控制台补充标签，或删除任务后复制申请，并填写这些标签。',
  }),
  UnsupportedRegion: ({ region }) => ({
    headline: '该地域不支持 DTS。',
    meaning: spaced`DTS 不能在${region}执行此操作。`,
    causes: ['地域填写有误', '账号所属站点没有该地域'],
    next: '请更正目标地域。',
  }),
};
