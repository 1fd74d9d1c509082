import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { databaseText, summarise } from '../src/domain/databases/databaseInfo';
import {
  type Draft,
  type FieldProblems,
  type ParsedForm,
  parseForm,
} from '../src/domain/form/form';
import type { FormOffer, FormValues } from '../src/domain/migration/fields';
import { type Refusal, refusalFacts } from '../src/domain/request/refusal';
import { accepts } from '../src/domain/request/states';
import { secretPaths } from '../src/domain/secrets/secretReference';
import type { Messages } from '../src/i18n/locales';
import { channel, join, plain, say, type Text } from '../src/i18n/text';
import { type Concern, concernKey, type Submission } from '../src/workflow/submit';
import { needed } from '../views/needed';
import { buildNoticeView } from '../views/noticeView';
import {
  buildFormErrors,
  buildRequestForm,
  type FormMemory,
  isComplete,
  offerOf,
  readAttachedFile,
  readFormMemory,
  readRequestForm,
} from '../views/requestForm';
import type { HandlerContext } from './context';
import type { Listener, SubmissionArgs } from './listener';
import { sendEphemeral } from './sendEphemeral';

/**
 * Answers mistakes on their fields; a form without any is acknowledged before it is stored, and
 * the modal then says how that went, or gives the form back.
 */
export function submitRequestForm(context: HandlerContext): Listener<SubmissionArgs> {
  return async ({ ack, body, view, client }) => {
    const { messages } = context;
    const values = readRequestForm(view.state);
    const { scope: _, ...memory } = readFormMemory(view.private_metadata) ?? {
      ...emptyMemory,
      scope: {},
    };
    const offer = offerOf(context.offer(), memory);
    if (!isComplete(view.state, values, offer)) {
      const again = drawAgain(context, values, memory, [messages.form.changed]);
      await ack({ response_action: 'update', view: again });
      return;
    }
    const list = listToFetch(values, memory, readAttachedFile(view.state));
    const parsed = parseForm(values, offer);
    const problems = problemsBefore(parsed, list);
    if (problems !== undefined) {
      await ack({ response_action: 'errors', errors: buildFormErrors(messages, problems) });
      return;
    }
    const sending = buildNoticeView(messages, say`${messages.sent.sending}`);
    await ack({ response_action: 'update', view: sending });

    const userId = body.user.id;
    // Slack gives a view another hash with each change that the app makes of it.
    const { askedIn, edits, seen } = memory;
    const sent = { form: view.id, showing: view.hash, userId, askedIn, edits, seen };
    const outcome = await take(context, sent, { values, offer, parsed, list });
    await show(context, client, { viewId: view.id, userId }, outcome, values, memory);
  };
}

const emptyMemory: Omit<FormMemory, 'scope'> = { follows: 0, seen: [] };

/** A list of databases that does not stand in the form itself. */
type ListToFetch = { kind: 'file'; fileId: string } | { kind: 'request'; requestId: number };

function listToFetch(
  values: FormValues,
  { objectsOf }: Pick<FormMemory, 'objectsOf'>,
  fileId: string | undefined,
): ListToFetch | undefined {
  if (values['MigrateOption.MigrateObject'] !== '2') return undefined;
  if (fileId !== undefined) return { kind: 'file', fileId };
  return objectsOf === undefined || values.DatabaseInfo !== undefined
    ? undefined
    : { kind: 'request', requestId: objectsOf.requestId };
}

/** What can be said of a form at once: that no list stands in it is none when one is to be fetched. */
function problemsBefore(
  parsed: ParsedForm,
  list: ListToFetch | undefined,
): FieldProblems | undefined {
  if (parsed.ok) return undefined;
  const { DatabaseInfo, ...others } = parsed.problems;
  if (list === undefined || DatabaseInfo?.code !== 'objects_missing') return parsed.problems;
  return Object.keys(others).length === 0 ? undefined : others;
}

type Sent = Omit<Submission, 'delivery'>;

/** What a form holds, how it reads without a list that is kept elsewhere, and where that list is. */
interface FilledForm {
  values: FormValues;
  offer: FormOffer;
  parsed: ParsedForm;
  list: ListToFetch | undefined;
}

/** Words for a form that was taken or refused, or why it is given back to be sent again. */
type Outcome =
  | { kind: 'told'; words: Text }
  | { kind: 'given_back'; notices: readonly string[]; seen?: readonly string[] };

async function take(
  context: HandlerContext,
  sent: Omit<Sent, 'draft'>,
  { values, offer, parsed: alone, list }: FilledForm,
): Promise<Outcome> {
  const { log, messages } = context;
  try {
    const whole = list === undefined ? undefined : await withList(context, values, list);
    if (whole?.ok === false) return whole.outcome;
    // A list that was fetched is judged with the form: its names depend on the engine.
    const parsed = whole === undefined ? alone : parseForm(whole.values, offer);
    if (parsed.ok) {
      return await store(context, { ...sent, draft: parsed.draft }, list?.kind === 'file');
    }
    const [problem] = Object.values(parsed.problems);
    const why = problem === undefined ? '' : messages.fieldProblem(problem);
    return { kind: 'given_back', notices: [messages.form.fileUnread(why)] };
  } catch (error) {
    log.error('a request could not be stored', { user: sent.userId, error });
    return { kind: 'given_back', notices: [messages.form.notStored] };
  }
}

async function withList(
  context: HandlerContext,
  values: FormValues,
  fetched: ListToFetch,
): Promise<{ ok: true; values: FormValues } | { ok: false; outcome: Outcome }> {
  const { messages } = context;
  if (fetched.kind === 'file') {
    const read = await context.readAttachment(fetched.fileId);
    if (read.ok) return { ok: true, values: { ...values, 'DatabaseInfo.File': read.text } };
    const why = messages.fileProblem(read.problem);
    const notices = [messages.form.fileUnread(why)];
    return { ok: false, outcome: { kind: 'given_back', notices } };
  }
  const found = await context.find(fetched.requestId);
  const objects = found.ok ? found.request.parameters.DatabaseInfo : undefined;
  const list = objects === undefined ? {} : { DatabaseInfo: databaseText(objects) };
  return { ok: true, values: { ...values, ...list } };
}

async function store(
  context: HandlerContext,
  submission: Sent,
  hasFile: boolean,
): Promise<Outcome> {
  const { messages } = context;
  const reading = readingOf(messages, submission.draft);
  const result = await context.submit(submission);
  switch (result.kind) {
    case 'stored': {
      const { id, channel: channelId, revision, rule, state } = result.request;
      const where = channel(channelId);
      const words =
        revision === 1 && accepts(state, 'approve')
          ? messages.sent.done(id, where, needed(messages, rule))
          : messages.sent.changed(id, where, accepts(state, 'approve'));
      return { kind: 'told', words: join([words, ...reading], '\n') };
    }
    case 'concerns':
      return {
        kind: 'given_back',
        notices: [
          hasFile ? messages.form.lookWithFile : messages.form.look,
          ...result.concerns.map((concern) => concernWords(messages, concern)),
          ...reading.map(plain),
        ],
        seen: seenNow(submission, result.concerns),
      };
    case 'secret_refused':
      return {
        kind: 'given_back',
        notices: [messages.form.secretRefused(result.path, result.problem)],
      };
    case 'refused':
      return outcomeOfRefusal(messages, result.refusal);
    default:
      return result satisfies never;
  }
}

function outcomeOfRefusal(messages: Messages, refusal: Refusal): Outcome {
  const { remedy } = refusalFacts[refusal.code];
  switch (remedy) {
    case 'wait':
      return { kind: 'given_back', notices: [messages.form.personUnknown] };
    case 'other_entries': {
      const why = plain(messages.refusal(refusal));
      return { kind: 'given_back', notices: [messages.form.refused(why)] };
    }
    case 'none':
      return { kind: 'told', words: messages.refusal(refusal) };
    default:
      return remedy satisfies never;
  }
}

function concernWords(messages: Messages, concern: Concern): string {
  switch (concern.kind) {
    case 'list':
      return messages.list.doubt(concern.doubt);
    case 'odd':
      return messages.oddity(concern.oddity);
    case 'name_taken':
      return messages.form.nameTaken(concern.by);
    default:
      return concern satisfies never;
  }
}

/** What Ferry read in a list of databases, where it read anything but the names. */
function readingOf(messages: Messages, { list }: Draft): Text[] {
  if (list === undefined || list.noise.length === 0) return [];
  const { databases, tables } = summarise(list.objects, 0);
  return [say`${messages.list.reading(databases, tables, list.noise)}`];
}

function seenNow(
  { draft, seen }: { draft: Draft; seen: readonly string[] },
  concerns: readonly Concern[],
): string[] {
  return [...seen, ...concerns.map((concern) => concernKey(concern, draft))];
}

/** Shows the outcome in the modal; to somebody who has closed it, as a direct message. */
async function show(
  context: HandlerContext,
  client: webApi.WebClient,
  { viewId, userId }: { viewId: string; userId: string },
  outcome: Outcome,
  values: FormValues,
  memory: Omit<FormMemory, 'scope'>,
): Promise<void> {
  const { messages, log } = context;
  const update = (view: ModalView) => client.views.update({ view_id: viewId, view });
  const view =
    outcome.kind === 'told'
      ? buildNoticeView(messages, outcome.words)
      : drawAgain(
          context,
          values,
          { ...memory, seen: [...(outcome.seen ?? memory.seen)] },
          outcome.notices,
        );
  try {
    await update(view).catch(() => update(view));
  } catch (error) {
    log.warn('a form could not be answered in place', { user: userId, error });
    const words = outcome.kind === 'told' ? outcome.words : say`${messages.sent.lost}`;
    await sendEphemeral(client, context, { userId, channelId: undefined }, words);
  }
}

/** The form as it was sent, without what was typed as a secret. */
function drawAgain(
  { messages, offer }: HandlerContext,
  values: FormValues,
  memory: Omit<FormMemory, 'scope'>,
  notices: readonly string[],
): ModalView {
  const kept = { ...values };
  for (const path of secretPaths) delete kept[path];
  return buildRequestForm(messages, {
    values: kept,
    offer: offer(),
    notices,
    memory,
  });
}
