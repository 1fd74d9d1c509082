import type { service as english } from '../../en/explanations/service';
import type { Entries } from '../../explanation';

export const service: Entries<keyof typeof english> = {
  InternalError: () => ({
    headline: '腾讯云内部发生错误。',
    meaning: '与申请内容无关。',
    causes: ['暂时性异常'],
    next: '请等待几分钟后重试；如反复出现，请携带 RequestId 提交工单。',
  }),
  'InternalError.AddTaskError': () => ({
    headline: 'DTS 创建异步任务失败。',
    meaning: 'DTS 已接受调用，但未能转为后台任务。',
    causes: ['DTS 任务队列繁忙'],
    next: '请约五分钟后重试；仍失败请携带 RequestId 提交工单。',
  }),
  'InternalError.CeleryError': () => ({
    headline: 'DTS 调度系统出错。',
    meaning: '负责编排任务步骤的调度系统不可用。',
    causes: ['调度系统正在重启', '调度系统过载'],
    next: '请等待十分钟后重试；如仍未恢复，请携带 RequestId 提交工单。',
  }),
  'InternalError.CgwSystemError': ({ from }) => ({
    headline: 'DTS 的云网关（CGW）出错。',
    meaning: `DTS 未能建立到${from}的网络通路。`,
    causes: ['网关异常', '源端的网关或私有网络刚刚变更'],
    next: '请重试一次；仍失败请携带 RequestId 提交工单并注明网关。',
  }),
  'InternalError.DatabaseError': () => ({
    headline: 'DTS 平台访问自身数据库失败。',
    meaning: '这是平台问题，与源实例和目标实例无关。',
    causes: ['DTS 平台暂时性异常'],
    next: '请等待两三分钟后重试；如持续出现，请携带 RequestId 提交工单。',
  }),
  'InternalError.DuplicateJob': ({ job, to }) => ({
    headline: '与另一个数据迁移任务冲突。',
    meaning: `DTS 认为已有相同的任务：${job}，或使用${to}的任务。Ferry 已查找，没有找到能确定属于此申请的任务。`,
    causes: ['有人在控制台创建了该任务', '此前对相同数据库的迁移未结束'],
    next: '请在 DTS 控制台找到该任务，直接使用、结束或删除它。',
  }),
  'InternalError.InternalErrorError': () => ({
    headline: 'DTS 返回内部错误。',
    meaning: '未给出原因，也未指出任何参数有误。',
    causes: ['DTS 故障', '少数情况下由特殊的参数值引起'],
    next: '请重试一次；如结果相同，请携带 RequestId 提交工单。',
  }),
  'InternalError.InternalHttpServerError': () => ({
    headline: 'DTS 内部服务之间的 HTTP 调用失败。',
    meaning: 'DTS 收到了请求，但无法访问所依赖的服务。',
    causes: ['DTS 依赖的服务正在重启'],
    next: '请几分钟后重试；再次失败请携带 RequestId 提交工单。',
  }),
  'InternalError.InternalInnerCommonError': ({ to }) => ({
    headline: 'DTS 访问内部组件出错。',
    meaning: `DTS 在腾讯云内部查询${to}时出错。`,
    causes: ['内部组件异常', '实例正在变更'],
    next: '请确认目标实例没有执行中的任务，然后重试。',
  }),
  'InternalError.InternalTradeError': () => ({
    headline: 'DTS 调用计费服务失败。',
    meaning: '创建任务需要下单，而下单未成功。',
    causes: ['计费服务异常', '账号有未完成的订单或没有支付方式'],
    next: '请重试；仍失败请检查账号的订单和支付方式。',
  }),
  'InternalError.LockError': ({ job }) => ({
    headline: 'DTS 需要的锁被占用。',
    meaning: `针对${job}或相关实例的两个操作发生冲突。`,
    causes: ['另一个操作正在执行', '刚刚有操作被中断'],
    next: '请等待一两分钟，待另一个操作结束。',
  }),
  'InternalError.ProtocolError': () => ({
    headline: 'DTS 内部组件之间通信失败。',
    meaning: '通信协议不匹配，尚未校验您的参数。',
    causes: ['DTS 正在升级', '组件通信暂时异常'],
    next: '请等待约一刻钟后重试；仍失败请携带 RequestId 提交工单。',
  }),
  'InternalError.UndefinedError': () => ({
    headline: 'DTS 发生未定义的错误。',
    meaning: '具体原因只有腾讯云能够查明。',
    causes: ['DTS 出现未归类的故障'],
    next: '请重试一次，仍失败请携带 RequestId 和发生时间提交工单。',
  }),
  'InternalError.UnknownError': () => ({
    headline: 'DTS 发生未知的内部错误。',
    meaning: '没有创建任务，也没有指出任何参数有误。',
    causes: ['DTS 暂时异常', 'DTS 无法读取某个实例'],
    next: '请几分钟后重试，如再次出现，请携带 RequestId 提交工单。',
  }),
  RequestLimitExceeded: () => ({
    headline: '账号调用接口过于频繁。',
    meaning: 'Ferry 已自动重试多次，仍超过频率限制。',
    causes: ['其他程序也在用此账号调用 DTS'],
    next: '请等待几分钟后重试。',
  }),
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': ({ region }) => ({
    headline: '账号在该地域的调用过于频繁。',
    meaning: `主账号在 ${region} 达到频率限制，Ferry 自动重试后仍然如此。`,
    causes: ['监控或脚本在该地域频繁调用'],
    next: '请查找该地域的其他调用方，或等待几分钟。',
  }),
  'RequestLimitExceeded.IPLimitExceeded': () => ({
    headline: '来自 Ferry 出口 IP 的调用过多。',
    meaning: '同一出口 IP 后的所有程序合并计数。',
    causes: ['多个程序共用一个公网 IP（NAT）'],
    next: '请为 Ferry 配置独立的出口 IP，或等待调用减少。',
  }),
  'RequestLimitExceeded.RequestLimitExceededError': () => ({
    headline: 'DTS 收到的请求过多。',
    meaning: '达到的是 DTS 自身的限制，不只是账号的限制。',
    causes: ['同时创建的任务较多'],
    next: '请错开各个迁移，几分钟后重试。',
  }),
  'RequestLimitExceeded.UinLimitExceeded': () => ({
    headline: '主账号超过调用频率限制。',
    meaning: '所有子用户合并计数；Ferry 自身不会超过该限制。',
    causes: ['其他程序使用同一账号', 'DTS_CALLS_PER_SECOND 设置过高'],
    next: '如其他程序也需要调用接口，请调低 DTS_CALLS_PER_SECOND，然后重试。',
  }),
  RequestSizeLimitExceeded: () => ({
    headline: '请求超过了腾讯云允许的大小。',
    meaning: '通常是因为库表列表过长。',
    causes: ['逐个列出了大量的表'],
    next: '请改为选择整库，或拆分为多个迁移任务。',
  }),
  ResponseSizeLimitExceeded: ({ job }) => ({
    headline: '腾讯云的返回内容超过了大小限制。',
    meaning: `调用已执行，${job}可能已存在。`,
    causes: ['腾讯云内部的限制'],
    next: '重新申请之前，请先在 DTS 控制台确认任务是否已存在。',
  }),
  ServiceUnavailable: ({ region }) => ({
    headline: 'DTS 服务当前不可用。',
    meaning: `DTS 在 ${region} 暂不接受调用。`,
    causes: ['服务维护', '服务异常'],
    next: '请查看腾讯云的服务状态页，稍后重试。',
  }),
};
