import { z } from 'zod';
import { readConfig } from '../config';
import { describeProblems } from '../describeProblems';
import { channelIdPattern, userIdPattern } from '../domain/people/people';
import { harmless } from '../domain/text/typedText';
import { preferredLocale } from '../i18n/locales';
import { useProxy } from '../operations/useProxy';
import { type CommandLine, exitCodes } from './commandLine';
import { explainRulesFor, type Question } from './explainRules';

const options = z.union([
  z
    .strictObject({ request: z.string().regex(/^#?\d{1,9}$/) })
    .transform(({ request }): Question => ({ kind: 'request', id: request.replace('#', '') })),
  z
    .strictObject({
      form: z.string(),
      requester: z.string().regex(userIdPattern),
      channel: z.string().regex(channelIdPattern).optional(),
    })
    .transform(
      ({ channel, form, requester }): Question => ({
        ...{ kind: 'form', file: form, requester, channel },
      }),
    ),
]);

/**
 * Prints which rule applies to a request. Resolves to an exit code, or to `undefined` if the options
 * are invalid.
 */
export async function explainPolicy(
  { env, stdout }: CommandLine,
  raw: Readonly<Record<string, unknown>>,
): Promise<number | undefined> {
  const question = options.safeParse(raw);
  if (!question.success) return undefined;
  const print = (text: string): void => void stdout.write(`${harmless(text, 'paragraphs')}\n`);
  const read = readConfig(env);
  if (!read.ok) {
    print(`✗ ${describeProblems(read.problem, preferredLocale(env))}`);
    return exitCodes.failed;
  }
  useProxy(read.value.proxy);
  const { ok, lines } = await explainRulesFor(read.value, question.data);
  print(lines.join('\n'));
  return ok ? exitCodes.fine : exitCodes.failed;
}
