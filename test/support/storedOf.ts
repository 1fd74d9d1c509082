import type { Added } from '../../src/domain/request/change';
import type { MigrationRequest } from '../../src/domain/request/request';

/** The stored request. Fails if the requester has too many open requests. */
export function storedOf(added: Added): MigrationRequest {
  if (added.kind !== 'stored') throw new Error(`${added.open} requests are open`);
  return added.request;
}
