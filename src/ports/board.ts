import type { CardPlace, ChannelProblem } from '../domain/channel/announcement';
import type { JobPage } from '../domain/channel/home';
import type { ReplyContext } from '../domain/channel/reply';
import type { RequestEvent } from '../domain/request/requestEvent';
import type { Announced } from '../domain/request/watch';

/** Cards of requests and watches, and their replies, in Slack channels. Functions reject when Slack does not accept the call. */
export interface Board {
  /** A fingerprint of the card that would be shown now. */
  digest(request: Announced): string;
  postCard(request: Announced): Promise<CardPlace>;
  /** Searches the channel for a card that was posted without being recorded. */
  findCard(request: Announced): Promise<CardPlace | undefined>;
  /** Redraws a card. `gone`: the message was deleted. */
  updateCard(request: Announced, card: CardPlace): Promise<CardPlace | 'gone'>;
  /** True if the thread gets a reply about an event. */
  isTold(request: Announced, event: RequestEvent): boolean;
  reply(
    card: CardPlace,
    request: Announced,
    event: RequestEvent,
    about: ReplyContext,
  ): Promise<void>;
  /** Removes the buttons of a reply, because nobody can act on them anymore. */
  closeReply(card: CardPlace, request: Announced, event: RequestEvent): Promise<void>;
  /** Searches the thread for the reply about an event. */
  hasReply(card: CardPlace, request: Announced, event: RequestEvent): Promise<boolean>;
  /** A fingerprint of the job's progress; `undefined` if there is none yet. */
  progressDigest(request: Announced): string | undefined;
  /** Posts the job's progress in the card's thread. Resolves to its timestamp. */
  postProgress(card: CardPlace, request: Announced): Promise<string>;
  /** Searches the thread for the message with the progress. */
  findProgress(card: CardPlace, request: Announced): Promise<string | undefined>;
  updateProgress(card: CardPlace, ts: string, request: Announced): Promise<'updated' | 'gone'>;
  /** Posts the weekly list of jobs in a channel. `cards`: where their cards are, by request. */
  postDigest(channel: string, jobs: JobPage, cards: ReadonlyMap<number, CardPlace>): Promise<void>;
  /** True if a list of jobs was posted in the channel since then. */
  hasDigest(channel: string, since: Date): Promise<boolean>;
  /** Why nothing can be posted in the channel, if that is what a rejection means. */
  channelProblem(error: unknown): ChannelProblem | undefined;
  /** True if a rejection means that the card was deleted, so that nothing has its thread. */
  isCardGone(error: unknown): boolean;
}
