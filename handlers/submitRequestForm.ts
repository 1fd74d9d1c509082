import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { databaseText } from '../src/domain/databases/databaseInfo';
import type { Concern } from '../src/domain/form/concerns';
import {
  type Draft,
  type FieldProblems,
  type ParsedForm,
  parseForm,
} from '../src/domain/form/form';
import type { FormOffer, FormValues } from '../src/domain/migration/fields';
import { type Refusal, refusalFacts } from '../src/domain/request/refusal';
import type { Messages } from '../src/i18n/locales';
import { plain, say } from '../src/i18n/text';
import { concernKey, nameTakenKey } from '../src/workflow/concernKey';
import type { Submission } from '../src/workflow/submit';
import { buildNoticeView } from '../views/noticeView';
import {
  acceptBlock,
  acceptsWarnings,
  buildFormErrors,
  buildRequestForm,
  type FieldNames,
  type FormDrawing,
  type FormMemory,
  type FormState,
  isComplete,
  offerOf,
  type Remembered,
  readAttachedFile,
  readFormMemory,
  readNames,
  readRequestForm,
  readWarnings,
} from '../views/requestForm';
import {
  buildOutcome,
  type FormOutcome,
  type KeyedConcern,
  outcomeWords,
  storedWords,
  warningsAbout,
} from '../views/submittedForm';
import type { HandlerContext } from './context';
import type { Listener, SubmissionArgs } from './listener';
import { objectsOfRequest } from './refillForm';
import { sendEphemeral } from './sendEphemeral';

/**
 * Reports mistakes at their fields. A form without mistakes is acknowledged before it is stored;
 * then the modal shows the result or the form again.
 */
export function submitRequestForm(context: HandlerContext): Listener<SubmissionArgs> {
  return async ({ ack, body, view, client }) => {
    const { messages } = context;
    const values = readRequestForm(view.state);
    const { memory, warned } = memoryOf(view);
    const offer = offerOf(context.offer(), memory);
    const names = readNames(view.state);
    const answer = async (drawing: Omit<FormDrawing, 'values' | 'names' | 'offer'>) => {
      const again = { ...drawing, values, names, offer: context.offer() };
      await ack({ response_action: 'update', view: buildRequestForm(messages, again) });
    };
    if (!isComplete(view.state, values, offer)) {
      const notices = [{ words: messages.form.changed }];
      return answer({ memory, notices, warnings: readWarnings(view.blocks, warned) });
    }
    const list = listToFetch(values, memory, readAttachedFile(view.state));
    const parsed = parseForm(values, offer);
    const problems = problemsBefore(parsed, list);
    if (problems !== undefined) {
      await ack({ response_action: 'errors', errors: buildFormErrors(messages, problems) });
      return;
    }
    // If Ferry knows the warning at once, the form stays open with its passwords and file.
    if (parsed.ok) {
      const { draft } = parsed;
      const concerns = withKeys(context.concerns(draft, memory.seen), draft);
      const keys = concerns.map(({ key }) => key);
      const isWarned = (key: string) => warned.includes(key);
      if (keys.every(isWarned) && [...keys, nameTakenKey(draft)].some(isWarned)) {
        const errors = { [acceptBlock]: messages.form.tick };
        await ack({ response_action: 'errors', errors });
        return;
      }
      if (concerns.length > 0) {
        return answer({ memory, ...warningsAbout(messages, offer, draft, concerns) });
      }
    }
    const sending = buildNoticeView(messages, say`${messages.sent.sending}`);
    await ack({ response_action: 'update', view: sending });

    const userId = body.user.id;
    // Slack gives a view a new hash after each update by the app.
    const { askedIn, edits, seen } = memory;
    const sent = { form: view.id, showing: view.hash, userId, askedIn, edits, seen };
    const filled = { values, names, offer, parsed, list, memory };
    const outcome = await completeAndStore(context, sent, filled);
    await show(context, client, { viewId: view.id, userId }, outcome, filled);
  };
}

/**
 * What the form remembers, and the warnings that it shows and that the person hasn't accepted.
 * Selecting the checkbox accepts all of them.
 */
function memoryOf({ private_metadata, state }: { private_metadata: string; state: FormState }): {
  memory: Remembered;
  warned: readonly string[];
} {
  const read = readFormMemory(private_metadata);
  if (read === undefined) return { memory: { follows: 0, seen: [] }, warned: [] };
  const { scope: _, warned, ...memory } = read;
  if (!acceptsWarnings(state)) return { memory, warned };
  return { memory: { ...memory, seen: [...new Set([...memory.seen, ...warned])] }, warned: [] };
}

const withKeys = (concerns: readonly Concern[], draft: Draft): KeyedConcern[] =>
  concerns.map((concern) => ({ concern, key: concernKey(concern, draft) }));

/** A list of databases outside of the form. */
type ListToFetch =
  | { kind: 'file'; fileId: string }
  | { kind: 'request'; objectsOf: NonNullable<FormMemory['objectsOf']> };

function listToFetch(
  values: FormValues,
  { objectsOf }: Pick<FormMemory, 'objectsOf'>,
  fileId: string | undefined,
): ListToFetch | undefined {
  if (values['MigrateOption.MigrateObject'] !== '2') return undefined;
  if (fileId !== undefined) return { kind: 'file', fileId };
  return objectsOf === undefined || values.DatabaseInfo !== undefined
    ? undefined
    : { kind: 'request', objectsOf };
}

/**
 * The problems that are known at once. If a list must be fetched, the field for it may be empty, and
 * a list in the field is a problem.
 */
function problemsBefore(
  parsed: ParsedForm,
  list: ListToFetch | undefined,
): FieldProblems | undefined {
  const found: FieldProblems = parsed.ok ? {} : parsed.problems;
  const { DatabaseInfo, ...others } = found;
  const isEmpty = DatabaseInfo?.code === 'objects_missing';
  const inField: FieldProblems = isEmpty ? {} : { DatabaseInfo: { code: 'objects_twice' } };
  const problems = list === undefined ? found : { ...others, ...inField };
  return Object.keys(problems).length === 0 ? undefined : problems;
}

type Sent = Omit<Submission, 'delivery'>;

/** The content of a form, how it reads without a list from elsewhere, and where that list is. */
interface FilledForm {
  values: FormValues;
  names: FieldNames;
  offer: FormOffer;
  parsed: ParsedForm;
  list: ListToFetch | undefined;
  memory: Remembered;
}

async function completeAndStore(
  context: HandlerContext,
  sent: Omit<Sent, 'draft'>,
  { values, offer, parsed: alone, list }: FilledForm,
): Promise<FormOutcome> {
  const { log, messages } = context;
  try {
    const whole = list === undefined ? undefined : await withList(context, values, list);
    if (whole?.ok === false) return whole.outcome;
    // A fetched list is checked with the form, because its names depend on the engine.
    const parsed = whole === undefined ? alone : parseForm(whole.values, offer);
    if (parsed.ok) return await store(context, { ...sent, draft: parsed.draft });
    const why = Object.values(parsed.problems).map(messages.fieldProblem).join('\n');
    return { kind: 'given_back', why };
  } catch (error) {
    log.error('a request could not be stored', { user: sent.userId, error });
    return { kind: 'given_back', why: messages.form.notStored };
  }
}

async function withList(
  context: HandlerContext,
  values: FormValues,
  fetched: ListToFetch,
): Promise<{ ok: true; values: FormValues } | { ok: false; outcome: FormOutcome }> {
  const { messages } = context;
  if (fetched.kind === 'file') {
    const read = await context.readAttachment(fetched.fileId);
    if (read.ok) return { ok: true, values: { ...values, 'DatabaseInfo.File': read.text } };
    const why = messages.fileProblem(read.problem);
    return { ok: false, outcome: { kind: 'given_back', why } };
  }
  const { hash, requestId } = fetched.objectsOf;
  const found = await context.find(requestId);
  const objects = found.ok ? found.request.parameters.DatabaseInfo : undefined;
  if (objects === undefined) return { ok: true, values };
  const objectsOf = objectsOfRequest(requestId, objects);
  if (objectsOf.hash !== hash) {
    const why = messages.form.objectsChanged(requestId, objectsOf.count);
    return { ok: false, outcome: { kind: 'given_back', why, objectsOf } };
  }
  return { ok: true, values: { ...values, DatabaseInfo: databaseText(objects) } };
}

async function store(context: HandlerContext, submission: Sent): Promise<FormOutcome> {
  const { messages } = context;
  const { draft } = submission;
  const result = await context.submit(submission);
  switch (result.kind) {
    case 'stored':
      return { kind: 'told', words: storedWords(messages, result.request, draft) };
    case 'stored_before': {
      const { id } = result.request;
      return submission.edits === undefined
        ? { kind: 'saved_before', id }
        : { kind: 'told', words: messages.sent.changedBefore(id) };
    }
    case 'concerns':
      return { kind: 'warned', draft, concerns: withKeys(result.concerns, draft) };
    case 'secret_refused': {
      const why = messages.form.secretRefused(result.path, result.problem, result.user);
      return { kind: 'given_back', why };
    }
    case 'refused':
      return outcomeOfRefusal(messages, result.refusal);
    default:
      return result satisfies never;
  }
}

function outcomeOfRefusal(messages: Messages, refusal: Refusal): FormOutcome {
  const words = messages.refusal(refusal);
  return refusalFacts[refusal.code].keepsForm
    ? { kind: 'given_back', why: plain(words) }
    : { kind: 'told', words };
}

/** Shows the result in the modal, or in a direct message if the person has closed it. */
async function show(
  context: HandlerContext,
  client: webApi.WebClient,
  { viewId, userId }: { viewId: string; userId: string },
  outcome: FormOutcome,
  filled: FilledForm,
): Promise<void> {
  const { messages, log } = context;
  const update = (view: ModalView) => client.views.update({ view_id: viewId, view });
  const { list, memory, names, values } = filled;
  const sent = { values, names, memory, offer: context.offer(), hasFile: list?.kind === 'file' };
  const view = buildOutcome(messages, outcome, sent);
  try {
    await update(view).catch(() => update(view));
  } catch (error) {
    log.warn('a form could not be answered in place', { user: userId, error });
    await sendEphemeral(client, context, { userId }, outcomeWords(messages, outcome));
  }
}
