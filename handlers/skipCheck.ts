import { skippable } from '../src/domain/job/job';
import type { MigrationRequest } from '../src/domain/request/request';
import { factsOf } from '../views/glance';
import { buildSkipForm } from '../views/skipForm';
import type { HandlerContext } from './context';
import type { ButtonArgs, Listener } from './listener';
import { openByButton, refusalWords } from './openByButton';
import { requestInTime } from './requestInTime';

/** Opens the form with the items of a failed check that DTS lets people skip. */
export function openSkipForm(context: HandlerContext): Listener<ButtonArgs> {
  const { log, messages, refusalBefore } = context;
  return openByButton(context, async (requestId, place, shown) => {
    const [found, refusal] = await Promise.all([
      requestInTime(context, requestId, shown),
      refusalBefore(requestId, 'skip_check', shown).catch((error: unknown) => {
        log.error('a skip could not be checked', { request: requestId, error });
        return 'failed' as const;
      }),
    ]);
    if (found === undefined || refusal === 'failed') {
      return { ok: false, words: messages.trouble.action };
    }
    if (!found.ok) return { ok: false, words: messages.refusal(found.refusal) };
    if (refusal !== undefined) return { ok: false, words: refusalWords(messages, refusal) };
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
