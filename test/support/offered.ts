import { z } from 'zod';
import type { Person, SlackWorkspace } from '../../playground/slack/index';
import { en } from './words';

const text = z.object({ text: z.string() }).transform((inner) => inner.text);
const answer = z.object({
  option_groups: z.array(
    z.object({
      label: text,
      options: z.array(z.object({ text, value: z.string(), description: text.optional() })),
    }),
  ),
});

/** The options under one heading of a list. */
export interface OfferedGroup {
  heading: string;
  /** `text, value, description` of each option; missing parts are omitted. */
  options: string[];
}

/** Types `typed` in a list of the form. Returns the first answer. */
export async function offeredAtOnce(
  slack: SlackWorkspace,
  person: Person,
  path: string,
  typed = '',
): Promise<OfferedGroup[]> {
  await person.suggest(path, typed);
  const outcome = slack.deliveries.findLast(({ kind }) => kind === 'blockSuggestion')?.outcome;
  const response = outcome?.kind === 'acknowledged' ? outcome.response : undefined;
  return answer.parse(response).option_groups.map(({ label, options }) => ({
    heading: label,
    options: options.map(({ text: shown, value, description }) =>
      [shown, value, ...(description === undefined ? [] : [description])].join(' | '),
    ),
  }));
}

/** The same, repeated while the list is still loading. */
export async function offered(
  slack: SlackWorkspace,
  person: Person,
  path: string,
  typed = '',
): Promise<OfferedGroup[]> {
  for (let searches = 1; ; searches += 1) {
    const groups = await offeredAtOnce(slack, person, path, typed);
    if (searches === 20 || !JSON.stringify(groups).includes(en.form.lookUp.loading)) return groups;
  }
}
