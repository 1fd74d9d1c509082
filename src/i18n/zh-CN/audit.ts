import type { Break } from '../../domain/record/journal';
import type { Messages } from '../en/messages';
import { listAlterations } from './alterations';

function whatBroke(broken: Break): string {
  switch (broken.kind) {
    case 'missing':
      return '此处的事件缺失';
    case 'added':
      return '此处的内容是后来添加的';
    case 'changed':
      return '此处的事件被改动';
    case 'out_of_order':
      return `顺序不对，本应在此处的事件位于第 ${broken.standsAt} 条`;
    case 'unlinked':
      return '哈希与上一条对不上：两者之一被改动，或 AUDIT_KEY 与 Ferry 所用的密钥不同';
    case 'row':
      return `申请 #${broken.requestId} 的存储内容与其最新事件的记录不一致，被改动的有：${listAlterations(broken.parts)}`;
    case 'changed_silently':
      return `申请 #${broken.requestId} 在一条不应改动它的事件中发生变化，被改动的有：${listAlterations(broken.parts)}`;
    case 'unapproved':
      return `申请 #${broken.requestId} 未获审批规则要求的批准就已发起`;
    case 'head':
      return '链头与最后一条事件对不上';
    case 'not_as_kept':
      return '哈希与所给的不同，此处或更早的内容被改动';
    case 'cut_off':
      return '记录在此之前就结束了，而所给的链头表明当时更长';
    default:
      return broken satisfies never;
  }
}

export const audit: Messages['audit'] = {
  arguments: {
    command:
      '可用的命令：verify [--head 哈希 --length 条数]，export [--since 时间] [--until 时间] [--request 申请号] [--format jsonl|csv]。',
    verify: 'verify 不带参数，或同时带上此前 verify 给出的 --head 哈希 和 --length 条数。',
    export: 'export 可用的参数：--since 时间、--until 时间、--request 申请号、--format jsonl|csv。',
    head: '--head 应为此前 verify 给出的 64 位哈希（0-9、a-f）。',
    length: '--length 应为整数。',
    since: '--since 应为日期或时刻：2026-01-31 或 2026-01-31T08:00:00Z。',
    until: '--until 应为日期或时刻：2026-01-31 或 2026-01-31T08:00:00Z。',
    request: '--request 应为申请号。',
    format: '--format 应为 jsonl 或 csv。',
  },
  database: {
    inUse: (where) =>
      `无法读取 ${where}：另一个进程独占了该文件。请停止该进程，或将 DATABASE_URL 设为备份副本。`,
    newer: '无法读取数据库：它已被更新版本的 Ferry 修改，请使用该版本。',
    older: '无法读取数据库：它还不是当前版本的结构，请先用此版本启动一次 Ferry。',
    unusable: (where, detail) =>
      `无法读取数据库 ${where}（${detail}）。请检查 DATABASE_URL；SQLite 文件所在目录须可写。`,
  },
  interrupted: (detail) => `记录未能读完（${detail}）。`,
  whole: (count, head) => `记录完整：共 ${count} 条事件，链头 ${head}。`,
  span: (from, to) => `时间从 ${from} 到 ${to}。`,
  erased: (count) => `其中 ${count} 条已过保留期，只剩哈希。`,
  asKept: (position) => `自您上次记下链头以来，前 ${position} 条没有任何改动。`,
  keep: (options) => `请记在他人无法改动的地方：${options}`,
  keyed: (position) => `从第 ${position} 条起，事件由 AUDIT_KEY 保护。`,
  broken: (broken) => `记录在第 ${broken.position} 条处断裂：${whatBroke(broken)}。`,
};
