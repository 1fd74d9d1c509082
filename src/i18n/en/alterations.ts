import type { Alteration } from '../../domain/record/recordedRow';

const words = {
  request: 'its requester, channel or time',
  revision: 'its revision or its editors',
  parameters: 'its parameters or its reason',
  secrets: 'the source of its secrets',
  rule: 'its rule',
  state: 'its state or its approvals',
  event: 'its newest event',
} satisfies Record<Alteration, string>;

/** Lists the parts of a request that differ from the audit log. */
export const listAlterations = (parts: readonly Alteration[]): string =>
  parts.map((part) => words[part]).join('; ');
