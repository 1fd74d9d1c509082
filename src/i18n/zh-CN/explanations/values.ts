import type { values as english } from '../../en/explanations/values';
import type { Entries } from '../../explanation';
import { spaced } from '../spaced';

export const values: Entries<keyof typeof english> = {
  ActionOffline: () => ({
    headline: '腾讯云已下线 Ferry 所调用的接口。',
    meaning: '此版本的 Ferry 无法再执行此操作。',
    causes: ['此版本的 API 已下线'],
    next: '请升级 Ferry；如暂无新版本，请使用 DTS 控制台。',
  }),
  DryRunOperation: () => ({
    headline: '腾讯云将本次调用视为预检请求（DryRun）。',
    meaning: '参数没有问题，但调用没有产生任何变更。Ferry 不会发送预检请求。',
    causes: ['代理添加了 DryRun 参数'],
    next: '请查明 DryRun 参数的来源并去掉。',
  }),
  InvalidAction: () => ({
    headline: '该域名不支持 Ferry 所调用的接口。',
    meaning: '该域名对应其他产品或其他版本。',
    causes: ['TENCENTCLOUD_ENDPOINT 填写了其他产品的域名'],
    next: '请将 TENCENTCLOUD_ENDPOINT 设为 DTS 的域名或留空，并重启 Ferry。',
  }),
  InvalidParameter: ({ from, to }) => ({
    headline: 'DTS 不接受某个参数。',
    meaning: spaced`${from}、${to}或选项中，有参数的格式或类型有误。`,
    causes: ['选项之间冲突', '库表的写法不符合 DTS 要求', '地址或实例 ID 有误'],
    next: 'DTS 返回的信息可能指明了参数，请更正后重试。',
  }),
  'InvalidParameter.BizInvalidParameterValueError': ({ to }) => ({
    headline: '有参数不符合 DTS 的业务规则。',
    meaning: spaced`参数均可识别，但其中一个与${to}或其他参数不匹配。`,
    causes: ['数据库类型与实例不匹配', '该实例不支持某个选项'],
    next: '请检查数据库类型、实例和选项是否匹配。',
  }),
  'InvalidParameter.ControllerNotFoundError': () => ({
    headline: 'DTS 已不再提供 Ferry 所调用的接口。',
    meaning: '此版本的 API 未注册该接口。',
    causes: ['新版本正在取代此版本的 API', '该地域不提供该接口'],
    next: '请使用 DTS 控制台，并将 Ferry 升级到支持新版 API 的版本。',
  }),
  'InvalidParameter.InstanceNotFound': ({ creates, to, region }) => ({
    headline: '实例不存在。',
    meaning: spaced`${to}在${region}不存在。`,
    causes: ['地域有误', '实例 ID 有误', '实例已销毁'],
    next: creates
      ? '请在表单的列表中选择实例，不要手动输入 ID。'
      : '请在控制台确认该实例仍然存在。',
  }),
  'InvalidParameter.InvalidIpAddress': ({ from }) => ({
    headline: 'IP 地址无效。',
    meaning: spaced`DTS 无法识别${from}的地址。`,
    causes: ['应填写 IP 的位置填写了域名', '接入类型为公网，却填写了内网地址'],
    next: '请填写 DTS 通过所选接入类型可访问的地址。',
  }),
  'InvalidParameter.InvalidParameterError': ({ from }) => ({
    headline: '参数无效。',
    meaning: spaced`DTS 不接受某个参数，请先检查${from}的信息。`,
    causes: ['该接入类型的必填参数为空', '数值超出范围'],
    next: '请逐项检查源实例的信息，包括端口和账号。',
  }),
  InvalidParameterValue: ({ to, region }) => ({
    headline: 'DTS 不接受某个参数的取值。',
    meaning: spaced`参数均可识别，请先核对${to}的 ID 和地域（${region}）。`,
    causes: ['实例 ID、地域或地址有误', '该数据库没有此选项'],
    next: '请按 DTS 返回的信息更正后重试。',
  }),
  'InvalidParameterValue.BizInvalidParameterValueError': ({ engines, to }) => ({
    headline: 'DTS 不支持该参数组合。',
    meaning: spaced`${engines}的迁移与${to}不匹配，或选项之间冲突。`,
    causes: ['源实例与目标实例不匹配', '迁移类型与库表不匹配', '任务名称已存在'],
    next: '请检查并修改数据库类型、库表、迁移类型或任务名称。',
  }),
  'InvalidParameterValue.DataConvertError': () => ({
    headline: 'DTS 转换参数失败。',
    meaning: '有参数应填数字或列表，却填写了文本，多见于库表和选项。',
    causes: ['库名或表名含有特殊字符', '选项中的 JSON 无效'],
    next: '请检查库表，含特殊字符的名称请加引号。',
  }),
  'InvalidParameterValue.InvalidParameterValue': ({ creates, region }) => ({
    headline: '有参数的取值有误。',
    meaning: spaced`DTS 未指明是哪一个，请核对地域（${region}）和各项 ID。`,
    causes: ['ID 属于其他地域', 'DTS 已不支持该取值'],
    next: creates ? '请在表单的列表中选择地域和实例。' : '请在 DTS 控制台核对地域和各项 ID。',
  }),
  'InvalidParameterValue.InvalidParameterValueError': ({ from }) => ({
    headline: 'DTS 拒绝了某个参数的取值。',
    meaning: spaced`问题多出在${from}的信息。`,
    causes: ['源实例的地址、端口或账号有误', '长度超出 DTS 的限制'],
    next: '请更正源实例的地址、端口或账号。',
  }),
  InvalidRequest: () => ({
    headline: '腾讯云无法解析本次请求。',
    meaning: '请求体到达时已损坏。',
    causes: ['代理改写或截断了请求'],
    next: '请让 Ferry 绕过该代理访问腾讯云。',
  }),
  MissingParameter: ({ emptyFields }) => ({
    headline: '腾讯云要求某个参数，但 Ferry 发送的请求中没有。',
    ...(emptyFields === undefined
      ? {
          meaning: '表单中没有对应的字段。',
          causes: ['接口新增了必填参数', '该数据库需要 Ferry 尚不支持的参数'],
          next: '请升级 Ferry；如暂无新版本，请使用 DTS 控制台。',
        }
      : {
          meaning: `申请未填写以下 DTS 通常要求的字段：${emptyFields.map((label) => `“${label}”`).join('、')}。`,
          causes: ['DTS 要求填写其中的字段', '接口要求 Ferry 尚不支持的参数'],
          next: '请填写上述字段，然后重试。',
        }),
  }),
  NoSuchProduct: () => ({
    headline: 'Ferry 调用的域名不属于 DTS。',
    meaning: '腾讯云没有与该域名对应的产品。',
    causes: ['TENCENTCLOUD_ENDPOINT 填写有误'],
    next: '请更正 TENCENTCLOUD_ENDPOINT 或将其留空，并重启 Ferry。',
  }),
  NoSuchVersion: () => ({
    headline: 'Ferry 调用的域名不支持 2018-03-30 版本的接口。',
    meaning: '该域名只提供 DTS 的其他版本。',
    causes: ['该域名属于专有云或金融专区'],
    next: '请向腾讯云确认支持 2018-03-30 版本的域名，并设置 TENCENTCLOUD_ENDPOINT。',
  }),
  UnknownParameter: () => ({
    headline: '腾讯云无法识别 Ferry 发送的某个参数。',
    meaning: '接口不再接受该参数，或该地域不支持。',
    causes: ['接口已变更', '代理添加了参数'],
    next: '腾讯云返回的信息指明了参数。请升级 Ferry；如暂无新版本，请使用 DTS 控制台。',
  }),
  UnsupportedProtocol: () => ({
    headline: '腾讯云不支持本次请求的协议或方法。',
    meaning: '腾讯云只支持 HTTP(S) 的 GET 和 POST，Ferry 使用 HTTPS POST。',
    causes: ['代理改变了请求方法或协议'],
    next: '请检查代理和 TENCENTCLOUD_ENDPOINT。',
  }),
};
