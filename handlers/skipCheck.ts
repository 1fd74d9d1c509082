import { asksForeignKeys, skippable } from '../src/domain/job/job';
import type { MigrationRequest } from '../src/domain/request/request';
import { factsOf } from '../views/glance';
import { buildSkipForm, readSkipForm } from '../views/skipForm';
import type { ActingContext, HandlerContext } from './context';
import type { ButtonArgs, Listener, SubmissionArgs } from './listener';
import { openByButton } from './openByButton';
import { performAction } from './performAction';
import { requestInTime } from './requestInTime';

/** Opens the form with the items of a failed check that DTS lets people skip. */
export function openSkipForm(context: HandlerContext): Listener<ButtonArgs> {
  const { log, messages, refusalOfForm } = context;
  return openByButton(context, async (requestId, place) => {
    const [found, refusal] = await Promise.all([
      requestInTime(context, requestId),
      refusalOfForm(requestId, 'skip_check').catch((error: unknown) => {
        log.error('a skip could not be checked', { request: requestId, error });
        return 'failed' as const;
      }),
    ]);
    if (found === undefined || refusal === 'failed') {
      return { ok: false, words: messages.trouble.action };
    }
    if (!found.ok) return { ok: false, words: messages.refusal(found.refusal) };
    if (refusal !== undefined) return { ok: false, words: messages.refusal(refusal) };
    const { request } = found;
    const before = chosenBefore(request);
    const possible = request.job === undefined ? [] : skippable(request.job);
    const items = possible.filter(
      ({ id }) => before === undefined || before.items.some((item) => item.id === id),
    );
    if (items.length === 0) {
      return { ok: false, words: messages.refusal({ code: 'cannot_skip', items: [] }) };
    }
    const facts = factsOf(messages, request, context.site);
    return { ok: true, view: buildSkipForm(messages, place, facts, items, before) };
  });
}

/** What an earlier approver chose, if the skip waits for more approvals. */
const chosenBefore = ({ state }: MigrationRequest) =>
  state.status === 'pending' && state.operation.name === 'skip_check'
    ? state.operation.skips
    : undefined;

/** Handles the submitted form. */
export function submitSkipForm(context: ActingContext): Listener<SubmissionArgs> {
  return async ({ ack, body, view, client }) => {
    const read = readSkipForm(context.messages, view);
    if (read?.ok === false) {
      await ack({ response_action: 'errors', errors: read.errors });
      return;
    }
    await ack();
    if (read === undefined) return;
    const { channel, foreignKeys, items, reason, requestId, revision } = read;
    const isNeeded = foreignKeys !== undefined && asksForeignKeys(items.map((id) => ({ id })));
    const keys = isNeeded ? { foreignKeys } : {};
    const intent = { type: 'skip_check', revision, items, reason, ...keys } as const;
    const action = { requestId, userId: body.user.id, intent };
    await performAction(context, client, action, { channelId: channel });
  };
}
