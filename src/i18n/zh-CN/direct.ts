import type { Messages } from '../en/messages';
import { code, moment, say } from '../text';

const catchesUp = 'Ferry 会在 5 分钟内补发遗漏的消息。';

const orWithdraw = '也可以撤回申请。';

/** Direct messages to the requester. */
export const direct: Messages['direct'] = {
  title: (id) => `申请 #${id}`,
  about: (request, jobName, where) => say`${where} ${request} ${code(jobName)}`,
  approved: say`您的申请已通过审批。Ferry 将创建任务，结果会发在这里。`,
  approvedBy: (who) => say`审批通过：${who}`,
  held: (at) => say`您的申请已通过审批。Ferry 将在发起时间窗开始时（${moment(at)}）创建任务。`,
  startApproved: say`您的申请已通过审批。Ferry 将启动任务。`,
  startHeld: (at) => say`您的申请已通过审批。Ferry 将在发起时间窗开始时（${moment(at)}）启动任务。`,
  underWayApproved: say`您的申请已通过审批。此前已有人在控制台启动了任务。`,
  waits: say`此申请正在等待审批，您无需操作。`,
  waitsAgain: say`此申请正在等待重新审批，您无需操作。`,
  denied: say`您的申请已驳回。如需修改后重新申请，请点击卡片上的“复制”。`,
  channelLostHeadline: 'Ferry 无法在申请所在的频道中发送消息。',
  channelLost: {
    archived: {
      happened: '频道已归档。',
      next: `请取消归档，并邀请 Ferry 加入频道（/invite @Ferry）。${catchesUp}`,
      who: '频道管理员',
      orWithdraw,
      orElse: '',
    },
    not_joined: {
      happened: 'Ferry 已不在频道中。',
      next: `请邀请 Ferry 加入频道（/invite @Ferry）。${catchesUp}`,
      who: '频道的任一成员',
      orWithdraw,
      orElse: '',
    },
    unknown: {
      happened: '频道已删除，或频道为私有频道且 Ferry 已不在其中。',
      next: `如频道仍在，请邀请 Ferry 加入频道（/invite @Ferry）。${catchesUp}`,
      who: '频道的任一成员',
      orWithdraw: '如频道已删除，请撤回申请，待 Ferry 管理员改用其他频道后重新申请。',
      orElse: '如频道已删除，请在 DTS 控制台继续操作。',
    },
    restricted: {
      happened: '频道或其消息列仅允许部分成员发言。',
      next: `请在频道设置的发言权限中允许 Ferry 发言。${catchesUp}`,
      who: '频道管理员或工作区管理员',
      orWithdraw,
      orElse: '',
    },
  },
  onlyYouWithdraw: '（只有您可以撤回申请）',
  decidedElsewhere: say`在此期间，可在 Ferry 主页上审批。`,
  mute: '关闭私信',
  muted: (command) =>
    say`已关闭申请进展私信，消息列照常更新。输入 ${code(`${command} messages on`)} 可重新开启。`,
  unmuted: (command) => say`已开启申请进展私信。输入 ${code(`${command} messages off`)} 可关闭。`,
  choose: (command) =>
    say`请输入 ${code(`${command} messages on`)} 或 ${code(`${command} messages off`)}。`,
};
