import type { PlainTextOption } from '@slack/types';
import type { CallProblem } from '../src/domain/errors/callProblem';
import type { Resource } from '../src/domain/form/resource';
import type { SecretChoice, Suggestions } from '../src/domain/form/suggestions';
import { canBeEntered, type FieldPath, type FormOffer } from '../src/domain/migration/fields';
import type { Refusal } from '../src/domain/request/refusal';
import { cut } from '../src/domain/text/cut';
import type { Messages } from '../src/i18n/locales';
import { plainText } from './plainText';
import { longestValue, nameOf, noOption, secretName, typedOption } from './requestForm';

/** Replaces a list that the person may not see, with the reason. */
export const buildNoSuggestions = (messages: Messages, refusal: Refusal): OptionGroup[] => {
  const { notAllowed, personUnknown } = messages.form.lookUp;
  return [group(messages, refusal.code === 'person_unknown' ? personUnknown : notAllowed, [])];
};

/** Options with headings, as Slack shows them in an external select. */
export interface OptionGroup {
  label: ReturnType<typeof plainText>;
  options: PlainTextOption[];
}

/** Slack allows 100 options. A list for people is shorter. */
const mostOptions = 50;

/** Slack refuses a longer value, which would make the whole list fail. */
const canBePicked = ({ value }: PlainTextOption): boolean => (value ?? '').length <= longestValue;

/**
 * The list of a field after the person typed `typed`: the matches, and the typed text if it can be
 * an ID. A heading says why there are no more.
 */
export function buildSuggestions(
  messages: Messages,
  path: FieldPath,
  typed: string,
  suggestions: Suggestions,
  offer: FormOffer,
): OptionGroup[] {
  const { lookUp } = messages.form;
  const own = asTyped(messages, path, typed.trim());
  switch (suggestions.kind) {
    case 'region_missing':
      return [group(messages, lookUp.chooseRegion, own)];
    case 'resources': {
      const { answer } = suggestions;
      if (answer.kind === 'loading') return [group(messages, lookUp.loading, own)];
      if (answer.kind === 'failed')
        return [group(messages, failure(messages, answer.problem), own)];
      const fitting = answer.resources.filter((resource) => fits(resource, typed));
      const isKnown = fitting.some(({ id }) => id === typed.trim());
      const options = fitting.map((each) => resourceOption(messages, each, suggestions.engine));
      return found(messages, options.filter(canBePicked), isKnown ? [] : own);
    }
    case 'secrets':
      return [
        ...typedGroup(messages, path, typed, offer),
        ...secretGroups(messages, suggestions, own),
      ];
    default:
      return suggestions satisfies never;
  }
}

/** The option to type a secret, if that is allowed. */
function typedGroup(
  messages: Messages,
  path: FieldPath,
  typed: string,
  offer: FormOffer,
): OptionGroup[] {
  const option = typedOption(messages, path);
  const fits = option.text.text.toLowerCase().includes(typed.trim().toLowerCase());
  return offer.typed && fits ? [group(messages, messages.form.lookUp.notStored, [option])] : [];
}

function secretGroups(
  messages: Messages,
  { environment, ssm }: Extract<Suggestions, { kind: 'secrets' }>,
  own: readonly PlainTextOption[],
): OptionGroup[] {
  const { lookUp } = messages.form;
  const pickable = (secrets: readonly SecretChoice[]) =>
    secrets.map(secretOption).filter(canBePicked).slice(0, mostOptions);
  const choices = ssm.kind === 'found' ? pickable(ssm.choices) : [];
  const variables = pickable(environment);
  const heading =
    ssm.kind === 'failed'
      ? failure(messages, ssm.problem)
      : ssm.kind === 'loading'
        ? lookUp.loading
        : ssm.hasMore || ssm.choices.length > choices.length
          ? lookUp.moreSecrets(choices.length)
          : lookUp.secretsManager;
  const kept: OptionGroup[] = [];
  if (choices.length > 0 || ssm.kind !== 'found') kept.push(group(messages, heading, choices));
  if (variables.length > 0) {
    const hasMore = environment.length > variables.length;
    const title = hasMore ? lookUp.moreVariables(variables.length) : lookUp.environment;
    kept.push(group(messages, title, variables));
  }
  const references = [...choices, ...variables].map(({ value }) => value);
  const typed = own.filter(({ value }) => !references.includes(value));
  if (kept.length === 0 || typed.length > 0) kept.push(group(messages, lookUp.noSecrets, typed));
  return kept;
}

/** `found` under a separate heading, shortened, followed by the typed text. */
function found(
  messages: Messages,
  options: readonly PlainTextOption[],
  own: readonly PlainTextOption[],
): OptionGroup[] {
  const { lookUp } = messages.form;
  if (options.length === 0) return [group(messages, lookUp.none, own)];
  const heading = options.length > mostOptions ? lookUp.more(mostOptions) : lookUp.found;
  const listed = group(messages, heading, options.slice(0, mostOptions));
  return own.length === 0 ? [listed] : [listed, group(messages, lookUp.none, own)];
}

/**
 * A heading with options. A list needs at least one option, so an empty one gets an option without
 * effect.
 */
function group(
  messages: Messages,
  heading: string,
  options: readonly PlainTextOption[],
): OptionGroup {
  const nothing = { text: plainText(messages.form.lookUp.empty), value: noOption };
  return {
    label: plainText(heading, 75),
    options: options.length === 0 ? [nothing] : [...options],
  };
}

/** Why there is no list, by Tencent Cloud's code. */
function failure({ form }: Messages, problem: CallProblem): string {
  return form.lookUp.failed(problem.kind === 'refused' ? problem.code : form.lookUp.unreachable);
}

function asTyped({ form }: Messages, path: FieldPath, typed: string): PlainTextOption[] {
  const isId = typed !== '' && typed.length <= longestValue && canBeEntered(path, typed);
  return isId ? [{ text: plainText(form.lookUp.asTyped(typed), 75), value: typed }] : [];
}

const fits = ({ id, name }: Resource, typed: string): boolean => {
  const wanted = typed.trim().toLowerCase();
  return id.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted);
};

function resourceOption(
  messages: Messages,
  resource: Resource,
  engine: string | undefined,
): PlainTextOption {
  const { id, region, state, unusable, detail, version } = resource;
  const label = nameOf(resource);
  const engines: Readonly<Record<string, string>> = messages.options.DstDatabaseType;
  const name = engine === undefined ? undefined : (engines[engine] ?? engine);
  const product = version === undefined ? name : [name, cut(version, 20)].join(' ').trim();
  // A description is short, so reasons against a selection come first.
  const facts = (
    unusable === undefined ? [product, region, state, detail] : [unusable, product, region, detail]
  ).filter((fact) => fact !== undefined && fact !== '');
  return {
    text: plainText(unusable === undefined ? cut(label, 75) : cut(`⚠ ${label}`, 75)),
    value: id,
    ...(facts.length === 0 ? {} : { description: plainText(facts.join(' · '), 75) }),
  };
}

function secretOption({ reference, unusable }: SecretChoice): PlainTextOption {
  const label = secretName(reference);
  return {
    text: plainText(unusable === undefined ? label : `⚠ ${label}`, 75),
    value: reference,
    ...(unusable === undefined ? {} : { description: plainText(unusable, 75) }),
  };
}
