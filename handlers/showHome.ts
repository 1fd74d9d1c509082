import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackEventMiddlewareArgs,
} from '@slack/bolt';
import { readTurn } from '../views/home';
import type { ActingContext } from './context';

/** Somebody opened the app's Home tab; it begins with its first page. */
export function showHome(context: ActingContext) {
  return async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs) => {
    if (event.tab === 'home') await context.showHome(event.user, 0);
  };
}

/** Its buttons for the page before and after. */
export function turnHome(context: ActingContext) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs) => {
    await ack();
    const page = readTurn(action.value);
    if (page !== undefined) await context.showHome(body.user.id, page);
  };
}
