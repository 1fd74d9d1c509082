import type { Explanations } from '../en/explanations';

export const explanations: Explanations = {
  codes: {
    'FailedOperation.NotAllowOperation': {
      happened: 'DTS 目前不允许执行此迁移。',
      next: '请在控制台确认目标实例处于运行中、未被隔离，且没有其他任务正在执行，然后重新提交申请。',
    },
    'InternalError.DatabaseError': {
      happened: 'DTS 平台访问自身数据库失败，与您的源实例和目标实例无关。',
      next: '请等待几分钟后重新提交申请。如反复出现，请携带 RequestId 提交工单。',
    },
    'InternalError.DuplicateJob': {
      happened: '与另一个 DTS 任务冲突。',
      next: '请在 DTS 控制台查找同名或使用同一目标实例的任务：直接使用、结束或删除它，然后重新提交申请。',
    },
    'InternalError.ProtocolError': {
      happened: 'DTS 内部组件之间通信失败。',
      next: '请等待几分钟后重新提交申请。如反复出现，请携带 RequestId 提交工单。',
    },
    InvalidParameter: {
      happened: 'DTS 不接受其中一个参数。',
      next: '请将卡片上的参数与源实例、目标实例逐项核对，下方引用的原文可能指明了是哪一项；更正后重新提交申请。',
    },
    'LimitExceeded.MaxUnusedJobs': {
      happened: '账号下已创建但未启动的 DTS 任务过多。',
      next: '请在 DTS 控制台启动或删除等待启动的任务，然后重新提交申请。',
    },
    ActionOffline: {
      happened: '腾讯云已下线此版本的 CreateMigrateJob 接口。',
      next: '请查看 Ferry 是否有新版本；在此之前请在 DTS 控制台创建任务。',
    },
    AuthFailure: {
      happened: '腾讯云不接受 Ferry 用于签名的密钥。',
      next: '请检查 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY、密钥是否启用、机器时间是否准确；重启 Ferry 后重新提交申请。',
    },
    DryRunOperation: {
      happened: '腾讯云把本次调用当作预检，没有创建任务。',
      next: 'Ferry 从不发起预检，请检查是否有代理修改了请求，然后重新提交申请。',
    },
    FailedOperation: {
      happened: 'DTS 创建任务失败。',
      next: '请在控制台确认源实例和目标实例运行正常且未被占用，然后重新提交申请。',
    },
    InternalError: {
      happened: '腾讯云内部发生错误。',
      next: '请等待几分钟后重新提交申请。如反复出现，请携带 RequestId 提交工单。',
    },
    InvalidAction: {
      happened: 'Ferry 调用的地址不支持 CreateMigrateJob。',
      next: '请检查 TENCENTCLOUD_ENDPOINT：应为 DTS 的域名或留空。重启 Ferry 后重新提交申请。',
    },
    InvalidParameterValue: {
      happened: 'DTS 能识别所有字段，但不接受其中一个取值。',
      next: '请核对卡片上的地域、实例 ID 和地址，下方引用的原文可能指明了是哪一项；更正后重新提交申请。',
    },
    InvalidRequest: {
      happened: '腾讯云无法解析本次请求。',
      next: '请检查 Ferry 与腾讯云之间是否有代理修改了请求，然后重新提交申请。',
    },
    IpInBlacklist: {
      happened: 'Ferry 的出口 IP 在账号的 IP 黑名单中。',
      next: '请在账号安全设置中将 Ferry 所在机器的 IP 移出黑名单，然后重新提交申请。',
    },
    IpNotInWhitelist: {
      happened: '账号只允许白名单内的 IP 调用，Ferry 的出口 IP 不在其中。',
      next: '请在账号安全设置中将 Ferry 所在机器的 IP 加入白名单，然后重新提交申请。',
    },
    LimitExceeded: {
      happened: '账号的配额已用完。',
      next: '请在 DTS 控制台清理不需要的资源，或向腾讯云申请提高配额，然后重新提交申请。',
    },
    MissingParameter: {
      happened: '腾讯云要求一个 Ferry 没有发送的参数。',
      next: '接口可能已变更，请查看 Ferry 是否有新版本；在此之前请在 DTS 控制台创建任务。',
    },
    NoSuchProduct: {
      happened: 'Ferry 调用的地址不属于 DTS。',
      next: '请检查 TENCENTCLOUD_ENDPOINT：应为 DTS 的域名或留空。重启 Ferry 后重新提交申请。',
    },
    NoSuchVersion: {
      happened: 'Ferry 调用的地址不支持 2018-03-30 版本的接口。',
      next: '请检查 TENCENTCLOUD_ENDPOINT；如无误，请查看 Ferry 是否有新版本。',
    },
    OperationDenied: {
      happened: '腾讯云拒绝了该账号的此项操作。',
      next: '请检查账号余额以及是否已开通 DTS，下方引用的原文可能指明了原因；处理后重新提交申请。',
    },
    RequestLimitExceeded: {
      happened: '账号调用接口过于频繁，多次重试仍未成功。',
      next: '请等待几分钟，确认是否有其他程序在用此账号调用 DTS，然后重新提交申请。',
    },
    RequestSizeLimitExceeded: {
      happened: '请求超过了腾讯云允许的大小。',
      next: '请将迁移拆分为几个较小的任务，分别提交申请。',
    },
    ResourceInUse: {
      happened: '源实例或目标实例正被其他任务占用。',
      next: '请在控制台等待该任务完成或将其结束，然后重新提交申请。',
    },
    ResourceInsufficient: {
      happened: '该地域的资源不足，无法创建任务。',
      next: '请稍后再试。如持续不足，请联系腾讯云支持申请该地域的资源。',
    },
    ResourceNotFound: {
      happened: 'DTS 找不到目标实例或申请中的其他资源。',
      next: '请将卡片上的实例 ID 和地域与控制台核对，更正后重新提交申请。',
    },
    ResourceUnavailable: {
      happened: '目标实例或其他资源当前不可用。',
      next: '请在控制台确认其运行正常且未被隔离，然后重新提交申请。',
    },
    ResponseSizeLimitExceeded: {
      happened: '腾讯云的返回内容超过了大小限制。',
      next: '重新提交申请之前，请先在 DTS 控制台确认任务是否已存在。',
    },
    ServiceUnavailable: {
      happened: 'DTS 服务当前不可用。',
      next: '请查看腾讯云的服务状态页，稍后重新提交申请。',
    },
    UnauthorizedOperation: {
      happened: 'Ferry 用于签名的密钥没有创建 DTS 任务的权限。',
      next: '请在该密钥的 CAM 策略中允许 dts:CreateMigrateJob，然后重新提交申请。',
    },
    UnknownParameter: {
      happened: '腾讯云不认识 Ferry 发送的一个参数。',
      next: '接口可能已变更，请查看 Ferry 是否有新版本；在此之前请在 DTS 控制台创建任务。',
    },
    UnsupportedOperation: {
      happened: 'DTS 不支持这种源、目标与选项的组合。',
      next: '请在 DTS 控制台查看该地域支持哪些组合，选择其一后重新提交申请。',
    },
    UnsupportedProtocol: {
      happened: '腾讯云不接受本次请求的发送方式。',
      next: '请检查 TENCENTCLOUD_ENDPOINT，以及是否有代理修改了请求，然后重新提交申请。',
    },
    UnsupportedRegion: {
      happened: '目标实例所在地域不支持 DTS。',
      next: '请核对卡片上的目标地域，更正后重新提交申请。',
    },
    unlisted: {
      happened: '腾讯云返回了一个 Ferry 尚无说明的错误码。',
      next: '请在腾讯云文档中查找该错误码，其原文见下方；如仍无法解决，请携带 RequestId 提交工单。',
    },
  },
  notSent: {
    happened: '多次尝试均无法连接腾讯云，请求没有发出。',
    next: '请检查 Ferry 所在机器能否访问 DTS 的域名：域名解析、防火墙、TENCENTCLOUD_ENDPOINT；然后重新提交申请。',
  },
  secret: {
    missing: {
      happened: '此申请的密码已不再保存，请求没有发出。',
      next: '请重新提交申请并输入密码。',
    },
    no_key: {
      happened: '用于加密该密码的密钥已不在配置中，请求没有发出。',
      next: '请将旧密钥放回 SEAL_KEYS 的末尾并重启 Ferry，然后重新提交申请。',
    },
    damaged: {
      happened: '加密保存的密码无法解开：保存之后被改动过。请求没有发出。',
      next: '请告知 Ferry 的运维人员，然后重新提交申请并输入密码。',
    },
  },
  storedSecret: {
    refused: {
      happened: '凭据管理系统没有返回该凭据，没有向 DTS 发送任何内容。',
      next: '请在凭据管理系统控制台确认该凭据及其版本存在且已启用，并确认 Ferry 的密钥有权对其执行 ssm:GetSecretValue，然后重新申请。',
    },
    not_reached: {
      happened: '多次无法连接凭据管理系统，没有向 DTS 发送任何内容。',
      next: '请检查 Ferry 所在机器能否访问凭据管理系统的地址，然后重新申请。',
    },
    unusable: {
      happened: '该凭据存在，但其内容不能用作密码。没有发送任何内容。',
      next: '请在凭据管理系统控制台查看该凭据及其版本，然后重新申请，必要时选择其他版本。',
    },
    not_set: {
      happened: 'Ferry 的环境变量中没有该凭据，或其值为空。没有发送任何内容。',
      next: '请设置以 FERRY_SECRET_ 开头的对应变量并重启 Ferry，然后重新申请。',
    },
    not_allowed: {
      happened: '策略已不允许在此使用该凭据。没有发送任何内容。',
      next: '请选择其他凭据，或修改策略，然后重新申请。',
    },
    unknown_person: {
      happened: '多次无法从 Slack 确认申请人能否使用该凭据。没有发送任何内容。',
      next: '请等待几分钟后重新申请。',
    },
  },
  doubts: {
    no_answer: '请求已发出，但没有收到回应。',
    unreadable_answer: '请求已发出，但回应无法解析。',
    redirected: '对方地址返回了重定向，Ferry 没有跟随。',
    interrupted: 'Ferry 在调用过程中被中断，不知道调用的结果。',
  },
};
