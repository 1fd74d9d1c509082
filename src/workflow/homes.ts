import type { Home, HomeContent, HomeFilter } from '../domain/channel/home';
import type { Viewer } from '../domain/people/visibility';
import { backoffMs } from '../domain/time/backoff';
import { after, before } from '../domain/time/offset';
import type { AnnouncementStore } from '../ports/announcementStore';
import type { Clock } from '../ports/clock';
import type { HomeBoard, HomeStore } from '../ports/homes';
import type { Log } from '../ports/log';
import { type Admission, type AdmitContext, admit } from './admit';
import { cardsOf } from './cardsOf';
import { createKeyedQueue } from './keyedQueue';
import { type OverviewContext, overview } from './overview';
import { retryAfterMs } from './retryAfter';
import { createSemaphore } from './semaphore';

export interface HomesContext extends OverviewContext, AdmitContext {
  announcements: Pick<AnnouncementStore, 'find'>;
  directory: AdmitContext['directory'] & OverviewContext['directory'];
  clock: Clock;
  log: Log;
  homes: HomeStore;
  board: HomeBoard;
}

/** Keeps the open Home tabs up to date. */
export interface Homes {
  /** Call this after a change. */
  wake(): void;
  /** Shows a page of a user's Home tab, counted from 0. */
  show(userId: string, page: number, filter?: HomeFilter): Promise<void>;
  /** Publishes nothing more, and resolves when all calls have ended. */
  stop(): Promise<void>;
}

/** Entries of each kind on a page. */
const pageSize = 10;
const publishedForMs = 7 * 86_400_000;
/** The shortest time between two publications for one person, in ms. */
const spacingMs = 2_000;
/** Slack accepts about 100 publications a minute for all people together. */
const spacingPerPersonMs = 600;
const longestSleepMs = 60_000;
const backoff = { firstMs: spacingMs, mostMs: 60_000 };
/** The maximum age of Slack's information about a person, in ms. */
const mostPublishedAgeMs = 30_000;
/** Each conflict means that another publication succeeded, so nobody reaches this limit. */
const mostRaces = 10;

export function startHomes(context: HomesContext): Homes {
  const { board, clock, homes, log } = context;
  const room = createSemaphore(3);
  /** A person who opens the tab and immediately turns the page should see that page. */
  const turns = createKeyedQueue<string>();
  let isStale = false;
  let stopping = false;
  let wakeUp = new AbortController();
  const inFlight = new Set<Promise<unknown>>();

  const wake = () => {
    isStale = true;
    wakeUp.abort('work');
  };

  /** Resolves to how long Slack asks to wait, or `undefined` when done. */
  const refresh = async (userId: string): Promise<number | undefined> => {
    if (stopping) return undefined;
    try {
      const admission = await admit(context, userId, mostPublishedAgeMs);
      // The current view stays until Slack says who the person is.
      if (!admission.ok && admission.refusal.code === 'person_unknown') return spacingMs;
      await publish(context, userId, admission);
      return undefined;
    } catch (error) {
      log.warn('a Home tab could not be published', { user: userId, error });
      return retryAfterMs(error);
    }
  };

  /**
   * Publishes for everyone who opened the tab lately. Returns the delay before the next round, and
   * whether a publication failed.
   */
  const round = async (failures: number): Promise<{ delayMs: number; failed: boolean }> => {
    const since = before(clock.now(), publishedForMs);
    const people = await homes.openedSince(since);
    const waits = await Promise.all(people.map((userId) => room(() => refresh(userId))));
    const failed = waits.filter((wait) => wait !== undefined);
    const paceMs = Math.max(spacingMs, people.length * spacingPerPersonMs);
    if (failed.length === 0) return { delayMs: paceMs, failed: false };
    const delayMs = Math.max(paceMs, backoffMs(backoff, failures + 1), ...failed);
    return { delayMs, failed: true };
  };

  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!stopping) {
      wakeUp = new AbortController();
      const { signal } = wakeUp;
      if (!isStale) {
        await clock.sleepUntil(after(clock.now(), longestSleepMs), signal);
        continue;
      }
      isStale = false;
      const { delayMs, failed } = await round(failures).catch((error: unknown) => {
        log.error('the Home tabs could not be listed', { error });
        return { delayMs: backoffMs(backoff, failures + 1), failed: true };
      });
      failures = failed ? failures + 1 : 0;
      if (failed) isStale = true;
      await pause(delayMs);
    }
  };

  /** Changes during a publication wait, but a stop doesn't. */
  const ending = new AbortController();
  const pause = (ms: number) => clock.sleepUntil(after(clock.now(), ms), ending.signal);
  const looping = loop();

  return {
    wake,
    async show(userId, page, filter) {
      const work = turns(userId, async () => {
        const admission = await admit(context, userId);
        try {
          await homes.opened(userId, page, clock.now(), filter);
          await publish(context, userId, admission);
          if (admission.ok || admission.refusal.code !== 'person_unknown') return;
        } catch (error) {
          log.error('a Home tab could not be shown', { user: userId, error });
          const content: HomeContent = admission.ok
            ? { kind: 'unavailable' }
            : { kind: 'refused', refusal: admission.refusal };
          await board.publish(userId, content, undefined);
        }
        // Retries once the store can be read again.
        wake();
      });
      inFlight.add(work);
      await work.finally(() => inFlight.delete(work));
    },
    async stop() {
      stopping = true;
      ending.abort();
      wakeUp.abort('work');
      await looping;
      await Promise.allSettled(inFlight);
    },
  };
}

/**
 * Publishes a user's Home tab. The last publication is read before the requests: if Slack knows a
 * later one, perhaps from another process, this view may be outdated and is built again.
 */
async function publish(context: HomesContext, userId: string, admission: Admission): Promise<void> {
  const { board, homes } = context;
  let refused: string | undefined;
  for (let race = 0; race < mostRaces; race += 1) {
    const home = await homes.find(userId);
    if (home === undefined) return;
    const content: HomeContent = admission.ok
      ? await contentFor(context, admission.viewer, home)
      : { kind: 'refused', refusal: admission.refusal };
    // If Slack rejected the stored hash, it was never updated.
    const hash = home.hash === refused ? undefined : home.hash;
    const outcome = await board.publish(userId, content, hash);
    if (outcome.kind === 'gone') return;
    if (outcome.kind === 'published') {
      await homes.saveHash(userId, outcome.hash);
      return;
    }
    refused = home.hash;
  }
}

async function contentFor(
  context: HomesContext,
  viewer: Viewer,
  { filter = {}, page }: Home,
): Promise<HomeContent> {
  const shown = await overview(context, viewer, page, pageSize, filter);
  const pages = [shown.waiting, shown.jobs, shown.mine, shown.lately];
  const ids = pages.flatMap(({ requests }) => requests.map(({ id }) => id));
  const cards = await cardsOf(context.announcements, ids);
  return { kind: 'overview', overview: shown, filter, cards };
}
