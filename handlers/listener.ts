import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';

/** A function that Bolt calls when a person does something in Slack. */
export type Listener<Args> = (args: Args) => Promise<void>;

/** The arguments of every interaction. */
export type InteractionArgs = AllMiddlewareArgs & { body: object };

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
/** Acknowledged already. */
export type ShortcutArgs = Omit<SlackShortcutMiddlewareArgs & AllMiddlewareArgs, 'ack'>;
/** An element of a message or view, such as a menu or a date picker. Acknowledged already. */
export type ActionArgs = Omit<SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs, 'ack'>;
/** A button, or a menu entry that replaces one. `value` is the button's. */
export type ButtonArgs = Omit<ActionArgs, 'action' | 'payload'> & {
  action: { value?: string | undefined };
};
/** A menu that requests its options while a person types. */
export type OptionsArgs = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs;
export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
export type HomeOpenedArgs = SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs;
