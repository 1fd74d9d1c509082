import type { MigrationRequest } from '../../src/domain/request/request';
import { waitFrom } from '../../src/domain/request/waiting';
import { aDraft } from './aForm';
import { aRule } from './aRule';

const rule = aRule();
const askedAt = new Date('2026-05-04T10:00:00Z');

/** A request by UASK that waits since 2026-05-04 10:00 UTC, with some changes. */
export const aRequest = (changes: Partial<MigrationRequest> = {}): MigrationRequest => ({
  id: 7,
  origin: 'V7',
  version: 1,
  revision: 1,
  revisedBy: 'V7',
  editors: [],
  askedIn: undefined,
  rule,
  channel: 'C1',
  requester: { userId: 'UASK', name: 'Asker' },
  parameters: aDraft().parameters,
  secrets: { 'SrcInfo.Password': { kind: 'typed' } },
  reason: 'why',
  observed: {},
  askedAt,
  state: waitFrom(changes.rule ?? rule, askedAt),
  job: undefined,
  altered: [],
  ...changes,
});
