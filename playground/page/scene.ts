import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { botEnvironment } from '../botEnvironment';
import { allowedSecret, dbas, onCall, production, sres } from '../cast';
import { freePort } from '../freePort';
import { BOT_USER, type SlackWorkspace, startSlack } from '../slack/index';
import { type DtsEndpoint, startDts } from '../tencentcloud/index';
import { Bot } from './bot';
import { type PolicyName, policyText } from './policy';
import type { Manifest } from './readManifest';

const policyFileName = 'policy.yml';

export interface SceneParts {
  /** The compiled program, and the module that shifts its clock. */
  readonly script: string;
  readonly preload: string;
  readonly manifest: Manifest;
  readonly locale: string;
}

/** A workspace, an account and the bot between them. */
export class Scene {
  offsetMs = 0;
  /** Identifies the scene. A reset and a restart of the playground change it. */
  readonly life = randomUUID();
  policy: PolicyName = 'usual';

  private constructor(
    readonly slack: SlackWorkspace,
    readonly dts: DtsEndpoint,
    readonly bot: Bot,
    readonly manifest: Manifest,
    /** The language of the bot in channels. */
    readonly locale: string,
    private readonly folder: string,
  ) {}

  static async begin(parts: SceneParts): Promise<Scene> {
    const { manifest } = parts;
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    const clock = { now: (): number => Date.now() };
    const now = (): number => clock.now();
    const scopes = manifest.oauth_config.scopes.bot;
    const commands = manifest.features.slash_commands.map(({ command }) => command);
    const [slack, dts, port] = await Promise.all([
      startSlack({ now, scopes, commands }),
      startDts({ now }),
      freePort(),
    ]);
    furnish(slack, dts, manifest);
    const policyFile = join(folder, policyFileName);
    writeFileSync(policyFile, policyText('usual'));
    const bot = new Bot(parts.script, parts.preload, folder, {
      ...botEnvironment(slack, dts),
      SLACK_POSTS_PER_SECOND: '100',
      POLICY_FILE: policyFile,
      DATABASE_URL: `sqlite:${join(folder, 'requests.db')}`,
      PORT: String(port),
      DEFAULT_LOCALE: parts.locale,
      LOG_LEVEL: 'info',
    });
    const scene = new Scene(slack, dts, bot, manifest, parts.locale, folder);
    clock.now = () => Date.now() + scene.offsetMs;
    bot.start(0);
    return scene;
  }

  /** Resolves once the bot is connected, or to its output if it has ended before. */
  async connected(): Promise<string | undefined> {
    const connection = this.slack
      .until(() => this.slack.socket.connections > 0, { what: 'the bot', timeoutMs: 60_000 })
      .then(
        () => undefined,
        // A slow machine: the page shows when the bot is connected.
        () => undefined,
      );
    return Promise.race([connection, this.bot.ended().then(() => this.bot.log.join('\n'))]);
  }

  get now(): number {
    return Date.now() + this.offsetMs;
  }

  /** Moves all three clocks forward. */
  moveTime(ms: number): void {
    this.offsetMs += ms;
    this.bot.setClock(this.offsetMs);
  }

  /** Changes the policy file and makes the bot reload it, as a Ferry admin would. */
  setPolicy(name: PolicyName): void {
    this.policy = name;
    writeFileSync(join(this.folder, policyFileName), policyText(name));
    this.bot.reloadPolicy();
  }

  onChange(listener: () => void): void {
    this.slack.onChange(listener);
    this.dts.onChange(listener);
    this.bot.onChange(listener);
  }

  async end(): Promise<void> {
    await this.bot.kill();
    await Promise.all([this.slack.close(), this.dts.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function furnish(slack: SlackWorkspace, dts: DtsEndpoint, manifest: Manifest): void {
  slack.changeUser(BOT_USER, { realName: manifest.display_information.name });
  for (const group of [dbas, sres, onCall]) slack.addGroup(group);
  dts.add({
    instances: [
      {
        engine: 'mysql',
        port: 3306,
        region: 'ap-shanghai',
        id: production,
        name: 'orders-production',
        address: '10.8.1.90',
      },
    ],
    secrets: [
      {
        region: 'ap-shanghai',
        name: allowedSecret,
        versions: [{ id: 'v1', text: `stored-${randomBytes(9).toString('base64url')}` }],
      },
    ],
  });
}
