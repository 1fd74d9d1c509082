import { BotProcess } from '../botProcess';
import { OFFSET_VARIABLE } from './clockVariable';

const MOST_LINES = 60;

/** The bot's process, which can be killed and started again with the same data. */
export class Bot {
  #process: BotProcess | undefined;
  #listener: () => void = () => {};

  constructor(
    private readonly script: string,
    private readonly preload: string,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  get isRunning(): boolean {
    return this.#process !== undefined && !this.#process.hasEnded;
  }

  /** The last lines of output since its start. */
  get log(): readonly string[] {
    return (this.#process?.output ?? '').trimEnd().split('\n').slice(-MOST_LINES);
  }

  /** Starts the bot, unless it runs. @param offsetMs how far its clock is ahead of the machine's */
  start(offsetMs: number): void {
    if (this.isRunning) return;
    const environment = { ...this.environment, [OFFSET_VARIABLE]: String(offsetMs) };
    this.#process = new BotProcess(this.script, this.folder, environment, [], this.preload);
    this.#process.onChange(() => this.#listener());
    this.#listener();
  }

  /** Resolves once its process has ended. */
  async ended(): Promise<void> {
    await this.#process?.ended();
  }

  setClock(offsetMs: number): void {
    this.#process?.tell(offsetMs);
  }

  /** Makes a running bot reload its policy file. A stopped one reads it when it starts. */
  reloadPolicy(): void {
    if (this.isRunning) this.#process?.signal('SIGHUP');
    this.#listener();
  }

  /** Kills the bot without warning, as a power cut would. */
  async kill(): Promise<void> {
    this.#process?.signal('SIGKILL');
    await this.#process?.ended();
    this.#listener();
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }
}
