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
export type ShortcutArgs = SlackShortcutMiddlewareArgs & AllMiddlewareArgs;
/** An element of a message or view, such as a menu or a date picker. */
export type ActionArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
/** A button, or a menu entry that replaces one. `value` is the button's. */
export type ButtonArgs = Omit<ActionArgs, 'action' | 'payload'> & {
  action: { value?: string | undefined };
};
/** A menu that requests its options while a person types. */
export type OptionsArgs = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs;
export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
export type HomeOpenedArgs = SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs;
