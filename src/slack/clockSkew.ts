/**
 * How far this machine's clock is ahead of Slack's, in ms, to the second. `undefined` if Slack does not
 * respond. Needs no token.
 */
export async function clockSkewMs(apiUrl: string, now: () => number): Promise<number | undefined> {
  try {
    const response = await fetch(`${apiUrl}api.test`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    });
    await response.body?.cancel();
    const at = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(at) ? undefined : now() - at;
  } catch {
    return undefined;
  }
}
