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
    const sent = response.headers.get('date');
    if (sent === null) return undefined;
    const at = Date.parse(sent);
    return Number.isNaN(at) ? undefined : now() - at;
  } catch {
    return undefined;
  }
}
