import type { access as english } from '../../en/explanations/access';
import type { Entries } from '../../explanation';
import { spaced } from '../spaced';

export const access: Entries<keyof typeof english> = {
  AuthFailure: () => ({
    headline: '腾讯云拒绝了 Ferry 的 API 密钥。',
    meaning: '这是 Ferry 的配置问题，与申请无关。',
    causes: ['密钥已禁用或删除', 'SecretId 与 SecretKey 不配对'],
    next: '请检查 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY，然后重启 Ferry。',
  }),
  'AuthFailure.AuthFailureError': () => ({
    headline: 'DTS 身份校验未通过。',
    meaning: '请求已到达 DTS，但 DTS 无法确认调用方的身份。',
    causes: ['账号尚未授权 DTS 服务角色', '密钥刚刚更换'],
    next: '请用主账号登录 DTS 控制台完成授权，再检查密钥。',
  }),
  'AuthFailure.AuthorizedOperationDenyError': ({ action }) => ({
    headline: 'Ferry 的密钥无权执行此操作。',
    meaning: spaced`DTS 拒绝了${action}。`,
    causes: ['密钥的 CAM 策略未授权此操作', '另一条策略禁止此操作'],
    next: '请在密钥的 CAM 策略中添加缺少的权限。',
  }),
  'AuthFailure.InvalidAuthorization': () => ({
    headline: '请求签名的格式不符合腾讯云规范。',
    meaning: 'Ferry 使用的签名方法没有问题，请求很可能在途中遭到改写。',
    causes: ['代理改写了 Authorization 请求头', 'TENCENTCLOUD_ENDPOINT 不是云 API 域名'],
    next: '请绕过该代理，或配置代理保留原请求头。',
  }),
  'AuthFailure.InvalidSecretId': () => ({
    headline: 'SecretId 不是腾讯云的 API 密钥。',
    meaning: 'TENCENTCLOUD_SECRET_ID 填写有误。',
    causes: ['SecretId 与 SecretKey 填反', '填写了其他产品或其他云的密钥'],
    next: '请从控制台复制 SecretId（以 AKID 开头），填入 TENCENTCLOUD_SECRET_ID 并重启 Ferry。',
  }),
  'AuthFailure.MFAFailure': () => ({
    headline: '账号要求多因素认证（MFA），程序无法调用。',
    meaning: '子用户开启 MFA 后，程序发起的调用都会失败。',
    causes: ['该子用户开启了操作保护', 'CAM 策略中设置了 MFA 条件'],
    next: '请为 Ferry 单独创建子用户：仅允许编程访问，不开启 MFA。',
  }),
  'AuthFailure.SecretIdNotFound': () => ({
    headline: 'Ferry 使用的密钥不存在。',
    meaning: '使用此密钥的所有调用都会失败。',
    causes: [
      '密钥已删除或禁用',
      'SecretId 有误，或前后有空格',
      '密钥属于另一个站点（国内站或国际站）',
    ],
    next: '请在控制台确认密钥存在且已启用；如不存在，请新建密钥，更新 Ferry 的配置并重启。',
  }),
  'AuthFailure.SignatureExpire': () => ({
    headline: 'Ferry 所在机器的时间不准确。',
    meaning: '请求时间与腾讯云的时间相差不能超过 5 分钟。',
    causes: ['未开启时间同步', '请求在途中滞留了数分钟'],
    next: '请在该机器上开启 NTP 时间同步。',
  }),
  'AuthFailure.SignatureFailure': () => ({
    headline: '请求签名错误。',
    meaning: 'SecretId 存在，但用于签名的 SecretKey 与之不符。',
    causes: ['TENCENTCLOUD_SECRET_KEY 有误或属于其他密钥', '代理改写了请求体或域名'],
    next: '请重新复制同一密钥的 SecretId 和 SecretKey，分别填入 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY，并重启 Ferry。',
  }),
  'AuthFailure.TokenFailure': () => ({
    headline: '临时密钥已过期，或 Token 有误。',
    meaning: 'Ferry 配置了 TENCENTCLOUD_TOKEN，而临时密钥只在数小时内有效。',
    causes: ['Token 已过期', 'Token 与密钥不配对'],
    next: '请更新 SecretId、SecretKey 和 Token，或改用长期密钥（无需 Token），然后重启 Ferry。',
  }),
  'AuthFailure.UnauthorizedOperation': ({ region }) => ({
    headline: 'CAM 未授权 Ferry 的密钥执行此操作。',
    meaning: spaced`密钥有效，但 CAM 策略不允许在${region}执行此操作。`,
    causes: ['CAM 策略未包含此操作', '有策略显式拒绝了此操作'],
    next: '请在 Ferry 子用户的 CAM 策略中添加缺少的权限。',
  }),
  'AuthFailure.UnauthorizedOperationError': ({ region }) => ({
    headline: 'DTS 不允许 Ferry 的密钥执行此操作。',
    meaning: spaced`DTS 在${region}的 CAM 鉴权未通过。`,
    causes: ['策略未允许此操作', '账号尚未授权 DTS 服务角色访问其他云产品'],
    next: '请为 Ferry 子用户添加缺少的权限；如已添加，请登录 DTS 控制台完成服务授权。',
  }),
  IpInBlacklist: () => ({
    headline: 'Ferry 的出口 IP 在账号的 IP 黑名单中。',
    meaning: '该机器发起的调用都会失败。',
    causes: ['该机器的公网 IP 已列入黑名单'],
    next: '请在账号安全设置中将该 IP 移出黑名单。',
  }),
  IpNotInWhitelist: () => ({
    headline: 'Ferry 的出口 IP 不在账号的 IP 白名单中。',
    meaning: '密钥有效，但不能在该机器上使用。',
    causes: ['该机器的公网 IP 已变化', '该 IP 从未加入白名单'],
    next: '请在账号安全设置中将该 IP 加入白名单。',
  }),
  UnauthorizedOperation: ({ region }) => ({
    headline: 'Ferry 的密钥没有此操作的权限。',
    meaning: spaced`密钥的 CAM 策略不允许在${region}执行此操作。`,
    causes: ['CAM 策略未包含此操作', '策略只授权了其他资源'],
    next: '请账号管理员在 Ferry 子用户的 CAM 策略中添加缺少的权限。',
  }),
  'UnauthorizedOperation.NotEnoughPrivileges': ({ to, region }) => ({
    headline: 'Ferry 的密钥权限不足。',
    meaning: spaced`该密钥无权在${region}对${to}执行此操作。`,
    causes: ['CAM 策略未包含此操作', spaced`策略按资源或标签授权，未包含${to}的权限`],
    next: '请在 Ferry 子用户的 CAM 策略中添加缺少的权限，约 1 分钟后生效。',
  }),
  'UnauthorizedOperation.UnauthorizedOperationError': ({ to }) => ({
    headline: '此操作未获授权。',
    meaning: spaced`DTS 拒绝了对${to}的访问。`,
    causes: ['策略授权了 DTS，但未包含该实例', '账号的 DTS 服务角色已删除'],
    next: '请为 Ferry 子用户添加缺少的权限，并在 CAM 控制台确认 DTS 服务角色存在。',
  }),
};
