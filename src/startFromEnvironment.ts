import { type Ferry, startFerry } from './app';
import { type Config, readConfig, secretsIn } from './config';
import { describeProblems, describeStartProblem } from './describeProblems';
import type { CallProblem } from './domain/errors/callProblem';
import { hideSecrets, type Secret } from './domain/secrets/secret';
import { preferredLocale } from './i18n/locales';
import { createLog } from './operations/log';
import { systemClock } from './operations/systemClock';
import { useProxy } from './operations/useProxy';
import type { Log } from './ports/log';
import { type SuspiciousVariable, suspiciousVariables } from './secrets/environmentSecrets';
import type { StartProblem } from './startProblem';

export type Started = { ok: true; ferry: Ferry } | { ok: false; words: string };

/** A start in progress, or the message for settings that don't allow one. */
export type Startup =
  | { ok: true; config: Config; log: Log; starting: Promise<Started> }
  | { ok: false; words: string };

const suspicions = {
  quoted: 'a secret has quotes around it, which are sent with it',
  cut_at_hash: 'a value in .env ends at its #; put single quotes around it',
} as const satisfies Record<SuspiciousVariable['problem'], string>;

/** Starts Ferry with an environment. `envFile`: the text of the `.env` file, if there is one. */
export function startFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  envFile = '',
  stopping = new AbortController().signal,
): Startup {
  const read = readConfig(env);
  if (!read.ok) return { ok: false, words: describeProblems(read.problem, preferredLocale(env)) };
  const { value: config } = read;
  useProxy(config.proxy);
  const secrets = secretsIn(config);
  const log = createLog(config.logLevel, { secrets });
  for (const { variable, problem } of suspiciousVariables(env, envFile)) {
    log.warn(suspicions[problem], { variable });
  }
  const clock = systemClock;
  const surroundings = { clock, machineClock: clock, log, random: Math.random, stopping };
  const starting = startFerry(config, surroundings).then(
    (result): Started =>
      result.ok
        ? result
        : {
            ok: false,
            words: describeStartProblem(withoutSecrets(secrets, result.problem), config.locale),
          },
  );
  return { ok: true, config, log, starting };
}

/**
 * Hides secrets in the words of libraries and servers. Ferry's own words may have six characters in
 * common with a secret, and a person needs them.
 */
function withoutSecrets(secrets: readonly Secret[], problem: StartProblem): StartProblem {
  const hide = (text: string): string => hideSecrets(secrets, text);
  switch (problem.kind) {
    case 'token_refused':
    case 'app_token_refused':
      return { ...problem, error: hide(problem.error) };
    case 'account_unknown':
      return { ...problem, problem: quotedBy(problem.problem, hide) };
    case 'database': {
      const { problem: cause } = problem;
      return cause.kind === 'unusable'
        ? { ...problem, problem: { ...cause, detail: hide(cause.detail) } }
        : problem;
    }
    default:
      return problem;
  }
}

function quotedBy(problem: CallProblem, hide: (text: string) => string): CallProblem {
  switch (problem.kind) {
    case 'refused':
      return { ...problem, code: hide(problem.code), message: hide(problem.message) };
    case 'not_sent':
      return { ...problem, detail: hide(problem.detail) };
    default:
      return problem satisfies never;
  }
}
