import { z } from 'zod';
import { region as regionCheck } from '../domain/migration/checks';
import { accessTypes, sourceEngines } from '../domain/migration/engines';
import { type Field, fieldPaths, kindOf } from '../domain/migration/fields';
import { channelIdPattern } from '../domain/people/people';
import { endPattern, hourPattern, weekdays } from '../domain/policy/policy';
import type { PolicyFileProblem, PolicyShape } from '../domain/policy/policyFileProblem';
import {
  type PatternUse,
  problemOfDestination,
  problemOfInstance,
  readTargetPattern,
} from '../domain/policy/targetPattern';
import { isTimeZone } from '../domain/policy/wallClock';
import { secretPaths } from '../domain/secrets/secretReference';
import { durationPattern } from '../domain/text/duration';
import { type TextKind, textProblem } from '../domain/text/typedText';

/** Text in a fixed format. zod's message carries the format's code. */
const shaped = (pattern: RegExp, shape: PolicyShape) => z.string().regex(pattern, shape);

/** What is wrong with a value, without its place in the file. */
export type Judgement = PolicyFileProblem extends infer Each
  ? Each extends PolicyFileProblem
    ? Omit<Each, 'line' | 'column' | 'path'>
    : never
  : never;

/** Reports the problem that `problemOf` finds. */
const judgedBy = (problemOf: (text: string) => Judgement | undefined) =>
  z.superRefine<string>((text, context) => {
    const problem = problemOf(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', params: { problem } });
  });

/** Text that people read. */
const readable = (kind: TextKind, max: number) =>
  z
    .string()
    .max(max)
    .check(judgedBy((text) => textProblem(text, kind)));

/** Text that `problemOf` checks. Editors only know the `pattern` of its characters. */
const checked = (problemOf: (text: string) => Judgement | undefined, pattern: RegExp) =>
  z.string().check(judgedBy(problemOf)).meta({ pattern: pattern.source });

const described = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ description });

const channelId = shaped(channelIdPattern, 'channel_shape');

const anybody = z.array(shaped(/^(channel|requester|[UWSCG][A-Z0-9]{2,})$/, 'people_shape'));
/** The requester is excluded, because nobody decides on their own request. */
const others = z.array(shaped(/^(channel|[UWSCG][A-Z0-9]{2,})$/, 'approver_shape'));
const requesters = z.array(shaped(/^[UWS][A-Z0-9]{2,}$/, 'requester_shape')).min(1);

const duration = shaped(durationPattern, 'duration_shape');
const durationOrNever = shaped(/^([1-9]\d{0,3}[smhd]|never)$/, 'expiry_shape');
const from = shaped(hourPattern, 'hour_shape');
const timeZone = described(
  z.string().refine(isTimeZone),
  'IANA name of the time zone: Asia/Shanghai, Europe/Berlin, UTC. No offset: Etc/GMT+8 would be UTC-8',
);

const quiet = z.strictObject({
  from,
  to: shaped(hourPattern, 'hour_shape'),
  time_zone: timeZone,
});

const reminders = z.strictObject({
  after: described(
    z.array(duration),
    'When, measured from the request or its last edit: 4h, 1d, 3d. Each reminder must wait longer than the one before it: not 1d, 2d, 3d',
  ).exactOptional(),
  mention: described(anybody, 'Who is mentioned. Default: the approvers').exactOptional(),
  quiet: described(
    quiet,
    'Hours without reminders. A reminder that is due in them is sent when they end',
  ).exactOptional(),
});

const launchWindow = z.strictObject({
  days: described(z.array(z.enum(weekdays)).min(1), 'The days on which the window opens'),
  from,
  to: described(
    shaped(endPattern, 'end_shape'),
    'Exclusive. If it is before from, the window closes on the next day. A whole day is 00:00 to 24:00',
  ),
  time_zone: timeZone,
});

const decision = z.strictObject({
  people: described(
    anybody.min(1),
    'Who decides. If the list names requester, the requester and the editors may decide, too',
  ).exactOptional(),
  required: described(z.int().min(1).max(20), 'How many people must agree').exactOptional(),
  one_from_each: described(
    z.array(others.min(1)),
    'Lists of people. At least one must come from each list',
  ).exactOptional(),
});

const automatic = (description: string) =>
  decision.extend({ automatic: described(z.boolean(), description).exactOptional() });

/** The operations on a job that exists, and what each one's default is. */
const operations = z.strictObject({
  check_job: described(
    automatic('true: Ferry checks each new job automatically. Default: false'),
    'Check. Default: the requester or an approver',
  ).exactOptional(),
  start_job: described(
    automatic('true: Ferry starts a job automatically when its check passes. Default: false'),
    'Start. Default: the requester or an approver',
  ).exactOptional(),
  modify_job: described(
    decision,
    'Change the parameters of the job. Default: the approvals of the request again',
  ).exactOptional(),
  pause_job: described(decision, 'Pause. Default: the requester or an approver').exactOptional(),
  continue_job: described(
    decision,
    'Continue after a pause. Default: the requester or an approver',
  ).exactOptional(),
  resume_job: described(
    decision,
    'Resume after an error. Default: the requester or an approver',
  ).exactOptional(),
  clear_data: described(
    decision,
    'Resume Redis after DTS deletes all data in the target. Default: the approvals of the request again, without the requester',
  ).exactOptional(),
  complete_job: described(
    decision,
    'Cut over. Default: the approvals of the request again, without the requester',
  ).exactOptional(),
  skip_check: described(
    decision,
    'Skip items of a failed check. Default: an approver',
  ).exactOptional(),
  stop_job: described(decision, 'Stop. Default: an approver').exactOptional(),
  delete_job: described(decision, 'Delete the job. Default: an approver').exactOptional(),
});

const digest = z.strictObject({
  day: described(z.enum(weekdays), 'The day of the week'),
  at: described(shaped(hourPattern, 'hour_shape'), 'The time of the day: 09:00'),
  time_zone: timeZone,
});

const channel = described(channelId, 'ID of the channel that requests are posted to: C… or G…');
const approvers = described(
  others.min(1),
  'Who may approve: IDs of users (U…, W…), user groups (S…) and channels (C…, G…: their members), or channel, for all members of the channel above',
);

/** Optional settings of a rule. A list of people may be empty. */
const settings = {
  requesters: described(others.min(1), 'Who may request. Default: everyone').exactOptional(),
  approve: described(
    z.enum(['before_creation', 'before_start']),
    'When the approvals are needed. before_start: Ferry creates and checks the job when the request is sent, and the approvals are for its start. Default: before_creation',
  ).exactOptional(),
  required: described(
    z.int().min(1).max(20),
    'How many people must approve. Default: 1',
  ).exactOptional(),
  one_from_each: described(
    z.array(others.min(1)),
    'Lists of approvers. At least one approval must come from each list',
  ).exactOptional(),
  deniers: described(anybody.min(1), 'Who may deny. Default: the approvers').exactOptional(),
  editors: described(
    anybody,
    'Who may edit a request that is pending or failed. Default: the requester',
  ).exactOptional(),
  retriers: described(
    anybody,
    'Who may retry a failed request. Default: the requester and the approvers',
  ).exactOptional(),
  expires_after: described(
    durationOrNever,
    'How long a request waits for a decision: 30m, 12h, 7d, or never. Default: 7d',
  ).exactOptional(),
  reminders: described(
    reminders,
    'When approvers are reminded. Default: after 4h, 1d and 3d',
  ).exactOptional(),
  windows: described(
    z.array(launchWindow),
    'Launch windows: when Ferry may create jobs. Default: always',
  ).exactOptional(),
  confirm_destination: described(
    z.boolean(),
    'Whether approvers must type the ID of the target instance',
  ).exactOptional(),
  break_glass_notify: described(
    z.array(shaped(/^[UWCG][A-Z0-9]{2,}$/, 'notify_shape')),
    'Users (U…, W…) and channels (C…, G…) that get a message about each emergency approval, such as a team lead or an audit channel. Default: nobody; the channel of the request always gets one',
  ).exactOptional(),
  idle_after: described(
    durationOrNever,
    'When the thread reminds people of a job that nobody has started, or that Ferry could not delete: 12h, 3d, or never. Default: 3d',
  ).exactOptional(),
  operations: described(
    operations,
    'Who decides on operations on a job that exists',
  ).exactOptional(),
  break_glass: described(
    others,
    'Who may approve alone in an emergency, including their own request. A reason is required. Default: nobody',
  ).exactOptional(),
};

const approvals = z.strictObject({ channel, approvers, ...settings });

/** The API's numbers by the policy file's words. */
export const migrationTypes = { structure: 1, full: 2, full_and_incremental: 3 } as const;

const region = checked((text) => {
  if (regionCheck(text) === undefined) return undefined;
  const meant = text.replace(/-\d+$/, '');
  return regionCheck(meant) === undefined
    ? { code: 'zone_for_region', meant }
    : { code: 'region_shape' };
}, /^[a-z]{2,4}(-[a-z0-9]+)+$/);

const idCharacters = /^[a-z0-9*-]+$/;
const destinationPattern = checked(problemOfDestination, idCharacters);
const instancePattern = checked(problemOfInstance, idCharacters);

const targetPattern = (use: PatternUse) =>
  checked((text) => {
    const read = readTargetPattern(text, use);
    return read.ok ? undefined : read.problem;
  }, /^[A-Za-z0-9.:*/-]+$/);

const conditions = z.strictObject({
  engines: described(z.array(z.enum(sourceEngines)).min(1), 'Source engines').exactOptional(),
  access_types: described(
    z.array(z.enum(accessTypes)).min(1),
    'Access types: how DTS reaches the source',
  ).exactOptional(),
  sources: described(
    z.array(targetPattern('source')).min(1),
    'Patterns for the address, host name or instance of the source: *.db.example.com, 10.0.0.0/8, dcg-1a2b3c4d/*, cdb-e78e0nnv',
  ).exactOptional(),
  source_regions: described(z.array(region).min(1), 'Regions of the source').exactOptional(),
  destinations: described(
    z.array(destinationPattern).min(1),
    'IDs of target instances: cdb-e78e0nnv, crs-*',
  ).exactOptional(),
  destination_regions: described(z.array(region).min(1), 'Regions of the target').exactOptional(),
  migration_types: described(
    z.array(z.enum(['structure', 'full', 'full_and_incremental'])).min(1),
    'Migration types',
  ).exactOptional(),
  whole_instance: described(
    z.boolean(),
    'true: the entire instance; false: selected databases',
  ).exactOptional(),
  requesters: described(
    requesters,
    'Requesters: IDs of users (U…, W…) and user groups (S…)',
  ).exactOptional(),
  channels: described(
    z.array(channelId).min(1),
    'IDs of channels in which /migrate was used',
  ).exactOptional(),
});

const rule = z.strictObject({
  name: described(readable('line', 75).min(1), 'The name that people see'),
  when: described(conditions, 'The requests that the rule matches. Every condition must match'),
  channel: channel.exactOptional(),
  approvers: approvers.exactOptional(),
  ...settings,
});

const secretPattern = shaped(
  /^(ssm:[A-Za-z0-9_./*-]{1,128}|env:[A-Za-z_*][A-Za-z0-9_*]*)$/,
  'secret_shape',
);

const secretRule = z.strictObject({
  secret: described(
    secretPattern,
    'ssm:NAME or env:NAME. * matches any characters except /. Case matters',
  ),
  hosts: described(
    z.array(targetPattern('secret')).min(1),
    'Where the password may be sent: 14.17.22.36, *.db.example.com, dcg-1a2b3c4d/10.0.0.0/8. An entry needs hosts, instances or anywhere',
  ).optional(),
  instances: described(
    z.array(instancePattern).min(1),
    'Instances that the password may be sent to: cdb-e78e0nnv, ins-1a2b3c4d',
  ).optional(),
  anywhere: described(
    z.literal(true),
    'true: the password may be sent to any host, including a server that the requester controls',
  ).optional(),
  requesters: described(
    requesters,
    'Who may use it: IDs of users (U…, W…) and user groups (S…). Default: everyone',
  ).optional(),
  channels: described(
    z.array(channelId).min(1),
    'IDs of the channels whose requests may use it. Default: all',
  ).optional(),
});

/** A preset contains no secret (no file does), no upload and no channel. */
const notPreset: ReadonlySet<Field['kind']> = new Set(['secret', 'file', 'conversation', 'switch']);

/** The fields that a preset may fill in. */
export const presetPaths = fieldPaths.filter((path) => !notPreset.has(kindOf(path)));

export function isSecret(path: string): boolean {
  return secretPaths.some((secret) => secret === path);
}

const preset = z.partialRecord(
  z.enum(presetPaths),
  // Slack's text inputs hold 3000 characters.
  z.union([readable('paragraphs', 3000), z.number()]),
);

/** The content of a policy file as it is written. */
export const policyFileSchema = z
  .strictObject({
    approvals: described(
      approvals,
      'Applies when no rule matches. Rules inherit the settings that they omit',
    ),
    rules: described(
      z.array(rule),
      'Rules for certain requests. The first rule that matches a request applies',
    ).exactOptional(),
    watch: described(
      others.min(1),
      'Who may use /migrate watch to follow jobs that Ferry did not create. Guests and people from other organizations may never use it. Default: everyone who may request under approvals',
    ).exactOptional(),
    digest: described(
      digest,
      'When Ferry posts the weekly list of running, waiting and failed jobs to each channel, outside of the quiet hours of its rules. Default: never',
    ).exactOptional(),
    secrets: described(
      z.array(secretRule),
      'Stored passwords that requests may use. If no entry allows a secret, Ferry refuses it',
    ).optional(),
    presets: described(
      // Names become options of a select, which hold 75 characters.
      z.record(readable('line', 75).min(1), preset),
      'Values for the fields of the form, by preset name and API field',
    ).optional(),
  })
  .meta({ title: "Ferry's policy file" });

export type PolicyFileContent = z.infer<typeof policyFileSchema>;

/** The JSON Schema with which editors check a policy file. */
export function policyFileJsonSchema(): object {
  return z.toJSONSchema(policyFileSchema, { target: 'draft-7' });
}

const maps = {
  approvals,
  rules: rule,
  when: conditions,
  reminders,
  quiet,
  windows: launchWindow,
  digest,
  operations,
  ...Object.fromEntries(Object.keys(operations.shape).map((name) => [name, decision])),
  check_job: operations.shape.check_job.unwrap(),
  start_job: operations.shape.start_job.unwrap(),
};

/** The keys that a map at `path` may have. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const [section] = path;
  if (section === undefined) return Object.keys(policyFileSchema.shape);
  if (section === 'presets') return presetPaths;
  if (section === 'secrets') return Object.keys(secretRule.shape);
  const key = path.findLast((segment) => typeof segment === 'string');
  return Object.entries(maps).flatMap(([name, map]) =>
    name === key ? Object.keys(map.shape) : [],
  );
}
