import type { ModalView } from '@slack/types';
import { countsOf } from '../src/domain/databases/databaseInfo';
import type { Concern } from '../src/domain/form/concerns';
import type { Draft } from '../src/domain/form/form';
import type { FieldPath, FormOffer, FormValues } from '../src/domain/migration/fields';
import { isByPolicy } from '../src/domain/request/automatic';
import type { MigrationRequest } from '../src/domain/request/request';
import { accepts } from '../src/domain/request/states';
import { type SecretPath, secretPaths } from '../src/domain/secrets/secretReference';
import type { Messages } from '../src/i18n/locales';
import { bold, channel, join, plain, say, type Text } from '../src/i18n/text';
import { needed } from './needed';
import { buildNoticeView } from './noticeView';
import {
  buildRequestForm,
  type FieldNames,
  type FormDrawing,
  type FormMemory,
  type Remembered,
} from './requestForm';

/** A concern, and the key by which the form remembers that the person accepted it. */
export interface KeyedConcern {
  key: string;
  concern: Concern;
}

/** The warnings about a form, and what Ferry read in its list. */
export function warningsAbout(
  messages: Messages,
  offer: FormOffer,
  draft: Draft,
  concerns: readonly KeyedConcern[],
): Required<Pick<FormDrawing, 'notices' | 'warnings'>> {
  return {
    notices: readingOf(messages, draft).map((reading) => ({ words: plain(reading) })),
    warnings: concerns.map(({ concern, key }) => ({
      about: fieldOf(concern, offer),
      key,
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

/** What happens next with a request that was stored, and what Ferry read in its list. */
export const storedWords = (messages: Messages, request: MigrationRequest, draft: Draft): Text =>
  join([sentWords(messages, request), ...readingOf(messages, draft)], '\n');

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

/** The words for a form that was accepted or refused, or the reason why it is shown again. */
export type FormOutcome =
  | { kind: 'told'; words: Text }
  /** The request has the content of an earlier submission, and the form has other content. */
  | { kind: 'saved_before'; id: number }
  | { kind: 'given_back'; why: string; objectsOf?: FormMemory['objectsOf'] }
  | { kind: 'warned'; draft: Draft; concerns: readonly KeyedConcern[] };

/** A form as it was submitted. Slack keeps neither its file nor its passwords. */
interface SubmittedForm {
  values: FormValues;
  names: FieldNames;
  memory: Remembered;
  /** What forms offer now. */
  offer: FormOffer;
  hasFile: boolean;
}

/** The modal for the result of a submitted form, which was replaced when it was submitted. */
export function buildOutcome(
  messages: Messages,
  outcome: FormOutcome,
  { hasFile, memory: before, names, offer, values }: SubmittedForm,
): ModalView {
  const secrets = secretPaths.filter((path) => values[path] !== undefined);
  const lost = { file: hasFile, secrets };
  const memory = withTyped(before, secrets);
  // Typed secrets are not drawn.
  const again = (drawing: Pick<FormDrawing, 'memory' | 'notices' | 'warnings'>): ModalView =>
    buildRequestForm(messages, { values, names, memory, offer, ...drawing });
  switch (outcome.kind) {
    case 'told':
      return buildNoticeView(messages, outcome.words);
    case 'saved_before': {
      const words = messages.form.savedBefore(outcome.id, lost);
      return again({ notices: [{ words }] });
    }
    case 'given_back': {
      const words = messages.form.givenBack(outcome.why, lost);
      const { objectsOf = memory.objectsOf } = outcome;
      const remembered = objectsOf === undefined ? memory : { ...memory, objectsOf };
      return again({ memory: remembered, notices: [{ words }] });
    }
    case 'warned': {
      const { draft, concerns } = outcome;
      const { notices, warnings } = warningsAbout(messages, offer, draft, concerns);
      const words = messages.form.enterAgain(lost);
      const all = words === undefined ? notices : [...notices, { words }];
      return again({ notices: all, warnings });
    }
    default:
      return outcome satisfies never;
  }
}

/** Remembers that these secrets were typed, so that Ferry notices if one isn't typed again. */
function withTyped(memory: Remembered, secrets: readonly SecretPath[]): Remembered {
  const typedBefore = [...new Set([...(memory.typedBefore ?? []), ...secrets])];
  return typedBefore.length === 0 ? memory : { ...memory, typedBefore };
}

/** The result for a person who has closed the modal. */
export function outcomeWords(messages: Messages, outcome: FormOutcome): Text {
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
