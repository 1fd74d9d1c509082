import { type Entry, enteredValue, type OfferedOption } from '../blocks/enteredValue';
import { incompleteInputs } from '../blocks/incompleteInputs';
import { isStateful, optionsOf, type Slot, slotKey, slotsOf } from '../blocks/slots';
import type { Acknowledgement, Deliverer } from '../delivery/deliverer';
import type { Payloads } from '../delivery/payloads';
import type { Origin, ResponseUrls } from '../delivery/responseUrls';
import { applySubmission, type Submission } from '../delivery/submission';
import { suggestedOptions } from '../delivery/suggestion';
import type { Payload } from '../delivery/transport';
import { innerTextAt, isObject, type JsonObject, numberAt, textAt } from '../json';
import type { Recorder } from '../records/recorder';
import { ApiError } from '../webApi/apiError';
import type { Channel } from '../workspace/channel';
import type { Message, MessageRef } from '../workspace/message';
import { BOT_USER } from '../workspace/seed';
import type { Upload } from '../workspace/slackFile';
import type { User } from '../workspace/user';
import type { Filled, View, ViewRef } from '../workspace/view';
import type { World } from '../workspace/world';
import { actionOf } from './actionOf';
import { CannotAct, NoSuchButton, NoSuchInput } from './personErrors';

export interface ClickOptions {
  /** Needed if several blocks have the same action. */
  readonly blockId?: string;
  /** Whether the person confirms if the element asks; by default yes. */
  readonly confirm?: boolean;
  /** The choice in selects, radio buttons, checkboxes, pickers and overflow menus. */
  readonly choice?: Entry;
}

export interface PersonParts {
  readonly world: World;
  readonly recorder: Recorder;
  readonly deliverer: Deliverer;
  readonly payloads: Payloads;
  readonly responseUrls: ResponseUrls;
  /** The options of the last suggestion, by view and input. */
  readonly offered: Map<string, readonly JsonObject[]>;
  /** Each person's choices in a message, by person and message. */
  readonly chosen: Map<string, Filled>;
  /** True if the app gets events about people's messages. */
  readonly tellsMessages: boolean;
  /** The app's slash commands; `undefined` if every name is one. */
  readonly commands: readonly string[] | undefined;
}

/** A person at their Slack client: their actions and what they see. */
export class Person {
  constructor(
    readonly id: string,
    private readonly parts: PersonParts,
  ) {}

  /**
   * Runs a slash command. Slack's client refuses unknown ones.
   *
   * @param name with its slash
   * @throws CannotAct if the person can't write in the channel
   */
  async command(channelId: string, name: string, text = ''): Promise<Acknowledgement> {
    const channel = this.#writable(channelId);
    const { commands } = this.parts;
    if (commands?.includes(name) === false) return { ok: false, error: 'unknown_command' };
    const payload = this.parts.payloads.command(this.#me(), channel, name, text);
    return this.#deliver(payload, (acknowledgement) =>
      this.#showResponse(payload.origin, acknowledgement),
    );
  }

  #showResponse(origin: Origin, acknowledgement: Acknowledgement): Acknowledgement {
    if (!acknowledgement.ok || !isObject(acknowledgement.response)) return acknowledgement;
    try {
      this.parts.responseUrls.respond(origin, acknowledgement.response);
      return acknowledgement;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.parts.recorder.mistake('acknowledgement', 'invalid_command_response', error.code);
      return { ok: false, error: 'invalid_command_response' };
    }
  }

  /** Uses a global shortcut. */
  shortcut(callbackId: string): Promise<Acknowledgement> {
    return this.#deliver(this.parts.payloads.shortcut(this.#me(), callbackId), same);
  }

  /** Uses a shortcut of a message. @throws CannotAct if the person can't see the message */
  messageShortcut(ref: MessageRef, callbackId: string): Promise<Acknowledgement> {
    const message = this.parts.world.message(ref);
    const channel = this.parts.world.channel(ref.channel);
    if (message === undefined || channel === undefined || !this.#sees(message)) {
      throw new CannotAct(`${this.id} sees no message ${ref.channel}/${ref.ts}`);
    }
    const payload = this.parts.payloads.messageShortcut(this.#me(), channel, message, callbackId);
    return this.#deliver(payload, same);
  }

  /** Opens the app's Home tab. Resolves to the acknowledgement of the first delivery. */
  openHome(): Promise<Acknowledgement> {
    return this.#deliver(this.parts.payloads.homeOpened(this.#me()), same);
  }

  /** Posts a message. @throws CannotAct */
  say(channelId: string, text: string, threadTs?: string): Message {
    const channel = this.#writable(channelId);
    if (!channel.members.has(this.id)) throw new CannotAct(`${this.id} is not in ${channelId}`);
    const thread = threadTs === undefined ? {} : { threadTs };
    const message = this.parts.world.post({ channel: channelId, user: this.id, text, ...thread });
    if (this.parts.tellsMessages && channel.members.has(BOT_USER)) {
      const told = this.parts.payloads.written(channel, message);
      for (const payload of told) this.parts.deliverer.deliver(payload);
    }
    return message;
  }

  /** Posts a message with the metadata of another app that acts for this person. @throws CannotAct */
  sayWithApp(channelId: string, metadata: JsonObject, threadTs?: string): Message {
    const channel = this.#writable(channelId);
    const thread = threadTs === undefined ? {} : { threadTs };
    const content = { text: 'from another app', botId: 'B0OTHERAPP', metadata, ...thread };
    return this.parts.world.post({ channel: channel.id, user: this.id, ...content });
  }

  /**
   * Uses an element of the current message: presses a button, or selects `choice`.
   *
   * @throws NoSuchButton if it is missing or the person can't see it
   */
  async click(
    target: MessageRef | ViewRef,
    actionId: string,
    options: ClickOptions = {},
  ): Promise<Acknowledgement> {
    if ('id' in target) return this.#clickInView(target, actionId, options);
    const message = this.parts.world.message(target);
    if (message === undefined) {
      throw new NoSuchButton(`there is no message ${target.channel}/${target.ts}`);
    }
    return this.clickStale(message, actionId, options);
  }

  /** Like `click`, but on the earlier state of the message in `message`. */
  async clickStale(
    message: Message,
    actionId: string,
    options: ClickOptions = {},
  ): Promise<Acknowledgement> {
    const channel = this.parts.world.channel(message.channel);
    if (channel === undefined || !this.#sees(message)) {
      throw new NoSuchButton(`${this.id} does not see ${message.channel}/${message.ts}`);
    }
    const { slot, choice } = slotToClick(message.blocks, actionId, options);
    if (isDeclined(slot, options)) return NOT_CONFIRMED;
    const { payloads, chosen } = this.parts;
    const value = this.#choice(slot, choice, []);
    const key = [this.id, message.channel, message.ts].join('\n');
    const before = chosen.get(key) ?? {};
    const filled = isStateful(slot)
      ? { ...before, [slotKey(slot.blockId, slot.actionId)]: value }
      : before;
    chosen.set(key, filled);
    return this.#deliver(
      payloads.actionInMessage(this.#me(), channel, message, actionOf(slot, value), filled),
      same,
    );
  }

  async #clickInView(
    { id }: ViewRef,
    actionId: string,
    options: ClickOptions,
  ): Promise<Acknowledgement> {
    const { world } = this.parts;
    const view = [world.views.stack(this.id).at(-1), world.views.home(this.id)].find(
      (each) => each?.id === id,
    );
    if (view === undefined) throw new NoSuchButton(`${this.id} has no view ${id} in front`);
    const { slot, choice } = slotToClick(view.blocks, actionId, options);
    if (isDeclined(slot, options)) return NOT_CONFIRMED;
    const chosen = this.#choice(slot, choice, this.#offeredFor(view, slot));
    return this.#act(view, slot, chosen);
  }

  #choice(slot: Slot, choice: Entry | undefined, offered: readonly JsonObject[]): JsonObject {
    if (slot.type === 'button' || slot.type === 'workflow_button') return {};
    if (choice === undefined) {
      throw new NoSuchButton(`${slot.actionId} is a ${slot.type}: say which choice`);
    }
    if (slot.type !== 'overflow') return enteredValue(slot, choice, offered, this.parts.world);
    const asSelect = { ...slot, type: 'static_select' };
    return { ...enteredValue(asSelect, choice, offered, this.parts.world), type: 'overflow' };
  }

  #act(view: View, slot: Slot, value: JsonObject): Promise<Acknowledgement> {
    const { world, payloads } = this.parts;
    const filled = isStateful(slot)
      ? world.views.fill(view, { [slotKey(slot.blockId, slot.actionId)]: value })
      : view;
    const payload = payloads.actionInView(this.#me(), filled, actionOf(slot, value));
    return this.#deliver(payload, same);
  }

  /** The modal in front. */
  view(): View | undefined {
    return this.parts.world.views.stack(this.id).at(-1);
  }

  /** All open modals. The last one is in front. */
  modals(): readonly View[] {
    return this.parts.world.views.stack(this.id);
  }

  /** The app's Home tab, if it was published. */
  home(): View | undefined {
    return this.parts.world.views.home(this.id);
  }

  /**
   * Enters values in the modal in front, or in the given view, in order. Keys are block_ids, or
   * `block_id/action_id` in a block with several inputs. If a change is dispatched, it waits for
   * the acknowledgement before the next one.
   *
   * @returns the acknowledgements of dispatched changes
   * @throws NoSuchInput, ValueRefused
   */
  async fill(
    entries: Readonly<Record<string, Entry>>,
    target?: ViewRef,
  ): Promise<readonly Acknowledgement[]> {
    const acknowledgements: Acknowledgement[] = [];
    for (const [key, entry] of Object.entries(entries)) {
      // Read each time, because a dispatched change may have updated the view.
      const view = this.#viewToFill(target);
      const slot = slotToFill(view, key);
      const value = enteredValue(slot, entry, this.#offeredFor(view, slot), this.parts.world);
      if (slot.place === 'input' && slot.block['dispatch_action'] !== true) {
        this.parts.world.views.fill(view, { [slotKey(slot.blockId, slot.actionId)]: value });
      } else acknowledgements.push(await this.#act(view, slot, value));
    }
    return acknowledgements;
  }

  #viewToFill(target: ViewRef | undefined): View {
    this.#me();
    const seen = [this.view(), this.home()];
    const view = target === undefined ? seen[0] : seen.find((each) => each?.id === target.id);
    if (view === undefined) throw new CannotAct(`${this.id} has no such view open`);
    return view;
  }

  #offeredFor(view: View, slot: Slot): readonly JsonObject[] {
    return this.parts.offered.get(`${view.id}\n${slotKey(slot.blockId, slot.actionId)}`) ?? [];
  }

  /**
   * Types `query` in an external select of the modal in front, or of the given view.
   *
   * @returns the options; empty if the query is shorter than `min_query_length` (3)
   */
  async suggest(key: string, query: string, target?: ViewRef): Promise<readonly OfferedOption[]> {
    const { payloads, recorder, offered } = this.parts;
    const view = this.#viewToFill(target);
    const slot = slotToFill(view, key);
    if (!/external_select$/.test(slot.type)) {
      throw new NoSuchInput(`${key} is a ${slot.type}, which asks for no suggestions`);
    }
    if (query.length < (numberAt(slot.element, 'min_query_length') ?? 3)) return [];
    const { blockId, actionId } = slot;
    const payload = payloads.suggestion(this.#me(), view, { blockId, actionId, query });
    const acknowledgement = await this.#deliver(payload, same);
    if (!acknowledgement.ok) return [];
    const suggested = suggestedOptions(acknowledgement.response);
    if (suggested.kind === 'invalid') {
      recorder.mistake('acknowledgement', 'invalid_options', suggested.messages.join('; '));
      return [];
    }
    offered.set(`${view.id}\n${slotKey(blockId, actionId)}`, suggested.options);
    return suggested.shown;
  }

  /**
   * Uploads a file for a `file_input`: `fill({ block: [fileId] })`.
   *
   * @returns its ID
   */
  upload(file: Upload): string {
    return this.parts.world.files.add(this.#me(), file).id;
  }

  /** Presses Submit in the modal in front. @throws CannotAct if there is none */
  async submit(): Promise<Submission> {
    const { world, recorder, payloads } = this.parts;
    const view = this.view();
    if (view === undefined) throw new CannotAct(`${this.id} has no modal open`);
    if (innerTextAt(view.content, 'submit') === undefined) {
      throw new CannotAct(`the modal in front of ${this.id} has no submit button`);
    }
    const blocks = incompleteInputs(view);
    if (blocks.length > 0) return { result: 'incomplete', blocks };
    return this.#deliver(payloads.viewSubmission(this.#me(), view), (acknowledgement) =>
      applySubmission(world, recorder, view, acknowledgement),
    );
  }

  /**
   * Closes the modal in front, or all of them with `clear_on_close`.
   *
   * @returns the acknowledgement of view_closed; `undefined` if the app didn't request it
   */
  async dismiss(): Promise<Acknowledgement | undefined> {
    const { world, payloads } = this.parts;
    const view = this.view();
    if (view === undefined) throw new CannotAct(`${this.id} has no modal open`);
    const cleared = view.content['clear_on_close'] === true;
    const closed = cleared ? world.views.stack(this.id) : [view];
    if (cleared) world.views.clear(this.id);
    else world.views.close(view.id);
    const told = [...closed]
      .reverse()
      .filter((each) => each.content['notify_on_close'] === true)
      .map((each) => this.#deliver(payloads.viewClosed(this.#me(), each, cleared), same));
    return (await Promise.all(told))[0];
  }

  /** The channels and conversations that the person can read. */
  channels(): readonly Channel[] {
    return this.parts.world.channels.filter(({ id }) => this.parts.world.canSee(this.id, id));
  }

  /**
   * What the person sees in a channel, oldest first: messages without replies, and their ephemeral
   * messages.
   */
  messages(channelId: string): readonly Message[] {
    return this.#visible().filter(
      (each) =>
        each.channel === channelId &&
        (each.threadTs === undefined || each.broadcast === true || each.onlyFor !== undefined),
    );
  }

  /** A message and its replies. */
  thread(channelId: string, ts: string): readonly Message[] {
    return this.#visible().filter(
      (each) => each.channel === channelId && (each.ts === ts || each.threadTs === ts),
    );
  }

  /** All ephemeral messages for this person, newest last. */
  ephemerals(): readonly Message[] {
    return this.parts.world.messages.filter((each) => each.onlyFor === this.id);
  }

  /** The ID of the person's conversation with the app, created if needed. */
  directChannel(): string {
    return this.parts.world.direct(this.id).id;
  }

  /** The person's conversation with the app, oldest first. */
  directMessages(): readonly Message[] {
    const direct = this.parts.world.channels.find(
      ({ kind, name }) => kind === 'direct' && name === this.id,
    );
    return direct === undefined ? [] : this.messages(direct.id);
  }

  #visible(): readonly Message[] {
    return this.parts.world.messages.filter((each) => this.#sees(each));
  }

  #sees(message: Message): boolean {
    if (message.onlyFor !== undefined && message.onlyFor !== this.id) return false;
    return this.parts.world.canSee(this.id, message.channel);
  }

  #me(): User {
    const user = this.parts.world.user(this.id);
    if (user === undefined || user.deleted) throw new CannotAct(`${this.id} can't sign in`);
    return user;
  }

  #writable(channelId: string): Channel {
    const channel = this.parts.world.channel(channelId);
    if (channel === undefined || !this.parts.world.canSee(this.id, channelId)) {
      throw new CannotAct(`${this.id} does not see ${channelId}`);
    }
    if (channel.archived) throw new CannotAct(`${channelId} is archived`);
    return channel;
  }

  async #deliver<T>(payload: Payload, settle: (acknowledgement: Acknowledgement) => T): Promise<T> {
    const { first, all } = this.parts.deliverer.deliver(payload);
    const settled = settle(await first);
    await all;
    return settled;
  }
}

const NOT_CONFIRMED: Acknowledgement = { ok: false, error: 'not_confirmed' };

function same(acknowledgement: Acknowledgement): Acknowledgement {
  return acknowledgement;
}

function isDeclined(slot: Slot, options: ClickOptions): boolean {
  return isObject(slot.element['confirm']) && options.confirm === false;
}

/**
 * The element with an action, and its selection. If no element has the action, an entry of an
 * overflow menu may have it, with a value that begins with the action and a colon.
 */
function slotToClick(
  blocks: readonly JsonObject[],
  actionId: string,
  { blockId, choice }: ClickOptions,
): { slot: Slot; choice: Entry | undefined } {
  const slots = slotsOf(blocks).filter((each) => blockId === undefined || each.blockId === blockId);
  const slot = slots.find((each) => each.actionId === actionId);
  if (slot !== undefined) return { slot, choice };
  for (const menu of slots.filter(({ type }) => type === 'overflow')) {
    const values = optionsOf(menu.element).map((option) => textAt(option, 'value'));
    const entry = values.find((value) => value?.startsWith(`${actionId}:`));
    if (entry !== undefined) return { slot: menu, choice: entry };
  }
  throw new NoSuchButton(`there is no ${blockId ?? ''}/${actionId}`);
}

function slotToFill(view: View, key: string): Slot {
  const slots = slotsOf(view.blocks).filter(isStateful);
  const exact = slots.find(({ blockId, actionId }) => `${blockId}/${actionId}` === key);
  const [only, ...more] = slots.filter(({ blockId }) => blockId === key);
  if (exact !== undefined) return exact;
  if (only === undefined) {
    const there = slots.map(({ blockId, actionId }) => `${blockId}/${actionId}`).join(', ');
    throw new NoSuchInput(`there is no input ${key}; there are: ${there || 'none'}`);
  }
  if (more.length > 0) throw new NoSuchInput(`${key} has several inputs: say ${key}/action_id`);
  return only;
}
