import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** A program under test as a process of its own, configured by its environment alone. */
export class BotProcess {
  readonly #child: ChildProcess;
  #output = '';

  /**
   * @param folder where it runs; a folder of its own, so that it finds no settings by accident
   * @param preload a module that is loaded before it, and hears what is said with `tell`
   */
  constructor(
    script: string,
    folder: string,
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    preload?: string,
  ) {
    const { PATH = '' } = process.env;
    const before = preload === undefined ? [] : ['--require', preload];
    this.#child = spawn(process.execPath, [...before, script, ...args], {
      cwd: folder,
      env: { PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe', ...(preload === undefined ? [] : (['ipc'] as const))],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
  }

  /** All that it has printed. */
  get output(): string {
    return this.#output;
  }

  /** Its resident memory in bytes, as Linux counts it. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    return Number(kilobytes) * 1_024;
  }

  /** How many files, sockets and pipes it holds open. */
  openHandles(): number {
    return readdirSync(`/proc/${this.#child.pid}/fd`).length;
  }

  /** The exit code, or `undefined` while it runs. */
  get exitCode(): number | undefined {
    return this.#child.exitCode ?? undefined;
  }

  /** Resolves to the exit code once it has ended and all that it printed has been read. */
  async ended(): Promise<number | undefined> {
    if (this.#child.stdout?.closed !== true) await once(this.#child, 'close');
    return this.exitCode;
  }

  /** Sends it a signal, such as SIGKILL, SIGSTOP or SIGCONT. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Says something to the module that was loaded before it. */
  tell(what: number): void {
    if (this.#child.connected) this.#child.send(what);
  }

  /** Calls `listener` whenever it prints and when it ends. */
  onChange(listener: () => void): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', listener);
    this.#child.once('close', listener);
  }

  /** Whether it has ended, by itself or by a signal. */
  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Asks it to stop. Resolves to its exit code; 137 when it had to be killed after `patienceMs`. */
  async stop(patienceMs = 12_000): Promise<number> {
    const { exitCode } = this.#child;
    if (exitCode !== null) return exitCode;
    if (this.hasEnded) return 137;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    const [code] = await ended;
    clearTimeout(timer);
    return typeof code === 'number' ? code : 137;
  }
}
