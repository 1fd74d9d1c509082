import { config as loadDotenv } from 'dotenv';
import { type StartProblem, startFerry } from './app';
import { readConfig } from './config';
import type { ConfigProblem } from './domain/settings';
import { type LocaleName, localeNames, locales } from './i18n/locales';
import { createLog } from './operations/log';
import { keepHeapSteady } from './operations/steadyHeap';
import { systemClock } from './operations/systemClock';

async function main(): Promise<void> {
  keepHeapSteady();
  loadDotenv({ quiet: true });
  const read = readConfig(process.env);
  if (!read.ok) {
    refuse(describeProblems(read.problems, preferredLocale()));
    return;
  }
  const { config } = read;
  const log = createLog(config.logLevel);
  const starting = startFerry(config, { clock: systemClock, log, random: Math.random });
  const stop = async (signal: string): Promise<void> => {
    log.info('stopping', { signal });
    // What takes longer is left to the next start, which finds it in the store.
    setTimeout(() => process.exit(0), config.shutdownSeconds * 1_000).unref();
    const started = await starting;
    if (started.ok) await started.ferry.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error('the stop was not clean', { error });
        process.exit(1);
      });
    });
  }
  const result = await starting;
  if (!result.ok) refuse(describeStartProblem(result.problem, config.locale));
}

/** One message on standard error, and an exit code that a supervisor sees. */
function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function preferredLocale(): LocaleName {
  return localeNames.find((name) => name === process.env['DEFAULT_LOCALE']) ?? 'en';
}

function describeProblems(problems: readonly ConfigProblem[], locale: LocaleName): string {
  const words = locales[locale].config;
  const entries = problems.map((found) => {
    const { variable, problem } = found;
    const { purpose, where } = words.variables[variable];
    if (problem === 'policy_file_wrong') {
      const { file, places } = found;
      const lines = places.map((place) => {
        const at = `${file}:${place.line}:${place.column}:`;
        const what = words.policyFileProblem(place);
        return ['     ', at, ...(place.path === '' ? [] : [place.path]), what].join(' ');
      });
      return [`  ${variable} ${words.policyFileWrong(places.length)}`, ...lines].join('\n');
    }
    return [
      `  ${variable} ${words.problems[problem]}`,
      `      ${words.purposeLabel}: ${purpose}`,
      `      ${words.whereLabel}: ${where}`,
    ].join('\n');
  });
  return [words.heading(problems.length), ...entries, words.footer].join('\n\n');
}

function describeStartProblem(problem: StartProblem, locale: LocaleName): string {
  const words = locales[locale].start;
  switch (problem.kind) {
    case 'token_refused':
      return words.tokenRefused(problem.error);
    case 'app_token_refused':
      return words.appTokenRefused(problem.error);
    case 'channel':
      return words.channel[problem.problem](problem.channel);
    case 'port_taken':
      return words.portTaken(problem.port);
    case 'port_forbidden':
      return words.portForbidden(problem.port);
    case 'database':
      return describeDatabaseProblem(problem, locale);
    default:
      return problem satisfies never;
  }
}

function describeDatabaseProblem(
  { location, problem }: Extract<StartProblem, { kind: 'database' }>,
  locale: LocaleName,
): string {
  const words = locales[locale].start;
  switch (problem.kind) {
    case 'in_use':
      return words.databaseInUse(location.kind === 'sqlite' ? location.path : '');
    case 'newer_schema':
      return words.databaseNewer;
    case 'unusable':
      return words.database(
        location.kind === 'sqlite' ? location.path : 'PostgreSQL',
        problem.detail,
      );
    default:
      return problem satisfies never;
  }
}

void main();
