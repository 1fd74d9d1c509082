import type { Failure } from '../../../domain/errors/errorCodes';
import type { Entries } from '../../explanation';
import { spaced } from '../spaced';

export const failures: Entries<Failure | 'unlisted'> = {
  unlisted: () => ({
    headline: '腾讯云返回了 Ferry 未收录的错误码。',
    meaning: '调用没有产生任何变更。',
    causes: ['该错误码在此版本的 Ferry 发布之后新增'],
    next: '请在腾讯云文档中查找该错误码；如仍无法解决，请提交工单并附上 RequestId。',
  }),
  no_keys: () => ({
    headline: 'Ferry 没有可用的腾讯云密钥，请求未发出。',
    meaning: 'Ferry 未能获取角色的临时密钥，或凭证文件中没有允许使用的密钥。',
    causes: [
      '元数据服务或 STS 没有响应',
      '角色已删除，或角色载体不包含 Ferry',
      '令牌文件或凭证文件无法读取',
      '凭证文件中的新密钥属于其他账号',
    ],
    next: '请运行 ferry doctor，查看密钥的来源和失败原因。',
  }),
  name_not_found: () => ({
    headline: '无法解析腾讯云的域名，请求未发出。',
    meaning: '多次域名解析均失败。',
    causes: ['Ferry 所在机器的 DNS 异常', 'TENCENTCLOUD_ENDPOINT 填写有误'],
    next: '请检查该机器的域名解析和 TENCENTCLOUD_ENDPOINT。',
  }),
  connection_refused: () => ({
    headline: '无法连接腾讯云，请求未发出。',
    meaning: '域名解析正常，但无法建立连接。',
    causes: ['防火墙拦截', '没有公网路由', 'TENCENTCLOUD_ENDPOINT 的端口有误'],
    next: '请放通 Ferry 所在机器到 DTS 域名 443 端口的访问。',
  }),
  tls_failed: () => ({
    headline: '无法与腾讯云建立可信的 TLS 连接，请求未发出。',
    meaning: 'Ferry 不信任对方的证书。',
    causes: ['代理解密了 TLS 流量', '机器时间不准确', '该地址不属于腾讯云'],
    next: '请配置代理不解密发往 DTS 域名的流量，或校准机器时间。',
  }),
  process_paused: () => ({
    headline: 'Ferry 进程在调用前挂起，请求未发出。',
    meaning: '进程恢复时已错过调用时机，Ferry 放弃了本次调用。',
    causes: ['机器挂起或负载过高'],
    next: '请重试；如反复出现，请升级该机器的配置。',
  }),
  not_sent: () => ({
    headline: '多次重试后仍无法连接腾讯云，请求未发出。',
    meaning: '连接在请求发出之前已断开。',
    causes: ['防火墙或代理拦截', 'TENCENTCLOUD_ENDPOINT 有误'],
    next: '请检查 Ferry 所在机器能否访问 DTS 域名。',
  }),
  rule_unclear: ({ creates }) => ({
    headline: '无法确定此申请适用哪条规则，未调用 DTS。',
    meaning: '当前策略需要的某项信息，申请中没有填写。',
    causes: ['规则限定了频道或源实例地域，而申请中没有填写'],
    next: creates
      ? '请复制此申请，在新表单中补全缺少的信息。'
      : '请 Ferry 管理员修改策略，或在 DTS 控制台继续操作。',
  }),
  start_time_passed: ({ creates, startBy }) => ({
    headline: '开始时间早于可以调用的时间，未调用 DTS。',
    meaning: '如按原时间提交，DTS 可能拒绝该任务，也可能立即启动。',
    causes: ['发起时间窗晚于开始时间', '审批通过后等待过久'],
    next:
      startBy === 'approval'
        ? '如需立即启动，请重新审批；如需另选开始时间，请修改申请。'
        : startBy === 'button'
          ? '如需立即启动，请再次点击按钮；如需另选开始时间，请修改任务。'
          : `请修改${creates ? '申请' : '任务'}，选择更晚的开始时间，或将运行模式改为“启动后立即执行”。`,
  }),
  requester_not_allowed: ({ creates }) => ({
    headline: '按当前策略，申请人已无权申请此迁移，未调用 DTS。',
    meaning: '调用之前，Ferry 会再次核对申请人的权限。',
    causes: [
      '策略更换了可申请的人员',
      '申请人已移出策略指定的用户组',
      '申请人不再是工作区的正式成员',
    ],
    next: creates
      ? '请由有权申请的成员复制此申请，或修改策略。'
      : '请 Ferry 管理员修改策略，或在 DTS 控制台继续操作。',
  }),
  job_not_ready: () => ({
    headline: '任务的当前状态不允许此操作，未调用 DTS。',
    meaning: '每次调用之前，Ferry 会查询任务的状态。',
    causes: ['有人在控制台操作了任务', '点击按钮之后任务状态发生了变化'],
    next: '请查看卡片上的任务状态，卡片会显示当前可用的按钮。',
  }),
  check_changed: () => ({
    headline: '校验结果已变化，未调用 DTS。',
    meaning: '跳过校验项之前，Ferry 会重新查询校验结果。',
    causes: ['其中某个校验项已通过', 'DTS 不再允许跳过其中某个校验项', 'Ferry 未能查询到校验结果'],
    next: '请查看卡片上的校验结果，然后重新选择校验项。',
  }),
  no_effect: () => ({
    headline: '未收到响应，且任务的当前状态表明调用未生效。',
    meaning: 'DTS 很可能没有收到此次调用。',
    causes: ['连接中断', 'DTS 负载过高'],
    next: '如果卡片上的任务状态没有变化，请重新点击按钮。',
  }),
  record_altered: ({ creates }) => ({
    headline: '申请在数据库中的内容与 Ferry 的审计记录不一致，未调用 DTS。',
    meaning: '有人绕过 Ferry 修改了数据库中的申请。',
    causes: ['有人手动或用脚本修改了数据库', '数据库的部分数据恢复到了旧备份'],
    next: creates
      ? '请通知 Ferry 管理员运行 audit verify，查明改动来源；然后修改申请（需重新审批），或复制后重新提交。'
      : '请通知 Ferry 管理员运行 audit verify，查明改动来源；在此之前，请使用 DTS 控制台。',
  }),
  secret_missing: ({ creates }) => ({
    headline: '此申请的密码已删除，未调用 DTS。',
    meaning: '申请结束后，Ferry 会删除手动输入的密码。',
    causes: ['申请此前已结束'],
    next: creates ? '请点击“修改并重新提交”，重新输入密码。' : '请再次修改任务并重新输入密码。',
  }),
  secret_no_key: () => ({
    headline: '配置中已没有加密该密码的密钥，未调用 DTS。',
    meaning: '密码仍在，但无法解密。',
    causes: ['申请等待期间，有人修改了 SEAL_KEYS'],
    next: '请将旧密钥加回 SEAL_KEYS 的末尾并重启 Ferry。',
  }),
  secret_damaged: ({ creates }) => ({
    headline: '已保存的密码无法解密，未调用 DTS。',
    meaning: '密码在保存之后遭到改动。',
    causes: ['有人恢复或修改了数据库', 'SEAL_KEYS 中的密钥名称相同但内容不同'],
    next: creates
      ? '请通知 Ferry 管理员，然后点击“修改并重新提交”，重新输入密码。'
      : '请通知 Ferry 管理员，然后再次修改任务并重新输入密码。',
  }),
  secret_elsewhere: ({ creates }) => ({
    headline: '已保存的密码与此申请的当前内容不匹配，未调用 DTS。',
    meaning: '密码只能用于输入时的申请版本、主机、账号和实例。',
    causes: ['有人在数据库中将密码移到了其他申请', '有人在数据库中修改了主机、账号或实例'],
    next: creates
      ? '请通知 Ferry 管理员运行 audit verify，然后修改申请并重新输入密码。'
      : '请通知 Ferry 管理员运行 audit verify，然后再次修改任务并重新输入密码。',
  }),
  stored_secret_refused: ({ secret }) => ({
    headline: '凭据管理系统拒绝读取该凭据，未调用 DTS。',
    meaning: spaced`Ferry 无法读取${secret}，因此没有密码可用。`,
    causes: ['Ferry 的密钥没有 ssm:GetSecretValue 权限', '凭据或版本不存在或已禁用'],
    next: '请在凭据管理系统控制台检查凭据及其版本，并检查密钥的 CAM 策略。',
  }),
  stored_secret_busy: ({ secret }) => ({
    headline: '凭据管理系统暂时无法返回该凭据，未调用 DTS。',
    meaning: spaced`Ferry 无法读取${secret}。`,
    causes: ['其他程序也在使用此账号调用凭据管理系统', '凭据管理系统暂时故障'],
    next: '请等待几分钟后重试。',
  }),
  stored_secret_not_reached: ({ secret }) => ({
    headline: '多次重试后仍无法连接凭据管理系统，未调用 DTS。',
    meaning: spaced`Ferry 无法读取${secret}。`,
    causes: ['防火墙只放通了 DTS，未放通凭据管理系统（ssm）'],
    next: '请放通 Ferry 所在机器到凭据管理系统域名 443 端口的访问。',
  }),
  stored_secret_unusable: ({ secret }) => ({
    headline: '该凭据的内容不能用作密码，未调用 DTS。',
    meaning: spaced`Ferry 已读取${secret}，但其内容不是密码。`,
    causes: ['内容为 JSON，但其中没有密码或有多个密码', '选择了旧版本'],
    next: '请在凭据中只保存密码，或保存仅含一个密码键的 JSON，然后重试。',
  }),
  stored_secret_other_user: ({ secret }) => ({
    headline: '该凭据的账号与申请中的账号不一致，未调用 DTS。',
    meaning: spaced`申请中的账号与${secret}中的账号不同。`,
    causes: ['选错了凭据', '凭据轮换时更换了账号'],
    next: '请更正账号或凭据，然后重试。',
  }),
  stored_secret_not_set: ({ secret }) => ({
    headline: 'Ferry 的环境变量中没有该凭据，未调用 DTS。',
    meaning: spaced`${secret}未设置，或值为空。`,
    causes: ['未设置环境变量 FERRY_SECRET_…'],
    next: '请设置对应的环境变量（以 FERRY_SECRET_ 开头）并重启 Ferry。',
  }),
  stored_secret_not_allowed: ({ secret }) => ({
    headline: '策略已不允许此申请使用该凭据，未调用 DTS。',
    meaning: spaced`按策略，此申请的数据库、频道或申请人不能使用${secret}。`,
    causes: ['提交申请之后策略有更新'],
    next: '请选择其他凭据，或请 Ferry 管理员修改策略。',
  }),
  stored_secret_unknown_person: ({ secret }) => ({
    headline: '无法从 Slack 确认申请人能否使用该凭据，未调用 DTS。',
    meaning: spaced`${secret}只允许部分人员使用。`,
    causes: ['Slack 多次无响应'],
    next: '请等待几分钟后重试。',
  }),
  timed_out: () => ({
    headline: '请求已发出，但等待响应超时。',
    meaning: 'DTS 可能已创建任务。',
    causes: ['DTS 响应缓慢', '响应在网络中丢失'],
    next: '请等待：Ferry 正在 DTS 中查找该任务。',
  }),
  connection_lost: () => ({
    headline: '请求已发出，但在收到响应之前连接中断。',
    meaning: 'DTS 可能已收到请求并创建任务。',
    causes: ['网络异常', '代理关闭了连接'],
    next: '请等待：Ferry 正在 DTS 中查找该任务。',
  }),
  no_answer: () => ({
    headline: '请求已发出，但没有收到响应。',
    meaning: '无法判断 DTS 是否已执行。',
    causes: ['网络或 DTS 异常'],
    next: '请等待：Ferry 正在 DTS 中查找该任务。',
  }),
  server_error: () => ({
    headline: '请求已发出，但网关或代理返回了错误。',
    meaning: '该响应不是 DTS 返回的，DTS 仍可能已创建任务。',
    causes: ['网关或代理异常', '腾讯云异常'],
    next: '请等待：Ferry 正在 DTS 中查找该任务。',
  }),
  unreadable_answer: () => ({
    headline: '请求已发出，但响应无法解析。',
    meaning: '响应格式与 CreateMigrateJob 的文档不符，任务可能已创建。',
    causes: ['响应来自代理或登录页', '响应不完整'],
    next: '请等待：Ferry 正在 DTS 中查找该任务。',
  }),
  redirected: () => ({
    headline: '该地址返回重定向，Ferry 未跟随。',
    meaning: '跟随重定向会将密码发送到其他主机。',
    causes: ['TENCENTCLOUD_ENDPOINT 不是云 API 域名', '响应来自代理或登录页'],
    next: '请更正域名或代理。Ferry 正在 DTS 中查找该任务。',
  }),
  interrupted: () => ({
    headline: 'Ferry 在调用过程中中断，调用结果未知。',
    meaning: '请求可能已发出。',
    causes: ['Ferry 重启或崩溃'],
    next: '请等待：Ferry 正在 DTS 中查找该任务。',
  }),
};
