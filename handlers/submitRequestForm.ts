import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { countsOf, databaseText } from '../src/domain/databases/databaseInfo';
import {
  type Draft,
  type FieldProblems,
  type ParsedForm,
  parseForm,
} from '../src/domain/form/form';
import type { FieldPath, FormOffer, FormValues } from '../src/domain/migration/fields';
import { isByPolicy } from '../src/domain/request/automatic';
import { type Refusal, refusalFacts } from '../src/domain/request/refusal';
import type { MigrationRequest } from '../src/domain/request/request';
import { accepts } from '../src/domain/request/states';
import { type SecretPath, secretPaths } from '../src/domain/secrets/secretReference';
import type { Messages } from '../src/i18n/locales';
import { bold, channel, join, plain, say, type Text } from '../src/i18n/text';
import { type Concern, concernKey, nameTakenKey, type Submission } from '../src/workflow/submit';
import { needed } from '../views/needed';
import { buildNoticeView } from '../views/noticeView';
import {
  acceptBlock,
  acceptsWarnings,
  buildFormErrors,
  buildRequestForm,
  type FieldNames,
  type FormMemory,
  type FormState,
  isComplete,
  type Notice,
  offerOf,
  type Remembered,
  readAttachedFile,
  readFormMemory,
  readNames,
  readRequestForm,
  readWarnings,
  type Warning,
} from '../views/requestForm';
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
    const answer = async (drawing: Omit<Given, 'values' | 'names'>): Promise<void> => {
      const again = drawAgain(context, { ...drawing, values, names });
      await ack({ response_action: 'update', view: again });
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
      const concerns = context.concerns(draft, memory.seen);
      const keys = concerns.map((each) => concernKey(each, draft));
      const isWarned = (key: string) => warned.includes(key);
      if (keys.every(isWarned) && [...keys, nameTakenKey(draft)].some(isWarned)) {
        const errors = { [acceptBlock]: messages.form.tick };
        await ack({ response_action: 'errors', errors });
        return;
      }
      if (concerns.length > 0) {
        return answer({ memory, ...withWarnings(messages, { draft, offer }, concerns) });
      }
    }
    const sending = buildNoticeView(messages, say`${messages.sent.sending}`);
    await ack({ response_action: 'update', view: sending });

    const userId = body.user.id;
    // Slack gives a view a new hash after each update by the app.
    const { askedIn, edits, seen } = memory;
    const sent = { form: view.id, showing: view.hash, userId, askedIn, edits, seen };
    const filled = { values, names, offer, parsed, list, memory };
    const outcome = await take(context, sent, filled);
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

/** The content of a form that the person gets again. */
interface Given {
  values: FormValues;
  names: FieldNames;
  memory: Remembered;
  notices: readonly Notice[];
  warnings?: readonly Warning[];
}

/** The warnings about a form, and what Ferry read in its list. */
function withWarnings(
  messages: Messages,
  { draft, offer }: { draft: Draft; offer: FormOffer },
  concerns: readonly Concern[],
): Required<Pick<Given, 'notices' | 'warnings'>> {
  return {
    notices: readingOf(messages, draft).map((reading) => ({ words: plain(reading) })),
    warnings: concerns.map((concern) => ({
      about: fieldOf(concern, offer),
      key: concernKey(concern, draft),
      words: concernWords(messages, concern),
    })),
  };
}

/** The field in which a person can resolve a concern. */
export function fieldOf(concern: Concern, { stored }: FormOffer): FieldPath {
  if (concern.kind === 'name_taken') return 'JobName';
  if (concern.kind === 'list') return 'DatabaseInfo';
  if (concern.kind === 'secret_emptied') return concern.path;
  const { oddity } = concern;
  switch (oddity.code) {
    case 'field_left_out': {
      const secret = secretPaths.find((path) => path === oddity.path);
      return stored && secret !== undefined ? `${secret}.Source` : oddity.path;
    }
    case 'same_instance':
      return 'DstInfo.InstanceId';
    case 'other_engine':
      return 'DstDatabaseType';
    case 'ipv6_source':
      return oddity.path;
    case 'redis_needs_changes':
      return 'MigrateOption.MigrateType';
    case 'time_has_passed':
      return 'MigrateOption.ExpectTime';
    default:
      return oddity satisfies never;
  }
}

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
 * The problems that are known at once. If a list must be fetched, an empty field isn't a problem,
 * and another list is.
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

/** The words for a form that was accepted or refused, or the reason why it is shown again. */
type Outcome =
  | { kind: 'told'; words: Text }
  /** The request has the content of an earlier submission, and the form has other content. */
  | { kind: 'saved_before'; id: number }
  | { kind: 'given_back'; why: string; objectsOf?: FormMemory['objectsOf'] }
  | { kind: 'warned'; draft: Draft; concerns: readonly Concern[] };

async function take(
  context: HandlerContext,
  sent: Omit<Sent, 'draft'>,
  { values, offer, parsed: alone, list }: FilledForm,
): Promise<Outcome> {
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
): Promise<{ ok: true; values: FormValues } | { ok: false; outcome: Outcome }> {
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

async function store(context: HandlerContext, submission: Sent): Promise<Outcome> {
  const { messages } = context;
  const reading = readingOf(messages, submission.draft);
  const result = await context.submit(submission);
  switch (result.kind) {
    case 'stored': {
      const words = sentWords(messages, result.request);
      return { kind: 'told', words: join([words, ...reading], '\n') };
    }
    case 'stored_before': {
      const { id } = result.request;
      return submission.edits === undefined
        ? { kind: 'saved_before', id }
        : { kind: 'told', words: messages.sent.changedBefore(id) };
    }
    case 'concerns':
      return { kind: 'warned', draft: submission.draft, concerns: result.concerns };
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

/** What happens next with a request that was stored, now or by an earlier delivery of the form. */
export function sentWords(
  messages: Messages,
  { channel: channelId, id, revision, rule, state }: MigrationRequest,
): Text {
  const where = channel(channelId);
  if (isByPolicy(state)) {
    return messages.job.prepared.sent(say`${bold(messages.direct.title(id))}`, where);
  }
  const waits = accepts(state, 'approve');
  return revision === 1 && waits
    ? messages.sent.done(id, where, needed(messages, rule))
    : messages.sent.changed(id, where, waits);
}

function outcomeOfRefusal(messages: Messages, refusal: Refusal): Outcome {
  const { remedy } = refusalFacts[refusal.code];
  switch (remedy) {
    case 'wait':
      return { kind: 'given_back', why: messages.form.personUnknown };
    case 'other_entries':
      return { kind: 'given_back', why: plain(messages.refusal(refusal)) };
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
    case 'secret_emptied':
      return messages.form.secretEmptied(concern.path);
    case 'name_taken':
      return messages.form.nameTaken(concern.by);
    default:
      return concern satisfies never;
  }
}

/** What Ferry read in a list of databases, if that differs from its names. */
function readingOf(messages: Messages, { list }: Draft): Text[] {
  if (list === undefined || list.noise.length === 0) return [];
  const { databases, tables } = countsOf(list.objects);
  return [say`${messages.list.reading(databases, tables, list.noise)}`];
}

/** Shows the result in the modal, or in a direct message if the person has closed it. */
async function show(
  context: HandlerContext,
  client: webApi.WebClient,
  { viewId, userId }: { viewId: string; userId: string },
  outcome: Outcome,
  filled: FilledForm,
): Promise<void> {
  const { messages, log } = context;
  const update = (view: ModalView) => client.views.update({ view_id: viewId, view });
  const view = viewOf(context, outcome, filled);
  try {
    await update(view).catch(() => update(view));
  } catch (error) {
    log.warn('a form could not be answered in place', { user: userId, error });
    await sendEphemeral(client, context, { userId }, wordsWithoutForm(messages, outcome));
  }
}

/** The result for a person who has closed the modal. */
function wordsWithoutForm(messages: Messages, outcome: Outcome): Text {
  switch (outcome.kind) {
    case 'told':
      return outcome.words;
    case 'saved_before':
      return messages.sent.savedBefore(outcome.id);
    case 'given_back':
    case 'warned':
      return say`${messages.sent.lost}`;
    default:
      return outcome satisfies never;
  }
}

function viewOf(
  context: HandlerContext,
  outcome: Outcome,
  { list, memory: before, names, offer, values }: FilledForm,
): ModalView {
  const { messages } = context;
  // The form was replaced when it was submitted, and Slack keeps neither file nor password.
  const secrets = secretPaths.filter((path) => values[path] !== undefined);
  const lost = { file: list?.kind === 'file', secrets };
  const memory = withTyped(before, secrets);
  switch (outcome.kind) {
    case 'told':
      return buildNoticeView(messages, outcome.words);
    case 'saved_before': {
      const words = messages.form.savedBefore(outcome.id, lost);
      return drawAgain(context, { values, names, memory, notices: [{ words }] });
    }
    case 'given_back': {
      const words = messages.form.givenBack(outcome.why, lost);
      const { objectsOf = memory.objectsOf } = outcome;
      const remembered = objectsOf === undefined ? memory : { ...memory, objectsOf };
      return drawAgain(context, { values, names, memory: remembered, notices: [{ words }] });
    }
    case 'warned': {
      const { draft, concerns } = outcome;
      const { notices, warnings } = withWarnings(messages, { draft, offer }, concerns);
      const words = messages.form.enterAgain(lost);
      const all = words === undefined ? notices : [...notices, { words }];
      return drawAgain(context, { values, names, memory, notices: all, warnings });
    }
    default:
      return outcome satisfies never;
  }
}

/** Remembers that these secrets were typed, so that none stays away unnoticed. */
function withTyped(memory: Remembered, secrets: readonly SecretPath[]): Remembered {
  const typedBefore = [...new Set([...(memory.typedBefore ?? []), ...secrets])];
  return typedBefore.length === 0 ? memory : { ...memory, typedBefore };
}

/** The form as it was submitted. Typed secrets are not drawn. */
function drawAgain({ messages, offer }: HandlerContext, given: Given): ModalView {
  return buildRequestForm(messages, { ...given, offer: offer() });
}
