import type { BotProcess } from '../../playground/botProcess';
import { exampleForm } from '../../playground/exampleForm';
import { fillForm } from '../../playground/fillForm';
import { freePort } from '../../playground/freePort';
import { ALICE, APPROVERS_GROUP, DB_MIGRATIONS } from '../../playground/slack/index';
import { fail } from '../support/fail';
import { ask, cardOf, isShort, type Stage, startStage, waitFor } from './stage';

const interactions = isShort ? 6_000 : 50_000;
/** By then, the process has reached its peak; with fewer runs, almost. */
const warmUp = isShort ? 2_000 : 5_000;
const mostGrowth = isShort ? 0.1 : 0.05;
const readings = isShort ? 2 : 5;
const atOnce = 10;
/** On a busy machine, Slack's timeouts occasionally expire. */
const mostTries = 20;

/** A requester and an approver who act in turn. */
interface Pair {
  requester: string;
  approver: string;
}
type Act = (stage: Stage, pair: Pair, index: number) => Promise<void>;

/** The actions of people, with how many of a hundred each one makes up. */
const mix: readonly [number, Act][] = [
  [50, askForHelp],
  [20, refusedClick],
  [15, formWithMistakes],
  [14, openHome],
  [1, requestAndDenial],
];

it(`keeps its memory over ${interactions} interactions`, async () => {
  const port = await freePort();
  const stage = await startStage('sqlite', { LOG_LEVEL: 'error', PORT: String(port) });
  const bot = await stage.start();
  await ask(stage, ALICE, 'standing');
  await waitFor(() => cardOf(stage, 'standing'), 'the card');

  const plan = Array.from({ length: interactions }, (_, index) => kindOf(index));
  const samples: Sample[] = [];
  const began = performance.now();
  let next = 0;
  const work = async (pair: Pair): Promise<void> => {
    while (next < plan.length) {
      const index = next;
      next += 1;
      await plan[index]?.(stage, pair, index);
      if (index % 1_000 === 999) {
        stage.slack.forget();
        samples.push(await read(bot, port, index + 1));
      }
    }
  };
  const pairs = hire(stage);
  try {
    await Promise.all(pairs.map(work));
  } finally {
    if (next < plan.length) await stage.close();
  }

  const seconds = (performance.now() - began) / 1_000;
  const first = leastOf(samples.filter(({ done }) => done >= warmUp).slice(0, readings));
  const last = leastOf(samples.slice(-readings));
  const growth = last.megabytes / first.megabytes - 1;
  process.stdout.write(
    `${interactions} interactions in ${seconds.toFixed(0)} s, ${(interactions / seconds).toFixed(0)} a second\n` +
      `resident memory: ${samples.map(({ megabytes }) => megabytes.toFixed(0)).join(' ')} MB\n` +
      `after ${warmUp}: ${first.megabytes.toFixed(1)} MB, at the end ${last.megabytes.toFixed(1)} MB (${(growth * 100).toFixed(1)} %)\n` +
      `open files: ${first.files}, at the end ${last.files}; ` +
      `timers and handles: ${first.resources}, at the end ${last.resources}\n`,
  );
  await stage.close();
  expect(growth).toBeLessThanOrEqual(mostGrowth);
  expect(last.files).toBeLessThanOrEqual(first.files + 5);
  // Each interaction under way holds a few. A leak in the rarest kind would add at least 40.
  expect(last.resources).toBeLessThanOrEqual(first.resources + atOnce);
});

interface Sample {
  done: number;
  megabytes: number;
  /** Open files, sockets and pipes of the process. */
  files: number;
  /** Resources that keep its event loop running: timers, sockets, servers. */
  resources: number;
}

async function read(bot: BotProcess, port: number, done: number): Promise<Sample> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const [, resources] = /^nodejs_active_resources_total (\d+)$/m.exec(metrics) ?? [];
  const megabytes = bot.residentBytes() / 1_048_576;
  return { done, megabytes, files: bot.openHandles(), resources: Number(resources) };
}

/** The minimum of several readings, because garbage collection runs at any time. */
function leastOf(samples: readonly Sample[]): Omit<Sample, 'done'> {
  const least = (key: keyof Sample) => Math.min(...samples.map((sample) => sample[key]));
  return { megabytes: least('megabytes'), files: least('files'), resources: least('resources') };
}

function kindOf(index: number): Act | undefined {
  let share = (index * 37) % 100;
  for (const [weight, act] of mix) {
    if (share < weight) return act;
    share -= weight;
  }
  return undefined;
}

/** Creates separate people for each worker, so that their modals don't conflict. */
function hire({ slack }: Stage): Pair[] {
  const pairs = Array.from({ length: atOnce }, (_, number) => {
    const [requester, approver] = ['asker', 'decider'].map((role) => {
      const { id } = slack.addUser({ name: `${role}${number}`, realName: `${role} ${number}` });
      slack.join(DB_MIGRATIONS, id);
      return id;
    });
    return { requester: requester ?? fail(), approver: approver ?? fail() };
  });
  slack.setGroup(APPROVERS_GROUP, { users: pairs.map(({ approver }) => approver) });
  return pairs;
}

async function askForHelp({ slack }: Stage, { requester }: Pair): Promise<void> {
  await slack.as(requester).command(DB_MIGRATIONS, '/migrate', 'help');
}

async function openHome({ slack }: Stage, { requester }: Pair): Promise<void> {
  await slack.as(requester).openHome();
}

/** Clicks faster than Ferry answers would only add memory for what waits. */
async function refusedClick(stage: Stage, { requester }: Pair): Promise<void> {
  const card = cardOf(stage, 'standing');
  if (card === undefined) return;
  const person = stage.slack.as(requester);
  const told = () => person.ephemerals().length + unsaid(stage);
  const before = told();
  const { ok } = await person.click(card, 'approve');
  await waitFor(() => !ok || told() > before, 'the refusal');
}

async function formWithMistakes(stage: Stage, { requester }: Pair): Promise<void> {
  const person = stage.slack.as(requester);
  await open(stage, requester, () => person.shortcut('request_migration'));
  await fillForm(stage.slack, person, { ...exampleForm, 'SrcInfo.Port': '99999' });
  await person.submit();
  await person.dismiss();
}

async function requestAndDenial(stage: Stage, pair: Pair, index: number): Promise<void> {
  const jobName = `soak-${index}`;
  let tries = 1;
  while (!(await ask(stage, pair.requester, jobName))) {
    if (tries >= mostTries) throw new Error(`${jobName} was asked for ${tries} times in vain`);
    tries += 1;
  }
  await stage.slack.as(pair.requester).dismiss();
  const card = await waitFor(() => cardOf(stage, jobName), 'the card');
  const approver = stage.slack.as(pair.approver);
  await open(stage, pair.approver, () => approver.click(card, 'deny'));
  await approver.fill({ Reason: 'not now' });
  await approver.submit();
}

/**
 * Repeats an action until its form is open, as a person would after an error in Slack or a message
 * from the bot. The test fails if neither a form nor a message appears.
 */
async function open(stage: Stage, userId: string, act: () => Promise<{ ok: boolean }>) {
  const person = stage.slack.as(userId);
  const told = () => person.ephemerals().length + person.directMessages().length;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const before = told() + unsaid(stage);
    const { ok } = await act();
    const isOpen = () => person.view() !== undefined;
    const isAnswered = () => isOpen() || !ok || told() + unsaid(stage) > before;
    await waitFor(isAnswered, 'the form, or a word about it');
    if (isOpen()) return;
  }
  throw new Error(`no form opened in ${mostTries} tries`);
}

/** How often the bot logged that it couldn't reply to a person. */
function unsaid({ bots }: Stage): number {
  const lines = [...bots].map(({ output }) => output.split('could not be delivered').length - 1);
  return lines.reduce((sum, count) => sum + count, 0);
}
