import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** What a connection made through the agent got to. */
export interface ConnectionProgress {
  /** The connection stood, TLS included, so bytes of the request may have left this machine. */
  connected: boolean;
  /** The answer was a redirect, which was not followed. */
  redirected: boolean;
}

/**
 * An agent for exactly one request. The SDK's HTTP client follows redirects and posts the body, with
 * the password in it, again to wherever they point; a second request through this agent fails
 * before it connects. It also tells what no error of the SDK does: whether anything can have been
 * sent.
 */
export function singleUseAgent(protocol: 'https:' | 'http:'): {
  agent: HttpAgent;
  progress: ConnectionProgress;
} {
  const progress: ConnectionProgress = { connected: false, redirected: false };
  const isTls = protocol === 'https:';
  const agent = isTls
    ? new HttpsAgent({ keepAlive: false, maxCachedSessions: 0 })
    : new HttpAgent({ keepAlive: false });
  let used = false;

  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    if (used) {
      progress.redirected = true;
      throw new Error('a redirect was not followed');
    }
    used = true;
    const socket = connect(options, callback);
    socket?.once(isTls ? 'secureConnect' : 'connect', () => {
      progress.connected = true;
    });
    return socket;
  };
  return { agent, progress };
}
