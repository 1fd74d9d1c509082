import type { ChannelProblem } from '../../domain/channel/announcement';
import { code, moment, type Part, say, type Text } from '../text';

const catchesUp = 'Ferry then posts the missed messages within five minutes.';

const orWithdraw = ' Or withdraw the request.';

/** What follows `next` depends on whether the requester can still withdraw the request. */
type LostChannel = Readonly<Record<'happened' | 'next' | 'who' | 'orWithdraw' | 'orElse', string>>;

/** Direct messages to the requester. */
export const direct = {
  title: (id: number) => `Request #${id}`,
  about: (request: Part, jobName: string, where: Part): Text =>
    say`${request} ${code(jobName)} in ${where}`,
  approved: say`Your request was approved. Ferry is creating the job and will let you know here.`,
  approvedBy: (who: Text): Text => say`Approved by ${who}.`,
  held: (at: Date): Text =>
    say`Your request was approved. Ferry creates the job at ${moment(at)}, when the launch window opens.`,
  /** The job exists, and the approval is for its start. */
  startApproved: say`Your request was approved. Ferry is starting the job.`,
  startHeld: (at: Date): Text =>
    say`Your request was approved. Ferry starts the job at ${moment(at)}, when the launch window opens.`,
  underWayApproved: say`Your request was approved. Someone had already started the job in the console.`,
  waits: say`Your request is waiting for approval. You don't need to do anything.`,
  waitsAgain: say`Your request is waiting for approval again. You don't need to do anything.`,
  denied: say`Your request was denied. To change and resubmit it, press Clone on its card.`,
  channelLostHeadline: "Ferry can't post in your request's channel.",
  channelLost: {
    archived: {
      happened: 'The channel is archived.',
      next: `Unarchive the channel, then invite Ferry: /invite @Ferry. ${catchesUp}`,
      who: 'a channel manager',
      orWithdraw,
      orElse: '',
    },
    not_joined: {
      happened: 'Ferry was removed from the channel.',
      next: `Invite Ferry: /invite @Ferry. ${catchesUp}`,
      who: 'any member of the channel',
      orWithdraw,
      orElse: '',
    },
    unknown: {
      happened: 'The channel was deleted, or it is private and Ferry was removed from it.',
      next: `If the channel still exists, invite Ferry: /invite @Ferry. ${catchesUp}`,
      who: 'any member of the channel',
      orWithdraw:
        " If it doesn't, withdraw the request, and submit it again when your Ferry admin has set up another channel.",
      orElse: " If it doesn't, continue in the DTS console.",
    },
    restricted: {
      happened: 'Only certain people can post in the channel or its threads.',
      next: `Let Ferry post there: open the channel's settings, then Posting permissions. ${catchesUp}`,
      who: 'a channel manager or a workspace admin',
      orWithdraw,
      orElse: '',
    },
  } satisfies Record<ChannelProblem, LostChannel>,
  onlyYouWithdraw: ' (only you can withdraw the request)',
  decidedElsewhere: say`Until then, approvers can decide in Ferry's Home tab.`,
  mute: 'Turn off these messages',
  muted: (command: string): Text =>
    say`Direct messages about your requests are off. Their threads still get updates. To turn the messages back on, use ${code(`${command} messages on`)}.`,
  unmuted: (command: string): Text =>
    say`Direct messages about your requests are on. To turn them off, use ${code(`${command} messages off`)}.`,
  choose: (command: string): Text =>
    say`Use ${code(`${command} messages on`)} or ${code(`${command} messages off`)}.`,
};
