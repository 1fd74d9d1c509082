import type { CommandLine } from './commandLine/commandLine';
import { type Config, problemsWithoutSealKeys } from './config';
import { describeProblems, describeStartProblem } from './describeProblems';
import { harmless } from './domain/text/typedText';
import { locales } from './i18n/locales';
import { traceOf } from './operations/log';
import { keepHeapSteady } from './operations/steadyHeap';
import { loadPolicyFile } from './policyFile/loadPolicyFile';
import type { Log } from './ports/log';
import { type Started, startFromEnvironment } from './startFromEnvironment';

/**
 * Runs the bot until a signal stops it. Resolves once it has started, so the process stays alive.
 * If it cannot start, the process ends with 1.
 */
export async function runBot({ env, envFile }: CommandLine): Promise<void> {
  keepHeapSteady();
  const stopping = new AbortController();
  const beginning = startFromEnvironment(env, envFile, stopping.signal);
  if (!beginning.ok) refuse(beginning.words);
  const { config, log, starting } = beginning;
  handleErrors(log);
  const stop = async (signal: string): Promise<void> => {
    log.info('stopping', { signal });
    stopping.abort('stopping');
    // Work that takes longer resumes at the next start.
    setTimeout(() => process.exit(0), config.shutdownSeconds * 1_000).unref();
    const started = await starting;
    if (started.ok) await started.ferry.stop();
    else printError(started.words);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error('the shutdown was not clean', { error });
        process.exit(1);
      });
    });
  }
  process.on('SIGHUP', () => {
    reloadPolicy(config, starting, log).catch((error: unknown) => {
      log.error('the policy could not be reloaded; the old policy stays in force', { error });
    });
  });
  const result = await starting.catch((error: unknown) => {
    // Throws outside of the promise, so that the failed start ends the process.
    setImmediate(() => {
      throw error;
    });
  });
  if (result?.ok === false && !stopping.signal.aborted) refuse(result.words);
}

/**
 * Reloads the policy file. If it is invalid, errors go to stderr and the old policy stays in force.
 */
async function reloadPolicy(
  { policyFile, locale, sealKeys }: Config,
  starting: Promise<Started>,
  log: Log,
): Promise<void> {
  const started = await starting;
  if (!started.ok) return;
  if (policyFile === undefined) {
    log.warn('there is no policy file to reload');
    return;
  }
  const { oldPolicyStays } = locales[locale].start;
  const read = loadPolicyFile(policyFile);
  if (!read.ok) {
    log.error('the policy file is invalid; the old policy stays in force');
    printError(`${oldPolicyStays}\n${describeProblems([read.problem], locale)}`);
    return;
  }
  const unfit = sealKeys.length === 0 ? problemsWithoutSealKeys(read.policyFile) : [];
  if (unfit.length > 0) {
    log.error(
      'the new policy allows no secrets and SEAL_KEYS is not set; the old policy stays in force',
    );
    printError(`${oldPolicyStays}\n${describeProblems(unfit, locale)}`);
    return;
  }
  const wrong = await started.ferry.adopt(read.policyFile);
  if (wrong === undefined) {
    log.info('the policy was reloaded');
    return;
  }
  log.error('the new policy cannot be used; the old policy stays in force');
  printError(`${oldPolicyStays}\n${describeStartProblem(wrong, locale)}`);
}

/** Prints one message to stderr and ends the process, in which some timers may still run. */
function refuse(message: string): never {
  printError(message);
  process.exit(1);
}

/** Prints text that may come from a file or server, without control characters for the terminal. */
function printError(message: string): void {
  process.stderr.write(`${harmless(message, 'paragraphs')}\n`);
}

/**
 * Handles uncaught errors. A rejected promise leaves nothing half done, because every change is one
 * transaction. After an exception outside of any promise, nothing is certain, so the process ends
 * and the next start continues from the database.
 */
function handleErrors(log: Log): void {
  process.on('unhandledRejection', (reason) => {
    log.error('unhandled error; Ferry keeps running', { thrown: traceOf(reason) });
  });
  process.on('uncaughtException', (error) => {
    log.error('uncaught error; Ferry stops and must be restarted', {
      thrown: traceOf(error),
    });
    process.exit(1);
  });
}
