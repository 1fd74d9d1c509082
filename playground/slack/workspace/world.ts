import { completeBlocks } from '../blocks/completeBlocks';
import { Triggers } from '../delivery/triggers';
import type { JsonObject } from '../json';
import { Changes } from './changes';
import type { Channel } from './channel';
import { Files } from './files';
import { IdMaker } from './idMaker';
import type { Message, MessageRef } from './message';
import { Messages } from './messages';
import { BOT_USER, SEED_CHANNELS, SEED_GROUPS, SEED_USERS } from './seed';
import { StampMaker } from './stampMaker';
import type { User } from './user';
import type { Plan, UserGroup } from './userGroup';
import { Views } from './views';

export interface NewMessage extends Omit<Message, 'ts' | 'blocks' | 'linkNames'> {
  readonly blocks?: readonly JsonObject[];
  readonly linkNames?: boolean;
}

/** The contents of the workspace: people, channels, messages, views, files. */
export class World {
  readonly ids = new IdMaker();
  readonly changes = new Changes();
  readonly triggers: Triggers;
  readonly views: Views;
  readonly files: Files;
  plan: Plan = 'paid';
  readonly #stamps: StampMaker;
  readonly #users = new Map(SEED_USERS.map((user) => [user.id, user]));
  readonly #channels = new Map(SEED_CHANNELS.map((channel) => [channel.id, channel]));
  readonly #groups = new Map(SEED_GROUPS.map((group) => [group.id, group]));
  readonly #messages = new Messages();

  /**
   * @param now the workspace's clock, in ms since 1970
   * @param baseUrl the URL of the workspace's server, without a trailing slash
   * @param triggerLifeMs how long a `trigger_id` is valid
   */
  constructor(
    readonly now: () => number,
    baseUrl: () => string,
    triggerLifeMs: number,
  ) {
    this.#stamps = new StampMaker(now);
    this.triggers = new Triggers(this.ids, now, triggerLifeMs);
    this.views = new Views(this.ids, now, this.changes);
    this.files = new Files(this.ids, now, this.changes, baseUrl);
  }

  user(id: string): User | undefined {
    return this.#users.get(id);
  }

  get users(): readonly User[] {
    return [...this.#users.values()];
  }

  putUser(user: User): void {
    this.#users.set(user.id, user);
    this.changes.announce();
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  get channels(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  putChannel(channel: Channel): void {
    this.#channels.set(channel.id, channel);
    this.changes.announce();
  }

  group(id: string): UserGroup | undefined {
    return this.#groups.get(id);
  }

  get groups(): readonly UserGroup[] {
    return [...this.#groups.values()];
  }

  putGroup(group: UserGroup): void {
    this.#groups.set(group.id, group);
    this.changes.announce();
  }

  /** The app's direct conversation with a person, created if needed. */
  direct(userId: string): Channel {
    const known = this.channels.find(({ kind, name }) => kind === 'direct' && name === userId);
    if (known !== undefined) return known;
    const channel: Channel = {
      id: this.ids.entity('D'),
      name: userId,
      kind: 'direct',
      members: new Set([BOT_USER, userId]),
      archived: false,
      created: Math.floor(this.now() / 1000),
      creator: BOT_USER,
      sharedWith: [],
    };
    this.putChannel(channel);
    return channel;
  }

  /** True if a person can read a channel: its members, and everyone but guests if it is public. */
  canSee(userId: string, channelId: string): boolean {
    const user = this.user(userId);
    const channel = this.channel(channelId);
    if (user === undefined || channel === undefined || user.deleted) return false;
    if (channel.members.has(userId)) return true;
    return channel.kind === 'public' && !/Guest|stranger/.test(user.kind);
  }

  /** All messages, oldest first, including ephemeral ones. */
  get messages(): readonly Message[] {
    return this.#messages.all();
  }

  /** The messages of a channel, in the same order. */
  messagesIn(channelId: string): readonly Message[] {
    return this.#messages.inChannel(channelId);
  }

  /** The replies to a message, in the same order. */
  repliesTo({ ts }: MessageRef): readonly Message[] {
    return this.#messages.inThread(ts);
  }

  message(ref: MessageRef): Message | undefined {
    return this.#messages.at(ref);
  }

  post({ blocks = [], linkNames = false, ...rest }: NewMessage): Message {
    const message: Message = {
      ...rest,
      linkNames,
      ts: this.#stamps.next(),
      blocks: completeBlocks(blocks, () => this.ids.short()),
    };
    this.#messages.put(message);
    this.changes.announce();
    return message;
  }

  edit(
    message: Message,
    change: Partial<Pick<Message, 'text' | 'blocks' | 'linkNames' | 'metadata'>>,
  ): Message {
    const edited: Message = {
      ...message,
      ...change,
      blocks: completeBlocks(change.blocks ?? message.blocks, () => this.ids.short()),
      edited: this.#stamps.next(),
    };
    if (this.#messages.at(message) !== undefined) this.#messages.put(edited);
    this.changes.announce();
    return edited;
  }

  remove(ref: MessageRef): void {
    this.#messages.remove(ref);
    this.changes.announce();
  }

  /** A timestamp for something other than a message (`action_ts`, `event_ts`). */
  stamp(): string {
    return this.#stamps.next();
  }
}
