import type { Announcement, CardPlace } from '../domain/announcement';
import type { MigrationRequest } from '../domain/request';
import type { RequestEvent } from '../domain/requestEvent';
import type { Board, Clock, RequestStore } from './ports';
import { retryAfterMs } from './retryAfter';

export interface AnnounceContext {
  board: Board;
  clock: Clock;
  /** How many messages a second one channel gets, after a few at once. */
  postsPerSecond: number;
  store: RequestStore;
}

/** Slack tolerates short bursts above one message a second in a channel. */
const burst = 10;

/** Stands for a new card in `Announcement.sending`; replies have the seq of their event. */
const newCard = 0;

/**
 * Tells the channel what is stored: brings the card up to date first, so that no button outlives
 * its state, then tells each event in the thread, in order. That something is about to be posted is
 * saved before, and what it left after: whoever goes on after a crash looks whether it is there.
 */
export async function announce(context: AnnounceContext, id: number): Promise<void> {
  const { store } = context;
  const request = await store.find(id);
  if (request === undefined) return;
  let told = await store.announcement(id);
  const save = async (change: Partial<Announcement>): Promise<void> => {
    told = { ...told, ...change };
    await store.saveAnnouncement(id, told);
  };

  const card = await showCard(context, request, () => told, save);
  for (const event of await store.events(id, told.toldSeq)) {
    if (event.seq > request.version) break;
    await tell(context, { request, card, event }, told.sending, save);
  }
}

type Save = (change: Partial<Announcement>) => Promise<void>;

async function showCard(
  context: AnnounceContext,
  request: MigrationRequest,
  told: () => Announcement,
  save: Save,
): Promise<CardPlace> {
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
  const posted = await post(context, request.channel, async () => {
    await save({ card: undefined, sending: newCard });
    return board.postCard(request);
  });
  await save({ card: posted, sending: undefined });
  return posted;
}

async function tell(
  context: AnnounceContext,
  { request, card, event }: { request: MigrationRequest; card: CardPlace; event: RequestEvent },
  sending: number | undefined,
  save: Save,
): Promise<void> {
  const { board } = context;
  const { seq } = event;
  if (board.isTold(request, event)) {
    const isThere = sending === seq && (await board.hasReply(card, request, event));
    if (!isThere) {
      await post(context, card.channel, async () => {
        await save({ sending: seq });
        await board.reply(card, request, event);
      });
    }
  }
  await save({ toldSeq: seq, sending: undefined });
}

/** Posts in the channel's turn; when Slack asks to wait, everybody who posts there waits. */
async function post<Result>(
  { clock, postsPerSecond, store }: AnnounceContext,
  channel: string,
  send: () => Promise<Result>,
): Promise<Result> {
  const turns = `post:${channel}`;
  const pace = { spacingMs: 1_000 / postsPerSecond, burst };
  await clock.sleepUntil(await store.takeTurn(turns, clock.now(), pace));
  try {
    return await send();
  } catch (error) {
    const waitMs = retryAfterMs(error);
    if (waitMs > 0) await store.holdTurns(turns, new Date(clock.now().getTime() + waitMs));
    throw error;
  }
}
