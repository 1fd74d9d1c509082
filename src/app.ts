import { createSharedContext } from '../handlers/createSharedContext';
import { registerHandlers } from '../handlers/index';
import { type Config, secretsIn } from './config';
import { describeWarning } from './describeProblems';
import { longestReadMs } from './domain/time/turns';
import { within } from './domain/time/within';
import { createClosers } from './operations/closers';
import { describeKeys, keysProblem } from './operations/describeKeys';
import { type Listening, listen } from './operations/listen';
import { createMetrics, type FerryMetrics } from './operations/metrics';
import { onceASecond } from './operations/onceASecond';
import type { PolicyFile } from './policyFile/parsePolicyFile';
import type { Clock } from './ports/clock';
import type { Closers } from './ports/closers';
import type { Log } from './ports/log';
import { createSecretReader } from './secrets/secretReader';
import { createVault } from './secrets/vault';
import { interactiveClient } from './slack/clients';
import type { SlackConnection } from './slack/connection';
import { createApp } from './slack/createApp';
import { createConnection } from './slack/createConnection';
import { createSlack } from './slack/createSlack';
import { keepSigningIn } from './slack/signIn';
import type { StartProblem } from './startProblem';
import type { Store } from './store/createStore';
import { openStore } from './store/openStore';
import { accountOf } from './tencentcloud/accountOf';
import { createCatalogue } from './tencentcloud/catalogue';
import type { Credentials } from './tencentcloud/credentials/credentials';
import { siteOf } from './tencentcloud/endpoint';
import { checkAccount } from './tencentcloud/identifyAccount';
import { createMigrationService } from './tencentcloud/migrationService';
import { createSecretsManager } from './tencentcloud/secretsManager';
import { version } from './version';
import { createCallPace } from './workflow/callPace';
import { createKeyedQueue } from './workflow/keyedQueue';
import { createLookUps } from './workflow/lookUps';
import { createReview } from './workflow/reviewRules';
import { startWorkers } from './workflow/workers';

/** What a process provides and tests replace. */
export interface Surroundings {
  clock: Clock;
  /** Real time: bounds how long a person waits, and dates Slack's signatures. Tests move only `clock`. */
  machineClock: Clock;
  log: Log;
  /** Returns a number from 0 to below 1. */
  random(): number;
  /** Aborts if the process must stop. A start that is not complete then fails. */
  stopping: AbortSignal;
}

export interface Ferry {
  /** The port that it listens on. */
  port: number;
  /**
   * Replaces the policy, or returns the problem of the new one; the old one then stays in force.
   */
  adopt(read: PolicyFile): Promise<StartProblem | undefined>;
  /** Finishes work in progress, then closes every connection. Rejects if a part failed to close. */
  stop(): Promise<void>;
}

export type StartResult = { ok: true; ferry: Ferry } | { ok: false; problem: StartProblem };

/**
 * A stop waits for this share of the allowed time, so that it ends before the process is killed.
 */
const shareOfStop = 0.9;

/** Puts the parts together and starts them. A failed start closes what it opened. */
export async function startFerry(config: Config, surroundings: Surroundings): Promise<StartResult> {
  const withinMs = config.shutdownSeconds * 1_000 * shareOfStop;
  const closers = createClosers(surroundings.log, withinMs);
  const stop = async (): Promise<void> => {
    const failed = await closers.closeAll();
    if (failed.length > 0) throw new Error(`parts failed to stop: ${failed.join(', ')}`);
  };
  try {
    const started = await start(config, surroundings, closers);
    if (started.ok) return { ok: true, ferry: { ...started.ferry, stop } };
    await closers.closeAll();
    return started;
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

type Started = { ok: true; ferry: Omit<Ferry, 'stop'> } | { ok: false; problem: StartProblem };

/** Parts are closed in the reverse order, because each uses the ones started before it. */
async function start(
  config: Config,
  { clock, log, machineClock, random, stopping }: Surroundings,
  closers: Closers,
): Promise<Started> {
  const metrics = createMetrics(version);
  let current: PolicyFile = config;
  const rules = { policy: () => current.policy, secretRules: () => current.secrets };

  const opened = await openStore(config, { log, now: clock.now });
  if (!opened.ok) return opened;
  const { store } = opened;
  closers.add('database', store.close);

  const { allowedAccountIds, callsPerSecond, region, settleMs, timeoutMs } = config.tencentCloud;
  const paced = createCallPace({
    ...{ callsPerSecond, clock, log, rateLimits: store.rateLimits },
    longestCallMs: Math.max(timeoutMs, longestReadMs),
  });
  closers.add('slots of calls', paced.idle);
  const account = accountOf(config, secretsIn(config), { clock, log, random }, paced.pace);
  const { credentials } = account;

  const onChange = (isUp: boolean): void => metrics.measure({ kind: 'slack_connection', isUp });
  const { proxy } = config;
  const connection = createConnection(
    { ...config.slack, proxy },
    { clock, machineClock, log, metrics, random, onChange },
  );
  // The port opens early, so that a Ferry admin can see that Ferry waits for Slack.
  const listening = await openPort(config, connection, {
    ...{ clock, credentials, log, machineClock, metrics, store },
  });
  if (!listening.ok) return listening;
  const { port, stop: closePort } = listening.server;
  closers.add('HTTP port', closePort);

  const { apiUrl, botToken } = config.slack;
  const client = interactiveClient(botToken.reveal(), apiUrl, log, metrics);
  const signedIn = await keepSigningIn(client, { clock, log, random, stopping });
  if (signedIn.kind === 'stopped') return failed(signedIn);
  if (signedIn.kind === 'refused') return failed({ kind: 'token_refused', error: signedIn.error });
  const { identity } = signedIn;
  const site = siteOf(config.tencentCloud.endpoint);
  const slack = createSlack({
    ...{ apiUrl, botToken, clock, log, machineClock, metrics, site },
    botId: identity.botId,
    teamId: identity.teamId,
    workspaceUrl: identity.workspaceUrl,
    locale: config.locale,
    version,
    approvalChannel: () => current.policy.otherwise.channel,
  });
  const unfit = await slack.checkPolicy(current.policy);
  if (unfit !== undefined) return failed(unfit);
  warnOf(config, current, log);

  const unfitAccount = await checkAccount(account, region, allowedAccountIds);
  if (unfitAccount !== undefined) return failed(unfitAccount);
  if (stopping.aborted) return failed({ kind: 'stopped' });
  const service = createMigrationService(account);
  const secretsManager = createSecretsManager(account, region);
  const environment = config.environmentSecrets;
  const secretReader = createSecretReader({ environment, secretsManager });
  const vault = createVault(config.sealKeys);

  const context = { ...rules, ...slack, ...store, store: store.requests, clock, log, metrics };
  const { postsPerSecond } = config.slack;
  const workers = startWorkers(
    {
      ...{ ...context, machineClock, random, secretReader, service, vault },
      ...{ callsPerSecond, postsPerSecond, settleMs, timeoutMs },
      retentionDays: config.retentionDays,
    },
    closers,
  );
  const catalogue = createCatalogue(account);
  const lookUps = createLookUps(catalogue, { clock, log });
  closers.add('look-ups', lookUps.stop);

  const acting = { ...context, ...workers, turns: createKeyedQueue<number>() };
  const review = createReview(acting);
  closers.add('review of open requests', review.stop);
  const { app, idle } = createApp({
    ...{ token: botToken.reveal(), apiUrl, identity, connection, log, metrics },
  });
  registerHandlers(
    app,
    createSharedContext({
      ...{ ...acting, catalogue, lookUps, region, service, site, vault },
      environmentSecrets: [...environment.keys()].sort(),
      mostOpen: config.openRequestsPerPerson,
      presets: () => current.presets,
      sealsPasswords: config.sealKeys.length > 0,
      workspaceUrl: identity.workspaceUrl,
    }),
  );
  closers.add('connection to Slack', async () => {
    // A launch that began now might not end before the process does. Another process begins it.
    workers.holdLaunches();
    await connection.stop();
    await idle();
  });
  const refused = await Promise.race([connection.start(), aborted(stopping)]);
  if (stopping.aborted) return failed({ kind: 'stopped' });
  if (refused !== undefined) return failed({ kind: 'app_token_refused', error: refused });
  // People need not wait until thousands of open requests are reviewed.
  void review.run();
  const { mode } = config.slack.connection;
  log.info('started', { version, mode, host: config.host ?? 'every address', port });
  // Slack may answer for an older policy file after it answered for a newer one.
  const reloads = createKeyedQueue<'policy'>();
  const adopt = async (read: PolicyFile): Promise<StartProblem | undefined> => {
    const wrong = await reloads('policy', async () => {
      const problem = await slack.checkPolicy(read.policy);
      if (problem === undefined) current = read;
      return problem;
    });
    if (wrong !== undefined) return wrong;
    warnOf(config, read, log);
    await review.run();
    return undefined;
  };
  return { ok: true, ferry: { port, adopt } };
}

/** In ms. Prometheus gives up a scrape after ten seconds, and then learns nothing at all. */
const longestReadingMs = 3_000;

async function openPort(
  { host, port }: Config,
  { isUp, listener }: SlackConnection,
  parts: {
    clock: Clock;
    credentials: Credentials;
    log: Log;
    machineClock: Clock;
    metrics: FerryMetrics;
    store: Store;
  },
): Promise<Listening> {
  const { clock, credentials, log, machineClock, metrics, store } = parts;
  // The probe writes, and anyone who can reach the port can trigger it.
  const takesWrites = onceASecond(() =>
    store.probe(clock.now()).then(
      () => true,
      () => false,
    ),
  );
  const obstacle = async () => {
    if (!isUp()) return 'not connected to Slack';
    return (await takesWrites()) ? keysProblem(credentials) : 'the database takes no writes';
  };
  const note = () => describeKeys(credentials.state());
  const workload = onceASecond(() => store.workload(clock.now()).catch(() => undefined));
  const metricsText = onceASecond(async (): Promise<string> => {
    const [read, written] = await Promise.all([
      within(machineClock, workload(), longestReadingMs),
      within(machineClock, takesWrites(), longestReadingMs),
    ]);
    const takes = { takesWrites: written === true };
    return metrics.text({ ...takes, workload: read, keys: credentials.state() });
  });
  const events = { method: 'POST', path: '/slack/events' } as const;
  const routes = listener === undefined ? [] : [{ ...events, handle: listener }];
  const readings = { metrics: { text: metricsText, contentType: metrics.contentType } };
  return listen({ host, port }, { log, ...readings, routes, obstacle, note, version });
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });

const failed = (problem: StartProblem): Started => ({ ok: false, problem });

function warnOf({ policyFile = '', locale }: Config, { warnings }: PolicyFile, log: Log): void {
  for (const warning of warnings) {
    const says = describeWarning(policyFile, warning, locale);
    log.warn('the policy file has a probable mistake', { says });
  }
}
