import type { ConsoleSite } from '../domain/errors/consolePage';
import type { Policy } from '../domain/policy/policy';
import type { Secret } from '../domain/secrets/secret';
import { type LocaleName, locales, type Messages } from '../i18n/locales';
import type { Alarms } from '../ports/alarms';
import type { Board } from '../ports/board';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { HomeBoard } from '../ports/homes';
import type { Log } from '../ports/log';
import type { Mail } from '../ports/mail';
import type { Metrics } from '../ports/metrics';
import { createAlarms } from './alarms';
import { createBoard } from './board';
import { checkPolicy, type PolicyProblem } from './checkPolicy';
import { backgroundClient, interactiveClient, patientClient } from './clients';
import { createDirectory } from './directory';
import { readTextFile, type TextFile } from './files';
import { createHomeBoard } from './homeBoard';
import { createLanguages } from './languages';
import { createMail } from './mail';

export interface SlackOptions {
  apiUrl: string;
  botToken: Secret;
  /** Ferry's bot. */
  botId: string;
  /** The bot's workspace. */
  teamId: string;
  /** The URL of the workspace's messages: https://example.slack.com/ */
  workspaceUrl: string | undefined;
  /** The language for channels, and for people whose language is unknown. */
  locale: LocaleName;
  /** The console that links lead to. */
  site: ConsoleSite;
  clock: Clock;
  /** Real time, which limits how long a person waits. Tests only move the other clock. */
  machineClock: Clock;
  log: Log;
  metrics: Metrics;
  /** Ferry's version, which the Home tab shows. */
  version: string;
  /** The channel for most requests under the current policy. */
  approvalChannel(): string;
}

/** All of Ferry's calls to Slack. */
export interface Slack {
  alarms: Alarms;
  board: Board;
  directory: Directory;
  homeBoard: HomeBoard;
  mail: Mail;
  /** The words for a person, within half a second. Never rejects. */
  messagesFor(userId: string | undefined): Promise<Messages>;
  /** The text of a file in a form. Never rejects. */
  readAttachment(fileId: string): Promise<TextFile>;
  checkPolicy(policy: Policy): Promise<PolicyProblem | undefined>;
}

const attachmentLimits = { maxBytes: 1_000_000, timeoutMs: 10_000 };

export function createSlack(options: SlackOptions): Slack {
  const {
    apiUrl,
    approvalChannel,
    botId,
    botToken,
    clock,
    locale,
    log,
    machineClock,
    metrics,
    site,
    teamId,
    version,
    workspaceUrl,
  } = options;
  const token = botToken.reveal();
  const messages = locales[locale];
  const background = backgroundClient(token, apiUrl, log, metrics);
  const interactive = interactiveClient(token, apiUrl, log, metrics);
  const patient = patientClient(token, apiUrl, log, metrics);
  const common = { clock, log, patience: machineClock };
  const { messagesFor } = createLanguages({ ...common, client: interactive, fallback: locale });
  return {
    alarms: createAlarms({ botId, client: background, log, messages, workspaceUrl }),
    board: createBoard({ botId, client: background, messages, site, workspaceUrl }),
    directory: createDirectory({ ...common, client: patient, teamId }),
    homeBoard: createHomeBoard({
      ...{ client: background, messagesFor, approvalChannel, version, workspaceUrl },
    }),
    mail: createMail({ botId, client: background, messages, messagesFor, site, workspaceUrl }),
    messagesFor: async (userId) => (userId === undefined ? messages : messagesFor(userId)),
    readAttachment: (fileId) =>
      readTextFile({ client: interactive, log }, fileId, attachmentLimits),
    // The client for posts has a longer timeout, which would delay the start if Slack doesn't
    // answer.
    checkPolicy: (policy) => checkPolicy({ client: interactive, log, teamId }, policy),
  };
}
