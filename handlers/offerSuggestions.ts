import { fieldPaths } from '../src/domain/migration/fields';
import { channelsOf } from '../src/domain/policy/policy';
import { readFormMemory } from '../views/requestForm';
import { buildSuggestions } from '../views/suggestions';
import type { HandlerContext } from './context';
import type { Listener, OptionsArgs } from './listener';

/** Answers a person who types in a list of the form. */
export function offerSuggestions(context: HandlerContext): Listener<OptionsArgs> {
  return async ({ ack, body, payload }) => {
    const path = fieldPaths.find((each) => each === payload.block_id);
    const memory = body.view && readFormMemory(body.view.private_metadata);
    if (path === undefined || memory === undefined) return ack({ options: [] });
    const { messages } = context;
    const channels = channelsOf(context.policy());
    const typed = payload.value;
    const requester = body.user.id;
    const { scope } = memory;
    const found = await context.suggest({ path, typed, scope, requester, channels });
    return found === undefined
      ? ack({ options: [] })
      : ack({ option_groups: buildSuggestions(messages, path, typed, found, context.offer()) });
  };
}
