import type { Alarms } from '../ports/alarms';
import { type DeliveryContext, deliverOnce } from './deliverOnce';
import { openAnnouncement } from './openAnnouncement';

export interface AlertContext extends DeliveryContext {
  alarms: Alarms;
}

/** Reports emergency approvals to the users and channels that the rule names. */
export async function alert(context: AlertContext, id: number): Promise<undefined> {
  const { alarms, announcements, store } = context;
  const request = await store.find(id);
  if (request === undefined) return;
  const told = await openAnnouncement(announcements, id, 'emergency');
  const { card } = await announcements.find(id, 'channel');
  for (const event of await store.events(id, told.current().toldSeq)) {
    if (event.seq > request.version) break;
    const conversation = {
      post: { place: 'emergencies', requesterId: request.requester.userId, isCard: false },
      isTold: () => alarms.isTold(request, event),
      send: () => alarms.send(request, event, card),
      // `send` skips places that already have the report.
      isPosted: async () => false,
    };
    if ((await deliverOnce(context, conversation, event, told)) === 'waits') {
      return told.save({ seenVersion: request.version }).then(() => undefined);
    }
  }
}
