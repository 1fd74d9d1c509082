import type { Message, MessageRef } from './message';

/** A workspace's messages, oldest first. Timestamps are unique in the workspace. */
export class Messages {
  readonly #all = new Map<string, Message>();
  readonly #channels = new Map<string, Map<string, Message>>();
  /** Replies by the timestamp of their parent. */
  readonly #threads = new Map<string, Map<string, Message>>();

  all(): readonly Message[] {
    return [...this.#all.values()];
  }

  inChannel(channel: string): readonly Message[] {
    return [...(this.#channels.get(channel)?.values() ?? [])];
  }

  /** The replies to a message. */
  inThread(ts: string): readonly Message[] {
    return [...(this.#threads.get(ts)?.values() ?? [])];
  }

  at({ channel, ts }: MessageRef): Message | undefined {
    const found = this.#all.get(ts);
    return found?.channel === channel ? found : undefined;
  }

  /** Adds a message, or replaces it after an edit. */
  put(message: Message): void {
    const { channel, threadTs, ts } = message;
    this.#all.set(ts, message);
    put(this.#channels, channel, message);
    if (threadTs !== undefined) put(this.#threads, threadTs, message);
  }

  remove(ref: MessageRef): void {
    const message = this.at(ref);
    if (message === undefined) return;
    this.#all.delete(message.ts);
    this.#channels.get(message.channel)?.delete(message.ts);
    this.#threads.get(message.threadTs ?? '')?.delete(message.ts);
  }
}

function put(lists: Map<string, Map<string, Message>>, key: string, message: Message): void {
  const list = lists.get(key) ?? new Map<string, Message>();
  list.set(message.ts, message);
  lists.set(key, list);
}
