import { names } from '../domain/people/people';
import { refusalOfStanding, type Standing } from '../domain/people/person';
import type { Rule } from '../domain/policy/policy';
import type { MayRequest } from '../domain/request/asking';
import type { Directory } from '../ports/directory';

/** Whether a rule allows a person with this standing to request a migration. */
export async function mayRequest(
  directory: Pick<Directory, 'isAmong'>,
  { requesters }: Rule,
  userId: string,
  standing: Standing,
): Promise<MayRequest> {
  const listed =
    requesters === undefined ? 'yes' : await directory.isAmong(userId, requesters, userId);
  if (standing === 'unknown' || listed === 'unknown') return 'unknown';
  const isNamed = names(requesters ?? [], userId);
  return refusalOfStanding(standing, isNamed) === undefined ? listed : 'outsider';
}
