import { readFilter, readTurn } from '../views/home';
import type { ActingContext } from './context';
import type { ActionArgs, ButtonArgs, HomeOpenedArgs, Listener } from './listener';

/** Shows the first page of the Home tab to a person who opened it. */
export function showHome(context: ActingContext): Listener<HomeOpenedArgs> {
  return async ({ event }) => {
    if (event.tab === 'home') await context.showHome(event.user, 0);
  };
}

/** The buttons of the Home tab for the previous and next page. */
export function turnHome(context: ActingContext): Listener<ButtonArgs> {
  return async ({ action, body }) => {
    const page = readTurn(action.value);
    if (page !== undefined) await context.showHome(body.user.id, page);
  };
}

/** The menus of the Home tab, in which a person chooses what to see. */
export function filterHome(context: ActingContext): Listener<ActionArgs> {
  return async ({ body }) => {
    const view = 'view' in body ? body.view : undefined;
    await context.showHome(body.user.id, 0, readFilter(view?.state));
  };
}
