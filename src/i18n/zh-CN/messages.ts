import type { Messages } from '../en/messages';
import { ago, bold, code, join, link, moment, person, say, type Text } from '../text';
import { audit } from './audit';
import { commandLine } from './commandLine';
import { configurationPage } from './configurationPage';
import { list } from './databaseList';
import { direct } from './direct';
import { doctor } from './doctor';
import { explanations } from './explanations/index';
import { fileProblem } from './fileProblem';
import { fieldProblem, form, oddity, options } from './form';
import { job, jobActions } from './job';
import { operations } from './operations';
import { policyFileProblem, policyFileWarning } from './policyFileProblem';
import { policyWords } from './policyWords';
import { refusal } from './refusal';
import { ruleTitle, theRule } from './ruleName';
import { spacedText } from './spaced';
import { watch } from './watch';

const people = (userIds: readonly string[]): Text =>
  join(
    userIds.map((userId) => [person(userId)]),
    '、',
  );

function approvals(count: number, lists: readonly Text[]): Text {
  const [only] = lists;
  if (only === undefined) return say`${count} 人通过`;
  if (count === 1 && lists.length === 1) return say`${only} 中 1 人通过`;
  const each = join(
    lists.map((who) => say`${who} 中至少 1 人`),
    '，',
  );
  return lists.length > count
    ? say`至少 ${count} 人通过（${each}）`
    : say`${count} 人通过（${each}）`;
}

const named = (names: readonly string[]): Text =>
  join(
    names.map((name) => [code(name)]),
    '、',
  );

export const zhCN: Messages = {
  form,
  options,
  fieldProblem,
  oddity,
  list,
  sent: {
    title: '申请数据迁移',
    close: '关闭',
    sending: '正在提交申请……',
    lost: '申请保存失败，表单已关闭，请重新填写。',
    done: (id, where, approvals) =>
      say`${bold(`申请 #${id}`)} 已发布到 ${where}，${spacedText('需要', approvals ?? say`1 人通过`)}。结果会发在该申请的消息列中。`,
    changed: (id, where, waits) =>
      waits
        ? say`${bold(`申请 #${id}`)} 已修改，正在 ${where} 等待重新审批。`
        : say`${bold(`申请 #${id}`)} 已重新提交，结果会发在 ${where} 该申请的消息列中。`,
    changedBefore: (id) =>
      say`${bold(`申请 #${id}`)} 已按您上一次提交的内容修改，此后的改动未保存。如需继续修改，请从卡片重新打开表单。`,
    savedBefore: (id) =>
      say`${bold(`申请 #${id}`)} 已按您上一次提交的内容保存，此后的改动未保存。如需改用改动后的内容，请撤回申请 #${String(id)}，再重新填写表单。`,
  },
  card: {
    title: (mark, id, jobName, status) => `${mark} 迁移申请 #${id}：${jobName} · ${status}`,
    label: {
      pending: '待审批',
      approved: '已通过',
      launching: '正在创建任务',
      reconciling: '正在核实结果',
      created: '已创建，未启动',
      prepared: '待审批',
      discarding: '正在删除任务',
      failed: '创建失败',
      unconfirmed: '待人工确认',
      denied: '已驳回',
      withdrawn: '已撤回',
      expired: '已过期',
    },
    emergencyLabel: (label) => `${label} · 🚨 紧急通过`,
    way: (from, to) => say`${from} → ${to}`,
    instance: (name, facts) => (facts.length === 0 ? name : say`${name}（${join(facts, '，')}）`),
    memory: (mb) => (mb < 1_024 ? `${mb}MB` : `${Math.round(mb / 1_024)}GB`),
    disk: (gb) => `磁盘 ${gb}GB`,
    asks: (by, what) => say`${person(by)} 申请：${what}`,
    scheduled: (asked, at) => say`${asked}，定时于 ${at} 执行`,
    objectsAndType: (objects, type) => say`${objects}；${type}`,
    rule: (name, approvals) => say`${bold(ruleTitle(name))}：${approvals}`,
    fromAmong: (count, who) => say`${who} 中 ${count} 人通过`,
    restFrom: (status, who) => say`${status}（审批人：${who}）`,
    risks: {
      instanceAbsent: {
        source: '源实例地域中没有该数据库类型且 ID 相符的实例，请核对。',
        target: '目标实例地域中没有该数据库类型且 ID 相符的实例，请核对。',
      },
      targetUnusable: (reason) => say`DTS 提示目标实例不可用：${reason}`,
      targetReadOnly: '迁移期间目标实例只读。',
      rootOverwritten: '迁移会覆盖目标实例的 root 账号。',
      nameTakenByJob: (job) => say`已有同名任务 ${job}。`,
      nameTakenByRequest: (id) => say`申请 #${id} 已使用该任务名称。`,
    },
    moreRisks: (count) => say`另有 ${count} 条提示，见详情`,
    summary: (id, jobName, status) => say`迁移申请 #${id} ${code(jobName)}：${status}`,
    requester: '申请人',
    from: '源实例',
    to: '目标实例',
    what: '迁移范围',
    options: '选项',
    when: '执行时间',
    why: '迁移原因',
    objects: '库表',
    tags: '标签',
    note: '注意',
    secrets: {
      'SrcInfo.Password': '源实例密码',
      'SrcInfo.AccessKey': 'RDS AccessKey',
      'DstInfo.Password': '目标实例密码',
    },
    typedSecret: '在表单中手动输入，已加密保存',
    storedSecret: {
      ssm: (reference) => say`凭据管理系统 ${reference}`,
      env: (reference) => say`Ferry 环境变量 ${reference}`,
    },
    fromValue: (engine, place, user, ways, access, region) => [
      ...say`${engine} ${place}`,
      ...(user === undefined ? [] : say`，账号 ${user}`),
      ...(ways.length === 0 ? [] : say`，经由 ${join(ways, '、')}`),
      ...say`（${access}${region === undefined ? '' : `，地域 ${region}`}）`,
    ],
    addressUnknown: '未知地址',
    nodes: (count, first) =>
      say`${count} 个节点：${join(first, '、')}${count > first.length ? '……' : ''}`,
    toValue: (engine, instance, user, access, region) => [
      ...say`${engine} ${instance}`,
      ...(user === undefined ? [] : say`，账号 ${user}`),
      ...say`（${access}，${region}）`,
    ],
    whatValue: (objects, type) => `${objects}，${type}`,
    counts: (databases, tables) => `${databases} 个库${tables === 0 ? '' : `、${tables} 张表`}：`,
    named: (counts, names) => say`${counts}${names}`,
    more: (count) => (count === 0 ? '' : `，另有 ${count} 个`),
    levels: { database: '库', schema: 'Schema', table: '表', separator: '、', between: '；' },
    types: { '1': '结构迁移', '2': '全量迁移', '3': '全量 + 增量迁移' },
    consistency: {
      '1': '未配置数据一致性检测',
      '2': '全量数据一致性检测',
      '3': '抽样数据一致性检测',
      '4': '仅校验不一致表',
      '5': '不做数据一致性检测',
    },
    optionSeparator: '；',
    rootOverwritten: '覆盖目标实例的 root 账号',
    rootKept: '不覆盖目标实例的 root 账号',
    readOnly: (mode) => `迁移期间目标实例${mode}`,
    whenStarted: '审批通过后创建任务，在卡片上启动后立即执行',
    whenScheduled: (at, utc8) =>
      say`审批通过后创建任务，在卡片上启动后，于 ${at}（${utc8}，UTC+8）定时执行`,
    startedByPolicy: {
      whenStarted: '审批通过后创建任务，校验通过后由 Ferry 自动启动',
      whenScheduled: (at, utc8) =>
        say`审批通过后创建任务，校验通过后由 Ferry 自动启动，于 ${at}（${utc8}，UTC+8）定时执行`,
    },
    approve: '通过',
    deny: '驳回',
    clone: '复制',
    lookAgain: '重新查找',
    chooseJob: (jobId) => `确认为 ${jobId}`,
    takeBack: '撤销通过',
    approveWithComment: '通过并附言',
    breakGlass: '紧急通过',
    details: '详情',
    edit: '修改',
    editAgain: '修改并重新提交',
    withdraw: '撤回',
    tryFailedAgain: '重试',
    confirmWithdraw: {
      title: '撤回申请？',
      text: '撤回后申请结束，无法再审批。如需重新申请，请点击“复制”。',
      yes: '撤回',
      no: '取消',
    },
    people,
    byPolicy: (rule: string): Text => say`审批策略（${theRule(rule)}）`,
    brokeGlass: (by) => say`${person(by)}（${bold('紧急通过')}）`,
    needed: approvals,
    stillNeeded: approvals,
    tally: (count, required) => say`（${count}/${required}）`,
    revision: (revision) => `第 ${revision} 版`,
    status: {
      waiting: (needed) =>
        needed === undefined ? say`等待审批` : say`等待审批，${spacedText('需要', needed)}`,
      partlyApproved: (by, given, required, stillNeeded) =>
        given < required
          ? say`已有 ${given}/${required} 人通过：${by}，${spacedText('还需', stillNeeded)}`
          : say`已有 ${given} 人通过：${by}，${spacedText('还需', stillNeeded)}`,
      created: (by, job) => say`任务 ${job} 已创建，尚未启动。审批通过：${by}`,
      failed: (by) => say`任务创建失败，原因见消息列。审批通过：${by}`,
      denied: (by) => say`${person(by)} 已驳回，原因见消息列`,
      withdrawn: (by) => say`${person(by)} 已撤回`,
      expired: (at) => say`逾期未审批，已于 ${moment(at)} 过期`,
    },
  },
  listSeparator: '、',
  thread: {
    askApprovers: (who, needed) =>
      needed === undefined
        ? say`${who}：请审批此申请。`
        : say`${who}：请审批此申请，${spacedText('需要', needed)}。`,
    stillMissing: (stillNeeded) => say`${spacedText('还需', stillNeeded)}。`,
    channelMembers: (where) => say`${where} 的成员`,
    requester: '申请人',
    edited: (by, revision) => say`${person(by)} 修改了申请，现为第 ${revision} 版：`,
    sentAgain: (by) => say`${person(by)} 重新输入了密码，其他内容未变，Ferry 将重新创建任务。`,
    changed: (label, from, to) => say`${bold(`${label}：`)}${from} → ${to}`,
    nothing: '（空）',
    typedAgain: (label) => say`${bold(`${label}：`)}已重新输入`,
    moreChanges: (count) => say`……另有 ${count} 处更改，见“详情”。`,
    voided: (count) => say`此前 ${count} 人的审批已失效。`,
    ruleChanged: (to) => say`审批策略已更新，此申请现适用${theRule(to)}。`,
    ruleChangedAfterApproval: (to) =>
      say`${bold('审批通过后策略已更新：')}现适用${theRule(to)}，已有的审批不满足该规则，未调用 DTS。`,
    reopened: say`${bold('已有的审批不再满足要求。')}Ferry 在调用前重新核对了审批，未调用 DTS。`,
    lapsed: {
      not_a_member: (by) => say`${person(by)} 的审批已失效：该账号已不是本工作区的正式成员。`,
      not_an_approver: (by) =>
        say`${person(by)} 的审批已失效：${person(by)} 已不是此申请的审批人。`,
      no_emergency_approver: (by) => say`${person(by)} 的紧急通过已失效：策略已不允许。`,
      not_confirmed: (by) => say`${person(by)} 的审批已失效：规则现要求审批人输入目标实例 ID。`,
      author: (by) => say`${person(by)} 的审批已失效：${person(by)} 是此申请的申请人或修改人。`,
      other_revision: (by) => say`${person(by)} 的审批已失效：申请在审批后有修改。`,
    },
    approvedSaying: (by, tally, missing) =>
      missing === undefined
        ? say`${person(by)} 已通过${tally}，附言：`
        : say`${person(by)} 已通过${tally}。${missing}附言：`,
    brokeGlass: (by) => say`🚨 ${person(by)} ${bold('紧急通过了此申请')}，未经常规审批。原因：`,
    bypassed: (who) => say`${who}：此申请未经您审批即已通过。`,
    emergency: (request, jobName, where) => say`紧急通过：${where} ${request} ${code(jobName)}`,
    again: (times) => `（第 ${times} 次）`,
    takenBack: (by, tally, missing) => say`${person(by)} 撤销了通过${tally}。${missing ?? ''}`,
    withdrawn: (by) => say`${person(by)} 撤回了申请。`,
    expired: say`此申请逾期未审批，已过期。如需重新申请，请点击“复制”。`,
    reminded: (who, number = 1) =>
      number > 1
        ? say`${who}：此申请仍在等待审批。（第 ${number} 次提醒）`
        : say`${who}：此申请仍在等待审批。`,
    tooLate: (requester, startTime, opensAt, edit, number = 1) => {
      const why =
        opensAt === undefined
          ? say`开始时间（${moment(startTime)}）已过`
          : say`下一个发起时间窗从 ${moment(opensAt)} 开始，晚于开始时间（${moment(startTime)}）`;
      return say`${person(requester)}：${why}，审批已无法生效。如需选择更晚的开始时间，请在卡片上点击“${bold(edit)}”。${number > 1 ? `（第 ${number} 次提醒）` : ''}`;
    },
    expires: (at) => say`如未审批，将于 ${moment(at)} 过期。`,
    triedAgain: (by) => say`${person(by)} 重试了此申请。`,
    approved: (by, tally, missing) => say`${person(by)} 已通过${tally}。${missing ?? ''}`,
    denied: (by) => say`${person(by)} 驳回了此申请：`,
    created: (job) => say`任务 ${job} 已创建，${bold('尚未启动')}。`,
    found: (job) => say`已找到任务 ${job}：响应虽丢失，但任务已创建，${bold('尚未启动')}。`,
    chosen: (by, job) => say`${person(by)} 确认任务为 ${job}，${bold('尚未启动')}。`,
    lookUnanswered: 'DTS 无响应，或响应无法解析。',
    strayJob: (attempt, job) =>
      say`${bold('注意：')}第 ${attempt} 次调用的响应延迟到达，实际已创建任务 ${job}。如有重复任务，请先在 DTS 控制台删除其中一个，再启动任务。`,
    createdNext: '请在卡片上点击“校验”，通过后点击“启动”。',
    createdNextIf: {
      check: 'Ferry 将校验任务。校验通过后，请在卡片上点击“启动”。',
      start: '请在卡片上点击“校验”。校验通过后，Ferry 自动启动任务。',
      both: 'Ferry 将校验任务，校验通过后自动启动。',
    },
    createdWho: '申请人或审批人（策略另有规定的除外）',
    requestId: (requestId) => say`RequestId ${code(requestId)}`,
    next: '下一步：',
    who: '处理人：',
    quote: '原始信息：',
    withheld: '原始信息可能含有密码，因此不显示。',
  },
  reference: (errorCode, requestId) => say`${errorCode}，RequestId ${requestId}`,
  explanations,
  job,
  operations,
  watch,
  decision: {
    approve: { title: '通过申请', submit: '通过' },
    break_glass: { title: '紧急通过', submit: '紧急通过' },
    deny: { title: '驳回申请', submit: '驳回' },
    denyOperation: { title: '驳回此操作', submit: '驳回' },
    cancel: '取消',
    comment: '附言',
    reason: '原因',
    hint: '会发在消息列中，频道内所有人可见。',
    breakGlassHint: '此操作跳过常规审批。您的姓名和原因会显示在卡片和消息列中，并写入审计记录。',
    destination: '目标实例 ID',
    destinationHint: '请手动输入以确认：迁移会写入此实例。',
    missing: '请填写原因。',
    otherDestination: '与卡片上的目标实例 ID 不一致。',
    emergencyHint: say`如来不及等待其余审批，您可以紧急通过：打开卡片上的 ${bold('…')} 菜单，选择“${bold('紧急通过')}”。`,
    typed: (words) => say`您填写的内容：\n${words}`,
  },
  refusal,
  trouble: {
    action: say`操作保存失败，未做任何更改，请稍后重试。`,
    expiredForm: say`Slack 未能打开表单，请稍后重试。`,
  },
  command: {
    help: (command, presets) =>
      join(
        [
          say`${code(command)} 打开迁移申请表单`,
          say`${code(`${command} new 名称`)} 用预设填写表单${presets.length === 0 ? '（目前没有预设）' : say`：${named(presets)}`}`,
          say`${code(`${command} clone 42`)} 用申请 #42 的内容填写表单，手动输入的密码除外`,
          say`${code(`${command} messages off`)} 关闭申请进展私信，${code(`${command} messages on`)} 重新开启`,
          say`${code(`${command} list`)} 查看待您审批的申请、已启动的任务、您提交的和最近的申请`,
          say`${code(`${command} jobs`)} 查看运行中、等待处理和失败的任务及其进度`,
          say`${code(`${command} watch dts-r5gpejpe`)} 关注非 Ferry 创建的任务；任务在其他地域时请在后面注明地域。取消关注：${code(`${command} unwatch dts-r5gpejpe`)}`,
          say`${code(`${command} show 42`)} 查看申请 #42 及其任务的当前状态`,
          say`${code(`${command} policy`)} 查看本频道的申请适用哪些审批规则`,
          say`${code(`${command} explain 错误码`)} 解释腾讯云错误码；在末尾加上 #42，可结合申请 #42 说明`,
          say`${code(`${command} help`)} 查看可用的命令`,
          say`可在申请卡片或 Ferry 主页上审批。`,
        ],
        '\n',
      ),
    numberMissing: (command, word) => say`请填写申请编号，例如 ${code(`${command} ${word} 42`)}。`,
    unknown: (command, word, meant) =>
      meant === undefined
        ? say`未知命令 ${code(word)}。输入 ${code(`${command} help`)} 可查看可用的命令。`
        : say`未知命令 ${code(word)}。您是否想输入 ${code(`${command} ${meant}`)}？输入 ${code(`${command} help`)} 可查看可用的命令。`,
    noPreset: (name, meant, all) =>
      meant !== undefined
        ? say`没有名为 ${code(name)} 的预设。您是否想使用 ${code(meant)}？`
        : all.length === 0
          ? say`没有名为 ${code(name)} 的预设。目前没有任何预设，Ferry 管理员可以在策略文件中添加。`
          : say`没有名为 ${code(name)} 的预设。可用的预设：${named(all)}。`,
    unavailable: say`暂时无法读取申请，请稍后重试。`,
    more: say`更多申请请在 Ferry 主页查看。`,
    card: '查看卡片',
    inChannel: (where) => say`卡片在 ${where}。`,
    policy: (command, where) =>
      say`在 ${where} 用 ${code(command)} 提交的申请适用以下规则：按顺序匹配，第一条匹配的规则生效。`,
    policyAnywhere: (command) =>
      say`在私信中用 ${code(command)} 提交的申请适用以下规则：按顺序匹配，第一条匹配的规则生效。`,
    meant: (requests) => say`您是否想查看 ${join(requests, '、')}？`,
    covers: (what) => say`适用范围：${what}`,
    moreRules: (count) => say`……另有 ${count} 条规则，完整内容见策略文件。`,
  },
  direct,
  doctor,
  fileProblem,
  policy: policyWords,
  details: {
    title: '申请详情',
    opening: '正在加载申请……',
    notRead: say`暂时无法读取此申请，请稍后重试。`,
    asked: (by, at) => say`${person(by)} 于 ${moment(at)} 提交`,
    heading: (id, jobName) => `迁移申请 #${id}：${jobName}`,
    summary: '概要',
    observedSource: '源实例规格',
    observedTarget: '目标实例规格',
    rule: '审批规则',
    parameters: 'API 参数',
    nodes: '源实例节点',
    secrets: '密码提供方式',
    approvals: '审批记录',
    noApprovals: '无。',
    history: '操作记录',
    and: (count) => say`……另有 ${count} 项`,
    earlier: (count) => say`……更早的 ${count} 条记录未显示。`,
    approval: (by, at, revision, isEmergency) =>
      say`${person(by)}，${moment(at)}，${revision}${isEmergency ? say`，${bold('紧急通过')}` : ''}`,
    entry: (seq, at, revision) => say`${bold(String(seq))} · ${moment(at)} · ${revision} · `,
    requested: (by) => say`${person(by)} 提交了申请。`,
    reminderHeld: (until) => say`已到提醒时间，将在免打扰时段结束后（${moment(until)}）发送。`,
    refused: (by, action, told) => say`${person(by)} 尝试${action}，${bold('未获允许：')}“${told}”`,
    actions: {
      approve: '通过申请',
      break_glass: '紧急通过',
      take_back: '撤销通过',
      deny: '驳回申请',
      withdraw: '撤回申请',
      edit: '修改申请',
      look_again: '重新查找任务',
      choose_job: '确认任务',
      try_again: '重试申请',
      ...jobActions,
      unwatch: '取消关注任务',
    },
  },
  home: {
    title: '数据迁移',
    intro: (where) =>
      say`在此提交 DTS 数据迁移申请，审批人在 ${where} 审批。Ferry 自动创建任务，并把 JobId 发到申请的消息列。`,
    request: '申请数据迁移',
    waiting: '待我处理',
    jobs: '迁移任务',
    mine: '我的申请',
    lately: '最近申请',
    version: (version) => `Ferry ${version}`,
    none: {
      waiting: '没有待您审批的申请。',
      mine: '您还没有提交过申请。',
      lately: '还没有您可以查看的申请。',
    },
    noOthers: {
      mine: '您的申请会显示在这里，上方已列出的除外。',
      lately: '没有其他您可以查看的申请。',
    },
    noneWithStatus: '没有此状态的申请。',
    noOthersWithStatus: '没有其他此状态的申请。',
    unsure: {
      waiting: say`暂时无法从 Slack 获取完整的审批人信息，列表可能不全。`,
      lately: say`暂时无法从 Slack 获取您可见的频道，列表可能不全。`,
    },
    unavailable: say`暂时无法加载申请，请稍后重新打开此页。`,
    entry: (id, jobName, url) =>
      say`${url === undefined ? bold(`#${id}`) : link(url, `#${id}`)} ${code(jobName)}`,
    filter: {
      everyStatus: '所有状态',
      status: { waiting: '待审批', under_way: '进行中', attention: '需处理', done: '已结束' },
      everyone: '所有申请',
      onlyMine: '仅我的申请',
    },
    age: (at) => say` · ${ago(at)}`,
    page: (page) => `第 ${page} 页`,
    previous: '上一页',
    next: '下一页',
  },
  start: {
    oldPolicyStays: 'Ferry 仍使用原策略。新策略存在以下问题：',
    tokenRefused: (error) =>
      `Ferry 无法启动：SLACK_BOT_TOKEN 无效（${error}）。请打开 api.slack.com/apps，在您的应用的 OAuth & Permissions 页重新复制。`,
    portTaken: (port) =>
      `Ferry 无法启动：其他程序正在使用端口 ${port}。请停止该程序，或将 PORT 设为空闲端口。`,
    portForbidden: (port) =>
      `Ferry 无法启动：当前用户无权监听端口 ${port}。请将 PORT 设为大于 1023 的端口。`,
    hostUnusable: (host) => `Ferry 无法启动：无法监听地址 ${host}。请将 HOST 设为本机地址。`,
    appTokenRefused: (error) =>
      `Ferry 无法启动：SLACK_APP_TOKEN 无效（${error}）。请打开 api.slack.com/apps，在您的应用的 Basic Information 页 App-Level Tokens 处重新生成（权限 connections:write），并开启 Socket Mode。`,
    wrongAccount: (accountId, allowed) =>
      `Ferry 无法启动：当前 API 密钥属于账号 ${accountId}，而 ALLOWED_ACCOUNT_IDS 仅允许 ${allowed.join('、')}。请改用允许的账号的密钥，或修改该列表。`,
    accountUnknown: (why) =>
      `Ferry 无法启动：已设置 ALLOWED_ACCOUNT_IDS，但无法确认 API 密钥所属的账号。${why}`,
    channel: {
      unknown: (channel) =>
        `Ferry 无法启动：在 Slack 中找不到频道 ${channel}。请检查 APPROVAL_CHANNEL；如为私有频道，请先邀请机器人加入（/invite @Ferry）。`,
      not_joined: (channel) =>
        `Ferry 无法启动：机器人不在频道 ${channel}（APPROVAL_CHANNEL）中。请邀请机器人加入（/invite @Ferry）。`,
      archived: (channel) =>
        `Ferry 无法启动：频道 ${channel}（APPROVAL_CHANNEL）已归档。请取消归档或改用其他频道。`,
    },
    people: {
      heading: 'Ferry 无法启动：按当前策略，可审批申请或决定任务操作的人数不足。',
      group: {
        unknown: (group) => `Slack 中没有用户组 ${group}。请检查 ID，或在策略中改用其他人员。`,
        disabled: (group) =>
          `用户组 ${group} 已在 Slack 中停用。请重新启用，或在策略中改用其他人员。`,
        empty: (group) =>
          `用户组 ${group} 中没有成员。请在 Slack 中添加成员，或在策略中改用其他人员。`,
        no_plan: (group) =>
          `当前 Slack 套餐不支持用户组，用户组 ${group} 无法使用。请改用用户（U…）或频道（C…），或升级套餐。`,
        no_scope: (group) =>
          `Ferry 无权查看用户组 ${group} 的成员。请为应用添加 usergroups:read 权限（参见 manifest.yml），然后重新安装应用。`,
      },
      channel: {
        unknown: (channel) =>
          `在 Slack 中找不到频道 ${channel}。请检查 ID；如为私有频道，请先邀请机器人加入（/invite @Ferry）。`,
        archived: (channel) => `频道 ${channel} 已归档。请取消归档，或在策略中改用其他人员。`,
        no_scope: (channel) =>
          `Ferry 无权查看频道 ${channel} 的成员。请为应用添加 channels:read 和 groups:read 权限（参见 manifest.yml），然后重新安装应用。`,
      },
      user: {
        unknown: (user) => `Slack 中没有用户 ${user}。请检查 ID，或在策略中改用其他人员。`,
        deactivated: (user) => `用户 ${user} 已在 Slack 中停用。请在策略中改用其他人员。`,
        bot: (user) => `用户 ${user} 是应用，无法点击按钮。请在策略中改用其他人员。`,
      },
      tooFew: (ids, required, most) =>
        `策略要求 ${ids.join('、')} 中有 ${required} 人同意，但其中只有 ${most} 人。请在 Slack 的用户组中添加成员，或减少要求的人数。`,
    },
    database: (where, detail) =>
      `Ferry 无法启动：数据库 ${where} 不可用（${detail}）。请检查 DATABASE_URL，并确认目录可写、服务器可访问。`,
    databaseInUse: (path) =>
      `Ferry 无法启动：另一个进程正在使用 ${path}。请先停止该进程；如需运行多个进程，请将 DATABASE_URL 设为 PostgreSQL 服务器。`,
    databaseNewer:
      'Ferry 无法启动：数据库已由更高版本的 Ferry 升级。请启动该版本，或恢复升级前的备份。',
    stopped: 'Ferry 在连接到 Slack 之前已停止。',
    auditKey: (next) =>
      `Ferry 无法启动：审计记录与 AUDIT_KEY 不匹配。如果刚刚首次设置密钥，请在密钥前加上 ${next}:，使其从第 ${next} 条事件起生效；如果移除或更换过密钥，请恢复原密钥，新密钥应加在旧密钥的逗号之后；如果都不是，说明有人改动了数据库，请运行 audit verify（参见 docs/audit.zh-CN.md）。`,
  },
  audit,
  commandLine,
  config: {
    heading: (count) => `Ferry 无法启动：有 ${count} 项配置需要处理。`,
    footer: '请在环境变量或 .env 文件中设置（参见 .env.example），然后重新启动。',
    purposeLabel: '用途：',
    whereLabel: '填写说明：',
    page: configurationPage,
    variables: {
      SLACK_BOT_TOKEN: {
        purpose: '发送消息和打开表单',
        where:
          'api.slack.com/apps → 您的应用 → OAuth & Permissions → Bot User OAuth Token（xoxb-…）',
      },
      SLACK_APP_TOKEN: {
        purpose: '以 Socket Mode 连接 Slack，无需公网地址',
        where:
          'api.slack.com/apps → 您的应用 → Basic Information → App-Level Tokens（xapp-…），权限 connections:write',
      },
      SLACK_SIGNING_SECRET: {
        purpose: '验证请求来自 Slack（未设置 SLACK_APP_TOKEN 时使用，即 HTTP 模式）',
        where: 'api.slack.com/apps → 您的应用 → Basic Information → Signing Secret',
      },
      SLACK_API_URL: { purpose: 'Slack API 的地址', where: '无需设置' },
      SLACK_POSTS_PER_SECOND: {
        purpose: '每个频道每秒最多发送的消息数（允许突发 10 条）',
        where: '无需设置，默认 1，即 Slack 的限制',
      },
      POLICY_FILE: {
        purpose: '策略文件：规定由谁审批、可用哪些凭据，以及表单预设',
        where: 'YAML 文件的路径（参见 policy.example.yml）；不设置则使用以下三项',
      },
      APPROVAL_CHANNEL: {
        purpose: '发布和审批申请的频道',
        where: 'Slack 频道详情页底部的频道 ID（C… 或 G…）',
      },
      APPROVERS: {
        purpose: '审批人',
        where:
          '用户 ID（U…、W…）和用户组 ID（S…），以英文逗号分隔；或填 channel，即审批频道全体成员',
      },
      REQUIRED_APPROVALS: {
        purpose: '需要几人通过',
        where: '1 到 20 的整数，默认 1',
      },
      OPEN_REQUESTS_PER_PERSON: {
        purpose: '每人同时最多有几个未结束的申请',
        where: '1 到 10000 的整数，默认 20',
      },
      TKE_ROLE_ARN: {
        purpose: 'TKE Pod 的角色，Ferry 由此获取密钥',
        where: '服务账号绑定角色后，TKE 会在 Pod 中自动设置',
      },
      TKE_PROVIDER_ID: {
        purpose: 'TKE 集群的身份提供商',
        where: '服务账号绑定角色后，TKE 会在 Pod 中自动设置',
      },
      TKE_WEB_IDENTITY_TOKEN_FILE: {
        purpose: 'Pod 令牌所在的文件',
        where: '服务账号绑定角色后，TKE 会在 Pod 中自动设置',
      },
      TKE_REGION: {
        purpose: 'TKE 集群所在地域，Ferry 在此地域用令牌换取密钥',
        where: '服务账号绑定角色后，TKE 会在 Pod 中自动设置',
      },
      TENCENTCLOUD_CVM_ROLE: {
        purpose: 'Ferry 所在 CVM 的角色，Ferry 由此获取密钥',
        where: 'console.cloud.tencent.com/cam/role 中的角色名称，或 auto',
      },
      TENCENTCLOUD_ASSUME_ROLE_ARN: {
        purpose: 'Ferry 用 API 密钥或凭证文件扮演的角色',
        where: 'console.cloud.tencent.com/cam/role 中的 RoleArn：qcs::cam::uin/…:roleName/…',
      },
      TENCENTCLOUD_SECRET_ID: {
        purpose: 'Ferry 调用 DTS 所用密钥的 SecretId',
        where:
          'console.cloud.tencent.com/cam/capi，使用关联了 docs/permissions.zh-CN.md 中策略的子用户',
      },
      TENCENTCLOUD_SECRET_KEY: {
        purpose: '该密钥的 SecretKey',
        where: 'console.cloud.tencent.com/cam/capi，仅在新建密钥时显示一次',
      },
      TENCENTCLOUD_TOKEN: {
        purpose: '临时密钥的 Token',
        where: '随临时密钥一同返回；使用长期密钥时无需设置',
      },
      TENCENTCLOUD_METADATA_URL: { purpose: 'CVM 元数据服务的地址', where: '无需设置' },
      ALLOWED_ACCOUNT_IDS: {
        purpose: 'Ferry 可以使用哪些账号的密钥',
        where: '选填，例如 100012345678；可在 console.cloud.tencent.com/developer 查看',
      },
      TENCENTCLOUD_REGION: {
        purpose: '表单中目标实例地域的默认值，也是凭据管理系统的地域',
        where: '地域 ID，例如 ap-guangzhou',
      },
      TENCENTCLOUD_ENDPOINT: {
        purpose: 'DTS 的接入域名，不使用默认域名时设置',
        where: '选填，例如 dts.intl.tencentcloudapi.com',
      },
      DTS_CALLS_PER_SECOND: {
        purpose: '每个接口每秒最多调用次数（所有进程合计）',
        where: '无需设置，默认 20，即该接口的账号频率限制',
      },
      DTS_TIMEOUT_SECONDS: {
        purpose: '创建或变更任务时，单次调用的超时时间（秒），含排队时间',
        where: '无需设置，默认 45',
      },
      DTS_SETTLE_SECONDS: {
        purpose: '没有收到响应时，自动查找任务的时长（秒），之后转人工处理',
        where: '无需设置，默认 120',
      },
      DATABASE_URL: {
        purpose: '保存申请和审计记录的数据库',
        where:
          'sqlite: 加文件路径，例如 sqlite:data/ferry.db；运行多个进程请用 postgres://…，数据库在其他机器上时请加上参数 sslmode=verify-full',
      },
      RETENTION_DAYS: {
        purpose: '申请结束多少天后删除申请及其操作记录',
        where: '无需设置，默认永久保留',
      },
      SEAL_KEYS: {
        purpose: '加密保存手动输入的密码',
        where: '格式为 name:key，key 为 32 个随机字节，例如 echo "k1:$(openssl rand -base64 32)"',
      },
      AUDIT_KEY: {
        purpose: '防止有数据库写权限的人伪造审计记录',
        where:
          '无需设置，或填写 position:key（从第几条事件起生效，以及 32 个随机字节），例如 echo "1:$(openssl rand -base64 32)"',
      },
      HTTPS_PROXY: {
        purpose: '访问 Slack 和腾讯云所用的代理',
        where: '选填，例如 http://proxy.example:3128',
      },
      NO_PROXY: {
        purpose: '不经代理访问的主机',
        where: '选填，主机名或域名，用英文逗号分隔',
      },
      HOST: {
        purpose: '健康检查、监控指标和 Slack 请求（HTTP 模式）的监听地址',
        where:
          '无需设置，Socket Mode 下默认 127.0.0.1，HTTP 模式下默认本机全部地址；也可填写 IPv4 或 IPv6 地址，例如 0.0.0.0',
      },
      PORT: {
        purpose: '健康检查、监控指标和 Slack 请求（HTTP 模式）的监听端口',
        where: '0 到 65535 的整数，默认 3000',
      },
      SHUTDOWN_SECONDS: {
        purpose: '停止时等待进行中操作的最长时间（秒）',
        where: '无需设置，默认 10',
      },
      DEFAULT_LOCALE: { purpose: 'Ferry 的默认语言', where: 'en 或 zh-CN' },
      LOG_LEVEL: { purpose: '日志级别', where: 'debug、info、warn、error 或 silent' },
    },
    problems: {
      missing: '未设置',
      no_connection: '未设置，SLACK_SIGNING_SECRET 也未设置，二者须设其一',
      bot_token_shape: '不是 bot token，应以 xoxb- 开头',
      app_token_shape: '不是 app-level token，应以 xapp- 开头',
      signing_secret_shape: '不是有效的 Signing Secret：过短或含有空格',
      url_shape: '不是 https 地址',
      url_extras: '含有用户名、密码、查询参数或片段，请只填写地址',
      plain_http: '会明文发送密钥：只有本机地址可以使用 http',
      policy_file_unreadable: '指定的文件无法读取',
      no_secrets: '未设置，且策略文件未允许任何凭据，将无法提供密码',
      replaced_by_policy_file: '与 POLICY_FILE 重复：策略文件已包含此项，请只保留一处',
      channel_shape: '不是频道 ID：应以 C 或 G 开头，不能填写 #频道名',
      approvers_shape: '含有无效内容：只能填写用户 ID、用户组 ID 或 channel',
      approvals_shape: '不是 1 到 20 的整数',
      too_few_approvers: '人数少于 REQUIRED_APPROVALS 的要求',
      region_shape: '不是地域 ID',
      region_is_zone: '是可用区；请去掉末尾的编号，例如 ap-shanghai',
      endpoint_shape: '不是域名或不带路径的地址',
      secret_id_shape:
        '不是 API 密钥的 SecretId：应只含字母、数字、- 和 _，通常以 AKID 开头。请重新复制，不要带引号、空格或不可见字符',
      secret_key_shape: '含有 API 密钥中不会出现的字符。请重新复制，不要带引号、空格或不可见字符',
      account_ids_shape: '不是账号 ID 列表。账号 ID 仅含数字，多个之间用英文逗号分隔',
      cloud_token_shape: '含有 Token 中不会出现的字符。请重新复制，不要带引号、空格或不可见字符',
      role_arn_shape: '不是角色的 RoleArn，格式为 qcs::cam::uin/100012345678:roleName/ferry',
      cvm_role_shape: '不是角色名称，角色名称只含字母、数字和 + = , . @ _ -',
      metadata_shape: '不是 http 地址，例如 http://metadata.tencentyun.com/',
      url_password:
        '用户名或密码中有须用百分号编码的字符：“#”写作 %23，“?”写作 %3F，“@”写作 %40，“/”写作 %2F，“%”写作 %25',
      database_shape:
        '既不是 sqlite: 加路径（例如 sqlite:data/ferry.db），也不是有效的 postgres:// 地址；或其中指定的证书文件无法读取',
      database_extras:
        '含有会截断路径的字符：用户名和密码中的“#”请写作 %23，“?”请写作 %3F；SQLite 文件路径不能含有这两个字符',
      database_plain:
        '会明文传输审计记录和加密后的密码。请加上参数 sslmode=verify-full；如服务器使用自签名证书，可用 sslmode=no-verify；如网络本身已加密，请明确设为 sslmode=disable',
      calls_shape: '不是 1 到 1000 的整数',
      timeout_shape: '不是 1 到 600 的整数',
      settle_shape: '不是 1 到 86400 的整数',
      retention_shape: '不是 1 到 36500 的整数',
      seal_keys_shape: '格式不正确，应为 name:key（多个以英文逗号分隔），key 为 32 字节的 base64',
      seal_keys_twice: '密钥名称重复',
      audit_key_shape:
        '格式不正确，应为 position:key（多个以英文逗号分隔），key 为 32 字节的 base64',
      audit_key_order: '没有按起始位置从小到大排列',
      posts_shape: '不是 1 到 1000 的整数',
      open_requests_shape: '不是 1 到 10000 的整数',
      shutdown_shape: '不是 1 到 600 的整数',
      host_shape: '不是 IPv4 或 IPv6 地址；如只供本机访问，请填写 127.0.0.1',
      proxy_shape: '不是代理的 http 或 https 地址，例如 http://proxy.example:3128',
      port_shape: '不是 0 到 65535 的整数',
      locale_unknown: '不是 Ferry 支持的语言',
      log_level_unknown: '不是有效的日志级别',
    },
    policyFileWrong: (count) => `策略文件有 ${count} 处错误`,
    policyFileProblem,
    policyFileWarning,
  },
};
