import type { PlaceInFile, PolicyFileWarning } from './domain/policy/policyFileProblem';
import type { ConfigProblem, InvalidVariable } from './domain/settings';
import { explainInLine } from './i18n/explain';
import { type LocaleName, locales } from './i18n/locales';
import { labelled, plain } from './i18n/text';
import type { ListenProblem } from './operations/listen';
import type { PeopleProblem } from './slack/checkPeople';
import type { StartProblem } from './startProblem';
import { databaseName } from './store/database';
import type { AccountProblem } from './tencentcloud/identifyAccount';

/** Describes all problems of the settings in one message. */
export function describeProblems(problems: readonly ConfigProblem[], locale: LocaleName): string {
  const words = locales[locale].config;
  const entries = problems.map((found) => {
    const { variable, problem } = found;
    const { purpose, where } = words.variables[variable];
    if (problem === 'policy_file_wrong') {
      const { file, places } = found;
      const lines = places.map(
        (place) => `      ${atPlace(file, place)} ${words.policyFileProblem(place)}`,
      );
      return [`  ${variable} ${words.policyFileWrong(places.length)}`, ...lines].join('\n');
    }
    return [
      `  ${variable} ${words.problems[problem]}`,
      `      ${plain(labelled(words.purposeLabel, purpose))}`,
      `      ${plain(labelled(words.whereLabel, where))}`,
    ].join('\n');
  });
  return [words.heading(problems.length), ...entries, words.footer].join('\n\n');
}

/** Describes the invalid settings that a command on the database needs, one in each line. */
export function describeVariables(wrong: readonly InvalidVariable[], locale: LocaleName): string {
  const { problems } = locales[locale].config;
  return wrong.map((each) => `${each.variable} ${problems[each.problem]}`).join('\n');
}

/** Describes a probable mistake in a policy file in one line, with its place. */
export function describeWarning(
  file: string,
  warning: PolicyFileWarning,
  locale: LocaleName,
): string {
  return `${atPlace(file, warning)} ${locales[locale].config.policyFileWarning(warning)}`;
}

const atPlace = (file: string, { line, column, path }: PlaceInFile): string =>
  [`${file}:${line}:${column}:`, ...(path === '' ? [] : [path])].join(' ');

export function describePeople(problem: PeopleProblem, locale: LocaleName): string {
  const words = locales[locale].start.people;
  switch (problem.kind) {
    case 'group':
      return words.group[problem.problem](problem.id);
    case 'channel':
      return words.channel[problem.problem](problem.id);
    case 'user':
      return words.user[problem.problem](problem.id);
    case 'too_few':
      return words.tooFew(problem.ids, problem.required, problem.most);
    default:
      return problem satisfies never;
  }
}

export function describeAccount(problem: AccountProblem, locale: LocaleName): string {
  const messages = locales[locale];
  switch (problem.kind) {
    case 'wrong_account':
      return messages.start.wrongAccount(problem.accountId, problem.allowed);
    case 'account_unknown': {
      const why = explainInLine(problem.problem, 'sts:GetCallerIdentity', messages);
      return messages.start.accountUnknown(why);
    }
    default:
      return problem satisfies never;
  }
}

export function describeListening(problem: ListenProblem, locale: LocaleName): string {
  const words = locales[locale].start;
  switch (problem.kind) {
    case 'port_taken':
      return words.portTaken(problem.port);
    case 'port_forbidden':
      return words.portForbidden(problem.port);
    case 'host_unusable':
      return words.hostUnusable(problem.host);
    default:
      return problem satisfies never;
  }
}

export function describeStartProblem(problem: StartProblem, locale: LocaleName): string {
  const words = locales[locale].start;
  switch (problem.kind) {
    case 'stopped':
      return words.stopped;
    case 'token_refused':
      return words.tokenRefused(problem.error);
    case 'app_token_refused':
      return words.appTokenRefused(problem.error);
    case 'wrong_account':
    case 'account_unknown':
      return describeAccount(problem, locale);
    case 'channel':
      return words.channel[problem.problem](problem.channel);
    case 'people':
      return [
        words.people.heading,
        ...problem.problems.map((each) => `  ${describePeople(each, locale)}`),
      ].join('\n');
    case 'port_taken':
    case 'port_forbidden':
    case 'host_unusable':
      return describeListening(problem, locale);
    case 'database':
      return describeDatabaseProblem(problem, locale);
    case 'audit_key':
      return words.auditKey(problem.next);
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
      return words.databaseInUse(databaseName(location));
    case 'newer_schema':
      return words.databaseNewer;
    case 'unusable':
      return words.database(databaseName(location), problem.detail);
    default:
      return problem satisfies never;
  }
}
