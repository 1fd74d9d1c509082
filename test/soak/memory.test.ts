import { fillForm } from '../../playground/fillForm';
import { ALICE, APPROVERS_GROUP, DAN, DB_MIGRATIONS } from '../../playground/slack/index';
import { exampleForm } from '../support/aForm';
import { ask, cardOf, isShort, type Stage, startStage, waitFor } from './stage';

const interactions = isShort ? 6_000 : 50_000;
/** What a process needs at its busiest is reached by then. */
const warmUp = isShort ? 2_000 : 5_000;
const readings = isShort ? 2 : 5;
const atOnce = 10;

/** Somebody who asks and somebody who decides, at work one after the other. */
interface Pair {
  requester: string;
  approver: string;
}
type Act = (stage: Stage, pair: Pair, index: number) => Promise<void>;

/** The kinds of things people do, by how often each is done in a hundred. */
const mix: readonly [number, Act][] = [
  [50, askForHelp],
  [20, refusedClick],
  [15, formWithMistakes],
  [14, openHome],
  [1, requestAndDenial],
];

it(`keeps its memory over ${interactions} interactions`, async () => {
  const stage = await startStage('sqlite', { LOG_LEVEL: 'error' });
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
        const megabytes = bot.residentBytes() / 1_048_576;
        samples.push({ done: index + 1, megabytes, handles: bot.openHandles() });
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
      `after ${first.done}: ${first.megabytes.toFixed(1)} MB, at the end ${last.megabytes.toFixed(1)} MB (${(growth * 100).toFixed(1)} %)\n` +
      `open handles: ${first.handles}, at the end ${last.handles}\n`,
  );
  await stage.close();
  expect(growth).toBeLessThanOrEqual(0.05);
  expect(last.handles).toBeLessThanOrEqual(first.handles + 5);
});

interface Sample {
  done: number;
  megabytes: number;
  handles: number;
}

/** The least of several readings: the engine collects its garbage when it likes. */
function leastOf(samples: readonly Sample[]): Sample {
  return samples.reduce((least, sample) => (sample.megabytes < least.megabytes ? sample : least));
}

function kindOf(index: number): Act | undefined {
  let share = (index * 37) % 100;
  for (const [weight, act] of mix) {
    if (share < weight) return act;
    share -= weight;
  }
  return undefined;
}

/** People of their own for each line of work, so that nobody's modals get in another's way. */
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

async function refusedClick(stage: Stage): Promise<void> {
  const card = cardOf(stage, 'standing');
  if (card !== undefined) await stage.slack.as(DAN).click(card, 'approve');
}

async function formWithMistakes({ slack }: Stage, { requester }: Pair): Promise<void> {
  const person = slack.as(requester);
  await person.shortcut('request_migration');
  await waitFor(() => person.view() !== undefined, 'the form');
  await fillForm(slack, person, { ...exampleForm, 'SrcInfo.Port': '99999' });
  await person.submit();
  await person.dismiss();
}

async function requestAndDenial(stage: Stage, pair: Pair, index: number): Promise<void> {
  const jobName = `soak-${index}`;
  await ask(stage, pair.requester, jobName);
  await stage.slack.as(pair.requester).dismiss();
  const card = await waitFor(() => cardOf(stage, jobName), 'the card');
  const approver = stage.slack.as(pair.approver);
  await approver.click(card, 'deny');
  await waitFor(() => approver.view() !== undefined, 'the denial form');
  await approver.fill({ Reason: 'not now' });
  await approver.submit();
}

function fail(): never {
  throw new Error('nothing was measured');
}
