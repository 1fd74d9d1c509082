import type { IncomingMessage, ServerResponse } from 'node:http';
import { registerHandlers } from '../handlers/index';
import type { Config } from './config';
import { describeWarning } from './describe';
import type { ChannelProblem } from './domain/channel/announcement';
import { channelsOf, type Policy } from './domain/policy/policy';
import { dependsOnChannel } from './domain/policy/rules';
import { locales } from './i18n/locales';
import {
  answer,
  type HttpServer,
  type Route,
  refuse,
  startHttpServer,
} from './operations/httpServer';
import { createMetrics, type FerryMetrics } from './operations/metrics';
import { onceASecond } from './operations/onceASecond';
import { systemClock } from './operations/systemClock';
import type { PolicyFile } from './policyFile/parsePolicyFile';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import { createSecretReader } from './secrets/secretReader';
import { createVault } from './secrets/vault';
import { createBoard } from './slack/board';
import { checkChannel } from './slack/checkChannel';
import {
  type CheckPeopleContext,
  checkPeople,
  namedPeople,
  type PeopleProblem,
} from './slack/checkPeople';
import { backgroundClient, interactiveClient, patientClient } from './slack/clients';
import type { SlackConnection } from './slack/connection';
import { createApp } from './slack/createApp';
import { createDirectory } from './slack/directory';
import { readTextFile } from './slack/files';
import { createHomeBoard } from './slack/homeBoard';
import { httpConnection } from './slack/httpConnection';
import { createLanguages } from './slack/languages';
import { createMail } from './slack/mail';
import { type BotIdentity, signIn } from './slack/signIn';
import { socketConnection } from './slack/socketConnection';
import { createChain } from './store/chain';
import { createStore } from './store/createStore';
import type { DatabaseLocation } from './store/database';
import { laxRights } from './store/fileRights';
import { readFit } from './store/journal';
import { type DatabaseProblem, openDatabase } from './store/openDatabase';
import { accountOf } from './tencentcloud/accountOf';
import { createCatalogue } from './tencentcloud/catalogue';
import { siteOf } from './tencentcloud/endpoint';
import { createMigrationService } from './tencentcloud/migrationService';
import { createSecretsManager } from './tencentcloud/secretsManager';
import { type ActContext, checkEditing } from './workflow/act';
import { actFor } from './workflow/actFor';
import { admit } from './workflow/admit';
import { announce } from './workflow/announce';
import { createCallPace } from './workflow/callPace';
import { startDispatcher } from './workflow/dispatcher';
import { startHomes } from './workflow/homes';
import { inform } from './workflow/inform';
import { createLookUps } from './workflow/lookUps';
import { overview } from './workflow/overview';
import { proceed } from './workflow/proceed';
import { reviewRules } from './workflow/reviewRules';
import { submit } from './workflow/submit';
import { suggest } from './workflow/suggest';
import { startSweeper } from './workflow/sweep';
import { postPace } from './workflow/tell';
import { createTurns } from './workflow/turns';
import { findFor } from './workflow/viewing';

/** What the process brings and a test replaces. */
export interface Surroundings {
  clock: Clock;
  log: Log;
  /** 0 to below 1. */
  random(): number;
}

/** Why Ferry did not start, as data. */
export type StartProblem =
  | { kind: 'port_taken'; port: number }
  | { kind: 'port_forbidden'; port: number }
  | { kind: 'host_unusable'; host: string }
  | { kind: 'token_refused'; error: string }
  | { kind: 'app_token_refused'; error: string }
  | { kind: 'channel'; channel: string; problem: ChannelProblem }
  | { kind: 'people'; problems: readonly PeopleProblem[] }
  | { kind: 'database'; location: DatabaseLocation; problem: DatabaseProblem }
  /** The newest event does not fit AUDIT_KEY. `next`: the position of the next one. */
  | { kind: 'audit_key'; next: number };

export interface Ferry {
  /** The port that it listens on. */
  port: number;
  /** Goes on with another policy, or says why that cannot be; the old one stays then. */
  adopt(read: PolicyFile): Promise<StartProblem | undefined>;
  /** Finishes what is under way, then closes every connection. */
  stop(): Promise<void>;
}

export type StartResult = { ok: true; ferry: Ferry } | { ok: false; problem: StartProblem };

/** Puts the parts together and starts them. The only place that knows every one. */
export async function startFerry(
  config: Config,
  { clock, log, random }: Surroundings,
): Promise<StartResult> {
  const metrics = createMetrics();
  const connection = connect(config, { clock, log, random }, metrics);

  const opened = await openDatabase(config.database, (error) =>
    log.error('a connection to the database broke', { error }),
  );
  if (!opened.ok) {
    const { problem } = opened;
    return { ok: false, problem: { kind: 'database', location: config.database, problem } };
  }
  if (config.database.kind === 'sqlite') {
    for (const lax of laxRights(config.database.path)) {
      log.warn('other users of this machine can open the database; chmod go= takes that away', {
        ...lax,
      });
    }
  }
  const chain = createChain(config.auditKeys);
  const store = createStore(opened.db, config.database.kind, () => clock.now(), chain);
  const fit = await readFit(opened.db, chain);
  if (!fit.ok && !config.auditKeys.some(({ from }) => from === fit.next)) {
    await store.close();
    return { ok: false, problem: { kind: 'audit_key', next: fit.next } };
  }
  // It writes, and anybody who reaches the port can ask.
  const probeStore = onceASecond(() =>
    store.probe(clock.now()).then(
      () => undefined,
      () => 'the database takes no writes',
    ),
  );
  const isReady = async (): Promise<string | undefined> =>
    connection.isUp() ? probeStore() : 'not connected to Slack';
  const server = await listen(config, connection, { metrics, log, isReady });
  if ('kind' in server) {
    await store.close();
    return { ok: false, problem: server };
  }
  /** Undoes what was started so far. */
  const giveUp = async (problem: StartProblem): Promise<StartResult> => {
    await server.stop();
    await store.close();
    return { ok: false, problem };
  };
  const identity = await identify(config, { clock, log, random });
  if ('kind' in identity) return giveUp(identity);

  const { apiUrl, botToken } = config.slack;
  const token = botToken.reveal();
  const messages = locales[config.locale];
  const background = backgroundClient(token, apiUrl, log);
  const interactive = interactiveClient(token, apiUrl, log);
  const slack = { client: interactive, log, teamId: identity.teamId };
  const directory = createDirectory({
    ...slack,
    client: patientClient(token, apiUrl, log),
    clock,
    patience: systemClock,
  });
  const { messagesFor } = createLanguages({
    client: interactive,
    clock,
    patience: systemClock,
    log,
    fallback: config.locale,
  });
  const vault = createVault(config.sealKeys);
  const { callsPerSecond, region } = config.tencentCloud;
  const callPace = createCallPace({ callsPerSecond, clock, log, rateLimits: store.rateLimits });
  const account = accountOf(config, callPace);
  const service = createMigrationService(account);
  const lookUps = createLookUps(createCatalogue(account), { clock, log });
  const secretReader = createSecretReader({
    environment: config.environmentSecrets,
    secretsManager: createSecretsManager(account, region),
  });
  let { policy, secrets, presets }: PolicyFile = config;
  const warn = ({ warnings }: PolicyFile): void => {
    for (const warning of warnings) {
      const says = describeWarning(config.policyFile ?? '', warning, config.locale);
      log.warn('the policy file is probably not meant like this', { says });
    }
  };
  const mostOpen = config.openRequestsPerPerson;
  const rules = { policy: () => policy, secretRules: () => secrets };
  // Slack's silence must not hold up the start for as long as a post may take.
  const unfit = await checkPolicy(slack, policy);
  if (unfit !== undefined) return giveUp(unfit);
  warn(config);
  const site = siteOf(config.tencentCloud.endpoint);
  const board = createBoard({ client: background, messages, site });

  const { announcements, messageSettings, requests } = store;
  const { postsPerSecond } = config.slack;
  const telling = { announcements, clock, log, postsPerSecond, store: requests };
  const pace = postPace(postsPerSecond);
  const mail = createMail({ client: background, messages, messagesFor });
  const informer = startDispatcher({
    name: 'informing',
    clock,
    log,
    concurrency: 5,
    leases: store.leases('informing'),
    due: (now, except) => announcements.due('requester', now, except, pace),
    process: (id) =>
      inform({ ...telling, directory, messageSettings, policy: rules.policy, mail }, id),
  });
  const wakeInformer = () => informer.wake();
  const homes = startHomes({
    clock,
    log,
    directory,
    policy: rules.policy,
    store: requests,
    homes: store.homes,
    board: createHomeBoard({
      client: background,
      messagesFor,
      approvalChannel: () => policy.otherwise.channel,
    }),
  });
  const announcer = startDispatcher({
    name: 'announcing',
    clock,
    log,
    concurrency: 5,
    leases: store.leases('announcing'),
    due: (now, except) => announcements.due('channel', now, except, pace),
    process: (id) => {
      // What another process recorded, and did not live to show, is found here.
      homes.wake();
      return announce({ ...telling, board, metrics, wakeInformer }, id);
    },
  });
  const wakeAnnouncer = () => {
    announcer.wake();
    wakeInformer();
    homes.wake();
  };
  const wakeLauncher = (): void => launcher.wake();
  const launcher = startDispatcher({
    name: 'launching',
    clock,
    log,
    concurrency: 10,
    leases: store.leases('launching'),
    due: (now, except) => requests.due(now, except),
    // A call of a process that is gone is looked into after this time.
    leaseMs: 15_000,
    process: (id, isHeld) =>
      proceed(
        {
          callsPerSecond: config.tencentCloud.callsPerSecond,
          timeoutMs: config.tencentCloud.timeoutMs,
          settleMs: config.tencentCloud.settleMs,
          clock,
          log,
          metrics,
          random,
          rateLimits: store.rateLimits,
          store: requests,
          vault,
          wakeAnnouncer,
          wakeLauncher,
          service,
          directory,
          secretReader,
          ...rules,
        },
        id,
        isHeld,
      ),
  });

  const acting: ActContext = {
    ...rules,
    clock,
    directory,
    log,
    metrics,
    store: requests,
    turns: createTurns(),
    wakeAnnouncer,
    wakeLauncher,
  };
  const { retentionDays } = config;
  const sweeper = startSweeper({ retention: store.retention, clock, log, retentionDays });

  const { app, idle } = createApp({ token, apiUrl, identity, connection, log });
  registerHandlers(app, {
    messagesFor: async (userId) => (userId === undefined ? messages : messagesFor(userId)),
    site,
    policy: rules.policy,
    region: config.tencentCloud.region,
    offer: () => ({
      typed: config.sealKeys.length > 0,
      stored: secrets.length > 0,
      asksChannel: dependsOnChannel(policy),
    }),
    presets: () => presets,
    admit: (userId) => admit(acting, userId),
    find: (viewer, id) => findFor(acting, viewer, id),
    events: (id) => requests.events(id, 0),
    overview: (viewer) => overview({ directory, store: requests }, viewer, 0, 5),
    cardOf: async (id) => (await announcements.find(id, 'channel')).card,
    showHome: (userId, page) => homes.show(userId, page),
    readAttachment: (fileId) =>
      readTextFile({ client: interactive, log }, fileId, {
        maxBytes: 1_000_000,
        timeoutMs: 10_000,
      }),
    suggest: (query) =>
      suggest(
        {
          region: config.tencentCloud.region,
          ...rules,
          environmentSecrets: [...config.environmentSecrets.keys()].sort(),
          ...lookUps,
        },
        query,
      ),
    log,
    submit: (submission) =>
      submit({ ...acting, ...rules, log, mostOpen, service, vault }, submission),
    setMuted: (userId, muted, delivery) =>
      messageSettings.setMuted(userId, muted, { delivery, at: clock.now() }),
    act: (action) => actFor(acting, action),
    refusalOfEditing: (requestId, userId) => checkEditing(acting, requestId, userId),
  });
  const review = () =>
    reviewRules({ ...acting, log }).catch((error: unknown) => {
      log.error('the rules of waiting requests could not be looked at', { error });
    });
  const stop = async (): Promise<void> => {
    // Acknowledgements need the connection; what comes in until it is closed is still served.
    await idle();
    await connection.stop();
    await server.stop();
    await idle();
    await lookUps.stop();
    await launcher.stop();
    await announcer.stop();
    await sweeper.stop();
    await informer.stop();
    await homes.stop();
    await store.close();
  };
  const refused = await connection.start();
  if (refused !== undefined) {
    await stop();
    return { ok: false, problem: { kind: 'app_token_refused', error: refused } };
  }
  if (config.slack.connection.mode === 'http') metrics.slackConnected(true);
  await review();
  const { mode } = config.slack.connection;
  log.info('started', { mode, host: config.host ?? 'every address', port: server.port });
  const adopt = async (read: PolicyFile): Promise<StartProblem | undefined> => {
    const wrong = await checkPolicy(slack, read.policy);
    if (wrong !== undefined) return wrong;
    ({ policy, secrets, presets } = read);
    warn(read);
    await review();
    return undefined;
  };
  return { ok: true, ferry: { port: server.port, adopt, stop } };
}

function connect(
  { slack }: Config,
  { clock, log, random }: Surroundings,
  metrics: FerryMetrics,
): SlackConnection {
  const { connection, apiUrl } = slack;
  return connection.mode === 'http'
    ? httpConnection({
        signingSecret: connection.signingSecret.reveal(),
        log,
        // Slack signs the machine's time, whatever the clock of requests says.
        now: systemClock.now,
      })
    : socketConnection({
        appToken: connection.appToken.reveal(),
        apiUrl,
        clock,
        log,
        random,
        onChange: metrics.slackConnected,
      });
}

async function listen(
  { host, port }: Config,
  connection: SlackConnection,
  parts: { metrics: FerryMetrics; log: Log; isReady(): Promise<string | undefined> },
): Promise<HttpServer | StartProblem> {
  const { metrics, log, isReady } = parts;
  const { listener } = connection;
  const routes: Route[] = [
    { method: 'GET', path: '/healthz', handle: (_, response) => answer(response, 200, 'ok') },
    {
      method: 'GET',
      path: '/readyz',
      handle: async (_, response) => {
        const obstacle = await isReady();
        answer(response, obstacle === undefined ? 200 : 503, obstacle ?? 'ready');
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      handle: async (_, response) =>
        answer(response, 200, await metrics.text(), metrics.contentType),
    },
    ...(listener === undefined
      ? []
      : [
          {
            method: 'POST' as const,
            path: '/slack/events',
            handle: async (request: IncomingMessage, response: ServerResponse) => {
              const refusal = await listener(request, response);
              if (refusal !== undefined) refuse(request, response, refusal.status, refusal.words);
            },
          },
        ]),
  ];
  try {
    return await startHttpServer({ host, port }, routes, (error) =>
      log.error('a request failed', { error }),
    );
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), 'code');
    if (code === 'EADDRINUSE') return { kind: 'port_taken', port };
    if (code === 'EACCES') return { kind: 'port_forbidden', port };
    const hostCodes: readonly unknown[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];
    if (host !== undefined && hostCodes.includes(code)) return { kind: 'host_unusable', host };
    throw error;
  }
}

/** Learns who the bot is; keeps asking while Slack cannot be reached. */
async function identify(
  { slack }: Config,
  { clock, log, random }: Surroundings,
): Promise<BotIdentity | StartProblem> {
  const client = interactiveClient(slack.botToken.reveal(), slack.apiUrl, log);
  for (let failures = 0; ; failures += 1) {
    const result = await signIn(client);
    if (result.kind === 'signed_in') return result.identity;
    if (result.kind === 'refused') return { kind: 'token_refused', error: result.error };
    log.error('Slack cannot be reached; trying on', { reason: result.detail });
    const delayMs = Math.min(30_000, 500 * 2 ** failures) * (0.5 + random() / 2);
    await clock.sleepUntil(new Date(clock.now().getTime() + delayMs));
  }
}

/** Whether requests can be posted and decided as the policy says; flaws that leave that possible are logged. */
async function checkPolicy(
  slack: CheckPeopleContext,
  policy: Policy,
): Promise<StartProblem | undefined> {
  for (const channel of channelsOf(policy)) {
    const problem = await checkChannel(slack.client, channel, slack.log);
    if (problem !== undefined) return { kind: 'channel', channel, problem };
  }
  const problems = await checkPeople(slack, namedPeople(policy));
  const stops = problems.filter(({ severity }) => severity === 'stops');
  if (stops.length > 0) return { kind: 'people', problems: stops };
  for (const problem of problems) slack.log.warn('the policy names people in vain', { ...problem });
  return undefined;
}
