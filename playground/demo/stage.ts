import { randomBytes } from 'node:crypto';
import type { BotProcess } from '../botProcess';
import { exampleForm as apiExample } from '../exampleForm';
import { type FormEntries, fillForm } from '../fillForm';
import { DB_MIGRATIONS, type Message, type Person, type SlackWorkspace } from '../slack/index';
import type { DtsEndpoint } from '../tencentcloud/index';
import { isChinese, words } from './words';

const { JobName, SrcDatabaseType, SrcAccessType, ...others } = {
  ...apiExample,
  Reason: words.reason,
};

/** The example where secrets are stored: the form first asks for the source of the password. */
export const exampleForm = {
  JobName,
  SrcDatabaseType,
  SrcAccessType,
  'SrcInfo.Password.Source': 'typed',
  ...others,
};

/** The password in every request but the first. Afterwards it is searched for everywhere. */
export const canary = `canary-${randomBytes(9).toString('base64url')}`;

/** The value of a stored secret, which requests only refer to. */
export const storedCanary = `stored-${randomBytes(9).toString('base64url')}`;

export interface Stage {
  slack: SlackWorkspace;
  dts: DtsEndpoint;
  bot: BotProcess;
  port: number;
  folder: string;
  channel: string;
  /** Replaces the rules of the policy, and resolves once the bot has read them. */
  setRules(rules: string): Promise<void>;
  /** Milliseconds from each click on Approve to the first byte of its call. */
  overheads: number[];
}

/** A function that counts the calls of an action since now. */
export function countCalls({ dts }: Pick<Stage, 'dts'>, action: string): () => number {
  const before = dts.callsOf(action).length;
  return () => dts.callsOf(action).length - before;
}

/** Opens the form with `/migrate`, fills it in, submits it, and waits for the card. */
export async function request(
  { slack }: Stage,
  userId: string,
  changes: FormEntries,
  told: 'form' | 'whole' | 'briefly' = 'whole',
): Promise<Message> {
  const person = slack.as(userId);
  await person.command(DB_MIGRATIONS, '/migrate');
  await slack.until(() => person.view(), { what: 'the form' });
  const fields: FormEntries = { ...exampleForm, 'SrcInfo.Password': canary, ...changes };
  await fillForm(slack, person, fields);
  const { JobName, SrcDatabaseType, 'DstInfo.InstanceId': to } = fields;
  const form = person.view();
  say(
    nameOf(slack, userId),
    told === 'form' && form !== undefined
      ? words.fillsIn(slack.render(form))
      : words.asks(`${JobName}`, `${SrcDatabaseType}`, `${to}`),
  );
  return send({ slack }, userId, told !== 'briefly');
}

/** Submits the form in front, and waits for its card. */
export async function send(
  { slack }: Pick<Stage, 'slack'>,
  userId: string,
  isShown = true,
): Promise<Message> {
  const person = slack.as(userId);
  const cards = () => slack.messages(DB_MIGRATIONS).filter(isCard);
  const before = cards().length;
  const sent = await person.submit();
  expect(sent.result === 'updated', `the form was not taken: ${JSON.stringify(sent)}`);
  const card = await slack.until(() => cards()[before], { what: 'the card' });
  if (isShown) say(words.channelShows, slack.render(card));
  await slack.until(() => /#\d/.test(slack.render(person.view() ?? card)), { what: 'an answer' });
  await person.dismiss();
  return card;
}

/** Edits a request in the form, types its password again, and waits for a matching reply. */
export async function edit(
  stage: Stage,
  userId: string,
  card: Message,
  changes: FormEntries,
  pattern: RegExp,
): Promise<void> {
  const { slack } = stage;
  const person = slack.as(userId);
  await press(stage, userId, card, 'edit');
  const isFilled = () =>
    person.view()?.blocks.some((block) => block['block_id'] === 'SrcInfo.Port');
  await slack.until(isFilled, { what: 'the filled form' });
  await fillForm(slack, person, { ...changes, 'SrcInfo.Password': canary });
  await person.submit();
  await reply(stage, card, pattern);
  await person.dismiss();
}

export async function approve(
  { slack, dts, overheads }: Stage,
  userId: string,
  card: Message,
): Promise<void> {
  const before = dts.callsOf('CreateMigrateJob').length;
  const clickedAt = Number(process.hrtime.bigint()) / 1e6;
  await press({ slack }, userId, card, 'approve');
  const call = await dts.until(() => dts.callsOf('CreateMigrateJob')[before], { what: 'the call' });
  overheads.push(call.atMonotonicMs - clickedAt);
}

export async function press(
  { slack }: Pick<Stage, 'slack'>,
  userId: string,
  card: Message,
  action: string,
): Promise<void> {
  say(nameOf(slack, userId), words.presses(labelOf(slack, card, action)));
  await slack.as(userId).click(card, action);
}

/** The current label of a card's button, or of the menu entry for it. */
export function labelOf(slack: SlackWorkspace, card: Message, action: string): string {
  const labels: string[] = [];
  JSON.stringify(slack.message(card)?.blocks ?? [], (_, value) => {
    const isEntry = String(value?.value ?? '').startsWith(`${action}:`);
    if (value?.action_id === action || isEntry) labels.push(String(value.text?.text));
    return value;
  });
  return labels[0] ?? action;
}

/** Waits for a matching reply and prints it. */
export async function reply({ slack }: Stage, card: Message, pattern: RegExp): Promise<void> {
  const found = await slack.until(() => replies(slack, card).find((text) => pattern.test(text)), {
    what: `a reply with ${pattern}`,
  });
  say(words.inThread, found);
}

/** Acts, prints the answer that only this person sees, and returns it. */
export async function toldAlone(
  { slack }: Stage,
  userId: string,
  act: (person: Person) => Promise<unknown>,
): Promise<string> {
  const { text } = await slack.answerTo(userId, act);
  say(words.alone(nameOf(slack, userId)), text);
  return text;
}

export const cardText = ({ slack }: Pick<Stage, 'slack'>, card: Message): string =>
  slack.render(slack.message(card) ?? card);

/** Prints the card, and fails if it has buttons. */
export function show({ slack }: Stage, card: Message): void {
  const now = slack.message(card);
  expect(now !== undefined, 'the card is gone');
  expect(!JSON.stringify(now).includes('"approve"'), 'the card still has its buttons');
  say(words.channelShows, slack.render(now ?? card));
}

const isCard = ({ threadTs, onlyFor }: Message): boolean =>
  threadTs === undefined && onlyFor === undefined;

function replies(slack: SlackWorkspace, card: Message): string[] {
  return slack
    .messages(card.channel)
    .filter(({ threadTs, ts }) => threadTs === card.ts && ts !== card.ts)
    .map((message) => slack.render(message));
}

export const nameOf = (slack: SlackWorkspace, userId: string): string =>
  slack.users.find(({ id }) => id === userId)?.realName ?? userId;

export function title(text: string): void {
  console.log(`\n── ${text} ──`);
}

/** Prints one line per event. What a person sees is indented below it. */
export function say(who: string, what: string): void {
  const lines = what.trimEnd().split('\n');
  const text =
    lines.length === 1
      ? `${isChinese ? '' : ' '}${lines[0]}`
      : lines.map((line) => `\n    ${line}`).join('');
  console.log(`${who}${words.colon}${text}`);
}

export class Failed extends Error {}

export function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Failed(otherwise);
}
