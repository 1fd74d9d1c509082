import type { MigrationRequest } from '../domain/request/request';
import type { RequestEvent } from '../domain/request/requestEvent';
import { after } from '../domain/time/offset';
import type { Log } from '../ports/log';
import type { Mail } from '../ports/mail';
import type { MessageSettings } from '../ports/messageSettings';
import { type AdmitContext, admit } from './admit';
import { type DeliveryContext, deliverOnce, type EventPlace } from './deliverOnce';
import { type OpenAnnouncement, openAnnouncement } from './openAnnouncement';

/** The maximum age of Slack's information about a requester, in ms. */
const mostToldAgeMs = 30_000;

export interface InformContext extends DeliveryContext, AdmitContext {
  log: Log;
  mail: Mail;
  messageSettings: Pick<MessageSettings, 'isMuted'>;
}

/** How often Ferry tries to send a message that Slack refuses to deliver. */
const mostTries = 3;
const retryMs = 2_000;

/** Sends the requester direct messages about new events, unless they are turned off. */
export async function inform(context: InformContext, id: number): Promise<undefined> {
  const { announcements, mail, messageSettings, store } = context;
  const request = await store.find(id);
  if (request === undefined) return;
  const told = await openAnnouncement(announcements, id, 'requester');

  const { userId } = request.requester;
  const untold = await store.events(id, told.current().toldSeq);
  const events = untold.filter(({ seq }) => seq <= request.version);
  for (const event of events.filter((each) => mail.isTold(request, each))) {
    if (await messageSettings.isMuted(userId)) break;
    if (!(await mayGetMessages(context, userId))) break;
    const { card } = await announcements.find(id, 'channel');
    const conversation: EventPlace = {
      post: { place: userId, requesterId: userId, isCard: false },
      isTold: () => true,
      send: () => mail.send(request, event, card),
      isPosted: () => mail.wasSent(request, event),
    };
    const about = { request, event, conversation };
    const result = await sendOrGiveUp(context, about, told);
    if (result === 'waits')
      return told.save({ seenVersion: request.version }).then(() => undefined);
  }
  const newest = events.at(-1)?.seq;
  if (newest !== undefined && newest > told.current().toldSeq)
    await told.save({ toldSeq: newest, sending: undefined });
}

/** The requester may be a guest by now. While Slack doesn't answer, the message waits. */
async function mayGetMessages(context: InformContext, userId: string): Promise<boolean> {
  const admission = await admit(context, userId, mostToldAgeMs);
  if (admission.ok) return true;
  if (admission.refusal.code === 'person_unknown') throw new Error('a requester is not known');
  return false;
}

/** A message that can't be delivered doesn't block later ones. */
async function sendOrGiveUp(
  context: InformContext,
  about: { request: MigrationRequest; event: RequestEvent; conversation: EventPlace },
  told: OpenAnnouncement,
): Promise<'told' | 'waits'> {
  const { clock, log, mail } = context;
  const { request, event, conversation } = about;
  for (let tries = 1; ; tries += 1) {
    try {
      return await deliverOnce(context, conversation, event, told);
    } catch (error) {
      if (!mail.isRefused(error)) throw error;
      if (tries === mostTries) {
        const user = request.requester.userId;
        log.warn('a direct message could not be sent', { request: request.id, user, error });
        await told.save({ toldSeq: event.seq, sending: undefined });
        return 'told';
      }
      await clock.sleepUntil(after(clock.now(), retryMs * tries));
    }
  }
}
