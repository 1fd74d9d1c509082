import type { Messages } from '../en/messages';
import { code, say } from '../text';

const catchesUp = '五分钟内 Ferry 会补发缺少的消息。';

/** 发给申请人的私信。 */
export const direct: Messages['direct'] = {
  title: (id) => `申请 #${id}`,
  about: (request, jobName, where) => say`${where} 中的 ${request} ${code(jobName)}`,
  approved: say`您的申请已通过审批。Ferry 将创建任务，并在此告知结果。`,
  waitsAgain: say`此申请正在等待重新审批，您无需操作。`,
  denied: say`您的申请已被拒绝。如需修改后重新申请，请点击卡片上的“复制”。`,
  channelLostHeadline: 'Ferry 无法在您的申请所在的频道中发送消息。',
  channelLost: {
    archived: {
      happened: '频道已归档。',
      next: `请取消归档，然后邀请 Ferry 加入：/invite @Ferry，${catchesUp}也可以撤回申请。`,
      who: '频道管理员；撤回申请仅限您本人',
    },
    not_joined: {
      happened: 'Ferry 已被移出频道。',
      next: `请邀请 Ferry 加入：/invite @Ferry，${catchesUp}也可以撤回申请。`,
      who: '频道任一成员；撤回申请仅限您本人',
    },
    unknown: {
      happened: '频道已被删除；或者它是私有频道，而 Ferry 已被移出。',
      next: `如频道仍在，请邀请 Ferry 加入：/invite @Ferry，${catchesUp}如已删除，请撤回申请，待 Ferry 的运维人员指定其他频道后重新申请。`,
      who: '频道任一成员；撤回申请仅限您本人',
    },
  },
  decidedElsewhere: say`在此期间，可在 Ferry 的主页标签中审批。`,
  mute: '不再接收私信',
  muted: (command) =>
    say`Ferry 不再就您的申请发送私信，消息列照常更新。输入 ${code(`${command} messages on`)} 可重新开启。`,
  unmuted: (command) =>
    say`Ferry 会通过私信告知您的申请的进展。输入 ${code(`${command} messages off`)} 可关闭。`,
  choose: (command) =>
    say`请输入 ${code(`${command} messages on`)} 或 ${code(`${command} messages off`)}。`,
};
