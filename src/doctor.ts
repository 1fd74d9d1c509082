import { parseArgs } from 'node:util';
import { config as loadDotenv } from 'dotenv';
import { readConfig } from './config';
import { describeProblems } from './describe';
import { examine } from './doctorChecks';
import { explain, type Question } from './doctorExplain';
import { locales, preferredLocale } from './i18n/locales';

/** Says whether Ferry has what it needs, or which rule applies to a request and why. */
async function main(): Promise<number> {
  loadDotenv({ quiet: true });
  const question = readArguments(process.argv.slice(2));
  if (question === undefined) {
    print(locales[preferredLocale(process.env)].doctor.usage);
    return 1;
  }
  const read = readConfig(process.env);
  if (!read.ok) {
    print(`✗ ${describeProblems(read.problems, preferredLocale(process.env))}`);
    return 1;
  }
  if (question !== 'everything') {
    const { ok, lines } = await explain(read.config, question);
    print(lines.join('\n'));
    return ok ? 0 : 1;
  }
  const findings = await examine(read.config);
  print(findings.map(({ isFine, says }) => `${isFine ? '✓' : '✗'} ${says}`).join('\n'));
  return findings.every(({ isFine }) => isFine) ? 0 : 1;
}

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

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Of an error of a library only its message: what it attached may hold more.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
