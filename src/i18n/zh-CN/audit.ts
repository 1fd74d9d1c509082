import type { Break } from '../../domain/record/journal';
import type { Messages } from '../en/messages';
import { listAlterations } from './alterations';

function whatBroke(broken: Break): string {
  switch (broken.kind) {
    case 'missing':
      return '此处缺少事件';
    case 'added':
      return '此处的事件是后来插入的';
    case 'changed':
      return '此处的事件遭到篡改';
    case 'out_of_order':
      return `顺序错误，应在此处的事件位于第 ${broken.foundAt} 条`;
    case 'unlinked':
      return '哈希与上一条不匹配：其中一条遭到篡改，或 AUDIT_KEY 与 Ferry 使用的密钥不同';
    case 'gap':
      return `申请 #${broken.requestId} 在此之前的部分事件缺失`;
    case 'deleted': {
      const { requestId, retentionDays } = broken;
      const what = requestId === undefined ? '此事件' : `申请 #${requestId} `;
      return retentionDays === undefined
        ? `${what}已从数据库中消失，而未设置 RETENTION_DAYS 时 Ferry 不会删除任何申请：可能是他人删除，也可能是 Ferry 曾设置过 RETENTION_DAYS`
        : `${what}不满 ${retentionDays} 天就已从数据库中消失，而 RETENTION_DAYS 不允许此时删除：可能是他人删除，也可能是 Ferry 曾使用更小的 RETENTION_DAYS`;
    }
    case 'row':
      return `申请 #${broken.requestId} 在数据库中的内容与最新事件不一致，改动的内容：${listAlterations(broken.parts)}`;
    case 'changed_silently':
      return `申请 #${broken.requestId} 在不应改动申请的事件中发生变化，改动的内容：${listAlterations(broken.parts)}`;
    case 'unapproved':
      return `申请 #${broken.requestId} 未满足审批规则就已调用 DTS`;
    case 'head':
      return '最新哈希（head）与最后一条事件不一致';
    case 'not_as_kept':
      return '哈希与 --head 不一致，此处或更早的事件遭到篡改';
    case 'cut_off':
      return '审计记录在此之前结束，少于 --length 给出的条数';
    default:
      return broken satisfies never;
  }
}

export const audit: Messages['audit'] = {
  arguments: {
    command:
      '用法：ferry audit verify [--head 哈希 --length 条数]，或 ferry audit export [--since 时间] [--until 时间] [--request 申请编号] [--format jsonl|csv]。',
    verify: 'verify 可以不带参数，或同时带上此前 verify 给出的 --head 哈希和 --length 条数。',
    export:
      'export 可用的参数：--since 时间、--until 时间、--request 申请编号、--format jsonl|csv。',
    head: '--head 应为此前 verify 给出的 64 位哈希（0-9、a-f）。',
    length: '--length 应为整数。',
    since: '--since 应为日期或时间，例如 2026-01-31 或 2026-01-31T08:00:00Z。',
    until: '--until 应为日期或时间，例如 2026-01-31 或 2026-01-31T08:00:00Z。',
    request: '--request 应为申请编号。',
    format: '--format 应为 jsonl 或 csv。',
  },
  database: {
    inUse: (where) =>
      `无法读取 ${where}：另一个进程独占该文件。请停止该进程，或将 DATABASE_URL 设为备份文件。`,
    newer: '无法读取数据库：数据库已由更高版本的 Ferry 升级，请使用该版本。',
    older: '无法读取数据库：数据库的版本较低，请先用此版本启动一次 Ferry，完成升级。',
    absent: (where) => `Ferry 尚未使用过数据库 ${where}，请检查 DATABASE_URL。`,
    unusable: (where, detail) =>
      `无法读取数据库 ${where}（${detail}）。请检查 DATABASE_URL；SQLite 文件所在目录须可写。`,
  },
  interrupted: (detail) => `读取审计记录时中断（${detail}）。`,
  whole: (count, head) => `审计记录完整：共 ${count} 条事件，最新哈希（head）${head}。`,
  span: (from, to) => `时间从 ${from} 到 ${to}。`,
  erased: (count) => `其中 ${count} 条已过保留期，只保留哈希。`,
  asKept: (position) => `前 ${position} 条与您上次保存的哈希（head）一致，没有改动。`,
  keep: (options) => `请将以下参数保存在他人无法改动的地方：${options}`,
  keyed: (position) => `从第 ${position} 条起，事件受 AUDIT_KEY 保护。`,
  broken: (broken) => `审计记录在第 ${broken.position} 条处校验失败：${whatBroke(broken)}。`,
};
