import { z } from 'zod';
import { type FollowedJob, followed } from '../job/followed';
import { hasEnded, type ObservedJob } from '../job/job';
import type { JobSettings } from '../migration/jobSettings';
import { type Person, personSchema } from '../people/person';
import type { Rule } from '../policy/policy';
import type { Alteration } from '../record/recordedRow';
import { instant } from '../time/instant';
import type { Change } from './change';
import { changeOfStatus } from './moved';
import type { MigrationRequest, RequestStatus } from './request';
import type { EventPayload } from './requestEvent';

/** A job that Ferry did not create, as DTS described it when the watch began. Texts are foreign. */
export const watchedJob = z.strictObject({
  jobId: z.string(),
  region: z.string(),
  name: z.string(),
  source: z.string().optional(),
  target: z.string().optional(),
});
export type WatchedJob = z.infer<typeof watchedJob>;

/** `unwatched` without `by`: the job has ended, or it turned out to be the job of this request. */
export const watchState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('watching') }),
  z.object({
    status: z.literal('unwatched'),
    at: instant,
    by: personSchema.optional(),
    createdBy: z.int().optional(),
  }),
]);
export type WatchState = z.infer<typeof watchState>;
export type WatchStatus = WatchState['status'];

export const watchStatuses: readonly WatchStatus[] = watchState.options.map(
  ({ shape }) => shape.status.value,
);

export const isWatchStatus = (status: RequestStatus | WatchStatus): status is WatchStatus =>
  watchStatuses.some((each) => each === status);

/**
 * A watch of a job that Ferry did not create. It is stored, followed and announced like a request,
 * but Ferry only reads its job.
 */
export interface Watch {
  id: number;
  /** The delivery ID of the command that began it. */
  origin: string;
  version: number;
  channel: string;
  /** The person who began it. */
  requester: Person;
  /** The rule that applied if no other did when it began. Its people may see the watch. */
  rule: Rule;
  watched: WatchedJob;
  askedAt: Date;
  state: WatchState;
  job: FollowedJob | undefined;
  altered: readonly Alteration[];
}

/** What has a card in a channel. */
export type Announced = MigrationRequest | Watch;

export const isWatch = (announced: Announced): announced is Watch =>
  isWatchStatus(announced.state.status);

/** A watch before it is stored. */
export interface NewWatch {
  /** The delivery ID of the command. A copy of the command adds nothing. */
  origin: string;
  channel: string;
  requester: Person;
  rule: Rule;
  watched: WatchedJob;
  job: FollowedJob;
  at: Date;
}

/** The new state of a watch, and the event that records the change. */
export interface WatchTransition {
  state: WatchState;
  event: EventPayload;
  job?: FollowedJob;
}

/** A change to a watch, including the version that was read. Without `by`, Ferry acted. */
export interface WatchChange extends WatchTransition {
  request: Watch;
  by: Person | undefined;
  /** The delivery ID of the interaction, which is stored with the change. */
  delivery?: string;
  at: Date;
}

export const isWatchChange = (change: Change | WatchChange): change is WatchChange =>
  isWatch(change.request);

/** The most jobs that one person watches, and that all people watch together. */
export const mostWatched = { byOne: 10, byAll: 100 } as const;

/** The result for a new watch. `known`: a request or another watch has the job. */
export type WatchAdded =
  | { kind: 'stored'; watch: Watch; added: boolean }
  | { kind: 'known'; announced: Announced }
  | { kind: 'too_many'; whose: keyof typeof mostWatched };

const longestText = 128;

/** What a watch remembers about its job. */
export function watchedJobOf(
  { jobId, region }: Pick<WatchedJob, 'jobId' | 'region'>,
  { CvmInstanceId, InstanceId, Ip, JobName, Port, TargetId }: JobSettings,
): WatchedJob {
  const address = Ip === undefined || Port === undefined ? Ip : `${Ip}:${Port}`;
  const source = InstanceId ?? CvmInstanceId ?? address;
  return {
    jobId,
    region,
    name: (JobName ?? '').slice(0, longestText),
    ...(source === undefined ? {} : { source: source.slice(0, longestText) }),
    ...(TargetId === undefined ? {} : { target: TargetId.slice(0, longestText) }),
  };
}

/**
 * Records that a watched job has another status; `undefined` if it has the same one. A job that
 * ended is no longer watched. Pure.
 */
export function watchMoved(
  { job, state }: Pick<Watch, 'job' | 'state'>,
  seen: ObservedJob,
  at: Date,
): WatchTransition | undefined {
  const event = changeOfStatus(job, seen, at);
  if (event === undefined) return undefined;
  return {
    state: hasEnded(seen.status) ? { status: 'unwatched', at } : state,
    event,
    job: followed(job, seen, at),
  };
}

/** Ends a watch of a job that a request created, as became known after the watch began. Pure. */
export const handedOver = (createdBy: number, at: Date): WatchTransition => ({
  state: { status: 'unwatched', at, createdBy },
  event: { type: 'unwatched', createdBy },
});

/** A person ends a watch. Pure. */
export const watchEnded = (by: Person, at: Date): WatchTransition => ({
  state: { status: 'unwatched', at, by },
  event: { type: 'unwatched' },
});
