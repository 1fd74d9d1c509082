import { config as loadDotenv } from 'dotenv';
import { type StartProblem, startFerry } from './app';
import { readConfig } from './config';
import type { ConfigProblem } from './domain/settings';
import { type LocaleName, localeNames, locales } from './i18n/locales';
import { createLog } from './operations/log';
import { systemClock } from './operations/systemClock';

/** After this, what is still under way is left to the next start, which finds it in the store. */
const longestDrainMs = 10_000;

async function main(): Promise<void> {
  loadDotenv({ quiet: true });
  const read = readConfig(process.env);
  if (!read.ok) {
    refuse(describeProblems(read.problems, preferredLocale()));
    return;
  }
  const { config } = read;
  const log = createLog(config.logLevel);
  const result = await startFerry(config, { clock: systemClock, log, random: Math.random });
  if (!result.ok) {
    refuse(describeStartProblem(result.problem, config.locale));
    return;
  }
  const stop = (signal: string): void => {
    log.info('stopping', { signal });
    setTimeout(() => process.exit(0), longestDrainMs).unref();
    result.ferry.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('the stop was not clean', { error });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
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
  const entries = problems.map(({ variable, problem }) => {
    const { purpose, where } = words.variables[variable];
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
      return words.database(problem.detail);
    default:
      return problem satisfies never;
  }
}

void main();
