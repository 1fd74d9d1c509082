import { stateValues } from '../blocks/slots';
import type { JsonObject } from '../json';
import type { Channel } from '../workspace/channel';
import { channelNameInPayload } from '../workspace/channelJson';
import type { Message } from '../workspace/message';
import { messageJson } from '../workspace/messageJson';
import { APP_ID, BOT_USER, OTHER_TEAM, TEAM, VERIFICATION_TOKEN } from '../workspace/seed';
import type { User } from '../workspace/user';
import type { Filled, View } from '../workspace/view';
import { viewJson } from '../workspace/viewJson';
import type { World } from '../workspace/world';
import type { Origin, ResponseUrls } from './responseUrls';
import type { Payload } from './transport';

/** Builds the payloads that Slack sends when people act. */
export class Payloads {
  constructor(
    private readonly world: World,
    private readonly responseUrls: ResponseUrls,
  ) {}

  command(
    user: User,
    channel: Channel,
    command: string,
    text: string,
  ): Payload & { readonly origin: Origin } {
    const origin: Origin = { kind: 'commands', userId: user.id, channelId: channel.id };
    return {
      kind: 'command',
      origin,
      body: {
        token: VERIFICATION_TOKEN,
        team_id: user.teamId,
        team_domain: domainOf(user),
        channel_id: channel.id,
        channel_name: channelNameInPayload(channel),
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: APP_ID,
        is_enterprise_install: 'false',
        response_url: this.responseUrls.issue(origin),
        trigger_id: this.world.triggers.issue(user.id),
      },
    };
  }

  shortcut(user: User, callbackId: string): Payload {
    return {
      kind: 'shortcut',
      body: {
        type: 'shortcut',
        ...this.#common(user),
        action_ts: this.world.stamp(),
        callback_id: callbackId,
        trigger_id: this.world.triggers.issue(user.id),
      },
    };
  }

  messageShortcut(user: User, channel: Channel, message: Message, callbackId: string): Payload {
    return {
      kind: 'messageShortcut',
      body: {
        type: 'message_action',
        ...this.#common(user),
        action_ts: this.world.stamp(),
        callback_id: callbackId,
        trigger_id: this.world.triggers.issue(user.id),
        response_url: this.#actionUrl(user, message),
        channel: { id: channel.id, name: channelNameInPayload(channel) },
        message_ts: message.ts,
        message: messageJson(message),
      },
    };
  }

  /** @param filled what the person has chosen in the message so far */
  actionInMessage(
    user: User,
    channel: Channel,
    message: Message,
    action: JsonObject,
    filled: Filled,
  ): Payload {
    const ephemeral = message.onlyFor !== undefined;
    return {
      kind: 'blockActions',
      body: {
        type: 'block_actions',
        ...this.#common(user),
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: ephemeral,
          ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
        },
        trigger_id: this.world.triggers.issue(user.id),
        channel: { id: channel.id, name: channelNameInPayload(channel) },
        // Slack doesn't keep ephemeral messages, so it can't include them.
        ...(ephemeral ? {} : { message: messageJson(message) }),
        state: { values: stateValues(message.blocks, filled) },
        response_url: this.#actionUrl(user, message),
        actions: [{ ...action, action_ts: this.world.stamp() }],
      },
    };
  }

  #actionUrl(user: User, message: Message): string {
    return this.responseUrls.issue({
      kind: 'actions',
      userId: user.id,
      channelId: message.channel,
      message,
    });
  }

  actionInView(user: User, view: View, action: JsonObject): Payload {
    return {
      kind: 'blockActions',
      body: {
        type: 'block_actions',
        ...this.#common(user),
        container: { type: 'view', view_id: view.id },
        trigger_id: this.world.triggers.issue(user.id),
        view: viewJson(view),
        actions: [{ ...action, action_ts: this.world.stamp() }],
      },
    };
  }

  viewSubmission(user: User, view: View): Payload {
    return {
      kind: 'viewSubmission',
      body: {
        type: 'view_submission',
        ...this.#common(user),
        trigger_id: this.world.triggers.issue(user.id),
        view: viewJson(view),
        response_urls: [],
      },
    };
  }

  viewClosed(user: User, view: View, isCleared: boolean): Payload {
    return {
      kind: 'viewClosed',
      body: {
        type: 'view_closed',
        ...this.#common(user),
        view: viewJson(view),
        is_cleared: isCleared,
      },
    };
  }

  suggestion(
    user: User,
    view: View,
    {
      blockId,
      actionId,
      query,
    }: { readonly blockId: string; readonly actionId: string; readonly query: string },
  ): Payload {
    return {
      kind: 'blockSuggestion',
      body: {
        type: 'block_suggestion',
        ...this.#common(user),
        container: { type: 'view', view_id: view.id },
        action_id: actionId,
        block_id: blockId,
        value: query,
        view: viewJson(view),
      },
    };
  }

  homeOpened(user: User): Payload {
    const home = this.world.views.home(user.id);
    return this.#event({
      type: 'app_home_opened',
      user: user.id,
      channel: this.world.direct(user.id).id,
      tab: 'home',
      ...(home === undefined ? {} : { view: viewJson(home) }),
      event_ts: this.world.stamp(),
    });
  }

  /** The events about a message in a channel of the bot: the message, and a mention of the bot. */
  written(channel: Channel, message: Message): readonly Payload[] {
    const { channel: id, text, threadTs, ts, user } = message;
    const said = {
      user,
      text,
      ts,
      channel: id,
      event_ts: ts,
      team: TEAM.id,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    };
    const isMention = channel.kind !== 'direct' && text.includes(`<@${BOT_USER}>`);
    return [
      this.#event({ type: 'message', channel_type: channelType(channel), ...said }),
      ...(isMention ? [this.#event({ type: 'app_mention', ...said })] : []),
    ];
  }

  #event(event: JsonObject): Payload {
    return {
      kind: 'event',
      body: {
        token: VERIFICATION_TOKEN,
        team_id: TEAM.id,
        context_team_id: TEAM.id,
        context_enterprise_id: null,
        api_app_id: APP_ID,
        event,
        type: 'event_callback',
        event_id: this.world.ids.entity('Ev'),
        event_time: Math.floor(Number(event['event_ts'])),
        authorizations: [
          {
            enterprise_id: null,
            team_id: TEAM.id,
            user_id: BOT_USER,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        is_ext_shared_channel: false,
        event_context: this.world.ids.entity('4-'),
      },
    };
  }

  #common(user: User) {
    return {
      user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
      api_app_id: APP_ID,
      token: VERIFICATION_TOKEN,
      team: { id: user.teamId, domain: domainOf(user) },
      enterprise: null,
      is_enterprise_install: false,
    };
  }
}

function domainOf(user: User): string {
  return user.teamId === OTHER_TEAM.id ? OTHER_TEAM.domain : TEAM.domain;
}

/** The names of conversation types in events: https://docs.slack.dev/reference/events/message */
function channelType({ kind }: Channel): string {
  switch (kind) {
    case 'public':
      return 'channel';
    case 'private':
      return 'group';
    case 'direct':
      return 'im';
    default:
      return kind satisfies never;
  }
}
