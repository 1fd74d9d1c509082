import type { webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { withNewFields } from '../src/domain/migration/fields';
import { channelsOf } from '../src/domain/policy/policy';
import { type Preset, presetNamed, typedName } from '../src/domain/policy/preset';
import { requestChannel } from '../src/domain/policy/rules';
import type { Shown } from '../src/domain/request/shown';
import { readCommand } from '../src/domain/text/command';
import { nearest } from '../src/domain/text/nearest';
import { say, type Text } from '../src/i18n/text';
import { readButtonValue } from '../views/cardButtons';
import { mrkdwn } from '../views/mrkdwn';
import { buildNoticeView } from '../views/noticeView';
import { buildRequestForm, namesOf, offerOf } from '../views/requestForm';
import {
  answerExplain,
  answerJobs,
  answerList,
  answerNumberMissing,
  answerPolicy,
  answerShow,
} from './answerCommand';
import type { HandlerContext } from './context';
import { setMessages } from './directMessages';
import type { ActionArgs, ButtonArgs, CommandArgs, Listener, ShortcutArgs } from './listener';
import { openModal } from './openModal';
import { noticesAtOnce, type Purpose, refillForm } from './refillForm';
import { type Place, placeOf } from './sendEphemeral';
import { shownAt } from './shownAt';
import { answerUnwatch, answerWatch, jobProblem } from './watchJob';

/**
 * A new form with values from a preset or the person's earlier requests, and presets of the fields.
 */
async function newForm(
  context: HandlerContext,
  { userId, channelId: askedIn }: Omit<Where, 'triggerId'>,
  preset?: Preset,
): Promise<ModalView> {
  const { messages, region } = context;
  const memory = askedIn === undefined ? {} : { askedIn };
  const offer = offerOf(context.offer(), memory);
  const channels = channelsOf(context.policy());
  const beginning = { values: preset?.values ?? {}, offer, userId, channels };
  const { values, found } = await context.begin(beginning);
  const begun = { 'DstInfo.Region': region, ...values };
  return buildRequestForm(messages, {
    values: withNewFields(begun, offer, () => false),
    names: namesOf(found),
    offer,
    memory,
    notices: [
      ...(preset === undefined ? [] : [{ words: messages.form.filledFromPreset(preset.name) }]),
      ...noticesAtOnce(context, askedIn),
    ],
  });
}

interface Where extends Place {
  triggerId: string;
  userId: string;
}

/** `/migrate`, with or without arguments. */
export function openFormOnCommand(context: HandlerContext): Listener<CommandArgs> {
  return async (args) => {
    const { ack, command, client } = args;
    const { trigger_id: triggerId, user_id: userId } = command;
    const channelId = requestChannel(command.channel_id);
    const where = { triggerId, userId, channelId };
    const words = context.messages.command;
    const answer = (text: Text) => ack(mrkdwn(text));
    const read = readCommand(command.text);
    switch (read.kind) {
      case 'new':
        if (read.preset !== undefined) {
          return openPreset(context, args, where, read.preset, answer);
        }
        await ack();
        await openModal(context, client, where, () => newForm(context, where));
        return;
      case 'clone':
        await ack();
        return openFilled(context, client, where, { requestId: read.requestId }, 'clone');
      case 'messages':
        return answer(
          read.wanted === undefined
            ? context.messages.direct.choose(command.command)
            : await setMessages(context, userId, read.wanted, command.command),
        );
      case 'list':
        return answerList(context, args);
      case 'jobs':
        return answerJobs(context, args, read.page);
      case 'show':
        return answerShow(context, args, read.requestId);
      case 'policy':
        return answerPolicy(context, args);
      case 'explain':
        return answerExplain(context, args, read);
      case 'watch':
        return answerWatch(context, args, read, channelId);
      case 'unwatch':
        return answerUnwatch(context, args, read);
      case 'job_missing':
        return answer(jobProblem(context.messages, command.command, read));
      case 'code_missing':
        return answer(context.messages.explanations.asked.missing(command.command));
      case 'help':
        return answer(words.help(command.command, presetNames(context)));
      case 'number_missing':
        return read.typed === ''
          ? answer(words.numberMissing(command.command, read.word))
          : answerNumberMissing(context, args, read);
      case 'unknown':
        return answer(words.unknown(command.command, read.word, read.meant));
      default:
        return read satisfies never;
    }
  };
}

async function openPreset(
  context: HandlerContext,
  { ack, client }: Pick<CommandArgs, 'ack' | 'client'>,
  where: Where,
  name: string,
  answer: (text: Text) => Promise<void>,
): Promise<void> {
  const { messages, presets } = context;
  const preset = presetNamed(presets(), name);
  if (preset === undefined) {
    const names = presetNames(context);
    const typed = typedName(name);
    return answer(messages.command.noPreset(typed.slice(0, 60), nearest(typed, names), names));
  }
  await ack();
  await openModal(context, client, where, () => newForm(context, where, preset));
}

const presetNames = ({ presets }: HandlerContext): string[] => presets().map(({ name }) => name);

/** The trigger doesn't wait for the store, so a modal opens at once and the form follows in it. */
async function openFilled(
  context: HandlerContext,
  client: webApi.WebClient,
  where: Where,
  about: { requestId: number; shown?: Shown },
  purpose: Purpose,
): Promise<void> {
  const { messages } = context;
  const waiting = buildNoticeView(messages, say`${messages.form.opening}`);
  const viewId = await openModal(context, client, where, () => waiting);
  if (viewId === undefined) return;
  const { userId, channelId: askedIn } = where;
  await refillForm(context, client, { viewId, userId, ...about, purpose, askedIn });
}

/** The global shortcut. */
export function openFormOnShortcut(context: HandlerContext): Listener<ShortcutArgs> {
  return async ({ shortcut, client }) => {
    const where = { triggerId: shortcut.trigger_id, userId: shortcut.user.id };
    await openModal(context, client, where, () => newForm(context, where));
  };
}

/** The button of the Home tab. */
export function openFormOnButton(context: HandlerContext): Listener<ActionArgs> {
  return async ({ body, client }) => {
    const where = { triggerId: body.trigger_id, userId: body.user.id };
    await openModal(context, client, where, () => newForm(context, where));
  };
}

/** A card's button that fills a form with its request, to clone or edit it. */
export function openFilledOnButton(
  context: HandlerContext,
  purpose: Purpose,
): Listener<ButtonArgs> {
  return async ({ action, body, client }) => {
    const subject = readButtonValue(action.value);
    if (subject === undefined) return;
    const where = {
      triggerId: body.trigger_id,
      userId: body.user.id,
      ...placeOf(body),
      channelId: requestChannel(body.channel?.id),
    };
    const { requestId } = subject;
    const shown = shownAt(subject, body);
    return openFilled(context, client, where, { requestId, shown }, purpose);
  };
}
