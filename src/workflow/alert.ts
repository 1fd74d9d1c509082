import type { Announcement } from '../domain/channel/announcement';
import type { Alarms } from '../ports/alarms';
import { type DeliveryContext, deliverOnce } from './deliverOnce';

export interface AlertContext extends DeliveryContext {
  alarms: Alarms;
}

/** Reports emergency approvals to the users and channels that the rule names. */
export async function alert(context: AlertContext, id: number): Promise<undefined> {
  const { alarms, announcements, store } = context;
  const request = await store.find(id);
  if (request === undefined) return;
  let told = await announcements.find(id, 'emergency');
  const save = async (change: Partial<Announcement>): Promise<void> => {
    told = { ...told, ...change };
    await announcements.save(id, 'emergency', told);
  };
  const { card } = await announcements.find(id, 'channel');
  for (const event of await store.events(id, told.toldSeq)) {
    if (event.seq > request.version) break;
    const conversation = {
      post: { place: 'emergencies', requesterId: request.requester.userId, isCard: false },
      isTold: () => alarms.isTold(request, event),
      send: () => alarms.send(request, event, card),
      // `send` skips places that already have the report.
      isPosted: async () => false,
    };
    if ((await deliverOnce(context, conversation, event, told.sending, save)) === 'waits') {
      return save({ seenVersion: request.version }).then(() => undefined);
    }
  }
}
