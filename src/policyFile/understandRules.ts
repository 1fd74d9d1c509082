import { type People, readPeople } from '../domain/people/people';
import { usualDecision } from '../domain/policy/demands';
import {
  automaticOperations,
  type Conditions,
  type DecidedOperation,
  decidedOperations,
  type Policy,
  type Rule,
  usualName,
  usualRule,
} from '../domain/policy/policy';
import { readDuration } from '../domain/text/duration';
import { migrationTypes, type PolicyFileContent } from './policyFileSchema';

type Settings = PolicyFileContent['approvals'];
export type RuleEntry = NonNullable<PolicyFileContent['rules']>[number];

/** The rules of a file, each with the settings inherited from `approvals`. */
export function understandRules({
  approvals,
  digest,
  rules = [],
  watch,
}: PolicyFileContent): Policy {
  return {
    rules: rules.map((entry) => ({
      when: conditionsOf(entry.when),
      rule: ruleOf(entry.name, inherited(approvals, entry)),
    })),
    otherwise: ruleOf(usualName, approvals),
    ...(watch === undefined
      ? {}
      : { watch: watch.flatMap((text) => readPeople(text, approvals.channel) ?? []) }),
    ...(digest === undefined
      ? {}
      : { digest: { day: digest.day, at: digest.at, timeZone: digest.time_zone } }),
  };
}

/** Inherits written settings first; defaults are added later. */
function inherited(approvals: Settings, { name: _, when: __, ...said }: RuleEntry): Settings {
  const reminders = { ...approvals.reminders, ...said.reminders };
  const operations = { ...approvals.operations, ...said.operations };
  return { ...approvals, ...said, reminders, operations };
}

function ruleOf(name: string, settings: Settings): Rule {
  const { channel, requesters, deniers, editors, retriers, reminders = {} } = settings;
  const people = (list: readonly string[]): People[] =>
    list.flatMap((text) => readPeople(text, channel) ?? []);
  const usual = usualRule({ name, channel, approvers: people(settings.approvers) });
  const { expires_after: expiry, break_glass: breakGlass, break_glass_notify: notify } = settings;
  const { after, mention, quiet } = reminders;
  const rule: Rule = {
    ...usual,
    requesters: requesters && people(requesters),
    ...(settings.approve === undefined ? {} : { approve: settings.approve }),
    required: settings.required ?? usual.required,
    oneFromEach: settings.one_from_each?.map(people) ?? usual.oneFromEach,
    deniers: deniers ? people(deniers) : usual.deniers,
    editors: editors ? people(editors) : usual.editors,
    retriers: retriers ? people(retriers) : usual.retriers,
    expiryMs:
      expiry === undefined ? usual.expiryMs : expiry === 'never' ? undefined : readDuration(expiry),
    reminders: {
      afterMs: after?.map(readDuration) ?? usual.reminders.afterMs,
      mention: mention ? people(mention) : usual.reminders.mention,
      quiet: quiet && { from: quiet.from, to: quiet.to, timeZone: quiet.time_zone },
    },
    windows: (settings.windows ?? []).flatMap(({ days: [first, ...rest], from, to, time_zone }) =>
      first === undefined ? [] : [{ days: [first, ...rest], from, to, timeZone: time_zone }],
    ),
    confirmDestination: settings.confirm_destination ?? usual.confirmDestination,
    breakGlass: breakGlass ? people(breakGlass) : usual.breakGlass,
    ...(notify === undefined ? {} : { breakGlassNotify: people(notify) }),
  };
  const operations = operationsOf(rule, settings.operations, people);
  const automatic = automaticOperations.filter(
    (operation) => settings.operations?.[operation]?.automatic === true,
  );
  const { idle_after: idle } = settings;
  return {
    ...rule,
    ...(idle === undefined ? {} : { idleAfterMs: idle === 'never' ? null : readDuration(idle) }),
    ...(operations === undefined ? {} : { operations }),
    ...(automatic.length === 0 ? {} : { automatic }),
  };
}

/** True if the entry says who decides. */
const decidesOn = ({
  one_from_each: lists,
  people,
  required,
}: NonNullable<NonNullable<Settings['operations']>[DecidedOperation]>): boolean =>
  (people ?? required ?? lists) !== undefined;

/** What the entry leaves out has the default of `demandsOf`. */
function operationsOf(
  rule: Rule,
  settings: Settings['operations'],
  people: (list: readonly string[]) => People[],
): Rule['operations'] {
  const decided = decidedOperations.flatMap((name) => {
    const said = settings?.[name];
    if (said === undefined || !decidesOn(said)) return [];
    const usual = usualDecision(rule, name);
    const decision = {
      people: said.people === undefined ? usual.people : people(said.people),
      required: said.required ?? (said.people === undefined ? usual.required : 1),
      oneFromEach:
        said.one_from_each?.map(people) ?? (said.people === undefined ? usual.oneFromEach : []),
    };
    return [[name, decision] as const];
  });
  return decided.length === 0 ? undefined : Object.fromEntries(decided);
}

function conditionsOf(when: RuleEntry['when']): Conditions {
  return {
    engines: when.engines,
    accessTypes: when.access_types,
    sources: when.sources,
    sourceRegions: when.source_regions,
    destinations: when.destinations,
    destinationRegions: when.destination_regions,
    migrationTypes: when.migration_types?.map((word) => migrationTypes[word]),
    wholeInstance: when.whole_instance,
    // IDs of users and user groups never mean a channel.
    requesters: when.requesters?.flatMap((text) => readPeople(text, '') ?? []),
    channels: when.channels,
  };
}
