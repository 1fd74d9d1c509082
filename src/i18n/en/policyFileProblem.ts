import type { ExpectedType, FoundType, PolicyFileProblem } from '../../domain/policyFileProblem';
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
  nothing: 'nothing',
};

/** What is wrong at one place of a policy file, and what belongs there. */
export function policyFileProblem(problem: PolicyFileProblem): string {
  switch (problem.code) {
    case 'yaml_syntax':
      return `is no YAML: ${problem.detail}`;
    case 'duplicate_key':
      return `the key ${problem.key} stands here for the second time; put both into one`;
    case 'star_without_quotes':
      return `${problem.value} begins with a star, which means something else in YAML; put quotes around it`;
    case 'too_many_aliases':
      return 'the aliases (*name) come to more than a hundred values; write them out';
    case 'unknown_key':
      return problem.nearest === undefined
        ? `there is no such key; there are: ${problem.known.join(', ')}`
        : `there is no such key; did you mean ${problem.nearest}?`;
    case 'missing_key':
      return 'is missing';
    case 'wrong_type':
      return `must be ${expectedTypes[problem.expected]}, and is ${foundTypes[problem.found]}`;
    case 'empty':
      return 'is empty; fill it in, or leave the key out';
    case 'too_small':
      return `must be ${problem.min} at least`;
    case 'too_big':
      return `must be ${problem.max} at most`;
    case 'too_long':
      return `must have ${problem.max} characters at most`;
    case 'channel_shape':
      return 'is not the id of a channel: those begin with C or G; a #name does not do';
    case 'approver_shape':
      return 'must be the id of a user (U…, W…), user group (S…) or channel (C…, G…), or channel';
    case 'requester_shape':
      return 'is neither a user id (U…, W…) nor a user group id (S…)';
    case 'people_shape':
      return 'must be the id of a user (U…, W…), user group (S…) or channel (C…, G…), or channel, or requester';
    case 'secret_shape':
      return 'must be ssm: and the name of a secret, or env: and the name of a variable; * may stand in the name';
    case 'host_shape':
      return 'must be an address (203.0.113.7), a name (*.db.example.com; no * in its last part), either behind a gateway or machine (dcg-abc/10.0.0.5), or an instance (cdb-abc)';
    case 'instance_shape':
      return 'is not the id of an instance, such as cdb-e78e0nnv or cdb-*';
    case 'source_shape':
      return 'must be an address (10.0.*), a name (*.db.example.com), either behind a gateway or machine (dcg-abc/*), or an instance (cdb-abc)';
    case 'region_shape':
      return 'is not the id of a region, such as ap-guangzhou';
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
        : `is not known here; did you mean ${problem.nearest}?`;
    case 'unknown_time_zone':
      return problem.nearest === undefined
        ? 'is not the name of a time zone, such as Asia/Shanghai'
        : `is not the name of a time zone; did you mean ${problem.nearest}?`;
    case 'requester_out_of_place':
      return 'means whoever asked, and cannot stand here';
    case 'too_few_approvers':
      return `${problem.required} people must approve, and only ${problem.named} may`;
    case 'no_approver_among':
      return 'of a list in one_from_each, nobody is among the approvers';
    case 'no_time_between':
      return 'the hours begin and end at the same time';
    case 'reminders_not_growing':
      return `each step must be longer than the one before: more than ${problem.least} here`;
    case 'name_taken':
      return 'is a name already: every rule needs its own, and approvals is called usual';
    case 'unreachable_rule':
      return `never applies: the rule ${problem.behind} before it has no conditions and covers everything`;
    case 'password_in_preset':
      return 'is a password; those stand in no file';
    default:
      return textProblem(problem);
  }
}
