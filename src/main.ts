import { config as loadDotenv } from 'dotenv';
import { type StartProblem, startFerry } from './app';
import { type Config, readConfig } from './config';
import { describePeople, describeProblems } from './describe';
import { type LocaleName, locales, preferredLocale } from './i18n/locales';
import { createLog, type Log } from './operations/log';
import { keepHeapSteady } from './operations/steadyHeap';
import { systemClock } from './operations/systemClock';
import { loadPolicyFile } from './policyFile/loadPolicyFile';

async function main(): Promise<void> {
  keepHeapSteady();
  loadDotenv({ quiet: true });
  const read = readConfig(process.env);
  if (!read.ok) {
    refuse(describeProblems(read.problems, preferredLocale(process.env)));
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
  process.on('SIGHUP', () => {
    readAgain(config, starting, log).catch((error: unknown) => {
      log.error('the policy could not be read again; the old one stays', { error });
    });
  });
  const result = await starting;
  if (!result.ok) refuse(describeStartProblem(result.problem, config.locale));
}

/** Reads the policy file again; what is wrong in it is stated, and the policy stays as it was. */
async function readAgain(
  { policyFile, locale }: Config,
  starting: ReturnType<typeof startFerry>,
  log: Log,
): Promise<void> {
  const started = await starting;
  if (!started.ok) return;
  if (policyFile === undefined) {
    log.warn('there is no policy file to read again');
    return;
  }
  const { oldPolicyStays } = locales[locale].start;
  const read = loadPolicyFile(policyFile);
  if (Array.isArray(read) || 'problem' in read) {
    log.error('the policy file is wrong; the old policy stays');
    const problems = Array.isArray(read) ? read : [read];
    process.stderr.write(`${oldPolicyStays}\n${describeProblems(problems, locale)}\n`);
    return;
  }
  const wrong = await started.ferry.adopt(read);
  if (wrong === undefined) {
    log.info('the policy was read again');
    return;
  }
  log.error('the new policy cannot be used; the old one stays');
  process.stderr.write(`${oldPolicyStays}\n${describeStartProblem(wrong, locale)}\n`);
}

/** One message on standard error, and an exit code that a supervisor sees. */
function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exit(1);
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
    case 'people':
      return [
        words.people.heading,
        ...problem.problems.map((each) => `  ${describePeople(each, locale)}`),
      ].join('\n');
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
