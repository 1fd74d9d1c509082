import type { service as english } from '../../en/explanations/service';
import type { Entries } from '../../explanation';
import { spaced } from '../spaced';

export const service: Entries<keyof typeof english> = {
  InternalError: () => ({
    headline: '腾讯云内部错误。',
    meaning: '与申请内容无关。',
    causes: ['暂时性异常'],
    next: '请等待几分钟后重试；如反复出现，请提交工单并附上 RequestId。',
  }),
  'InternalError.AddTaskError': () => ({
    headline: 'DTS 创建异步任务失败。',
    meaning: 'DTS 已接受请求，但创建后台任务失败。',
    causes: ['DTS 任务队列繁忙'],
    next: '请约 5 分钟后重试；如仍失败，请提交工单并附上 RequestId。',
  }),
  'InternalError.CeleryError': () => ({
    headline: 'DTS 调度系统出错。',
    meaning: 'DTS 的任务调度系统不可用。',
    causes: ['调度系统正在重启', '调度系统过载'],
    next: '请等待 10 分钟后重试；如仍未恢复，请提交工单并附上 RequestId。',
  }),
  'InternalError.CgwSystemError': ({ from }) => ({
    headline: 'DTS 的云网关（CGW）出错。',
    meaning: spaced`DTS 无法建立到${from}的网络连接。`,
    causes: ['网关异常', '源端的网关或私有网络刚刚变更'],
    next: '请重试一次；如仍失败，请提交工单并附上 RequestId 和网关 ID。',
  }),
  'InternalError.DatabaseError': () => ({
    headline: 'DTS 平台访问自身数据库失败。',
    meaning: '这是平台问题，与源实例和目标实例无关。',
    causes: ['DTS 平台暂时性异常'],
    next: '请等待 2～3 分钟后重试；如持续出现，请提交工单并附上 RequestId。',
  }),
  'InternalError.DuplicateJob': ({ job, to }) => ({
    headline: '已有相同的 DTS 任务。',
    meaning: spaced`DTS 认为已存在相同的任务，可能是${job}，或其他使用${to}的任务。仅当已有任务确实属于此申请时，Ferry 才会采用。`,
    causes: ['有人在控制台创建了该任务', '相同数据库此前的迁移任务尚未完成'],
    next: '请在 DTS 控制台找到该任务，然后继续使用、完成或删除该任务。',
  }),
  'InternalError.InternalErrorError': () => ({
    headline: 'DTS 返回内部错误。',
    meaning: '错误码未说明原因，也未指出哪个参数有误。',
    causes: ['DTS 故障', '个别特殊的参数值'],
    next: '请重试一次；如结果相同，请提交工单并附上 RequestId。',
  }),
  'InternalError.InternalHttpServerError': () => ({
    headline: 'DTS 内部服务之间的 HTTP 调用失败。',
    meaning: 'DTS 收到了请求，但无法访问其依赖的服务。',
    causes: ['DTS 依赖的服务正在重启'],
    next: '请几分钟后重试；如再次失败，请提交工单并附上 RequestId。',
  }),
  'InternalError.InternalInnerCommonError': ({ to }) => ({
    headline: 'DTS 访问内部组件出错。',
    meaning: spaced`DTS 查询${to}时，内部组件出错。`,
    causes: ['内部组件异常', '实例正在变更'],
    next: '请确认目标实例没有执行中的任务，然后重试。',
  }),
  'InternalError.InternalTradeError': () => ({
    headline: 'DTS 调用计费服务失败。',
    meaning: '此操作需要下单，但下单失败。',
    causes: ['计费服务异常', '账号有未完成的订单或没有支付方式'],
    next: '请重试；如仍失败，请检查账号的订单和支付方式。',
  }),
  'InternalError.LockError': ({ job }) => ({
    headline: '其他操作占用了 DTS 所需的资源锁。',
    meaning: spaced`另一个操作正在使用${job}或相关实例。`,
    causes: ['另一个操作正在执行', '有操作刚刚中断'],
    next: '请等待 1～2 分钟，待另一个操作结束后重试。',
  }),
  'InternalError.ProtocolError': () => ({
    headline: 'DTS 内部组件之间通信失败。',
    meaning: '组件之间的通信协议不匹配，尚未检查参数。',
    causes: ['DTS 正在升级', '组件之间通信暂时异常'],
    next: '请等待约 15 分钟后重试；如仍失败，请提交工单并附上 RequestId。',
  }),
  'InternalError.UndefinedError': () => ({
    headline: 'DTS 发生未定义的错误。',
    meaning: '具体原因需由腾讯云查明。',
    causes: ['DTS 出现未归类的故障'],
    next: '请重试一次；如仍失败，请提交工单并附上 RequestId 和发生时间。',
  }),
  'InternalError.UnknownError': () => ({
    headline: 'DTS 发生未知的内部错误。',
    meaning: '调用没有产生任何变更，DTS 也未指出哪个参数有误。',
    causes: ['DTS 暂时异常', 'DTS 无法读取某个实例'],
    next: '请几分钟后重试；如再次出现，请提交工单并附上 RequestId。',
  }),
  RequestLimitExceeded: () => ({
    headline: '账号调用接口的频率超过限制。',
    meaning: 'Ferry 已自动重试多次，仍超过限制。',
    causes: ['其他程序也在使用此账号调用 DTS'],
    next: '请等待几分钟后重试。',
  }),
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded': ({ region }) => ({
    headline: '账号在该地域的调用频率超过限制。',
    meaning: spaced`主账号在${region}的调用已达频率限制，Ferry 自动重试后仍未成功。`,
    causes: ['监控或脚本在该地域频繁调用'],
    next: '请排查该地域的其他调用方，或等待几分钟后重试。',
  }),
  'RequestLimitExceeded.IPLimitExceeded': () => ({
    headline: 'Ferry 的出口 IP 调用次数过多。',
    meaning: '同一出口 IP 的所有程序共享限额。',
    causes: ['多个程序共用一个公网 IP（NAT）'],
    next: '请为 Ferry 配置独立的出口 IP，或稍后重试。',
  }),
  'RequestLimitExceeded.RequestLimitExceededError': () => ({
    headline: 'DTS 收到的请求过多。',
    meaning: '触发的是 DTS 服务的总限制，而不只是账号的限制。',
    causes: ['同时调用 DTS 的程序较多'],
    next: '请错开调用时间，几分钟后重试。',
  }),
  'RequestLimitExceeded.UinLimitExceeded': () => ({
    headline: '主账号的调用频率超过限制。',
    meaning: '所有子用户共享限额；Ferry 自身的调用不会超过限额。',
    causes: ['其他程序也在使用该账号', 'DTS_CALLS_PER_SECOND 设置过高'],
    next: '如其他程序也需要调用接口，请调低 DTS_CALLS_PER_SECOND，然后重试。',
  }),
  RequestSizeLimitExceeded: () => ({
    headline: '请求超过腾讯云的大小限制。',
    meaning: '通常是库表清单过长。',
    causes: ['清单中逐个列出了大量的表'],
    next: '请改为迁移整库，或拆分为多个迁移任务。',
  }),
  ResponseSizeLimitExceeded: ({ creates, job }) => ({
    headline: '腾讯云的响应超过大小限制。',
    meaning: creates
      ? spaced`请求已执行，${job}可能已创建。`
      : spaced`请求已执行，${job}可能已变化。`,
    causes: ['腾讯云内部的限制'],
    next: creates
      ? '请先在 DTS 控制台确认任务是否已创建，再决定是否重新申请。'
      : '请先在 DTS 控制台核对任务，再决定是否重试。',
  }),
  ServiceUnavailable: ({ region }) => ({
    headline: 'DTS 服务当前不可用。',
    meaning: spaced`DTS 在${region}暂时不接受请求。`,
    causes: ['服务维护', '服务异常'],
    next: '请查看腾讯云的服务状态，稍后重试。',
  }),
};
