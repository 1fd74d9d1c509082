import { identityCall, readIdentity } from '../identifyAccount';
import { type CloudRoute, sendCall } from '../sendCall';
import type { Fetched, KeySource, Keys } from './keys';

/**
 * A source whose keys all belong to accounts in `allowed`; an empty list allows all. Only a profile
 * may change to another account. Its first keys are not checked here, because a start checks them.
 */
export function ofAllowedAccounts(
  source: KeySource,
  allowed: readonly string[],
  route: CloudRoute,
  region: string,
): KeySource {
  if (allowed.length === 0 || source.name !== 'profile') return source;
  let checked: string | undefined;
  return {
    ...source,
    async fetch(abandon) {
      const fetched = await source.fetch(abandon);
      if (!fetched.ok) return fetched;
      const { secretId } = fetched.keys;
      checked ??= secretId;
      if (secretId === checked) return fetched;
      const refused = await refusalOf(fetched.keys, { allowed, route, region, abandon });
      if (refused !== undefined) return refused;
      checked = secretId;
      return fetched;
    },
  };
}

async function refusalOf(
  keys: Keys,
  {
    allowed,
    route,
    region,
    abandon,
  }: { allowed: readonly string[]; route: CloudRoute; region: string; abandon: AbortSignal },
): Promise<Extract<Fetched, { ok: false }> | undefined> {
  const call = identityCall(region);
  const release = async (): Promise<undefined> => undefined;
  const known = readIdentity(await sendCall(route, call, { keys, secrets: [], abandon, release }));
  if (!known.ok) {
    const { problem } = known;
    const why =
      problem.kind === 'refused' ? `: ${problem.code}, RequestId ${problem.requestId}` : '';
    return { ok: false, detail: `the account of the new keys is unknown (${call.action}${why})` };
  }
  return allowed.includes(known.accountId)
    ? undefined
    : {
        ok: false,
        detail: `the new keys belong to the account ${known.accountId}, which is not in ALLOWED_ACCOUNT_IDS`,
      };
}
