import { z } from 'zod';
import {
  ALICE,
  BOB,
  DB_MIGRATIONS,
  type JsonObject,
  type Message,
  type Person,
} from '../playground/slack/index';
import type { Row } from './row';
import {
  clickToCall,
  interleave,
  type Mode,
  quiet,
  request,
  type Side,
  settled,
  startSide,
} from './side';

/** How often each thing is done. */
export interface Counts {
  single: number;
  /** Rounds of fifty people at once. */
  rounds: number;
  launches: number;
  interactions: number;
  starts: number;
}

const people = 50;

/** What Ferry shows and calls. The bare app repeats it, so both read payloads of the same size. */
export interface Example {
  /** The form that opens. */
  view: JsonObject;
  /** The form with its answers, as people submit it. */
  filled: JsonObject;
  /** The blocks of the card. */
  card: unknown;
  parameters: JsonObject;
}

export async function takeExample(): Promise<Example> {
  const side = await startSide('ferry');
  const card = await request(side, ALICE, 'example');
  const opened = side.slack.callsOf('views.open')[0];
  const submitted = side.slack.deliveries.findLast(({ kind }) => kind === 'viewSubmission');
  await clickToCall(side, card, 'approve');
  const call = await side.dts.until(
    () => side.dts.callsOf('CreateMigrateJob').find(({ body }) => body !== undefined),
    { what: 'the body' },
  );
  await side.stop();
  const view = anyAnswerFits(asObject(opened?.args['view']));
  return {
    view,
    filled: { ...view, blocks: filledIn(asObject(submitted?.payload['view'])) },
    card: card.blocks,
    parameters: asObject(call.body),
  };
}

function asObject(value: unknown): JsonObject {
  const copy = JSON.parse(typeof value === 'string' ? value : JSON.stringify(value));
  if (typeof copy !== 'object' || copy === null) throw new Error('not an object');
  return copy;
}

/** The bare app's form doesn't change with its answers, so none of them is required. */
function anyAnswerFits(view: JsonObject): JsonObject {
  const blocks: unknown = view['blocks'];
  for (const block of Array.isArray(blocks) ? blocks : []) {
    if (block?.type === 'input') block.optional = true;
  }
  return view;
}

/** Where an element has the answer that a person gave, by its name in the submitted state. */
const initially = {
  value: 'initial_value',
  selected_option: 'initial_option',
  selected_options: 'initial_options',
  selected_date_time: 'initial_date_time',
};

/** The blocks of a submitted form, which a new form can have with the same answers. */
function filledIn(submitted: JsonObject): JsonObject[] {
  const { blocks, state } = z
    .object({
      blocks: z.array(
        z.looseObject({ block_id: z.string(), element: z.looseObject({}).optional() }),
      ),
      state: z.object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
    })
    .parse(submitted);
  return blocks.map(({ element, ...block }) => {
    if (element === undefined) return asObject(block);
    const [answer = {}] = Object.values(state.values[block.block_id] ?? {});
    const answers = Object.entries(initially).flatMap(([name, initial]) => {
      const given = answer[name];
      return given == null || (Array.isArray(given) && given.length === 0)
        ? []
        : [[initial, given]];
    });
    return asObject({
      ...{ ...block, optional: true },
      element: { ...element, ...Object.fromEntries(answers) },
    });
  });
}

const bareSettings = ({ view, parameters }: Pick<Example, 'view' | 'parameters'>) => ({
  BENCH_VIEW: JSON.stringify(view),
  BENCH_PARAMETERS: JSON.stringify(parameters),
});

/** `/migrate` and its acknowledgement, next to a bare Bolt app that opens the same view. */
export async function opening(mode: Mode, counts: Counts, example: Example): Promise<Row[]> {
  const ferry = await startSide('ferry', { mode });
  const bare = await startSide('bare', { mode, environment: bareSettings(example) });
  for (const side of [ferry, bare]) await openMany(side, 1, 20);
  const single = await interleave(
    counts.single,
    () => openMany(ferry, 1, 1),
    () => openMany(bare, 1, 1),
  );
  const many = await interleave(
    counts.rounds,
    () => openMany(ferry, people, 1),
    () => openMany(bare, people, 1),
  );
  await Promise.all([ferry.stop(), bare.stop()]);
  const nextTo = 'Bolt, same view';
  const over = mode === 'socket' ? 'Socket Mode' : 'HTTP';
  return [
    {
      ...{ what: `/migrate to views.open, ${over}`, nextTo, unit: 'ms' },
      goal: { kind: 'more', most: 3 },
      ours: single.ours.flat().map(({ openMs }) => openMs),
      theirs: single.theirs.flat().map(({ openMs }) => openMs),
    },
    {
      ...{ what: `/migrate to views.open, ${people} at once, ${over}`, nextTo, unit: 'ms' },
      // A third of the time in which Slack accepts the form.
      goal: { kind: 'within', p99: 1_000 },
      ours: many.ours.flat().map(({ openMs }) => openMs),
      theirs: many.theirs.flat().map(({ openMs }) => openMs),
    },
    {
      ...{ what: `/migrate acknowledged, ${over}`, nextTo: 'Bolt, ack only', unit: 'ms' },
      goal: { kind: 'ratio', p50: 1.15 },
      ours: single.ours.flat().map(({ acknowledgedMs }) => acknowledgedMs),
      theirs: single.theirs.flat().map(({ acknowledgedMs }) => acknowledgedMs),
    },
  ];
}

/** Opens the form as so many people at once, repeatedly. */
async function openMany(
  side: Side,
  atOnce: number,
  times: number,
): Promise<{ openMs: number; acknowledgedMs: number }[]> {
  const { slack } = side;
  const persons: Person[] = [];
  while (slack.users.length < people + 20) {
    const name = `person${slack.users.length}`;
    const { id } = slack.addUser({ name, realName: name });
    slack.join(DB_MIGRATIONS, id);
  }
  const members = slack.users.filter(({ name }) => name.startsWith('person'));
  for (const { id } of members.slice(0, atOnce)) persons.push(slack.as(id));
  const samples: { openMs: number; acknowledgedMs: number }[] = [];
  for (let time = 0; time < times; time += 1) {
    await quiet(side);
    const acknowledged = persons.map((person) => person.command(DB_MIGRATIONS, '/migrate'));
    const all = await Promise.all(acknowledged);
    // On a busy machine, Slack may refuse to open a form, because more than 3 s have passed.
    await slack.until(() => slack.callsOf('views.open').length >= atOnce, {
      what: 'the forms',
      timeoutMs: 120_000,
    });
    const opened = new Map(
      slack.callsOf('views.open').map((call) => [call.args['trigger_id'], call]),
    );
    for (const { at, kind, payload } of slack.deliveries) {
      const call = opened.get(payload['trigger_id'] ?? '');
      if (kind !== 'command' || call === undefined) continue;
      const acknowledgement = all[samples.length % atOnce];
      samples.push({
        openMs: call.at - at,
        acknowledgedMs: acknowledgement?.ok === true ? acknowledgement.afterMs : Number.NaN,
      });
    }
    for (const person of persons) while (person.view() !== undefined) await person.dismiss();
  }
  return samples;
}

/** From a click to the call, next to the SDK alone; and the acknowledgements on the way. */
export async function launching(
  database: 'SQLite' | 'PostgreSQL',
  databaseUrl: string | undefined,
  counts: Counts,
  example: Example,
): Promise<Row[]> {
  const ferry = await startSide('ferry', databaseUrl === undefined ? {} : { databaseUrl });
  const { card: blocks, filled: view, parameters } = example;
  const bare = await startSide('bare', { environment: bareSettings({ view, parameters }) });
  const button = await postCard(bare, blocks);
  const submit = async (side: Side, userId: string, name: string) => {
    if (side === ferry) {
      const card = await request(ferry, userId, name);
      const ms = acknowledgementOf(ferry, 'viewSubmission');
      await quiet(ferry);
      return { card, ms };
    }
    const person = bare.slack.as(userId);
    await person.command(DB_MIGRATIONS, '/migrate');
    await bare.slack.until(() => person.view(), { what: 'the form' });
    await settled(bare);
    await person.submit();
    return { card: button, ms: acknowledgementOf(bare, 'viewSubmission') };
  };
  const once = async (side: Side, index: number) => {
    const { card, ms } = await submit(side, ALICE, `launch-${index}`);
    const { acknowledgedMs, callMs } = await clickToCall(side, card, 'approve');
    // The next one begins when nothing of this one is under way.
    await quiet(side);
    return { submitMs: ms, clickMs: acknowledgedMs, callMs };
  };
  for (let index = 0; index < counts.launches / 4; index += 1) {
    await once(ferry, -1 - index);
    await once(bare, 0);
  }
  const samples = await interleave(
    counts.launches,
    (index) => once(ferry, index),
    (index) => once(bare, index),
  );
  await Promise.all([ferry.stop(), bare.stop()]);
  const pick = (name: 'submitMs' | 'clickMs' | 'callMs') => ({
    ours: samples.ours.map((sample) => sample[name]),
    theirs: samples.theirs.map((sample) => sample[name]),
  });
  const goal = { kind: 'more', most: 3 } as const;
  const most = database === 'SQLite' ? 25 : 40;
  return [
    ...(['submitMs', 'clickMs'] as const).map((name) => ({
      what: `${name === 'submitMs' ? 'Form' : 'Approve'} acknowledged, ${database}`,
      ...{ nextTo: 'Bolt, ack only', unit: 'ms' as const, goal, ...pick(name) },
    })),
    {
      what: `Approve to first byte of CreateMigrateJob, ${database}`,
      ...{ nextTo: 'the SDK alone', unit: 'ms' as const, ...pick('callMs') },
      goal: { kind: 'more', most },
    },
  ];
}

function acknowledgementOf({ slack }: Side, kind: string): number {
  const { outcome } = slack.deliveries.findLast((delivery) => delivery.kind === kind) ?? {};
  return outcome?.kind === 'acknowledged' ? outcome.afterMs : Number.NaN;
}

/** The bare app posts nothing, so its card is posted with its token. */
async function postCard({ slack }: Side, blocks: unknown): Promise<Message> {
  const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${slack.botToken}`,
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify({
      channel: DB_MIGRATIONS,
      text: 'Approve?',
      blocks,
    }),
  });
  const { ts } = asObject(await answer.json());
  const message = slack.message({ channel: DB_MIGRATIONS, ts: String(ts) });
  if (message === undefined) throw new Error('no card');
  return message;
}

/** Start and memory, next to Bolt with the SDK's client. */
export async function starting(counts: Counts, example: Example): Promise<Row[]> {
  const ferry = await startSide('ferry');
  const bare = await startSide('bare', { environment: bareSettings(example) });
  const restarted = async (side: Side) => {
    await side.restart();
    await quiet(side, 300);
    return { readyMs: side.readyMs, memoryMb: side.app.residentBytes() / 1_048_576 };
  };
  const samples = await interleave(
    counts.starts,
    () => restarted(ferry),
    () => restarted(bare),
  );
  const interact = async (side: Side) => {
    for (let done = 0; done < counts.interactions; done += people) {
      await openMany(side, people, 1);
    }
    return side.app.residentBytes() / 1_048_576;
  };
  const after = { ours: [await interact(ferry)], theirs: [await interact(bare)] };
  await Promise.all([ferry.stop(), bare.stop()]);
  const nextTo = 'Bolt with the SDK';
  const pick = (name: 'readyMs' | 'memoryMb') => ({
    ours: samples.ours.map((sample) => sample[name]),
    theirs: samples.theirs.map((sample) => sample[name]),
  });
  return [
    {
      ...{ what: 'Start to ready', nextTo, unit: 'ms', ...pick('readyMs') },
      goal: { kind: 'within', p99: 1_000 },
    },
    {
      ...{ what: 'Memory when ready', nextTo, unit: 'MB', ...pick('memoryMb') },
      goal: { kind: 'within', p99: 150 },
    },
    {
      ...{ what: `Memory after ${counts.interactions} forms`, nextTo, unit: 'MB', ...after },
      goal: { kind: 'more', most: 50 },
    },
  ];
}

/** Acknowledgements while many approved requests are launched and announced, and their pace. */
export async function underLoad(count: number): Promise<Row[]> {
  const limit = 20;
  const side = await startSide('ferry', { callsPerSecond: limit });
  const { dts, slack } = side;
  const cards: Message[] = [];
  const names = Array.from({ length: count }, (_, index) => `load-${index}`);
  while (names.length > 0) {
    const name = names.pop();
    if (name !== undefined) cards.push(await request(side, ALICE, name));
    if (cards.length % 50 === 0) slack.forget();
  }
  await quiet(side, 300);
  const probe = async (): Promise<number> => {
    const acknowledgement = await slack.as(BOB).command(DB_MIGRATIONS, '/migrate', 'help');
    return acknowledgement.ok ? acknowledgement.afterMs : Number.NaN;
  };
  const idle: number[] = [];
  for (let index = 0; index < 200; index += 1) idle.push(await probe());
  const before = dts.callsOf('CreateMigrateJob').length;
  await Promise.all(cards.map((card) => slack.as(BOB).click(card, 'approve')));
  const busy: number[] = [];
  const calls = () => dts.callsOf('CreateMigrateJob').slice(before);
  while (calls().length < count) {
    busy.push(await probe());
    await new Promise((later) => setTimeout(later, 50));
  }
  const times = calls().map(({ at }) => at);
  // How long each `limit` launches take. The first launch is slow, and the next ones catch up.
  const spans = times.slice(limit).map((at, index) => at - (times[index] ?? 0));
  const pace = (limit * 1_000 * spans.length) / spans.reduce((sum, span) => sum + span, 0);
  const busiest = Math.max(
    ...times.map((at) => times.filter((other) => other >= at && other < at + 1_000).length),
  );
  await side.stop();
  return [
    {
      what: `Acknowledgement p99 while ${count} requests are launched`,
      ...{ nextTo: 'itself when idle', unit: 'ms', ours: busy, theirs: idle },
      goal: { kind: 'within', p99: 100 },
    },
    {
      ...{ what: 'Launches per second', nextTo: '', unit: '/s', ours: [pace], theirs: [] },
      goal: { kind: 'between', least: limit * 0.95, most: limit },
    },
    {
      ...{
        what: 'Launches in the busiest second',
        nextTo: '',
        unit: '',
        ours: [busiest],
        theirs: [],
      },
      goal: { kind: 'between', least: 1, most: limit },
    },
  ];
}
