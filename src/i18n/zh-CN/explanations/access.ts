import type { access as english } from '../../en/explanations/access';
import type { Entries } from '../../explanation';

export const access: Entries<keyof typeof english> = {
  AuthFailure: () => ({
    headline: '腾讯云不接受 Ferry 用于签名的密钥。',
    meaning: '这是 Ferry 的配置问题，与申请内容无关。',
    causes: ['密钥已禁用或删除', 'SecretId 与 SecretKey 不配对'],
    next: '请检查 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY，然后重启 Ferry。',
  }),
  'AuthFailure.AuthFailureError': () => ({
    headline: 'DTS 无法确认调用者的身份。',
    meaning: '请求已到达 DTS，但身份校验未通过。',
    causes: ['账号尚未对 DTS 服务授权', '密钥刚刚变更'],
    next: '请用主账号登录一次 DTS 控制台并完成授权，再检查密钥。',
  }),
  'AuthFailure.InvalidAuthorization': () => ({
    headline: '请求签名的格式不符合腾讯云规范。',
    meaning: 'Ferry 使用现行签名方法，签名很可能在途中被改动。',
    causes: ['代理改写了 Authorization 请求头', 'TENCENTCLOUD_ENDPOINT 不是云 API 域名'],
    next: '请绕过该代理，或让代理不要改动请求头。',
  }),
  'AuthFailure.InvalidSecretId': () => ({
    headline: 'SecretId 不是腾讯云 API 密钥的 ID。',
    meaning: 'TENCENTCLOUD_SECRET_ID 填写了其他内容。',
    causes: ['SecretId 与 SecretKey 填反', '填写了其他产品或其他云的密钥'],
    next: '请从控制台复制 SecretId（以 AKID 开头）到 TENCENTCLOUD_SECRET_ID，并重启 Ferry。',
  }),
  'AuthFailure.MFAFailure': () => ({
    headline: '账号要求多因素认证（MFA），程序调用无法完成。',
    meaning: '子用户要求 MFA 时，程序的调用都会失败。',
    causes: ['该子用户开启了操作保护', 'CAM 策略中设置了 MFA 条件'],
    next: '请为 Ferry 单独创建仅可编程访问、不要求 MFA 的子用户。',
  }),
  'AuthFailure.SecretIdNotFound': () => ({
    headline: '腾讯云中不存在 Ferry 使用的密钥。',
    meaning: '使用此密钥的所有调用都会失败。',
    causes: [
      '密钥已删除或禁用',
      'SecretId 有误，或前后有空格',
      '密钥属于另一个站点（国内站或国际站）',
    ],
    next: '请在控制台确认密钥存在并已启用；否则新建密钥，更新 Ferry 的配置并重启。',
  }),
  'AuthFailure.SignatureExpire': () => ({
    headline: 'Ferry 所在机器的时间不准确。',
    meaning: '请求时间与腾讯云相差超过 5 分钟会被拒绝。',
    causes: ['未开启时间同步', '请求在途中滞留了数分钟'],
    next: '请在该机器上开启时间同步（NTP）。',
  }),
  'AuthFailure.SignatureFailure': () => ({
    headline: '请求签名错误。',
    meaning: 'SecretId 存在，但用于签名的 SecretKey 与之不符。',
    causes: ['TENCENTCLOUD_SECRET_KEY 有误或属于其他密钥', '代理改动了请求体或域名'],
    next: '请成对重新复制 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY，并重启 Ferry。',
  }),
  'AuthFailure.TokenFailure': () => ({
    headline: '临时密钥已过期，或 Token 有误。',
    meaning: 'Ferry 使用了 TENCENTCLOUD_TOKEN，临时密钥仅在数小时内有效。',
    causes: ['Token 已过期', 'Token 与密钥不配对'],
    next: '请更新 SecretId、SecretKey 和 Token，或改用无需 Token 的长期密钥，并重启 Ferry。',
  }),
  'AuthFailure.UnauthorizedOperation': ({ region }) => ({
    headline: 'CAM 未授权 Ferry 的密钥执行此操作。',
    meaning: `密钥本身有效，但其策略不允许在 ${region} 执行该调用。`,
    causes: ['CAM 策略中缺少该操作', '有策略明确拒绝了该操作'],
    next: '请将下方策略语句添加到 Ferry 子用户的策略中。',
  }),
  'AuthFailure.UnauthorizedOperationError': ({ region }) => ({
    headline: 'DTS 不允许 Ferry 的密钥创建该任务。',
    meaning: `DTS 就 ${region} 向 CAM 鉴权，未获通过。`,
    causes: ['策略未允许该操作', '账号尚未授权 DTS 访问其他产品'],
    next: '请添加下方策略语句；如已添加，请登录一次 DTS 控制台并完成服务授权。',
  }),
  IpInBlacklist: () => ({
    headline: 'Ferry 的出口 IP 在账号的 IP 黑名单中。',
    meaning: '来自该机器的所有调用都会被拒绝。',
    causes: ['该机器的公网 IP 被列入黑名单'],
    next: '请在账号安全设置中将该 IP 移出黑名单。',
  }),
  IpNotInWhitelist: () => ({
    headline: '账号只允许白名单内的 IP 调用，Ferry 的出口 IP 不在其中。',
    meaning: '密钥有效，但不能从该机器使用。',
    causes: ['该机器的公网 IP 发生变化', '从未加入白名单'],
    next: '请在账号安全设置中将该 IP 加入白名单。',
  }),
  UnauthorizedOperation: ({ region }) => ({
    headline: 'Ferry 的密钥没有该操作的权限。',
    meaning: `该密钥不能在 ${region} 创建数据迁移任务。`,
    causes: ['CAM 策略中缺少该操作', '策略只授权了其他资源'],
    next: '请管理员将下方策略语句添加到 Ferry 子用户的策略中。',
  }),
  'UnauthorizedOperation.NotEnoughPrivileges': ({ to, region }) => ({
    headline: 'Ferry 的密钥权限不足。',
    meaning: `DTS 不允许它在 ${region} 为${to}创建任务。`,
    causes: ['CAM 策略中缺少该操作', `策略按资源或标签授权，未将${to}包含在内`],
    next: '请将下方策略语句添加到 Ferry 子用户的策略中，约一分钟后生效。',
  }),
  'UnauthorizedOperation.UnauthorizedOperationError': ({ to }) => ({
    headline: '该操作未获授权。',
    meaning: `DTS 对${to}的访问未获授权。`,
    causes: ['策略授权了 DTS，但未包含该实例', '账号中的 DTS 服务角色已被删除'],
    next: '请添加下方策略语句，并在 DTS 控制台确认服务角色是否存在。',
  }),
};
