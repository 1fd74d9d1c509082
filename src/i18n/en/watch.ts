import { bold, code, link, moment, type Part, person, say, type Text } from '../text';

/** Words about jobs that Ferry did not create and that people watch. */
export const watch = {
  /** `name` may be empty. */
  title: (mark: string, jobId: string, name: string, status: string): string =>
    `${mark} Watched job ${jobId}${name === '' ? '' : `: ${name}`} · ${status}`,
  entry: (jobId: string, name: string, url?: string): Text => {
    const id = url === undefined ? bold(jobId) : link(url, jobId);
    return name === '' ? [id] : say`${id} ${code(name)}`;
  },
  way: (from: Part | undefined, to: Part | undefined): Text =>
    say`${from ?? 'Unknown source'} → ${to ?? 'unknown target'}`,
  watches: (by: string, job: Part, region: string): Text =>
    say`${person(by)} watches job ${job} in ${region}. Ferry did not create it and never changes it.`,
  ended: (at: Date): Text => say`The job ended, so Ferry stopped following it at ${moment(at)}.`,
  unwatched: (by: string, at: Date): Text =>
    say`${person(by)} stopped watching at ${moment(at)}. Ferry no longer follows the job.`,
  handedOver: (request: number, at: Date): Text =>
    say`Request #${request} created this job, so the watch ended at ${moment(at)}. The card of the request shows the progress.`,
  stop: 'Stop watching',
  thread: {
    ended: 'Ferry no longer follows this job.',
    handedOver: (request: number): Text =>
      say`Request #${request} created this job. Its card shows the progress from now on.`,
    unwatched: (by: string): Text =>
      say`${person(by)} stopped watching this job. Ferry no longer follows it.`,
  },
  answer: {
    missing: (command: string, word: string): Text =>
      say`Which job? Add its ID, for example ${code(`${command} ${word} dts-r5gpejpe`)}.`,
    malformed: (typed: string): Text =>
      say`${code(typed)} is not the ID of a DTS job. An ID looks like ${code('dts-r5gpejpe')}.`,
    noRegion: (typed: string): Text =>
      say`${code(typed)} is not a region ID. Example: ${code('ap-guangzhou')}`,
    begun: (jobId: string, where: Part): Text =>
      say`Ferry now follows job ${code(jobId)} and posts its progress in ${where}.`,
    already: (jobId: string, where: Part): Text =>
      say`Someone already watches job ${code(jobId)}. See ${where}.`,
    ferrys: (jobId: string, where: Part): Text =>
      say`Ferry created job ${code(jobId)} and already follows it. See ${where}.`,
    ferrysOver: (jobId: string, status: string, where: Part): Text =>
      say`Ferry created job ${code(jobId)}. It has ended (“${status}”), so there is nothing to follow. See ${where}.`,
    /** A request or a watch in a channel that the person can't see. */
    hidden: (jobId: string): Text =>
      say`Ferry already follows job ${code(jobId)}, in a channel that you can't see.`,
    hiddenPerhaps: (jobId: string): Text =>
      say`Ferry already follows job ${code(jobId)}. Slack couldn't confirm whether you can see its channel. Please try again in a minute.`,
    over: (jobId: string, status: string): Text =>
      say`Job ${code(jobId)} has ended (“${status}”), so there is nothing to follow.`,
    unknown: (jobId: string, region: string, command: string): Text =>
      say`DTS has no job ${code(jobId)} in ${region}. If it is in another region, add the region: ${code(`${command} watch ${jobId} ap-guangzhou`)}`,
    unreadable: (jobId: string, why: Text): Text =>
      say`Ferry couldn't read job ${code(jobId)}, so it doesn't follow it. ${why}`,
    ending: (jobId: string): Text => say`Ferry no longer follows job ${code(jobId)}.`,
    link: (url: string): Part => link(url, 'its card'),
  },
};
