import { BotProcess } from '../botProcess';
import { OFFSET_VARIABLE } from './clockVariable';

const MOST_LINES = 60;

/** The bot as a process that can be killed and started again on the same data. */
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

  /** The last lines that it printed since its start. */
  get log(): readonly string[] {
    return (this.#process?.output ?? '').trimEnd().split('\n').slice(-MOST_LINES);
  }

  /** Starts it, unless it runs. @param offsetMs how far its clock is ahead of the machine's */
  start(offsetMs: number): void {
    if (this.isRunning) return;
    const environment = { ...this.environment, [OFFSET_VARIABLE]: String(offsetMs) };
    this.#process = new BotProcess(this.script, this.folder, environment, [], this.preload);
    this.#process.onChange(() => this.#listener());
    this.#listener();
  }

  setClock(offsetMs: number): void {
    this.#process?.tell(offsetMs);
  }

  /** Tells it to read its policy file again. One that is stopped reads the file when it starts. */
  reloadPolicy(): void {
    if (this.isRunning) this.#process?.signal('SIGHUP');
    this.#listener();
  }

  /** Ends it without a word to it, as a power cut does. */
  async kill(): Promise<void> {
    this.#process?.signal('SIGKILL');
    await this.#process?.ended();
    this.#listener();
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }
}
