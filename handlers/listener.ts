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

/** What Bolt calls when someone does something in Slack. */
export type Listener<Args> = (args: Args) => Promise<void>;

/** What every interaction brings. */
export type InteractionArgs = AllMiddlewareArgs & { body: object };

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
export type ShortcutArgs = SlackShortcutMiddlewareArgs & AllMiddlewareArgs;
/** Of any element of a message or a view, such as a menu or a date picker. */
export type ActionArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;
/** A button, or the entry of a menu that stands for one; `value` is the button's. */
export type ButtonArgs = Omit<ActionArgs, 'action' | 'payload'> & {
  action: { value?: string | undefined };
};
/** A menu asks for its options while someone types in it. */
export type OptionsArgs = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs;
export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
export type HomeOpenedArgs = SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs;
