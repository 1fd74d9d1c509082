import type { Failure } from '../../../domain/errorCodes';
import type { Entries } from '../../explanation';

export const failures: Entries<Failure | 'unlisted'> = {
  unlisted: () => ({
    headline: '腾讯云返回了一个 Ferry 尚无说明的错误码。',
    meaning: '没有创建任务。',
    causes: ['该错误码晚于此版本的 Ferry'],
    next: '请在腾讯云文档中查找该错误码；如仍无法解决，请携带 RequestId 提交工单。',
  }),
  name_not_found: () => ({
    headline: '无法解析腾讯云的域名，请求没有发出。',
    meaning: '多次域名解析均失败。',
    causes: ['Ferry 所在机器的 DNS 异常', 'TENCENTCLOUD_ENDPOINT 填写有误'],
    next: '请检查该机器的域名解析和 TENCENTCLOUD_ENDPOINT。',
  }),
  connection_refused: () => ({
    headline: '无法连接腾讯云，请求没有发出。',
    meaning: '域名可以解析，但没有建立连接。',
    causes: ['防火墙拦截', '没有公网路由', 'TENCENTCLOUD_ENDPOINT 的端口有误'],
    next: '请放通 Ferry 所在机器到 DTS 域名 443 端口的访问。',
  }),
  tls_failed: () => ({
    headline: '无法与腾讯云建立可信的 TLS 连接，请求没有发出。',
    meaning: '对方的证书不受 Ferry 信任。',
    causes: ['代理解密了 TLS', '机器时间不准确', '该地址不属于腾讯云'],
    next: '请让代理不要解密到 DTS 域名的连接，或校准时间。',
  }),
  process_paused: () => ({
    headline: 'Ferry 在调用前被暂停，请求没有发出。',
    meaning: '为避免过晚调用，Ferry 放弃了本次调用。',
    causes: ['机器被挂起或负载过高'],
    next: '请重试；如反复出现，请为该机器增加资源。',
  }),
  not_sent: () => ({
    headline: '多次尝试均无法连接腾讯云，请求没有发出。',
    meaning: '连接未能维持到请求发出。',
    causes: ['防火墙或代理拦截', 'TENCENTCLOUD_ENDPOINT 有误'],
    next: '请检查 Ferry 所在机器能否访问 DTS 的域名。',
  }),
  rule_unclear: () => ({
    headline: '无法确定此申请适用哪条规则，Ferry 未发起调用。',
    meaning: '当前策略需要的信息，此申请中没有。',
    causes: ['规则限定了频道或源地域，而申请中没有填写'],
    next: '请复制此申请，表单会要求补全缺少的信息。',
  }),
  requester_not_allowed: () => ({
    headline: '按当前策略，申请人已无权申请此迁移，Ferry 未发起调用。',
    meaning: '创建任务之前，Ferry 会再次核对申请人的权限。',
    causes: [
      '策略中的申请人已变更',
      '申请人已离开策略指定的用户组',
      '申请人不再是工作区的正式成员',
    ],
    next: '请有权申请的成员复制此申请，或修改策略。',
  }),
  secret_missing: () => ({
    headline: '此申请的密码已不再保存，请求没有发出。',
    meaning: '申请结束后，输入的密码会被清除。',
    causes: ['申请此前已经结束过'],
    next: '请重新提交申请并输入密码。',
  }),
  secret_no_key: () => ({
    headline: '用于加密该密码的密钥已不在配置中，请求没有发出。',
    meaning: '密码仍在，但无法解开。',
    causes: ['申请等待期间 SEAL_KEYS 被修改'],
    next: '请将旧密钥放回 SEAL_KEYS 的末尾并重启 Ferry。',
  }),
  secret_damaged: () => ({
    headline: '加密保存的密码无法解开，请求没有发出。',
    meaning: '密码在保存之后被改动过。',
    causes: ['数据库被恢复或修改', '密钥 ID 相同但内容不同'],
    next: '请告知 Ferry 的运维人员，然后重新提交申请并输入密码。',
  }),
  stored_secret_refused: ({ secret }) => ({
    headline: '凭据管理系统没有返回该凭据，没有向 DTS 发送任何内容。',
    meaning: `涉及 ${secret}。`,
    causes: ['Ferry 的密钥没有对其执行 ssm:GetSecretValue 的权限', '凭据或版本不存在或已禁用'],
    next: '请在凭据管理系统控制台检查凭据及版本，并检查该密钥的 CAM 策略。',
  }),
  stored_secret_not_reached: ({ secret }) => ({
    headline: '多次无法连接凭据管理系统，没有向 DTS 发送任何内容。',
    meaning: `Ferry 无法读取 ${secret}。`,
    causes: ['防火墙放通了 DTS，但没有放通 ssm'],
    next: '请放通 Ferry 所在机器到凭据管理系统域名的访问。',
  }),
  stored_secret_unusable: ({ secret }) => ({
    headline: '该凭据的内容不能用作密码，请求没有发出。',
    meaning: `已读取 ${secret}，其内容为空或不是文本。`,
    causes: ['内容为二进制，或 JSON 中没有密码', '选择了旧版本'],
    next: '请在凭据管理系统控制台查看该凭据及其版本。',
  }),
  stored_secret_not_set: ({ secret }) => ({
    headline: 'Ferry 的环境变量中没有该凭据，请求没有发出。',
    meaning: `${secret} 没有对应的值，或值为空。`,
    causes: ['缺少变量 FERRY_SECRET_…'],
    next: '请设置以 FERRY_SECRET_ 开头的对应变量，并重启 Ferry。',
  }),
  stored_secret_not_allowed: ({ secret }) => ({
    headline: '策略已不允许在此使用该凭据，请求没有发出。',
    meaning: `就此目标实例、频道或申请人而言，不允许使用 ${secret}。`,
    causes: ['提交申请之后策略有变更'],
    next: '请选择其他凭据，或请 Ferry 的运维人员修改策略。',
  }),
  stored_secret_unknown_person: ({ secret }) => ({
    headline: '无法从 Slack 确认申请人能否使用该凭据，请求没有发出。',
    meaning: `涉及 ${secret}。`,
    causes: ['Slack 多次没有回应'],
    next: '请等待几分钟后重试。',
  }),
  timed_out: () => ({
    headline: '请求已发出，但没有及时收到回应。',
    meaning: 'DTS 可能已创建任务。',
    causes: ['DTS 响应缓慢', '回应在网络中丢失'],
    next: '请等待 Ferry 在 DTS 中查找的结果。',
  }),
  connection_lost: () => ({
    headline: '请求已发出，但在收到回应之前连接中断。',
    meaning: 'DTS 可能已收到请求并创建任务。',
    causes: ['网络异常', '代理关闭了连接'],
    next: '请稍候，Ferry 正在查找该任务。',
  }),
  no_answer: () => ({
    headline: '请求已发出，但没有收到回应。',
    meaning: '无法判断 DTS 是否已执行。',
    causes: ['网络或 DTS 异常'],
    next: '请等待：Ferry 会查找该任务并告知结果。',
  }),
  server_error: () => ({
    headline: '请求已发出，但途中的服务器返回了错误。',
    meaning: '该回应不是来自 DTS，DTS 仍可能已执行调用。',
    causes: ['网关或代理异常', '腾讯云异常'],
    next: '请等待 Ferry 完成对该任务的查找。',
  }),
  unreadable_answer: () => ({
    headline: '请求已发出，但回应无法解析。',
    meaning: '回应不符合 CreateMigrateJob 的文档，任务可能已存在。',
    causes: ['回应来自代理或登录页', '回应被截断'],
    next: '请等待任务查找的结果。',
  }),
  redirected: () => ({
    headline: '对方地址返回了重定向，Ferry 没有跟随。',
    meaning: '跟随重定向会把密码交给另一台主机。',
    causes: ['TENCENTCLOUD_ENDPOINT 不是云 API 域名', '回应来自代理或登录页'],
    next: '请更正域名或代理；同时 Ferry 会查找该任务。',
  }),
  interrupted: () => ({
    headline: 'Ferry 在调用过程中被中断，不知道调用的结果。',
    meaning: '请求可能已发出。',
    causes: ['Ferry 重启或崩溃'],
    next: '暂时无需处理：Ferry 会继续查找该任务。',
  }),
};
