import { z } from 'zod';
import { region as regionCheck } from '../domain/migration/checks';
import { accessTypes, sourceEngines } from '../domain/migration/engines';
import { type Field, fieldPaths, kindOf } from '../domain/migration/fields';
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

const channelId = shaped(/^[CG][A-Z0-9]{2,}$/, 'channel_shape');

const anybody = z.array(shaped(/^(channel|requester|[UWSCG][A-Z0-9]{2,})$/, 'people_shape'));
/** The requester is excluded, because nobody decides on their own request. */
const others = z.array(shaped(/^(channel|[UWSCG][A-Z0-9]{2,})$/, 'approver_shape'));
const requesters = z.array(shaped(/^[UWS][A-Z0-9]{2,}$/, 'requester_shape')).min(1);

const duration = shaped(durationPattern, 'duration_shape');
const from = shaped(hourPattern, 'hour_shape');
const timeZone = described(
  z.string().refine(isTimeZone),
  'By its IANA name: Asia/Shanghai, Europe/Berlin, UTC',
);

const quiet = z.strictObject({
  from,
  to: shaped(hourPattern, 'hour_shape'),
  time_zone: timeZone,
});

const reminders = z.strictObject({
  after: described(
    z.array(duration),
    'When, from the moment the request was made or changed: 4h, 1d, 3d. Each step longer than the one before',
  ).exactOptional(),
  mention: described(anybody, 'Whom to mention. Without it: the approvers').exactOptional(),
  quiet: described(
    quiet,
    'Hours in which nobody is reminded; it is done at their end',
  ).exactOptional(),
});

const launchWindow = z.strictObject({
  days: described(z.array(z.enum(weekdays)).min(1), 'The days on which the hours begin'),
  from,
  to: described(
    shaped(endPattern, 'end_shape'),
    'Not included. Before from: on the next day. A whole day is 00:00 to 24:00',
  ),
  time_zone: timeZone,
});

const channel = described(channelId, 'Id of the channel in which requests stand: C… or G…');
const approvers = described(
  others.min(1),
  'Who may approve: ids of users (U…, W…), user groups (S…) and channels (C…, G…: their members), or channel for the members of the one above',
);

/** Optional settings of a rule. A list of people may be empty. */
const settings = {
  requesters: described(others.min(1), 'Who may ask. Without it: everybody').exactOptional(),
  required: described(
    z.int().min(1).max(20),
    'How many people must approve. Without it: 1',
  ).exactOptional(),
  one_from_each: described(
    z.array(others.min(1)),
    'Lists of approvers: one approval must come from each',
  ).exactOptional(),
  deniers: described(anybody.min(1), 'Who may deny. Without it: the approvers').exactOptional(),
  editors: described(
    anybody,
    'Who may change a request that is not decided, or failed. Without it: the requester',
  ).exactOptional(),
  retriers: described(
    anybody,
    'Who may have a failed request tried again. Without it: the requester and the approvers',
  ).exactOptional(),
  expires_after: described(
    shaped(/^([1-9]\d{0,3}[smhd]|never)$/, 'expiry_shape'),
    'How long a request waits for its decision: 30m, 12h, 7d, or never. Without it: 7d',
  ).exactOptional(),
  reminders: described(
    reminders,
    'When approvers are reminded. Without it: after 4h, 1d and 3d',
  ).exactOptional(),
  windows: described(
    z.array(launchWindow),
    'When jobs may be created. Without any: always',
  ).exactOptional(),
  confirm_destination: described(
    z.boolean(),
    'Whether an approver has to type the id of the destination',
  ).exactOptional(),
  break_glass: described(
    others,
    'Who may approve alone, their own request too, with a reason. Without it: nobody',
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
    'How the source is reached',
  ).exactOptional(),
  sources: described(
    z.array(targetPattern('source')).min(1),
    'What the source is called, its address or instance: *.db.example.com, 10.0.0.0/8, dcg-1a2b3c4d/*, cdb-e78e0nnv',
  ).exactOptional(),
  source_regions: described(z.array(region).min(1), 'Regions of the source').exactOptional(),
  destinations: described(
    z.array(destinationPattern).min(1),
    'Ids of destination instances: cdb-e78e0nnv, crs-*',
  ).exactOptional(),
  destination_regions: described(
    z.array(region).min(1),
    'Regions of the destination',
  ).exactOptional(),
  migration_types: described(
    z.array(z.enum(['structure', 'full', 'full_and_incremental'])).min(1),
    'What is migrated',
  ).exactOptional(),
  whole_instance: described(
    z.boolean(),
    'true: the whole instance is migrated; false: named databases',
  ).exactOptional(),
  requesters: described(
    requesters,
    'Who asks: ids of users (U…, W…) and user groups (S…)',
  ).exactOptional(),
  channels: described(
    z.array(channelId).min(1),
    'Ids of channels in which /migrate was used',
  ).exactOptional(),
});

const rule = z.strictObject({
  name: described(readable('line', 75).min(1), 'By which people know it'),
  when: described(conditions, 'Which requests it covers: those that fit every condition'),
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
    'ssm:NAME or env:NAME; * stands for any characters but /. Names keep their case.',
  ),
  hosts: described(
    z.array(targetPattern('secret')).min(1),
    'Where the password may be sent: 14.17.22.36, *.db.example.com, dcg-1a2b3c4d/10.0.0.0/8. A rule needs hosts, instances or anywhere',
  ).optional(),
  instances: described(
    z.array(instancePattern).min(1),
    'Instances that the password may be sent to: cdb-e78e0nnv, ins-1a2b3c4d',
  ).optional(),
  anywhere: described(
    z.literal(true),
    'true: the password may be sent anywhere, to a server of the requester too',
  ).optional(),
  requesters: described(
    requesters,
    'Ids of users (U…, W…) and user groups (S…) who may ask. Without it: everybody',
  ).optional(),
  channels: described(
    z.array(channelId).min(1),
    'Ids of channels in which it may be asked for. Without it: all',
  ).optional(),
});

/** A preset contains no secret (no file does), no upload and no channel. */
const notPreset: ReadonlySet<Field['kind']> = new Set(['secret', 'file', 'conversation']);

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
      'How requests are decided that no rule covers, and what rules do not say otherwise',
    ),
    rules: described(
      z.array(rule),
      'How certain requests are decided: the first rule that covers a request applies',
    ).exactOptional(),
    secrets: described(
      z.array(secretRule),
      'Passwords that requests may refer to in place of typing them. What is not listed is refused',
    ).optional(),
    presets: described(
      // Names become options of a select, which hold 75 characters.
      z.record(readable('line', 75).min(1), preset),
      'Forms that are filled in beforehand, by name: API field to value',
    ).optional(),
  })
  .meta({ title: "Ferry's policy file" });

export type PolicyFileContent = z.infer<typeof policyFileSchema>;

/** The JSON Schema with which editors check a policy file. */
export function policyFileJsonSchema(): object {
  return z.toJSONSchema(policyFileSchema, { io: 'input', target: 'draft-7' });
}

const maps = { approvals, rules: rule, when: conditions, reminders, quiet, windows: launchWindow };

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
