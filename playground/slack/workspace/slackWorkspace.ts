import type { Acknowledgement, Deliverer, RedeliveryOptions } from '../delivery/deliverer';
import type { SocketControl } from '../delivery/socketMode';
import type { JsonObject } from '../json';
import { notifications, type Ping } from '../people/notifications';
import { Person, type PersonParts } from '../people/person';
import { Renderer } from '../people/renderer';
import type { UntilOptions, Waiting } from '../people/until';
import type { Faults } from '../records/faults';
import type { Recorder } from '../records/recorder';
import type { Call, Delivery, Mistake } from '../records/records';
import type { DeliveryMode } from '../slackOptions';
import type { Channel } from './channel';
import type { Message, MessageRef } from './message';
import { APP_ID, APP_TOKEN, BOT_TOKEN, BOT_USER, EVA, SIGNING_SECRET, TEAM } from './seed';
import type { SlackFile } from './slackFile';
import type { User } from './user';
import type { Plan, UserGroup } from './userGroup';
import type { View } from './view';
import type { World } from './world';

export interface WorkspaceParts extends PersonParts {
  readonly apiUrl: string;
  readonly deliverer: Deliverer;
  readonly faults: Faults;
  readonly socket: SocketControl;
  readonly waiting: Waiting;
  readonly deliverTo: (mode: DeliveryMode) => void;
  readonly close: () => Promise<void>;
}

/** A running workspace for tests, demos and pages. */
export class SlackWorkspace {
  /** The URL of the Web API, ending in `/api/`, for a client's `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken = BOT_TOKEN;
  readonly appToken = APP_TOKEN;
  readonly signingSecret = SIGNING_SECRET;
  readonly appId = APP_ID;
  /** Faults for coming Web API calls. */
  readonly faults: Faults;
  /** The app's Socket Mode connections. */
  readonly socket: SocketControl;
  readonly #parts: WorkspaceParts;
  readonly #world: World;
  readonly #recorder: Recorder;
  readonly #renderer: Renderer;

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
    this.#world = parts.world;
    this.#recorder = parts.recorder;
    this.#renderer = new Renderer(parts.world);
    this.apiUrl = parts.apiUrl;
    this.faults = parts.faults;
    this.socket = parts.socket;
  }

  /** A person at their Slack client. @throws Error if there is no such user */
  as(userId: string): Person {
    if (this.#world.user(userId) === undefined) throw new Error(`there is no user ${userId}`);
    return new Person(userId, this.#parts);
  }

  /** All Web API calls in order of arrival. */
  get calls(): readonly Call[] {
    return this.#recorder.calls;
  }

  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** All payloads sent to the app, including copies and retries. */
  get deliveries(): readonly Delivery[] {
    return this.#recorder.deliveries;
  }

  /** The app's mistakes. */
  get mistakes(): readonly Mistake[] {
    return this.#recorder.mistakes;
  }

  /** Everything the app ever sent, raw and decoded, to search for secrets. */
  everything(): string {
    return this.#recorder.everything();
  }

  /** Drops the records so far (calls, deliveries, everything). Channels and mistakes stay. */
  forget(): void {
    this.#recorder.forget();
  }

  /** Resolves to the first result of `probe`, which is called after every change. */
  until<T>(probe: () => T | undefined | false, options?: UntilOptions): Promise<T> {
    return this.#parts.waiting.until(probe, options);
  }

  /** Acts, and resolves to the next message that only this person sees. */
  async answerTo(
    userId: string,
    act: (person: Person) => Promise<unknown>,
    options?: UntilOptions,
  ): Promise<Message> {
    const person = this.as(userId);
    const before = person.ephemerals().length;
    await act(person);
    return this.until(() => person.ephemerals()[before], { what: 'an answer', ...options });
  }

  /** Calls `listener` after every change. @returns a function that ends the subscription */
  onChange(listener: () => void): () => void {
    return this.#world.changes.subscribe(listener);
  }

  /** The next interaction is delivered `times` more times. */
  redeliverNext(times: number, options?: RedeliveryOptions): void {
    this.#parts.deliverer.redeliverNext(times, options);
  }

  /** Repeats a delivery, as an attacker who captured it could. Resolves to its acknowledgement. */
  replay({ kind, payload }: Pick<Delivery, 'kind' | 'payload'>): Promise<Acknowledgement> {
    return this.#parts.deliverer.deliver({ kind, body: payload }).first;
  }

  /** Changes how interactions reach the app from now on. */
  deliverTo(mode: DeliveryMode): void {
    this.#parts.deliverTo(mode);
  }

  /** The current state of a message. */
  message(ref: MessageRef): Message | undefined {
    return this.#world.message(ref);
  }

  /**
   * All messages of a channel, oldest first, including replies and everyone's ephemeral messages.
   */
  messages(channelId: string): readonly Message[] {
    return this.#world.messagesIn(channelId);
  }

  /** A message or view as plain text. */
  render(item: Message | View): string {
    return this.#renderer.render(item);
  }

  notifications(message: Message): readonly Ping[] {
    return notifications(message, this.#world);
  }

  get users(): readonly User[] {
    return this.#world.users;
  }

  get channels(): readonly Channel[] {
    return this.#world.channels;
  }

  get groups(): readonly UserGroup[] {
    return this.#world.groups;
  }

  /** Adds a user; by default a member in en-US. */
  addUser(user: Pick<User, 'name' | 'realName'> & Partial<User>): User {
    const added: User = {
      id: this.#world.ids.entity('U'),
      kind: 'member',
      teamId: TEAM.id,
      locale: 'en-US',
      tz: 'Etc/UTC',
      deleted: false,
      ...user,
    };
    this.#world.putUser(added);
    return added;
  }

  changeUser(userId: string, change: Partial<Omit<User, 'id'>>): void {
    const user = this.#world.user(userId);
    if (user === undefined) throw new Error(`there is no user ${userId}`);
    this.#world.putUser({ ...user, ...change });
  }

  /** Deactivates a user, who leaves all channels and groups and can't act. */
  deactivate(userId: string): void {
    this.changeUser(userId, { deleted: true });
    for (const channel of this.channels) {
      if (channel.kind !== 'direct' && channel.members.has(userId)) this.leave(channel.id, userId);
    }
    for (const group of this.groups) {
      this.setGroup(group.id, { users: group.users.filter((id) => id !== userId) });
    }
  }

  /** Adds a channel; by default public and empty. */
  addChannel(
    channel: Pick<Channel, 'name'> &
      Partial<Omit<Channel, 'members' | 'kind'>> & {
        readonly kind?: 'public' | 'private';
        readonly members?: readonly string[];
      },
  ): Channel {
    const added: Channel = {
      id: this.#world.ids.entity('C'),
      kind: 'public',
      archived: false,
      created: Math.floor(this.#world.now() / 1000),
      creator: EVA,
      sharedWith: [],
      ...channel,
      members: new Set(channel.members ?? []),
    };
    this.#world.putChannel(added);
    return added;
  }

  join(channelId: string, userId: string): void {
    const channel = this.#channel(channelId);
    this.#world.putChannel({ ...channel, members: new Set([...channel.members, userId]) });
  }

  leave(channelId: string, userId: string): void {
    const channel = this.#channel(channelId);
    const members = new Set([...channel.members].filter((id) => id !== userId));
    this.#world.putChannel({ ...channel, members });
  }

  inviteBot(channelId: string): void {
    this.join(channelId, BOT_USER);
  }

  removeBot(channelId: string): void {
    this.leave(channelId, BOT_USER);
  }

  /** Archives a channel, which removes bots: https://github.com/elastic/connectors/issues/1972 */
  archive(channelId: string): void {
    const channel = this.#channel(channelId);
    const people = [...channel.members].filter((id) => !isBot(this.#world.user(id)));
    this.#world.putChannel({ ...channel, members: new Set(people), archived: true });
  }

  /** Unarchives a channel. The bot stays out until someone invites it. */
  unarchive(channelId: string): void {
    this.#world.putChannel({ ...this.#channel(channelId), archived: false });
  }

  #channel(channelId: string): Channel {
    const channel = this.#world.channel(channelId);
    if (channel === undefined) throw new Error(`there is no channel ${channelId}`);
    return channel;
  }

  addGroup(group: Pick<UserGroup, 'handle' | 'name' | 'users'> & Partial<UserGroup>): UserGroup {
    const added: UserGroup = { id: this.#world.ids.entity('S'), disabled: false, ...group };
    this.#world.putGroup(added);
    return added;
  }

  setGroup(groupId: string, change: Partial<Omit<UserGroup, 'id'>>): void {
    const group = this.#world.group(groupId);
    if (group === undefined) throw new Error(`there is no user group ${groupId}`);
    this.#world.putGroup({ ...group, ...change });
  }

  /** Deletes a message, as a person with permission would. */
  deleteMessage(ref: MessageRef): void {
    this.#world.remove(ref);
  }

  /** A file as it was uploaded. */
  file(fileId: string): SlackFile | undefined {
    return this.#world.files.get(fileId);
  }

  /** Slack reports `said` about a file from now on, in payloads and in `files.info`. */
  describeFile(fileId: string, said: JsonObject): void {
    const file = this.#world.files.get(fileId);
    if (file === undefined) throw new Error(`there is no file ${fileId}`);
    this.#world.files.put({ ...file, said: { ...file.said, ...said } });
  }

  /** Deletes a file, as a person with permission would. */
  deleteFile(fileId: string): void {
    this.#world.files.remove(fileId);
  }

  setPlan(plan: Plan): void {
    this.#world.plan = plan;
    this.#world.changes.announce();
  }

  /** Ends connections, waits and timers, so that nothing keeps the process alive. */
  close(): Promise<void> {
    return this.#parts.close();
  }
}

function isBot(user: User | undefined): boolean {
  return user?.kind === 'bot' || user?.kind === 'workflowBot';
}
