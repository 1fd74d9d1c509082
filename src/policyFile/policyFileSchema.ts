import { z } from 'zod';
import { fieldPaths } from '../domain/fields';
import type { PolicyShape } from '../domain/policyFileProblem';
import { secretPaths } from '../domain/secretReference';

/** Text of a form. The code that names the form stands where zod has its message. */
const shaped = (pattern: RegExp, shape: PolicyShape) => z.string().regex(pattern, shape);

const described = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ description });

const channelId = shaped(/^[CG][A-Z0-9]{2,}$/, 'channel_shape');

const approvals = z.strictObject({
  channel: described(channelId, 'Id of the channel in which requests stand: C… or G…'),
  approvers: described(
    z.array(shaped(/^(channel|[UWS][A-Z0-9]{2,})$/, 'approver_shape')).min(1),
    'Ids of users (U…, W…) and user groups (S…), or channel for its members',
  ),
  required: described(z.int().min(1).max(20), 'How many people must approve').default(1),
});

const secretPattern = shaped(
  /^(ssm:[A-Za-z0-9_./*-]{1,128}|env:[A-Za-z_*][A-Za-z0-9_*]*)$/,
  'secret_shape',
);
/**
 * An address, a name, or `*`, alone or behind a gateway or machine; or an instance. What a name
 * ends in has no `*`: nobody owns all that `db.*` would be.
 */
const hostPattern = shaped(
  new RegExp(
    [
      /^([A-Za-z]+-[A-Za-z0-9*]+\/|\*\/)?/,
      /(\*|\d[\d*]{0,2}(\.[\d*]{1,3}){1,3}|[\da-fA-F*]*:[\da-fA-F:.*]+|([A-Za-z0-9_*-]+\.)+[A-Za-z][A-Za-z0-9-]*)$/,
      /|^[A-Za-z]+-[A-Za-z0-9*]+$/,
    ]
      .map(({ source }) => source)
      .join(''),
  ),
  'host_shape',
);

const secretRule = z.strictObject({
  secret: described(
    secretPattern,
    'ssm:NAME or env:NAME; * stands for any characters but /. Names keep their case.',
  ),
  hosts: described(
    z.array(hostPattern).min(1),
    'Where the password may be sent: 203.0.113.7, *.db.example.com, dcg-abc/10.0.0.5. Without hosts and instances: anywhere',
  ).optional(),
  instances: described(
    z.array(shaped(/^(\*|[A-Za-z]+-[A-Za-z0-9*]+)$/, 'instance_shape')).min(1),
    'Instances that the password may be sent to: cdb-e78e0nnv, ins-abc',
  ).optional(),
  requesters: described(
    z.array(shaped(/^[UWS][A-Z0-9]{2,}$/, 'requester_shape')).min(1),
    'Ids of users (U…, W…) and user groups (S…) who may ask. Without it: everybody',
  ).optional(),
  channels: described(
    z.array(channelId).min(1),
    'Ids of channels in which it may be asked for. Without it: all',
  ).optional(),
});

/** The fields that a preset may fill in: all but secrets, which stand in no file, and uploads. */
export const presetPaths = fieldPaths.filter(
  (path) => !isSecret(path) && path !== 'DatabaseInfo.File',
);

export function isSecret(path: string): boolean {
  return secretPaths.some((secret) => secret === path);
}

const preset = z.partialRecord(
  z.enum(presetPaths),
  // Slack's text inputs hold 3000 characters.
  z.union([z.string().max(3000), z.number()]),
);

/** What a policy file holds, as it is written. */
export const policyFileSchema = z
  .strictObject({
    approvals: described(approvals, 'Where requests are decided, by whom, and how many it takes'),
    secrets: described(
      z.array(secretRule),
      'Passwords that requests may refer to in place of typing them. What is not listed is refused',
    ).optional(),
    presets: described(
      // Names are the options of a select, which hold 75 characters.
      z.record(z.string().min(1).max(75), preset),
      'Forms that are filled in beforehand, by name: API field to value',
    ).optional(),
  })
  .meta({ title: "Ferry's policy file" });

export type PolicyFileContent = z.infer<typeof policyFileSchema>;

/** What editors check a policy file with while it is written. */
export function policyFileJsonSchema(): object {
  return z.toJSONSchema(policyFileSchema, { io: 'input', target: 'draft-7' });
}

/** The keys that a map at `path` may have. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const [section] = path;
  if (section === undefined) return Object.keys(policyFileSchema.shape);
  if (section === 'approvals') return Object.keys(approvals.shape);
  return section === 'secrets' ? Object.keys(secretRule.shape) : presetPaths;
}
