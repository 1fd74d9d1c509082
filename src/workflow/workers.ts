import type { MigrationRequest } from '../domain/request/request';
import type { Clock } from '../ports/clock';
import type { Closers } from '../ports/closers';
import type { Directory } from '../ports/directory';
import type { HomeBoard, HomeStore } from '../ports/homes';
import type { LeasedWork, Leases } from '../ports/leases';
import type { RateLimits } from '../ports/rateLimits';
import type { RetentionStore } from '../ports/retention';
import type { WatchStore } from '../ports/watchStore';
import { type AlertContext, alert } from './alert';
import { type AnnounceContext, announce } from './announce';
import { postPace } from './deliverOnce';
import { type DigestContext, startDigest } from './digest';
import { type DispatcherOptions, startDispatcher } from './dispatcher';
import { follow } from './follow';
import { createHeadStart } from './headStart';
import { type Homes, startHomes } from './homes';
import { type InformContext, inform } from './inform';
import { type ProceedContext, proceed } from './proceed';
import { startPurge } from './purge';

export interface WorkersContext
  extends Omit<AnnounceContext, 'jobs' | 'rateLimits' | 'wakeInformer'>,
    InformContext,
    AlertContext,
    Omit<DigestContext, 'announcements' | 'board' | 'rateLimits' | 'store'>,
    Omit<ProceedContext, 'endHeadStart' | 'wakeAnnouncer' | 'wakeLauncher'> {
  /** Real time. Tests only move the other clock. */
  machineClock: Clock;
  directory: Directory;
  homes: HomeStore;
  homeBoard: HomeBoard;
  rateLimits: RateLimits;
  leases(work: LeasedWork): Leases;
  retention: RetentionStore;
  watches: WatchStore;
  /** How many days requests are kept after they ended; forever if it is undefined. */
  retentionDays: number | undefined;
}

/** Everything that processes stored requests in the background. */
export interface Workers {
  homes: Homes;
  /** Call this after a new event: cards, threads, direct messages and Home tabs are outdated. */
  wakeAnnouncer(): void;
  /** Call this if a request may have to be launched. */
  wakeLauncher(changed?: MigrationRequest): void;
  /** Begins no more launches. Those that are under way go on. */
  holdLaunches(): void;
}

/**
 * In ms. After this time, another process takes over the work of one that ended unexpectedly, and
 * searches for the effect of its call.
 */
const launchLeaseMs = 15_000;

/** Starts the workers in the order in which one wakes another, the last one first. */
export function startWorkers(context: WorkersContext, closers: Closers): Workers {
  const { announcements, clock, homeBoard, homes: homeStore, log, postsPerSecond } = context;
  const pace = postPace(postsPerSecond);
  const work = (
    name: Parameters<WorkersContext['leases']>[0],
    options: Omit<DispatcherOptions, 'name' | 'clock' | 'log' | 'leases'>,
  ) => {
    const dispatcher = startDispatcher({
      name,
      clock,
      log,
      leases: context.leases(name),
      ...options,
    });
    closers.add(name, dispatcher.stop);
    return dispatcher;
  };

  const { retention, retentionDays } = context;
  const sweeper = startPurge({ retention, clock, log, retentionDays });
  closers.add('retention', sweeper.stop);

  closers.add('digest', startDigest(context).stop);

  const homes = startHomes({ ...context, homes: homeStore, board: homeBoard });
  closers.add('Home tabs', homes.stop);

  const informer = work('informing', {
    concurrency: 5,
    due: (now, except) => announcements.due('requester', now, except, pace),
    process: (id) => inform(context, id),
  });

  const alerter = work('alerting', {
    concurrency: 1,
    due: (now, except) => announcements.due('emergency', now, except, pace),
    process: (id) => alert(context, id),
  });

  const wakeInformer = informer.wake;
  const announcer = work('announcing', {
    concurrency: 5,
    due: (now, except) => announcements.due('channel', now, except, pace),
    process(id) {
      // The events may come from another process that ended before it could publish them.
      homes.wake();
      return announce({ ...context, wakeInformer }, id);
    },
  });
  const headStart = createHeadStart(context.machineClock, () => {
    announcer.wake();
    informer.wake();
    alerter.wake();
    homes.wake();
  });
  const { end: endHeadStart, wake: wakeAnnouncer } = headStart;

  const giveHeadStart = (changed?: MigrationRequest): void => {
    if (changed !== undefined) headStart.give(changed, clock.now());
  };
  const wakeLauncher = (changed?: MigrationRequest): void => {
    giveHeadStart(changed);
    launcher.wake();
  };
  // The launcher wakes when the work ends. Until then, nobody else works on the request.
  const launching = { ...context, endHeadStart, wakeAnnouncer, wakeLauncher: giveHeadStart };
  const launcher = work('launching', {
    concurrency: 10,
    leaseMs: launchLeaseMs,
    due: context.store.due,
    process: (id, isHeld) => proceed(launching, id, isHeld).finally(() => endHeadStart(id)),
  });

  const { jobs } = context;
  const ending = new AbortController();
  work('following', {
    concurrency: 1,
    due: jobs.due,
    async process() {
      await follow({ ...context, ending: ending.signal, wakeAnnouncer, wakeLauncher });
      return undefined;
    },
  });
  // Otherwise, a stop would first wait for the turns of hundreds of jobs, and only then for launches.
  closers.add('turns of followed jobs', () => ending.abort());
  const holdLaunches = (): void => void launcher.stop();
  return { homes, wakeAnnouncer, wakeLauncher, holdLaunches };
}
