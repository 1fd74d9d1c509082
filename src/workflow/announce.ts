import type { Board, RequestStore } from './ports';

export interface AnnounceContext {
  board: Board;
  store: RequestStore;
}

/**
 * Tells the channel what is stored: brings the card up to date first, so that no button outlives
 * its state, then tells each event in the thread, in order. What was told is saved step by step.
 */
export async function announce({ board, store }: AnnounceContext, id: number): Promise<void> {
  const request = await store.find(id);
  if (request === undefined) return;
  const told = await store.announcement(id);
  const card = await board.showCard(request, told.card);
  if (card.digest !== told.card?.digest || card.ts !== told.card.ts) {
    await store.saveAnnouncement(id, { card, toldSeq: told.toldSeq });
  }
  for (const event of await store.events(id, told.toldSeq)) {
    if (event.seq > request.version) break;
    await board.reply(card, request, event);
    await store.saveAnnouncement(id, { card, toldSeq: event.seq });
  }
}
