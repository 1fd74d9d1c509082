import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { buildHome } from '../views/home';
import type { HandlerContext } from './context';

/** Somebody opened the app's Home tab. */
export function showHome({ messages, policy }: HandlerContext) {
  return async ({
    event,
    client,
  }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs) => {
    if (event.tab !== 'home') return;
    await client.views.publish({ user_id: event.user, view: buildHome(messages, policy.channel) });
  };
}
