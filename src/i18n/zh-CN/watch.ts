import type { Messages } from '../en/messages';
import { bold, code, link, moment, person, say } from '../text';

/** Words about jobs that Ferry did not create and that people watch. */
export const watch: Messages['watch'] = {
  title: (mark, jobId, name, status) =>
    `${mark} 关注的任务 ${jobId}${name === '' ? '' : `：${name}`} · ${status}`,
  entry: (jobId, name, url) => {
    const id = url === undefined ? bold(jobId) : link(url, jobId);
    return name === '' ? [id] : say`${id} ${code(name)}`;
  },
  way: (from, to) => say`${from ?? '源实例未知'} → ${to ?? '目标实例未知'}`,
  watches: (by, job, region) =>
    say`${person(by)} 关注了 ${region} 的任务 ${job}。该任务并非由 Ferry 创建，Ferry 只读取，不做任何操作。`,
  ended: (at) => say`任务已结束，Ferry 已于 ${moment(at)} 停止跟踪。`,
  unwatched: (by, at) => say`${person(by)} 已于 ${moment(at)} 取消关注，Ferry 不再跟踪该任务。`,
  handedOver: (request, at) =>
    say`此任务由申请 #${request} 创建，关注已于 ${moment(at)} 结束，进展见该申请的卡片。`,
  stop: '取消关注',
  thread: {
    ended: 'Ferry 不再跟踪该任务。',
    handedOver: (request) => say`此任务由申请 #${request} 创建，后续进展见该申请的卡片。`,
    unwatched: (by) => say`${person(by)} 取消了关注，Ferry 不再跟踪该任务。`,
  },
  answer: {
    missing: (command, word) =>
      say`请填写任务 ID，例如 ${code(`${command} ${word} dts-r5gpejpe`)}。`,
    malformed: (typed) =>
      say`${code(typed)} 不是 DTS 任务 ID，正确的格式例如 ${code('dts-r5gpejpe')}。`,
    noRegion: (typed) => say`${code(typed)} 不是有效的地域 ID，例如 ${code('ap-guangzhou')}`,
    begun: (jobId, where) => say`Ferry 开始跟踪任务 ${code(jobId)}，进展发布在 ${where}。`,
    already: (jobId, where) => say`任务 ${code(jobId)} 已有人关注，见${where}。`,
    ferrys: (jobId, where) => say`任务 ${code(jobId)} 由 Ferry 创建，Ferry 已在跟踪，见${where}。`,
    ferrysOver: (jobId, status, where) =>
      say`任务 ${code(jobId)} 由 Ferry 创建，已结束（${status}），无需跟踪，见${where}。`,
    hidden: (jobId) => say`Ferry 已在跟踪任务 ${code(jobId)}，但您看不到该任务所在的频道。`,
    hiddenPerhaps: (jobId) =>
      say`Ferry 已在跟踪任务 ${code(jobId)}，但暂时无法从 Slack 确认您能否查看该任务所在的频道，请稍后重试。`,
    over: (jobId, status) => say`任务 ${code(jobId)} 已结束（${status}），无需跟踪。`,
    unknown: (jobId, region, command) =>
      say`${region} 没有任务 ${code(jobId)}。如果任务在其他地域，请注明地域：${code(`${command} watch ${jobId} ap-guangzhou`)}`,
    unreadable: (jobId, why) => say`Ferry 无法读取任务 ${code(jobId)}，没有开始跟踪。${why}`,
    ending: (jobId) => say`Ferry 不再跟踪任务 ${code(jobId)}。`,
    link: (url) => link(url, '卡片'),
  },
};
