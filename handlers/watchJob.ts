import { hasEnded } from '../src/domain/job/job';
import { isWatch } from '../src/domain/request/watch';
import type { Command } from '../src/domain/text/command';
import { explainProblem } from '../src/i18n/explain';
import type { Messages } from '../src/i18n/locales';
import { channel, type Part, say, type Text } from '../src/i18n/text';
import type { WatchResult } from '../src/workflow/watch';
import { buildAnswer } from '../views/answers';
import { cardUrl } from '../views/cardUrl';
import { jobLabel } from '../views/progress';
import { answerLater } from './answerCommand';
import type { HandlerContext } from './context';
import type { ButtonArgs, CommandArgs, Listener } from './listener';
import { refusalWords } from './openByButton';
import { placeOf, sendEphemeral } from './sendEphemeral';

type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** `/migrate watch dts-r5gpejpe`, and `/migrate watch dts-r5gpejpe ap-guangzhou` */
export function answerWatch(
  context: HandlerContext,
  asked: CommandArgs,
  { jobId, region }: CommandOf<'watch'>,
  askedIn: string | undefined,
): Promise<void> {
  const { command } = asked.command;
  return answerLater(context, asked, async () => {
    const result = await context.watch(jobId, region, askedIn);
    return buildAnswer(wordsOf(context, jobId, command, result));
  });
}

/** `/migrate unwatch dts-r5gpejpe` */
export function answerUnwatch(
  context: HandlerContext,
  asked: CommandArgs,
  { jobId }: CommandOf<'unwatch'>,
): Promise<void> {
  const { messages } = context;
  return answerLater(context, asked, async () => {
    const refusal = await context.unwatch(jobId);
    return buildAnswer(refusal ? messages.refusal(refusal) : messages.watch.answer.ending(jobId));
  });
}

/** The button of the card. */
export function unwatchOnButton(context: HandlerContext): Listener<ButtonArgs> {
  const { log, messages } = context;
  return async ({ action, body, client }) => {
    const jobId = action.value;
    if (jobId === undefined) return;
    const recipient = { userId: body.user.id, ...placeOf(body) };
    const words = await context.unwatch(jobId).then(
      (refusal) =>
        refusal ? refusalWords(messages, refusal) : messages.watch.answer.ending(jobId),
      (error: unknown) => {
        log.error('a watch could not be ended', { user: body.user.id, job: jobId, error });
        return messages.trouble.action;
      },
    );
    if (words !== undefined) await sendEphemeral(client, context, recipient, words);
  };
}

/** Why the ID of a job or a region can't be meant. */
export function jobProblem(
  { watch: { answer } }: Messages,
  command: string,
  { about, typed, word }: CommandOf<'job_missing'>,
): Text {
  if (about === 'region') return answer.noRegion(typed);
  return typed === '' ? answer.missing(command, word) : answer.malformed(typed);
}

function wordsOf(
  { messages, workspaceUrl }: HandlerContext,
  jobId: string,
  command: string,
  result: WatchResult,
): Text {
  const { answer } = messages.watch;
  switch (result.kind) {
    case 'begun':
      return answer.begun(jobId, channel(result.watch.channel));
    case 'known': {
      const { announced, card } = result;
      const url = cardUrl(workspaceUrl, card);
      const where: Part = url === undefined ? channel(announced.channel) : answer.link(url);
      if (isWatch(announced)) return answer.already(jobId, where);
      const { job } = announced;
      return job !== undefined && hasEnded(job.status)
        ? answer.ferrysOver(jobId, jobLabel(messages, job), where)
        : answer.ferrys(jobId, where);
    }
    case 'hidden':
      return result.isCertain ? answer.hidden(jobId) : answer.hiddenPerhaps(jobId);
    case 'over':
      return answer.over(jobId, jobLabel(messages, result.job));
    case 'unknown':
      return answer.unknown(jobId, result.region, command);
    case 'unreadable':
      return answer.unreadable(jobId, say`${explainProblem(result.problem, messages).headline}`);
    case 'refused':
      return messages.refusal(result.refusal);
    default:
      return result satisfies never;
  }
}
