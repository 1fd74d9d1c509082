import type { People } from '../../domain/people/people';
import { unusualDecisions } from '../../domain/policy/demands';
import type {
  AutomaticOperation,
  Conditions,
  DecidedOperation,
  Hours,
  LaunchWindow,
  Rule,
  Weekday,
} from '../../domain/policy/policy';
import { type ExplainedRule, type MissingFact, statedConditions } from '../../domain/policy/rules';
import { inUnits, type Unit } from '../../domain/text/duration';
import { bold, channel, code, group, join, person, say, type Text } from '../text';
import { form, options } from './form';
import { jobActions } from './job';
import { ruleTitle } from './ruleName';

const units: Readonly<Record<Unit, string>> = {
  day: 'day',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
};

const weekdayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** With `before_start`, people approve the first start. */
const automatic = ({ approve }: Rule): Readonly<Record<AutomaticOperation, string>> => ({
  check_job: 'the check after the creation',
  start_job:
    approve === 'before_start'
      ? 'another start after an edited job passes its check'
      : 'the start after a passed check',
});

const actions = ({ approve }: Rule): Readonly<Record<DecidedOperation, string>> => ({
  ...jobActions,
  ...(approve === 'before_start' ? { start_job: 'start the job again' } : {}),
  clear_data: 'delete all data in the target and resume',
});

function duration(ms: number): string {
  const { count, unit } = inUnits(ms);
  return `${count} ${units[unit]}${count === 1 ? '' : 's'}`;
}

function either(texts: readonly Text[]): Text {
  const last = texts.at(-1) ?? [];
  return texts.length < 2 ? last : say`${join(texts.slice(0, -1), ', ')} or ${last}`;
}

function someone(each: People): Text {
  switch (each.kind) {
    case 'user':
      return [person(each.userId)];
    case 'group':
      return [group(each.groupId)];
    case 'channel':
      return say`members of ${channel(each.channelId)}`;
    case 'requester':
      return say`the requester`;
    default:
      return each satisfies never;
  }
}

/** A channel itself, not its members. */
const place = (each: People): Text =>
  each.kind === 'channel' ? [channel(each.channelId)] : someone(each);

const people = (list: readonly People[]): Text =>
  list.length === 0 ? say`nobody` : join(list.map(someone), ', ');

const codes = (values: readonly string[] = []): Text => either(values.map((each) => [code(each)]));

type Names = Readonly<Record<string, string>>;

const named = (names: Names, value: PropertyKey): string => names[String(value)] ?? String(value);

const engineNames = (values: readonly string[] = []): Text =>
  either(values.map((each) => say`${named(options.SrcDatabaseType, each)}`));

/** Options of the form. */
const chosen = (names: Names, values: readonly PropertyKey[] = []): Text =>
  either(values.map((each) => say`“${named(names, each)}”`));

/** A condition that is met, or not. */
function condition(name: keyof Conditions, when: Conditions, isMet: boolean): Text {
  const is = isMet ? 'is' : 'is not';
  switch (name) {
    case 'engines':
      return say`the engine ${is} ${engineNames(when.engines)}`;
    case 'accessTypes':
      return say`the access type ${is} ${chosen(options.SrcAccessType, when.accessTypes)}`;
    case 'sources':
      return say`the source ${is} ${codes(when.sources)}`;
    case 'sourceRegions':
      return say`the source ${is} in ${codes(when.sourceRegions)}`;
    case 'destinations':
      return say`the target ${is} ${codes(when.destinations)}`;
    case 'destinationRegions':
      return say`the target ${is} in ${codes(when.destinationRegions)}`;
    case 'migrationTypes':
      return say`the migration type ${is} ${chosen(options['MigrateOption.MigrateType'], when.migrationTypes)}`;
    case 'wholeInstance':
      return when.wholeInstance === isMet
        ? say`the entire instance is migrated`
        : say`only selected databases are migrated`;
    case 'requesters':
      return say`the requester ${is} among ${people(when.requesters ?? [])}`;
    case 'channels':
      return say`the request ${isMet ? 'was' : 'was not'} made in ${either((when.channels ?? []).map((each) => [channel(each)]))}`;
    default:
      return name satisfies never;
  }
}

function missingFact(open: MissingFact): Text {
  switch (open.code) {
    case 'group':
      return say`Slack couldn't confirm that the requester is in ${group(open.groupId)}`;
    case 'channel':
      return say`Ferry doesn't know which channel the request comes from`;
    case 'field':
      return say`“${form.labels[open.path]}” is empty`;
    default:
      return open satisfies never;
  }
}

const hours = ({ from, to, timeZone }: Hours): string =>
  `${from} to ${to}${to > from ? '' : ' the next day'} (${timeZone})`;

const launchWindow = ({ days, ...rest }: LaunchWindow): string =>
  `${new Set(days).size === 7 ? 'every day' : days.map((day) => weekdayNames[day]).join(', ')} ${hours(rest)}`;

function reminders({ reminders: { afterMs, mention, quiet } }: Rule): Text {
  if (afterMs.length === 0) return say`none`;
  return [
    ...say`after ${afterMs.map(duration).join(', ')}`,
    ...(mention.length === 0 ? [] : say`, to ${people(mention)}`),
    ...(quiet === undefined ? [] : say`; quiet hours ${hours(quiet)}`),
  ];
}

/** How requests are decided, in words. */
export const policyWords = {
  /** Which requests a rule covers. */
  covers: (when: Conditions): Text => {
    const stated = statedConditions(when);
    return stated.length === 0
      ? say`every request`
      : join(
          stated.map((name) => condition(name, when, true)),
          ', and ',
        );
  },
  /** Whether a rule covers a request, and why not. */
  match({ when, rule, match }: ExplainedRule): Text {
    switch (match.verdict) {
      case 'yes':
        return say`${bold(ruleTitle(rule.name))} applies.`;
      case 'no':
        return say`${bold(ruleTitle(rule.name))} does not apply: ${condition(match.because, when, false)}.`;
      case 'unknown':
        return say`${bold(ruleTitle(rule.name))} may apply: ${missingFact(match.missing)}.`;
      default:
        return match satisfies never;
    }
  },
  /** A rule in words, one setting per line. */
  rule: (rule: Rule): Text =>
    join(
      [
        [bold(ruleTitle(rule.name))],
        say`Channel: ${channel(rule.channel)}`,
        say`Who can request: ${rule.requesters === undefined ? 'everyone' : people(rule.requesters)}`,
        ...(rule.approve === 'before_start'
          ? [say`Ferry creates and checks the job first; approvals are for its start`]
          : []),
        say`Approvals needed: ${rule.required} from ${people(rule.approvers)}`,
        ...rule.oneFromEach.map((list) => say`At least one from: ${people(list)}`),
        say`Who can deny: ${people(rule.deniers)}`,
        say`Who can edit: ${people(rule.editors)}`,
        say`Who can retry: ${people(rule.retriers)}`,
        say`Expires: ${rule.expiryMs === undefined ? 'never' : `after ${duration(rule.expiryMs)}`}`,
        say`Reminders: ${reminders(rule)}`,
        say`Launch window: ${rule.windows.length === 0 ? 'any time' : rule.windows.map(launchWindow).join('; ')}`,
        ...(rule.automatic === undefined
          ? []
          : [say`Automatic: ${rule.automatic.map((each) => automatic(rule)[each]).join(', ')}`]),
        ...(rule.confirmDestination ? [say`Approvers must type the target instance ID`] : []),
        ...(rule.breakGlass.length === 0
          ? []
          : [say`Emergency approval by: ${people(rule.breakGlass)}`]),
        ...(rule.breakGlassNotify === undefined || rule.breakGlassNotify.length === 0
          ? []
          : [
              say`Emergency approvals are reported to: ${join(rule.breakGlassNotify.map(place), ', ')}`,
            ]),
        ...unusualDecisions(rule).map(({ decision, operation }) => [
          ...say`To ${actions(rule)[operation]}: ${decision.required} from ${people(decision.people)}`,
          ...decision.oneFromEach.flatMap((list) => say`; at least one from: ${people(list)}`),
        ]),
      ],
      '\n',
    ),
};
