import { parseArgs } from 'node:util';
import { readConfig, secretsIn } from '../config';
import { describeProblems } from '../describeProblems';
import { hideSecrets } from '../domain/secrets/secret';
import { harmless } from '../domain/text/typedText';
import { locales, preferredLocale } from '../i18n/locales';
import { suspiciousVariables } from '../secrets/environmentSecrets';
import type { CommandLine } from './commandLine';
import { examine } from './examine';
import { explain, type Question } from './explainRules';

/**
 * Checks everything that Ferry needs, or explains which rule applies to a request. Resolves to an
 * exit code.
 */
export async function doctor({ args, env, envFile, stdout }: CommandLine): Promise<number> {
  const print = (text: string): void => void stdout.write(`${harmless(text, 'paragraphs')}\n`);
  const question = readArguments(args);
  if (question === undefined) {
    print(locales[preferredLocale(env)].doctor.usage);
    return 1;
  }
  const read = readConfig(env);
  if (!read.ok) {
    print(`✗ ${describeProblems(read.problems, preferredLocale(env))}`);
    return 1;
  }
  if (question !== 'everything') {
    const { ok, lines } = await explain(read.config, question);
    print(lines.join('\n'));
    return ok ? 0 : 1;
  }
  const findings = await examine(read.config, suspiciousVariables(env, envFile));
  const secrets = secretsIn(read.config);
  const lines = findings.map(
    ({ verdict, says }) => `${marks[verdict]} ${hideSecrets(secrets, says)}`,
  );
  print(lines.join('\n'));
  return findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
}

const marks = { fine: '✓', doubtful: '!', wrong: '✗' } as const;

function readArguments(args: readonly string[]): Question | 'everything' | undefined {
  try {
    const text = { type: 'string' } as const;
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { request: text, form: text, requester: text, channel: text },
    });
    const { channel, form, request, requester } = values;
    if (positionals.length === 0) return args.length === 0 ? 'everything' : undefined;
    if (positionals.join(' ') !== 'explain') return undefined;
    const [, id] = /^#?(\d{1,9})$/.exec(request ?? '') ?? [];
    if (id !== undefined) return { kind: 'request', id };
    return form === undefined || requester === undefined
      ? undefined
      : { kind: 'form', file: form, requester, channel };
  } catch {
    return undefined;
  }
}
