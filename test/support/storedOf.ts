import type { Added } from '../../src/domain/request/change';
import type { MigrationRequest } from '../../src/domain/request/request';

/** The request that was stored. Fails when its requester may have no more. */
export function storedOf(added: Added): MigrationRequest {
  if (added.kind !== 'stored') throw new Error(`${added.open} requests are open`);
  return added.request;
}
