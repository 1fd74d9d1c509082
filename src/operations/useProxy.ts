import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';
import type { WebProxy } from '../domain/proxy';

/** Sends every `fetch` of this process to an https URL through the proxy, except to its exceptions. */
export function useProxy(proxy: WebProxy | undefined): void {
  if (proxy === undefined) return;
  const httpsProxy = proxy.url.reveal();
  setGlobalDispatcher(new EnvHttpProxyAgent({ httpProxy: '', httpsProxy, noProxy: proxy.except }));
}
