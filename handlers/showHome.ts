import { readTurn } from '../views/home';
import type { ActingContext } from './context';
import type { ButtonArgs, HomeOpenedArgs, Listener } from './listener';

/** Somebody opened the app's Home tab; it begins with its first page. */
export function showHome(context: ActingContext): Listener<HomeOpenedArgs> {
  return async ({ event }) => {
    if (event.tab === 'home') await context.showHome(event.user, 0);
  };
}

/** Its buttons for the page before and after. */
export function turnHome(context: ActingContext): Listener<ButtonArgs> {
  return async ({ ack, action, body }) => {
    await ack();
    const page = readTurn(action.value);
    if (page !== undefined) await context.showHome(body.user.id, page);
  };
}
