import { findCode } from '../src/domain/errors/findCode';
import type { OperationName } from '../src/domain/request/operations/operation';
import type { MigrationRequest } from '../src/domain/request/request';
import type { RequestEvent } from '../src/domain/request/requestEvent';
import { type Announced, isWatch } from '../src/domain/request/watch';
import type { Command } from '../src/domain/text/command';
import { nearestFew } from '../src/domain/text/nearest';
import { join, type Text } from '../src/i18n/text';
import { buildAnswer, buildJobs, buildList, buildRules, buildShown } from '../views/answers';
import { cardUrl } from '../views/cardUrl';
import { buildExplained } from '../views/explanation';
import type { Message } from '../views/message';
import { titleLine } from '../views/requestLines';
import type { HandlerContext } from './context';
import type { CommandArgs } from './listener';

/** `/migrate list` */
export function answerList(context: HandlerContext, asked: CommandArgs): Promise<void> {
  return answerLater(context, asked, async () =>
    buildList(context.messages, await context.overview()),
  );
}

/** `/migrate jobs`, and `/migrate jobs 2` */
export function answerJobs(
  context: HandlerContext,
  asked: CommandArgs,
  page: number,
): Promise<void> {
  const { cardsOf, jobs, messages, workspaceUrl } = context;
  return answerLater(context, asked, async () => {
    const shown = await jobs(page);
    const cards = await cardsOf(shown.requests);
    const urlOf = (id: number) => cardUrl(workspaceUrl, cards.get(id));
    return buildJobs(messages, shown, asked.command.command, urlOf);
  });
}

/** `/migrate show 42` */
export function answerShow(
  context: HandlerContext,
  asked: CommandArgs,
  requestId: number,
): Promise<void> {
  const { cardsOf, messages, workspaceUrl } = context;
  return answerLater(context, asked, async () => {
    const found = await context.find(requestId);
    if (!found.ok) return buildAnswer(messages.refusal(found.refusal));
    const { request } = found;
    const cards = await cardsOf([request]);
    return buildShown(messages, request, cardUrl(workspaceUrl, cards.get(request.id)));
  });
}

/** `/migrate policy` */
export function answerPolicy(context: HandlerContext, asked: CommandArgs): Promise<void> {
  const { command, channel_id: channelId } = asked.command;
  return answerLater(context, asked, async () =>
    buildRules(context.messages, context.policy(), { command, channelId }),
  );
}

/** `/migrate explain InvalidParameter`, and `/migrate explain InvalidParameter 42` */
export function answerExplain(
  context: HandlerContext,
  asked: CommandArgs,
  { code, requestId }: Extract<Command, { kind: 'explain' }>,
): Promise<void> {
  const { messages, site } = context;
  return answerLater(context, asked, async () => {
    const found = findCode(code);
    if (found.kind === 'near')
      return buildAnswer(messages.explanations.asked.near(code, found.keys));
    const about = requestId === undefined ? undefined : await context.find(requestId);
    if (about?.ok === false) return buildAnswer(messages.refusal(about.refusal));
    const request = about?.request;
    const typed = found.kind === 'new' ? { typed: code } : {};
    const failed = request && lastFailed(await context.events(request));
    return buildExplained(messages, { key: found.key, ...typed, request, failed }, site);
  });
}

/** The operation that failed last. */
const lastFailed = (events: readonly RequestEvent[]): OperationName | undefined =>
  events.flatMap(({ payload }) => (payload.type === 'failed' ? [payload.operation] : [])).at(-1);

/** A request's number is missing or not a number. */
export function answerNumberMissing(
  context: HandlerContext,
  asked: CommandArgs,
  { typed, word }: Extract<Command, { kind: 'number_missing' }>,
): Promise<void> {
  const { command } = asked.command;
  return answerLater(context, asked, async () => {
    const missing = context.messages.command.numberMissing(command, word);
    return buildAnswer(join([missing, ...(await similar(context, typed))], '\n'));
  });
}

const mostSimilar = 3;

/** The requests that the person can see and may have meant. */
export async function similar(
  { messages, overview }: Pick<HandlerContext, 'messages' | 'overview'>,
  typed: string,
): Promise<Text[]> {
  const { jobs, lately, mine, waiting } = await overview();
  const requests = [waiting, jobs, mine, lately]
    .flatMap((page): readonly Announced[] => page.requests)
    .flatMap((each) => (isWatch(each) ? [] : [each]));
  const number = typed.replace(/\D/g, '');
  const ids = nearestFew(
    number,
    requests.map(({ id }) => String(id)),
    mostSimilar,
  );
  const isMeant = ({ id, parameters }: MigrationRequest) =>
    (number !== '' && ids.includes(String(id))) ||
    (typed.length > 1 && parameters.JobName.toLowerCase().includes(typed.toLowerCase()));
  const meant = requests.filter(isMeant).slice(0, mostSimilar);
  return meant.length === 0
    ? []
    : [messages.command.meant(meant.map((request) => titleLine(messages, request)))];
}

/** Acknowledges at once, and replies to the person alone when the answer is ready. */
export async function answerLater(
  { log, messages }: HandlerContext,
  { ack, command, respond }: CommandArgs,
  find: () => Promise<Message>,
): Promise<void> {
  await ack();
  const { text: asked, user_id: user } = command;
  const message = await find().catch((error: unknown) => {
    log.error('a command could not be answered', { asked: asked.slice(0, 40), user, error });
    return buildAnswer(messages.command.unavailable);
  });
  const send = () => respond({ response_type: 'ephemeral', ...message });
  await send()
    .catch(send)
    .catch((error: unknown) => {
      log.error('an answer could not be delivered', { user, error });
    });
}
