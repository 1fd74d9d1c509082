import { type JsonObject, textAt } from '../json';
import { APP_ID, BOT_ID, TEAM } from './seed';
import type { StateValues, View } from './view';

/** A view as payloads and `views.*` responses contain it. `values` are its `state.values`. */
export function viewJson(view: View, values: StateValues = view.values): JsonObject {
  const { content } = view;
  return {
    id: view.id,
    team_id: TEAM.id,
    type: view.kind,
    blocks: view.blocks,
    private_metadata: textAt(content, 'private_metadata') ?? '',
    callback_id: textAt(content, 'callback_id') ?? '',
    state: { values },
    hash: view.hash,
    title: heading(content, 'title') ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: content['clear_on_close'] === true,
    notify_on_close: content['notify_on_close'] === true,
    close: heading(content, 'close'),
    submit: heading(content, 'submit'),
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: APP_ID,
    external_id: view.externalId,
    app_installed_team_id: TEAM.id,
    bot_id: BOT_ID,
  };
}

function heading(content: JsonObject, key: string): JsonObject | null {
  const value = content[key];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return { emoji: true, ...(value as JsonObject) };
}
