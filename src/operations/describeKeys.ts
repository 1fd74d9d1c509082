import type { CredentialState } from '../ports/credentials';

/**
 * The line about Ferry's keys in `/readyz`, which contains no key. Keys from the settings have none,
 * because they do not expire.
 */
export function describeKeys({
  expiresAt,
  isUsable,
  problem,
  source,
}: CredentialState): string | undefined {
  if (source === 'keys') return undefined;
  const until = expiresAt === undefined ? '' : ` until ${expiresAt.toISOString()}`;
  const validity = isUsable ? `valid${until}` : 'none';
  const failing = problem === undefined ? '' : `; the last refresh failed: ${problem}`;
  return `keys for Tencent Cloud (${source}): ${validity}${failing}`;
}

/** What keeps Ferry from signing calls, if anything does. Refreshes the keys if they are due. */
export async function keysProblem(credentials: {
  current(): Promise<{ ok: boolean }>;
}): Promise<string | undefined> {
  const { ok } = await credentials.current();
  return ok ? undefined : 'there are no valid keys for Tencent Cloud';
}
