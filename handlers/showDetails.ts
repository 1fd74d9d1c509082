import type { ModalView } from '@slack/types';
import type { Shown } from '../src/domain/request/shown';
import { say } from '../src/i18n/text';
import { readButtonValue } from '../views/cardButtons';
import { buildDetails } from '../views/details';
import { buildNoticeView } from '../views/noticeView';
import type { HandlerContext } from './context';
import type { ButtonArgs, Listener } from './listener';
import { openModal } from './openModal';
import { placeOf } from './sendEphemeral';
import { shownAt } from './shownAt';

/** Opens a modal with details at once, and fills it when the store has answered. */
export function showDetails(context: HandlerContext): Listener<ButtonArgs> {
  return async ({ action, body, client }) => {
    const { log, messages } = context;
    const subject = readButtonValue(action.value);
    if (subject === undefined) return;
    const { details } = messages;
    const where = { triggerId: body.trigger_id, userId: body.user.id, ...placeOf(body) };
    const waiting = buildNoticeView(messages, say`${details.opening}`, details.title);
    const viewId = await openModal(context, client, where, () => waiting);
    if (viewId === undefined) return;
    const { requestId } = subject;
    const view = await read(context, requestId, shownAt(subject, body));
    await client.views.update({ view_id: viewId, view }).catch((error: unknown) => {
      log.warn('details could not be shown', { user: body.user.id, request: requestId, error });
    });
  };
}

async function read(context: HandlerContext, requestId: number, shown: Shown): Promise<ModalView> {
  const { log, messages, site } = context;
  const { title, notRead } = messages.details;
  try {
    const found = await context.find(requestId, shown);
    if (!found.ok) return buildNoticeView(messages, messages.refusal(found.refusal), title);
    const { request } = found;
    return buildDetails(messages, request, await context.events(request), site);
  } catch (error) {
    log.error('a request could not be read', { request: requestId, error });
    return buildNoticeView(messages, notRead, title);
  }
}
