import type { CardPlace, ChannelProblem } from '../domain/channel/announcement';
import { nextReply } from '../domain/channel/nextReply';
import { endedFailure, othersIn } from '../domain/channel/reply';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Announced } from '../domain/request/watch';
import { after } from '../domain/time/offset';
import type { Board } from '../ports/board';
import type { Log } from '../ports/log';
import type { WatchStore } from '../ports/watchStore';
import { cardsOf } from './cardsOf';
import { commitEvent } from './commit';
import { deliverOnce, type EventPlace, post } from './deliverOnce';
import type { NoteContext } from './noteChange';
import { type OpenAnnouncement, openAnnouncement } from './openAnnouncement';
import { type ProgressContext, showProgress } from './showProgress';

export interface AnnounceContext extends ProgressContext, NoteContext {
  watches: Pick<WatchStore, 'record'>;
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
    await updateChannel(context, request).catch((error: unknown) =>
      board.isCardGone(error) ? postAgain(context, request) : Promise.reject(error),
    );
    return undefined;
  } catch (error) {
    const problem = board.channelProblem(error);
    if (problem === undefined) throw error;
    await recordLoss(context, id, problem);
    return after(clock.now(), lostChannelMs);
  }
}

/** Posts the card again, and continues in its thread. */
async function postAgain(context: AnnounceContext, request: Announced): Promise<void> {
  const told = await openAnnouncement(context.announcements, request.id, 'channel');
  await told.save({ card: undefined, sending: undefined });
  await updateChannel(context, request);
}

/** Updates the card first, so that no button outlives its state, then its thread. */
async function updateChannel(context: AnnounceContext, request: Announced): Promise<void> {
  const told = await openAnnouncement(context.announcements, request.id, 'channel');
  const card = await showCard(context, request, told);
  if (card === undefined) return told.save({ seenVersion: request.version });
  await showProgress(context, request, card);
  await postReplies(context, request, card, told);
}

/** Posts a reply for each new event, in order. */
async function postReplies(
  context: AnnounceContext,
  request: Announced,
  card: CardPlace,
  told: OpenAnnouncement,
): Promise<void> {
  const { board, clock, log, store } = context;
  const isTold = (event: RequestEvent): boolean => board.isTold(request, event);
  const isSeen = { seenVersion: request.version };
  const all = await store.events(request.id, 0);
  const { toldSeq } = told.current();
  const events = all.filter(({ seq }) => seq <= request.version && seq > toldSeq);
  let approval: RequestEvent | undefined;
  const thread: EventPlace = {
    post: { place: request.channel, requesterId: request.requester.userId, isCard: false },
    isTold,
    async send(event) {
      const cards = await cardsOf(context.announcements, othersIn(event));
      await board.reply(card, request, event, { approval, cards, events: all });
    },
    isPosted: (event) => board.hasReply(card, request, event),
  };
  for (const event of events) {
    // Logged before the save, because the card is already posted and the save can fail.
    if (event.payload.type === 'channel_lost') {
      log.info('the channel accepts messages again', {
        request: request.id,
        channel: card.channel,
      });
    }
    const { sending } = told.current();
    const about = { approval, events: all, isTold, now: clock.now(), request, sending };
    const next = nextReply(event, about);
    switch (next.kind) {
      case 'hold':
        return told.save({ ...isSeen, holdUntil: next.until });
      case 'skip':
        await told.save({ toldSeq: event.seq });
        break;
      case 'join':
        approval = next.approval;
        break;
      case 'post':
        await closeEnded(board, request, card, event, all);
        if ((await deliverOnce(context, thread, event, told)) === 'waits') return told.save(isSeen);
        approval = undefined;
        break;
      default:
        next satisfies never;
    }
  }
  // The row of a job can change without an event.
  if (events.length === 0) await told.save(isSeen);
}

/** Removes the buttons of the reply about a failure that an event ends. */
async function closeEnded(
  board: Board,
  request: Announced,
  card: CardPlace,
  event: RequestEvent,
  events: readonly RequestEvent[],
): Promise<void> {
  const ended = endedFailure(event, events);
  if (ended !== undefined) await board.closeReply(card, request, ended);
}

/** The card as it was posted; `undefined` if it waits for the channel's turn. */
async function showCard(
  context: AnnounceContext,
  request: Announced,
  told: OpenAnnouncement,
): Promise<CardPlace | undefined> {
  const { board } = context;
  const { card: recorded, sending } = told.current();
  const isOnItsWay = recorded === undefined && sending === newCard;
  const card = isOnItsWay ? await board.findCard(request) : recorded;
  if (card !== undefined) {
    if (card.digest === board.digest(request)) return card;
    const updated = await board.updateCard(request, card);
    if (updated !== 'gone') {
      await told.save({ card: updated, sending: isOnItsWay ? undefined : sending });
      return updated;
    }
  }
  const message = {
    place: request.channel,
    requesterId: request.requester.userId,
    isCard: true,
  };
  const posted = await post(context, message, async () => {
    await told.save({ card: undefined, sending: newCard });
    return board.postCard(request);
  });
  if (!posted.ok) return undefined;
  await told.save({ card: posted.result, sending: undefined });
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
  const { announcements, log, store, wakeInformer } = context;
  const { toldSeq } = await announcements.find(id, 'channel');
  const recorded = await commitEvent(context, id, async () => {
    const untold = await store.events(id, toldSeq);
    const isKnown = untold.some(({ payload }) => payload.type === 'channel_lost');
    return isKnown ? undefined : { type: 'channel_lost', problem };
  });
  if (recorded === undefined) return;
  const { channel } = recorded;
  const retryEveryMs = lostChannelMs;
  log.error('cannot post in the channel of a request', {
    request: id,
    channel,
    problem,
    retryEveryMs,
  });
  wakeInformer();
}
