import type { Alteration } from '../../domain/record/recordedRow';

const words = {
  request: '申请人、申请频道或申请时间',
  revision: '版本号或修改人',
  parameters: '参数或原因',
  secrets: '密码或凭据',
  rule: '审批规则',
  state: '状态或审批结果',
  event: '最新的审计事件',
} satisfies Record<Alteration, string>;

/** Lists the parts of a request that differ from the audit log. */
export const listAlterations = (parts: readonly Alteration[]): string =>
  parts.map((part) => words[part]).join('；');
