import type {
  ExpectedType,
  FoundType,
  PolicyFileProblem,
  PolicyFileWarning,
} from '../../domain/policy/policyFileProblem';
import { fieldProblem } from './form';
import { textProblem } from './textProblem';

const expectedTypes: Readonly<Record<ExpectedType, string>> = {
  map: 'keys with values',
  list: 'a list',
  text: 'text',
  whole_number: 'a whole number',
  true_or_false: 'true or false',
  text_or_number: 'text or a number',
};

const foundTypes: Readonly<Record<FoundType, string>> = {
  map: 'keys with values',
  list: 'a list',
  text: 'text',
  number: 'a number',
  true_or_false: 'true or false',
  nothing: 'empty',
};

/** True if YAML reads an unquoted word as something other than text. */
const needsQuotes = ({ expected, found }: { expected: ExpectedType; found: FoundType }): boolean =>
  expected.startsWith('text') && (found === 'number' || found === 'true_or_false');

/** What is wrong at one place of a policy file, and what is expected. */
export function policyFileProblem(problem: PolicyFileProblem): string {
  switch (problem.code) {
    case 'yaml_syntax':
      return `is not valid YAML: ${problem.detail}`;
    case 'duplicate_key':
      return `duplicate key ${problem.key}; merge the two`;
    case 'star_without_quotes':
      return `${problem.value} starts with *, which has a special meaning in YAML; put it in quotes`;
    case 'number_rewritten':
      return `YAML reads ${problem.written} as ${problem.read}; put it in quotes`;
    case 'too_many_aliases':
      return 'aliases (*name) expand to more than 100 values; write them out';
    case 'unknown_key':
      return problem.nearest === undefined
        ? `unknown key; valid keys: ${problem.known.join(', ')}`
        : `unknown key; did you mean ${problem.nearest}?`;
    case 'never_automatic':
      return 'only check_job and start_job can be automatic; people decide on every other operation, especially the cut-over';
    case 'missing_key':
      return 'is missing';
    case 'wrong_type':
      return `must be ${expectedTypes[problem.expected]}, but is ${foundTypes[problem.found]}${needsQuotes(problem) ? '; put it in quotes' : ''}`;
    case 'empty':
      return 'is empty; fill it in, or remove the key';
    case 'too_small':
      return `must be at least ${problem.min}`;
    case 'too_big':
      return `must be at most ${problem.max}`;
    case 'too_long':
      return `must be at most ${problem.max} characters long`;
    case 'channel_shape':
      return 'is not a channel ID, which starts with C or G; a #name does not work';
    case 'approver_shape':
      return 'must be the ID of a user (U…, W…), user group (S…) or channel (C…, G…), or the word channel';
    case 'requester_shape':
      return 'must be a user ID (U…, W…) or a user group ID (S…)';
    case 'people_shape':
      return 'must be the ID of a user (U…, W…), user group (S…) or channel (C…, G…), or the word channel or requester';
    case 'notify_shape':
      return 'must be a user ID (U…, W…) or a channel ID (C…, G…)';
    case 'secret_shape':
      return 'must be ssm:SECRET_NAME or env:VARIABLE_NAME; * is allowed in the name';
    case 'target_shape':
      return 'must be an IP address (14.17.22.36), a network (10.0.0.0/8, 10.0.*), a host name (*.db.example.com), one of these behind a gateway or machine (dcg-1a2b3c4d/10.0.0.0/8), or an instance (cdb-e78e0nnv)';
    case 'address_shape':
      return 'is not an address: write IPv4 as four numbers from 0 to 255 without leading zeros (14.17.22.36), or IPv6 (2400:3200::1), and a network with its prefix length (10.0.0.0/8)';
    case 'address_wildcard':
      return 'never matches: in an address, * can only replace the last numbers of IPv4 (10.0.*). Write other networks in CIDR notation: 10.0.16.0/20, 2400:3200::/32';
    case 'prefix_too_long':
      return `never matches: the prefix of a network has at most ${problem.max} bits`;
    case 'host_bits':
      return `has bits set after its prefix; write ${problem.meant}, or the address without a prefix`;
    case 'name_shape':
      return 'is not a host name that a request can have: use letters, digits and hyphens between dots, write other scripts in Punycode (xn--…), and do not end a name with a number';
    case 'open_name':
      return 'matches names that anyone can register; write the end of the name in full, for example *.db.example.com';
    case 'never_reached':
      return 'never matches: the form refuses addresses and names that no other machine can reach';
    case 'private_without_way':
      return `never matches: a private address needs the gateway or machine before it. Write ${problem.meant} with the ID of your gateway`;
    case 'way_shape':
      return 'has no valid gateway or machine before the slash; write dcg-…, vpngw-…, ccn-… or ins-… (lower case), or *';
    case 'way_alone':
      return `never matches: a gateway is not a source or target itself. Write ${problem.meant} for everything behind it`;
    case 'not_lower_case':
      return `never matches: IDs are in lower case. Write ${problem.meant}`;
    case 'instance_shape':
      return 'is not the ID of an instance: a prefix, a hyphen, then 4 to 32 lower-case letters and digits, such as cdb-e78e0nnv or cdb-*';
    case 'zone_for_region':
      return `never matches: this is a zone; write its region, ${problem.meant}`;
    case 'region_shape':
      return 'is not a region ID, such as ap-guangzhou';
    case 'duration_shape':
      return 'must be a number of minutes, hours or days: 30m, 12h, 7d';
    case 'expiry_shape':
      return 'must be a number of minutes, hours or days (30m, 12h, 7d), or never';
    case 'hour_shape':
      return 'must be a time from 00:00 to 23:59';
    case 'end_shape':
      return 'must be a time from 00:00 to 24:00';
    case 'unknown_value':
      return problem.nearest === undefined
        ? `must be one of: ${problem.known.join(', ')}`
        : `is not a valid value here; did you mean ${problem.nearest}?`;
    case 'offset_for_time_zone':
      return 'must be the time zone of a city, such as Asia/Shanghai (UTC+8), or UTC. In names of offsets, the sign is inverted: Etc/GMT+8 is UTC-8';
    case 'unknown_time_zone':
      return problem.nearest === undefined
        ? 'is not a time zone, such as Asia/Shanghai'
        : `is not a time zone; did you mean ${problem.nearest}?`;
    case 'requester_out_of_place':
      return 'is not allowed here; this list can only name other people';
    case 'too_few_approvers':
      return `${problem.required} approvals are required, but only ${problem.named} ${problem.named === 1 ? 'person' : 'people'} can approve`;
    case 'no_approver_among':
      return 'one_from_each contains a list with nobody from approvers';
    case 'too_few_deciders':
      return `${problem.operation} needs ${problem.required} people, but only ${problem.named} ${problem.named === 1 ? 'person' : 'people'} can decide on it`;
    case 'no_decider_among':
      return `${problem.operation} requires someone from each list of one_from_each, but one list contains nobody who can decide on it`;
    case 'no_time_between':
      return 'from and to are the same time';
    case 'reminders_not_growing':
      return `each reminder must wait longer than the one before it, so this time must be more than ${problem.least}; for example [4h, 1d, 3d]`;
    case 'name_taken':
      return 'duplicate name; every rule needs its own (“usual” is reserved for approvals)';
    case 'unreachable_rule':
      return `never applies: the rule “${problem.behind}” above it has no conditions and matches every request`;
    case 'password_in_preset':
      return 'is a password; passwords are not allowed in the policy file';
    case 'not_for_field':
      return `is not valid in this field: ${fieldProblem(problem.problem)}`;
    case 'secret_unbound':
      return 'does not say where the password may be used; add hosts or instances, or anywhere: true to allow every target';
    case 'anywhere_and_bound':
      return 'allows every target, so hosts and instances have no effect; remove one or the other';
    case 'channel_without_requests':
      return 'never matches: no rule posts requests to this channel. Use the channel of approvals or of a rule';
    default:
      return textProblem(problem);
  }
}

/** Something in a policy file that is valid but probably a mistake. */
export function policyFileWarning(warning: PolicyFileWarning): string {
  switch (warning.code) {
    case 'rule_never_applies':
      return `never applies: the rule “${warning.behind}” above it already matches every request that this rule could match`;
    case 'lax_before_strict':
      return `also matches requests of the rule “${warning.strict}” below it, which is stricter (${warning.settings.join(', ')}). The first rule that matches a request applies, so move the stricter rule up`;
    case 'inherited_list_elsewhere':
      return `names nobody from the inherited list [${warning.list.join(', ')}] of one_from_each, so only approvers who are also in that list can complete the approvals. Add one_from_each to the rule, or add the list to its approvers`;
    case 'secret_allowed_anyway':
      return `has no effect: ${warning.by} (line ${warning.byLine}) allows the same and more; one matching entry is enough`;
    case 'cut_by_comment':
      return `is read as “${warning.read}”, because “#${warning.comment}” is a comment in YAML; if it belongs to the text, put the whole text in quotes`;
    case 'preset_value_hidden': {
      const hidden =
        "has no effect, because the form doesn't show it with the other values of the preset";
      return warning.needs === undefined
        ? hidden
        : `${hidden}; it needs, for example, ${warning.needs.path}: ${warning.needs.value}`;
    }
    default:
      return warning satisfies never;
  }
}
