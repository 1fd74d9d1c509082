import { createHash } from 'node:crypto';
import type { webApi } from '@slack/bolt';
import { databaseText, summarise } from '../src/domain/databases/databaseInfo';
import type { DatabaseObject } from '../src/domain/databases/databaseObject';
import { formOf } from '../src/domain/form/form';
import { mayCreateAtOnce } from '../src/domain/policy/rules';
import type { EditPurpose } from '../src/domain/request/intent';
import type { MigrationRequest } from '../src/domain/request/request';
import { originKey, type Shown } from '../src/domain/request/shown';
import { secretPaths } from '../src/domain/secrets/secretReference';
import { say } from '../src/i18n/text';
import type { Found } from '../src/workflow/viewing';
import { buildNoticeView } from '../views/noticeView';
import {
  buildRequestForm,
  type FormDrawing,
  type FormMemory,
  fitsTextInput,
  type Notice,
  namesOf,
} from '../views/requestForm';
import type { HandlerContext } from './context';

/** The purpose of the form: to clone a request, or to edit it or its job. */
export type Purpose = 'clone' | EditPurpose;

/** Fills an open modal with an earlier request, without its passwords. */
export async function refillForm(
  context: HandlerContext,
  client: webApi.WebClient,
  filling: {
    viewId: string;
    userId: string;
    requestId: number;
    shown?: Shown;
    purpose: Purpose;
    askedIn: string | undefined;
  },
): Promise<void> {
  const { log, messages } = context;
  const { viewId, userId, requestId, shown, purpose, askedIn } = filling;
  try {
    const found = await findFor(context, requestId, shown, purpose);
    const view = found.ok
      ? buildRequestForm(
          messages,
          await named(context, userId, drawFilled(context, found.request, purpose, askedIn)),
        )
      : buildNoticeView(messages, messages.refusal(found.refusal));
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    const about = { user: userId, request: requestId, error };
    log.error('a form could not be filled from a request', about);
    const view = buildNoticeView(messages, say`${messages.form.notOpened}`);
    await client.views.update({ view_id: viewId, view }).catch((again: unknown) => {
      log.warn('a form could not be answered in place', { user: userId, error: again });
    });
  }
}

async function named(
  context: HandlerContext,
  userId: string,
  drawing: FormDrawing,
): Promise<FormDrawing> {
  return { ...drawing, names: namesOf(await context.findResources({ ...drawing, userId })) };
}

async function findFor(
  context: HandlerContext,
  requestId: number,
  shown: Shown | undefined,
  purpose: Purpose,
): Promise<Found> {
  const found = await context.find(requestId, shown);
  if (!found.ok || purpose === 'clone') return found;
  const refusal = await context.refusalBefore(found.request.id, purpose);
  return refusal === undefined ? found : { ok: false, refusal };
}

/** The notices of a form whose submission may create a job before anyone approves. */
export const noticesAtOnce = (
  { messages, policy }: Pick<HandlerContext, 'messages' | 'policy'>,
  askedIn: string | undefined,
): Notice[] => (mayCreateAtOnce(policy(), askedIn) ? [{ words: messages.job.prepared.form }] : []);

/** The form for a request, without its passwords. */
export function drawFilled(
  context: Pick<HandlerContext, 'messages' | 'offer' | 'policy'>,
  request: MigrationRequest,
  purpose: Purpose,
  askedIn: string | undefined,
): FormDrawing {
  const { messages } = context;
  const offer = context.offer();
  const { id, parameters, reason, secrets } = request;
  const values = { ...formOf(parameters, secrets), Reason: reason };
  const { revision } = request;
  const { form } = messages;
  const typedBefore = secretPaths.filter((path) => secrets[path]?.kind === 'typed');
  const hasTyped = typedBefore.length > 0;
  const filled = {
    clone: form.filledFrom,
    edit: form.filledForEdit,
    modify_job: form.filledForJob,
  }[purpose];
  const keepsApprovals = request.state.status === 'failed' && request.altered.length === 0;
  const notices = [
    { words: filled(id, hasTyped, hasTyped && keepsApprovals) },
    ...{
      clone: () => noticesAtOnce(context, askedIn),
      // The rules for an edited request depend on where it was made, not on where the form opens.
      edit: () => noticesAtOnce(context, request.askedIn),
      modify_job: () => [],
    }[purpose](),
  ];
  const memory: FormDrawing['memory'] = {
    ...(purpose === 'clone'
      ? {}
      : { edits: { requestId: id, key: originKey(request), revision, purpose } }),
    ...(askedIn === undefined ? {} : { askedIn }),
    ...(hasTyped ? { typedBefore } : {}),
  };
  const list = values.DatabaseInfo;
  if (list === undefined || fitsTextInput(list)) return { values, offer, notices, memory };
  // A list that is too long for the field stays in the earlier request, and is read from there.
  const objectsOf = objectsOfRequest(id, parameters.DatabaseInfo ?? []);
  const { DatabaseInfo: _, ...others } = values;
  return { values: others, offer, notices, memory: { ...memory, objectsOf } };
}

/** A reference to the list of a request, as it is now. */
export const objectsOfRequest = (
  requestId: number,
  objects: readonly DatabaseObject[],
): NonNullable<FormMemory['objectsOf']> => ({
  requestId,
  count: summarise(objects, 0).more,
  hash: createHash('sha256').update(databaseText(objects)).digest('base64url').slice(0, 22),
});
