import type { Announcement, CardPlace, ChannelProblem } from '../domain/channel/announcement';
import {
  approvalOf,
  endedFailure,
  isCurrentReminder,
  isJoinable,
  joinUntil,
  othersIn,
} from '../domain/channel/reply';
import type { Change } from '../domain/request/change';
import { afterQuiet } from '../domain/request/reminders';
import type { RequestEvent } from '../domain/request/requestEvent';
import { type Announced, isWatch, type WatchChange } from '../domain/request/watch';
import type { Board } from '../ports/channel';
import type { JobStore } from '../ports/jobStore';
import type { Log } from '../ports/log';
import type { RateLimits } from '../ports/rateLimits';
import type { WatchStore } from '../ports/watchStore';
import { type DeliveryContext, deliverOnce, type EventPlace, post, type Save } from './deliverOnce';
import { type NoteContext, noteChange } from './noteChange';

export interface AnnounceContext extends DeliveryContext, NoteContext {
  board: Board;
  jobs: Pick<JobStore, 'progress' | 'saveProgress'>;
  watches: Pick<WatchStore, 'record'>;
  rateLimits: Pick<RateLimits, 'tryTurn'>;
  log: Log;
  wakeInformer(): void;
}

/** A new card in `Announcement.sending`. Replies have the seq of their event. */
const newCard = 0;

/** A lost channel returns only if someone restores it, so Ferry rarely checks. */
const lostChannelMs = 5 * 60_000;

/**
 * Updates the card and thread of a request. If Ferry can't post in the channel, it records that, so
 * that the requester gets a direct message. Returns when to try again.
 */
export async function announce(context: AnnounceContext, id: number): Promise<Date | undefined> {
  const { board, clock, store } = context;
  const request = await store.announced(id);
  if (request === undefined) return undefined;
  try {
    await tellChannel(context, request).catch((error: unknown) =>
      board.isCardGone(error) ? tellAgain(context, request) : Promise.reject(error),
    );
    return undefined;
  } catch (error) {
    const problem = board.channelProblem(error);
    if (problem === undefined) throw error;
    await recordLoss(context, id, problem);
    return new Date(clock.now().getTime() + lostChannelMs);
  }
}

/** Posts the card again, and continues in its thread. */
async function tellAgain(context: AnnounceContext, request: Announced): Promise<void> {
  const { announcements } = context;
  const { id } = request;
  const told = await announcements.find(id, 'channel');
  await announcements.save(id, 'channel', { ...told, card: undefined, sending: undefined });
  await tellChannel(context, request);
}

/**
 * Updates the card first, so that no button outlives its state, then posts a reply for each event,
 * in order.
 */
async function tellChannel(context: AnnounceContext, request: Announced): Promise<void> {
  const { announcements, board, log, store } = context;
  const { id } = request;
  let told = await announcements.find(id, 'channel');
  const save = async (change: Partial<Announcement>): Promise<void> => {
    told = { ...told, ...change };
    await announcements.save(id, 'channel', told);
  };

  const card = await showCard(context, request, () => told, save);
  const isSeen = { seenVersion: request.version };
  if (card === undefined) return save(isSeen);
  await showProgress(context, request, card);
  const all = await store.events(id, 0);
  const events = all.filter(({ seq }) => seq <= request.version && seq > told.toldSeq);
  /** The last approval, while it waits for its effect. */
  let approval: RequestEvent | undefined;
  const thread: EventPlace = {
    post: { place: request.channel, requesterId: request.requester.userId, isCard: false },
    isTold: (event) => board.isTold(request, event),
    async send(event) {
      const cards = await cardsIn(context, event);
      await board.reply(card, request, event, { approval, cards, events: all });
    },
    isPosted: (event) => board.hasReply(card, request, event),
  };
  for (const event of events) {
    // Logged before the save, because the card is already posted and the save can fail.
    if (event.payload.type === 'channel_lost') {
      log.info('the channel accepts messages again', { request: id, channel: card.channel });
    }
    const reminder = reminderNow(request, event, all, context.clock.now());
    if (reminder.kind === 'hold') return save({ ...isSeen, holdUntil: reminder.until });
    if (reminder.kind === 'skip') {
      await save({ toldSeq: event.seq });
      continue;
    }
    if (isJoinable(event) && told.sending !== event.seq) {
      const next = events.find((each) => each.seq > event.seq && board.isTold(request, each));
      const now = context.clock.now();
      const until = next === undefined ? joinUntil(request, event, now) : undefined;
      if (until !== undefined) return save({ ...isSeen, holdUntil: until });
      if (next !== undefined && next.by === undefined) {
        approval = event;
        continue;
      }
    }
    // Saved together with the following event, so that a crash loses neither.
    if (approval !== undefined && !board.isTold(request, event)) continue;
    const ended = endedFailure(event, all);
    if (ended !== undefined) {
      const told = all.filter((each) => board.isTold(request, each));
      const joined = approvalOf(ended, told);
      const cards = await cardsIn(context, ended);
      await board.closeReply(card, request, ended, { approval: joined, cards, events: all });
    }
    if ((await deliverOnce(context, thread, event, told.sending, save)) === 'waits')
      return save(isSeen);
    approval = undefined;
  }
  // What a job's row shows needs no event.
  if (events.length === 0) await save(isSeen);
}

/** The cards of other requests that the reply about an event links. */
async function cardsIn(
  { announcements }: Pick<AnnounceContext, 'announcements'>,
  event: RequestEvent,
): Promise<ReadonlyMap<number, CardPlace>> {
  const cards = new Map<number, CardPlace>();
  for (const id of othersIn(event)) {
    const { card } = await announcements.find(id, 'channel');
    if (card !== undefined) cards.set(id, card);
  }
  return cards;
}

/** How often the progress of one job is updated while its status stays the same. In ms. */
const progressMs = 60_000;

/** All updates of progress together, in ms: Slack allows about 50 a minute. */
const progressPace = { spacingMs: 1_500, burst: 10 };

/**
 * Posts or updates the message with the progress of the request's job. If it was updated
 * too recently, the next read of the job updates it.
 */
async function showProgress(
  context: AnnounceContext,
  request: Announced,
  card: CardPlace,
): Promise<void> {
  const { board, clock, jobs, rateLimits } = context;
  const digest = board.progressDigest(request);
  if (digest === undefined || request.job === undefined) return;
  const { id, job } = request;
  const shown = await jobs.progress(id);
  if (shown?.digest === digest && shown.ts !== undefined) return;
  const at = clock.now();
  const isNewStatus = shown === undefined || job.since > shown.at;
  const isOld = shown === undefined || at.getTime() - shown.at.getTime() >= progressMs;
  if (!isNewStatus && !isOld) return;
  if (!(await rateLimits.tryTurn('progress', at, progressPace)).ok) return;
  const ts =
    shown === undefined ? undefined : (shown.ts ?? (await board.findProgress(card, request)));
  if (ts !== undefined) {
    const updated = await board.updateProgress(card, ts, request);
    if (updated === 'updated') return jobs.saveProgress(id, { ts, digest, at });
  }
  const message = { place: request.channel, requesterId: request.requester.userId, isCard: false };
  await post(context, message, async () => {
    // Saved before the post, so that the process that continues after a crash searches for it.
    await jobs.saveProgress(id, { ts: undefined, digest: '', at });
    const ts = await board.postProgress(card, request);
    await jobs.saveProgress(id, { ts, digest, at });
  });
}

/**
 * The time of the post decides, not the time when the reminder was due. A reminder is dropped if it
 * is outdated. In quiet hours, it is held, or dropped if something else happened since.
 */
function reminderNow(
  request: Announced,
  event: RequestEvent,
  events: readonly RequestEvent[],
  now: Date,
): { kind: 'post' | 'skip' } | { kind: 'hold'; until: Date } {
  if (event.payload.type !== 'reminded' || isWatch(request)) return { kind: 'post' };
  if (!isCurrentReminder(request, event, events)) return { kind: 'skip' };
  const until = afterQuiet(request.rule.reminders.quiet, now);
  if (until <= now) return { kind: 'post' };
  return event.seq === request.version ? { kind: 'hold', until } : { kind: 'skip' };
}

/** The card as it was posted; `undefined` if it waits for the channel's turn. */
async function showCard(
  context: AnnounceContext,
  request: Announced,
  told: () => Announcement,
  save: Save,
): Promise<CardPlace | undefined> {
  const { board } = context;
  const { card: recorded, sending } = told();
  const isOnItsWay = recorded === undefined && sending === newCard;
  const card = isOnItsWay ? await board.findCard(request) : recorded;
  if (card !== undefined) {
    if (card.digest === board.digest(request)) return card;
    const updated = await board.updateCard(request, card);
    if (updated !== 'gone') {
      await save({ card: updated, sending: isOnItsWay ? undefined : sending });
      return updated;
    }
  }
  const message = {
    place: request.channel,
    requesterId: request.requester.userId,
    isCard: true,
  };
  const posted = await post(context, message, async () => {
    await save({ card: undefined, sending: newCard });
    return board.postCard(request);
  });
  if (!posted.ok) return undefined;
  await save({ card: posted.result, sending: undefined });
  return posted.result;
}

/**
 * Records the loss once, until the channel has been updated. The events that it hasn't seen show
 * whether the loss was recorded.
 */
async function recordLoss(
  context: AnnounceContext,
  id: number,
  problem: ChannelProblem,
): Promise<void> {
  const { announcements, clock, log, store, wakeInformer, watches } = context;
  const { toldSeq } = await announcements.find(id, 'channel');
  for (;;) {
    const request = await store.announced(id);
    const untold = await store.events(id, toldSeq);
    const isKnown = untold.some(({ payload }) => payload.type === 'channel_lost');
    if (request === undefined || isKnown) return;
    const { channel } = request;
    const event = { type: 'channel_lost', problem } as const;
    const loss = { event, by: undefined, at: clock.now() };
    const isRecorded = isWatch(request)
      ? await recordChange(context, (change) => watches.record(change), {
          ...loss,
          request,
          state: request.state,
        })
      : await recordChange(context, (change) => store.record(change), {
          ...loss,
          request,
          state: request.state,
        });
    if (!isRecorded) continue;
    log.error('cannot post in the channel of a request', {
      request: id,
      channel,
      problem,
      retryEveryMs: lostChannelMs,
    });
    wakeInformer();
    return;
  }
}

async function recordChange<Each extends Change | WatchChange>(
  context: NoteContext,
  record: (change: Each) => Promise<Announced | undefined>,
  change: Each,
): Promise<boolean> {
  if ((await record(change)) === undefined) return false;
  noteChange(context, change);
  return true;
}
