import type { webApi } from '@slack/bolt';
import { parseDatabaseInfo, summarise } from '../src/domain/databaseInfo';
import { databaseNaming } from '../src/domain/databaseNaming';
import { formOf } from '../src/domain/form';
import type { MigrationRequest } from '../src/domain/request';
import { say } from '../src/i18n/text';
import { buildNoticeView } from '../views/noticeView';
import { buildRequestForm, type FormDrawing, fitsTextInput } from '../views/requestForm';
import type { HandlerContext } from './context';

/** Turns an open modal into a form that holds an earlier request, its passwords left out. */
export async function refillForm(
  context: HandlerContext,
  client: webApi.WebClient,
  { viewId, userId, requestId }: { viewId: string; userId: string; requestId: number },
): Promise<void> {
  const { log, messages } = context;
  try {
    const request = await context.find(requestId);
    const view =
      request === undefined
        ? buildNoticeView(messages, messages.refusal({ code: 'no_such_request', requestId }))
        : buildRequestForm(messages, drawClone(context, request));
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    log.error('a form could not be filled from a request', { user: userId, requestId, error });
    const view = buildNoticeView(messages, say`${messages.form.notOpened}`);
    await client.views.update({ view_id: viewId, view }).catch((again: unknown) => {
      log.warn('a form could not be answered in place', { user: userId, error: again });
    });
  }
}

function drawClone({ messages, offer }: HandlerContext, request: MigrationRequest): FormDrawing {
  const { id, parameters, reason, secrets } = request;
  const values = { ...formOf(parameters, secrets), Reason: reason };
  const notices = [messages.form.filledFrom(id)];
  const list = values.DatabaseInfo;
  if (list === undefined || fitsTextInput(list)) return { values, offer, notices };
  // A list too long for the field stays where it is, and is taken from there.
  const parsed = parseDatabaseInfo(list, databaseNaming[parameters.SrcDatabaseType]);
  const { more } = summarise(parsed.ok ? parsed.objects : [], 0);
  const { DatabaseInfo: _, ...others } = values;
  return {
    values: others,
    offer,
    notices,
    memory: { objectsOf: { requestId: id, count: more } },
  };
}
