import type { ServerResponse } from 'node:http';
import type { SectionName, Sections } from './wire';

interface Listener {
  readonly userId: string;
  readonly stream: ServerResponse;
  /** The last sent JSON of each section. */
  readonly sent: Map<string, string>;
}

const GATHER_MS = 30;
/** How often to send changes that only depend on the time, such as a job's state. In ms. */
const EVERY_MS = 1_000;

/** The open pages. Each receives its changes as server-sent events. */
export class Live {
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  readonly #ticks = setInterval(() => this.changed(), EVERY_MS);

  constructor(private readonly sectionsOf: (userId: string) => Sections) {}

  open(userId: string, stream: ServerResponse): void {
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const listener: Listener = { userId, stream, sent: new Map() };
    this.#listeners.add(listener);
    stream.on('close', () => this.#listeners.delete(listener));
    this.#tell(listener);
  }

  /** Call this after a possible change. Changes at the same time are sent together. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const listener of this.#listeners) this.#tell(listener);
    }, GATHER_MS);
  }

  #tell({ userId, stream, sent }: Listener): void {
    const sections = this.sectionsOf(userId);
    for (const name of Object.keys(sections) as SectionName[]) {
      const text = JSON.stringify(sections[name]);
      if (sent.get(name) === text) continue;
      sent.set(name, text);
      stream.write(`event: ${name}\ndata: ${text}\n\n`);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#ticks);
    for (const { stream } of this.#listeners) stream.end();
  }
}
