import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** What a bot gets from the environment of the process that starts it, next to its settings. */
const isInherited = (name: string): boolean =>
  ['PATH', 'TZ', 'LD_PRELOAD'].includes(name) || name.startsWith('FAKETIME');

/** A program under test in a separate process, configured only by its environment. */
export class BotProcess {
  readonly #child: ChildProcess;
  #output = '';

  /**
   * @param folder the working directory; an empty one, so that no settings are found by accident
   * @param preload a module that is loaded first and receives messages sent with `tell`
   * @param owner the user that it runs as; only root can choose another one
   */
  constructor(
    script: string,
    folder: string,
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    preload?: string,
    owner?: { uid: number; gid: number },
  ) {
    // A faked clock must be the same in both processes.
    const inherited = Object.entries(process.env).filter(([name]) => isInherited(name));
    const before = preload === undefined ? [] : ['--require', preload];
    this.#child = spawn(process.execPath, [...before, script, ...args], {
      ...owner,
      cwd: folder,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe', ...(preload === undefined ? [] : (['ipc'] as const))],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
  }

  /** All output so far. */
  get output(): string {
    return this.#output;
  }

  /** Its resident memory in bytes, from Linux. */
  residentBytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    return Number(kilobytes) * 1_024;
  }

  /** The processor time that it has used so far in ms, from Linux, which counts it in 10 ms. */
  processorMs(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** The number of open files, sockets and pipes. */
  openHandles(): number {
    return readdirSync(`/proc/${this.#child.pid}/fd`).length;
  }

  /** The exit code; `undefined` while it runs. */
  get exitCode(): number | undefined {
    return this.#child.exitCode ?? undefined;
  }

  /** Resolves to the exit code once the process has ended and its output has been read. */
  async ended(): Promise<number | undefined> {
    if (this.#child.stdout?.closed !== true) await once(this.#child, 'close');
    return this.exitCode;
  }

  /** Sends a signal, such as SIGKILL, SIGSTOP or SIGCONT. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Sends a number to the preloaded module. */
  tell(what: number): void {
    if (this.#child.connected) this.#child.send(what);
  }

  /** Calls `listener` after each output and when the process ends. */
  onChange(listener: () => void): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', listener);
    this.#child.once('close', listener);
  }

  /** True if the process has ended, normally or by a signal. */
  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /**
   * Asks the process to stop. Resolves to its exit code; 137 if it had to be killed after
   * `patienceMs`.
   */
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
