import type { ChannelProblem } from '../../domain/channel/announcement';
import { code, type Part, say, type Text } from '../text';

const catchesUp = 'Within five minutes, Ferry then posts there what is missing.';

/** Direct messages to who asked for a request. */
export const direct = {
  title: (id: number) => `Request #${id}`,
  about: (request: Part, jobName: string, where: Part): Text =>
    say`${request} ${code(jobName)} in ${where}`,
  approved: say`Your request is approved. Ferry creates the job and tells you here.`,
  waitsAgain: say`The request is waiting for approval again. You don't have to do anything.`,
  denied: say`Your request is denied. To ask again with changes, press Clone on its card.`,
  channelLostHeadline: 'Ferry cannot post in the channel of your request.',
  channelLost: {
    archived: {
      happened: 'The channel is archived.',
      next: `Unarchive the channel, then invite Ferry there: /invite @Ferry. ${catchesUp} Or withdraw the request.`,
      who: 'whoever manages the channel; only you can withdraw the request',
    },
    not_joined: {
      happened: 'Ferry was removed from it.',
      next: `Invite Ferry there: /invite @Ferry. ${catchesUp} Or withdraw the request.`,
      who: 'any member of the channel; only you can withdraw the request',
    },
    unknown: {
      happened: 'The channel was deleted, or it is private and Ferry was removed from it.',
      next: `If it is still there, invite Ferry: /invite @Ferry. ${catchesUp} If it is not, withdraw the request, and ask again once whoever runs Ferry has named another channel.`,
      who: 'any member of the channel; only you can withdraw the request',
    },
  } satisfies Record<ChannelProblem, { happened: string; next: string; who: string }>,
  decidedElsewhere: say`Meanwhile it can be decided on Ferry's Home tab.`,
  mute: 'No more direct messages',
  muted: (command: string): Text =>
    say`Ferry sends you no more direct messages about your requests; their threads go on. ${code(`${command} messages on`)} turns them on again.`,
  unmuted: (command: string): Text =>
    say`Ferry tells you in direct messages what becomes of your requests. ${code(`${command} messages off`)} turns them off.`,
  choose: (command: string): Text =>
    say`Please say ${code(`${command} messages on`)} or ${code(`${command} messages off`)}.`,
};
