import { z } from 'zod';
import type { JsonObject } from '../slack/json';
import type { StateValues } from '../slack/workspace/view';
import { type PolicyName, policyNames } from './policy';

/** The messages between page and server. The page only imports the types. */

const target = z.union([
  z.strictObject({ channel: z.string(), ts: z.string() }),
  z.strictObject({ id: z.string() }),
]);
const option = z.strictObject({ text: z.string(), value: z.string() });

/** An option in a list, with its group and description. */
export interface ShownOption {
  readonly text: string;
  readonly value: string;
  readonly description?: string;
  readonly group?: string;
}
const entry = z.union([
  z.string(),
  z.number(),
  z.null(),
  option,
  z.array(z.union([z.string(), option])),
]);
const entries = z.record(z.string(), entry);

/** A person's action at their client. */
export const deed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('command'), channel: z.string(), text: z.string() }),
  z.strictObject({ do: z.literal('shortcut'), callbackId: z.string() }),
  z.strictObject({
    do: z.literal('say'),
    channel: z.string(),
    text: z.string(),
    threadTs: z.string().optional(),
  }),
  z.strictObject({ do: z.literal('openHome') }),
  z.strictObject({
    do: z.literal('click'),
    target,
    blockId: z.string(),
    actionId: z.string(),
    choice: entry.optional(),
  }),
  /** Keys are `block_id/action_id`. */
  z.strictObject({ do: z.literal('fill'), view: z.string(), entries }),
  z.strictObject({
    do: z.literal('suggest'),
    view: z.string(),
    key: z.string(),
    query: z.string(),
  }),
  z.strictObject({ do: z.literal('upload'), name: z.string(), base64: z.string() }),
  z.strictObject({ do: z.literal('submit'), view: z.string(), entries }),
  z.strictObject({ do: z.literal('dismiss') }),
]);
export type Deed = z.infer<typeof deed>;
export type Entry = z.infer<typeof entry>;

/** The result of an action, as the person sees it. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'options'; readonly options: readonly ShownOption[] }
  | { readonly kind: 'uploaded'; readonly fileId: string }
  /** Shown at the inputs of these blocks. */
  | { readonly kind: 'marked'; readonly errors: Readonly<Record<string, string>> }
  /** Slack's error. */
  | { readonly kind: 'failed'; readonly error: string; readonly detail?: string };

const when = z.enum(['before', 'after']);
const times = z.int().min(1).max(20);
const words = z.string().min(1).max(120);

const cloudFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('code'), code: words }),
  z.strictObject({ kind: z.literal('noAnswer'), when }),
  z.strictObject({ kind: z.literal('reset'), when }),
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599), when }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(1).max(60_000) }),
  z.strictObject({ kind: z.literal('redirect') }),
]);
export type CloudFault = z.infer<typeof cloudFault>;

const slackFault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rateLimited'),
    retryAfterSeconds: z.int().min(1).max(60),
  }),
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599) }),
  z.strictObject({ kind: z.literal('error'), error: words }),
  z.strictObject({ kind: z.literal('reset'), after: z.boolean() }),
]);
export type SlackFault = z.infer<typeof slackFault>;

/** What a person can do with a job in Tencent Cloud's console, apart from renaming it. */
export const consoleActions = [
  'check',
  'start',
  'pause',
  'continue',
  'resume',
  'complete',
  'stop',
  'recover',
  'destroy',
  'delete',
] as const;

const versions = z.enum(['2018-03-30', '2021-12-06']);

/** A change of a job that no call of the app made. */
const jobChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('act'), action: z.enum(consoleActions) }),
  z.strictObject({ change: z.literal('rename'), name: z.string().min(1).max(128) }),
  z.strictObject({ change: z.literal('failCheck'), stepId: words }),
  z.strictObject({ change: z.literal('passChecks') }),
  z.strictObject({ change: z.literal('fail'), how: z.enum(['resumable', 'final']) }),
  z.strictObject({
    change: z.literal('setLag'),
    lag: z.strictObject({ seconds: z.int().min(0), megabytes: z.int().min(0) }).optional(),
  }),
  z.strictObject({ change: z.literal('setKnownTo'), versions: z.array(versions).min(1) }),
  z.strictObject({ change: z.literal('setBilled'), isBilled: z.boolean() }),
]);
export type JobChange = z.infer<typeof jobChange>;

/** An action on the playground itself. */
export const control = z.discriminatedUnion('control', [
  z.strictObject({ control: z.literal('breakCloud'), action: words, fault: cloudFault, times }),
  z.strictObject({ control: z.literal('breakSlack'), method: words, fault: slackFault, times }),
  z.strictObject({ control: z.literal('createJob') }),
  z.strictObject({ control: z.literal('changeJob'), jobId: words, change: jobChange }),
  z.strictObject({ control: z.literal('failNextCheck'), stepId: words }),
  z.strictObject({
    control: z.literal('setPermission'),
    action: words,
    isAllowed: z.boolean(),
  }),
  z.strictObject({ control: z.literal('mend') }),
  z.strictObject({ control: z.literal('disconnect'), how: z.enum(['politely', 'suddenly']) }),
  z.strictObject({ control: z.literal('redeliver'), copies: times }),
  z.strictObject({
    control: z.literal('moveTime'),
    ms: z
      .int()
      .min(1)
      .max(90 * 86_400_000),
  }),
  z.strictObject({ control: z.literal('kill') }),
  z.strictObject({ control: z.literal('killInLaunch'), when }),
  z.strictObject({ control: z.literal('start') }),
  z.strictObject({ control: z.literal('setPolicy'), policy: z.enum(policyNames) }),
  z.strictObject({ control: z.literal('reset') }),
]);
export type Control = z.infer<typeof control>;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly tz: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly isMember: boolean;
}

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly threadTs?: string;
  /** True for a reply that also appears in the channel. */
  readonly isBroadcast: boolean;
  readonly isForOne: boolean;
  readonly isEdited: boolean;
}

/** A view without typed secrets. */
export interface View {
  readonly id: string;
  readonly hash: string;
  readonly content: JsonObject;
  readonly blocks: readonly JsonObject[];
  readonly values: StateValues;
}

export interface CloudCall {
  readonly index: number;
  readonly at: number;
  readonly action: string;
  readonly region: string;
  readonly verdict: string;
  readonly isSigned: boolean | undefined;
  readonly exchange: string;
  readonly jobId?: string;
  readonly body: unknown;
}

type Version = z.infer<typeof versions>;

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly created: string;
  /** As 2021-12-06 writes it. */
  readonly status: string;
  /** As 2018-03-30 writes it. */
  readonly statusNumber: number;
  readonly steps: readonly {
    readonly name: string;
    readonly state: 'notStarted' | 'running' | 'success' | 'failed';
    readonly percent: number;
  }[];
  readonly lag?: { readonly seconds: number; readonly megabytes: number };
  readonly isLagSet: boolean;
  /** The items of the last check that did not pass. */
  readonly checks: readonly {
    readonly id: string;
    readonly name: string;
    readonly isFailed: boolean;
    readonly isSkipped: boolean;
  }[];
  /** The IDs of all check items. */
  readonly checkItems: readonly string[];
  readonly allowed: Readonly<Record<Version, readonly string[]>>;
  /** What a person can do in the console now. */
  readonly inConsole: readonly (typeof consoleActions)[number][];
  readonly knownTo: readonly Version[];
  readonly isBilled: boolean;
  readonly isIsolated: boolean;
  readonly error?: string;
  readonly request: unknown;
}

export interface SlackCall {
  readonly index: number;
  readonly at: number;
  readonly name: string;
  readonly direction: 'toSlack' | 'toApp';
  readonly result: string;
  readonly isWell: boolean;
}

/** The data of a page. Each section is sent again when it changes. */
export interface Sections {
  readonly workspace: {
    readonly team: string;
    /** The language of the bot in channels. */
    readonly channelLocale: string;
    readonly app: { readonly id: string; readonly name: string };
    readonly people: readonly Person[];
    readonly channels: readonly Channel[];
    readonly groups: readonly { readonly id: string; readonly handle: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly description: string;
      readonly usage: string;
    }[];
    readonly shortcuts: readonly {
      readonly name: string;
      readonly callbackId: string;
      readonly description: string;
    }[];
  };
  readonly messages: readonly Message[];
  readonly views: { readonly modals: readonly View[]; readonly home?: View };
  readonly machine: {
    readonly bot: 'starting' | 'running' | 'stopped';
    readonly connections: number;
    readonly offsetMs: number;
    readonly mistakes: readonly {
      readonly where: string;
      readonly error: string;
      readonly detail: string;
    }[];
    readonly armed: readonly string[];
    readonly log: readonly string[];
    readonly policy: PolicyName;
    /** A new number after each reset. */
    readonly life: string;
  };
  readonly cloud: {
    readonly jobs: readonly Job[];
    readonly calls: readonly CloudCall[];
    /** The actions without permission. */
    readonly forbidden: readonly string[];
  };
  readonly slackSide: readonly SlackCall[];
}
export type SectionName = keyof Sections;
