import { checkView } from '../../playground/slack/blocks/checkView';
import type { Json } from '../../playground/slack/json';
import { messageContent } from '../../playground/slack/webApi/methods/messageContent';
import type { CardPlace } from '../../src/domain/channel/announcement';
import type { HomeFilter, Overview } from '../../src/domain/channel/home';
import type { Operation } from '../../src/domain/request/operations/operation';
import type { InState, MigrationRequest } from '../../src/domain/request/request';
import { approvalsIn } from '../../src/domain/request/states';
import { locales } from '../../src/i18n/locales';
import { plain } from '../../src/i18n/text';
import { buildJobs, buildList, buildRules, buildShown } from '../../views/answers';
import { buildHome } from '../../views/home';
import { progressLines, statusLine } from '../../views/requestLines';
import { richText } from '../../views/richText';
import { fail } from '../support/fail';
import { largest, long } from '../support/largestRequest';

const waiting: MigrationRequest = {
  ...largest,
  state: {
    status: 'pending',
    operation: { name: 'create_job' },
    approvals: [],
    attempts: 0,
    reminders: 0,
  },
};
const pageOf = (request: MigrationRequest, count: number) => ({
  requests: Array.from({ length: count }, (_, index) => ({ ...request, id: request.id - index })),
  more: true,
});
const [firstApproval = fail(), ...otherApprovals] = approvalsIn(largest.state);

/** A job with every text at its maximum, in the middle of its steps. */
const working: MigrationRequest = {
  ...largest,
  state: {
    status: 'created',
    approvals: [firstApproval, ...otherApprovals],
    jobId: 'dts-12345678',
    at: new Date(0),
  },
  job: {
    api: '2021-12-06',
    status: 'other',
    said: long(500),
    startedAt: new Date(0),
    steps: Array.from({ length: 20 }, (_, index) => ({
      name: long(500),
      status: index < 10 ? 'done' : 'running',
      percent: 99,
    })),
    lagSeconds: 999_999_999,
    lagMegabytes: 999_999_999,
    errors: [{ text: long(500), solution: long(500) }],
    since: new Date(0),
    seenAt: new Date(9e12),
  },
};
const overview = (count: number): Overview => ({
  page: 1,
  waiting: pageOf(waiting, count),
  unsure: { waiting: true, lately: true },
  jobs: pageOf(working, count),
  mine: pageOf(waiting, count),
  lately: pageOf(largest, count),
});
const cards = new Map(
  Array.from({ length: 10 }, (_, index): [number, CardPlace] => [
    largest.id - index,
    { channel: 'C0DBMIGRAT', ts: '1700000000.000000', digest: '' },
  ]),
);
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value));

describe.each(['en', 'zh-CN'] as const)('for the largest requests in %s', (locale) => {
  const messages = locales[locale];

  it('Slack accepts a full Home tab', () => {
    expect(
      checkView(
        json(
          buildHome(
            messages,
            {
              channel: 'C0DBMIGRAT',
              version: '0.1.0',
              workspaceUrl: 'https://example.slack.com/',
            },
            { kind: 'overview', overview: overview(10), filter: { status: 'waiting' }, cards },
          ),
        ),
        'home',
      ),
    ).toMatchObject({
      kind: 'valid',
    });
  });

  it('Slack accepts the replies as messages', () => {
    const { rule } = largest;
    const policy = { rules: [{ when: { engines: ['mysql'] }, rule }], otherwise: rule };
    const asked = { command: '/migrate', channelId: 'C0DBMIGRAT' };
    for (const { blocks, text } of [
      buildList(messages, overview(5)),
      buildShown(messages, waiting, 'https://example.slack.com/archives/C1/p1'),
      buildShown(messages, largest, undefined),
      buildRules(messages, policy, asked),
      buildShown(messages, working, undefined),
      buildJobs(
        messages,
        { ...pageOf(working, 15), page: 0, unsure: true },
        '/migrate',
        (id) => `https://a-long-workspace-name.slack.com/archives/C0DBMIGRAT/p${id}`,
      ),
    ]) {
      expect(() => messageContent('', json(blocks))).not.toThrow();
      expect(text.length).toBeLessThanOrEqual(4_000);
      expect(blocks.length).toBeGreaterThan(1);
    }
  });
});

it('the progress of a job is only in the list of jobs', () => {
  const { en } = locales;
  const list = (kind: 'waiting' | 'jobs' | 'mine' | 'lately') => {
    const nothing = { requests: [], more: false };
    const content = {
      ...{ page: 0, waiting: nothing, jobs: nothing, mine: nothing, lately: nothing },
      unsure: { waiting: false, lately: false },
      [kind]: pageOf(working, 1),
    };
    const surroundings = { channel: 'C0DBMIGRAT', version: '0.1.0', workspaceUrl: undefined };
    const home = { kind: 'overview', overview: content, filter: {}, cards } as const;
    return JSON.stringify(buildHome(en, surroundings, home));
  };
  const [line = fail()] = progressLines(en, working).map(plain);
  const lists = (['waiting', 'jobs', 'mine', 'lately'] as const).filter((kind) =>
    list(kind).includes(JSON.stringify(line).slice(1, 60)),
  );
  expect(lists).toEqual(['jobs']);
});

it.each(['waiting', 'jobs', 'mine', 'lately', undefined] as const)(
  'the Home tab has a next page if a list goes on: %s',
  (kind) => {
    const nothing = { requests: [], more: false };
    const content = {
      ...{ page: 0, waiting: nothing, jobs: nothing, mine: nothing, lately: nothing },
      unsure: { waiting: false, lately: false },
      ...(kind === undefined ? {} : { [kind]: pageOf(waiting, 1) }),
    };
    const surroundings = { channel: 'C0DBMIGRAT', version: '0.1.0', workspaceUrl: undefined };
    const home = { kind: 'overview', overview: content, filter: {}, cards } as const;
    const shown = JSON.stringify(buildHome(locales.en, surroundings, home));
    expect(shown.includes(JSON.stringify(locales.en.home.next))).toBe(kind !== undefined);
    expect(shown).not.toContain(JSON.stringify(locales.en.home.previous));
  },
);

describe.each(['en', 'zh-CN'] as const)('a list without requests in %s', (locale) => {
  const { home } = locales[locale];
  const none = { requests: [], more: false };
  const empty: Overview = {
    ...{ page: 0, waiting: none, jobs: none, mine: none, lately: none },
    unsure: { waiting: false, lately: false },
  };
  const said = (changes: Partial<Overview>, filter: HomeFilter = {}): string => {
    const surroundings = { channel: 'C0DBMIGRAT', version: '0.1.0', workspaceUrl: undefined };
    const content = { ...empty, ...changes };
    return JSON.stringify(
      buildHome(locales[locale], surroundings, {
        ...{ kind: 'overview', overview: content, filter, cards },
      }),
    );
  };

  it('says that there is nothing yet, if no list has anything', () => {
    for (const text of Object.values(home.none)) {
      expect(said({})).toContain(text);
      expect(textOfList({})).toContain(text);
    }
  });

  it('says that there is nothing else, if a list above it has something', () => {
    for (const kind of ['waiting', 'jobs'] as const) {
      const has = { [kind]: pageOf(working, 1) };
      for (const text of Object.values(home.noOthers)) {
        expect(said(has)).toContain(text);
        expect(textOfList(has)).toContain(text);
      }
      expect(said(has)).not.toContain(home.none.mine);
      expect(said(has)).not.toContain(home.none.lately);
    }
    expect(said({ lately: pageOf(working, 1) })).toContain(home.none.mine);
  });

  it('says only that nothing has the chosen status', () => {
    const all = said({ jobs: pageOf(working, 1) }, { status: 'done' });
    for (const text of [...Object.values(home.none), ...Object.values(home.noOthers)]) {
      expect(all).not.toContain(text);
    }
    expect(all).toContain(home.noneWithStatus);
    expect(all).toContain(home.noOthersWithStatus);
    expect(said({}, { status: 'done' })).not.toContain(home.noOthersWithStatus);
    expect(said({ jobs: pageOf(working, 1) }, { mine: true })).toContain(home.noOthers.mine);
    expect(said({}, { mine: true })).toContain(home.none.mine);
  });

  it.each<[string, number, boolean, boolean]>([
    ['all requests', 1, false, false],
    ['the first of more requests', 1, true, true],
    ['only the requests that fit', 40, false, true],
  ])('says where the rest is, with %s', (_, count, more, isSaid) => {
    const list = { ...pageOf(waiting, count), more };
    const { blocks } = buildList(locales[locale], { ...empty, lately: list });
    const end = richText(locales[locale].command.more);
    expect(JSON.stringify(blocks.at(-1)) === JSON.stringify(end)).toBe(isSaid);
  });

  const textOfList = (changes: Partial<Overview>): string =>
    buildList(locales[locale], { ...empty, ...changes }).text;
});

it('a list says which operation on the job waits for approval, like the title of a card', () => {
  const { en } = locales;
  const waits = { status: 'pending', approvals: [], attempts: 0, reminders: 0 } as const;
  const waitsFor = (operation: Operation): string =>
    plain(statusLine(en, { ...waiting, state: { ...waits, operation } }));
  const from: InState<'created'> = {
    ...{ status: 'created', approvals: [firstApproval], jobId: 'dts-1', at: new Date(0) },
  };
  const stop: Operation = { name: 'stop_job', from, before: 'running' };
  expect(waitsFor(stop)).toContain(`${en.job.waits('stop_job')} · `);
  expect(waitsFor({ name: 'create_job' })).not.toContain('waiting for approval');
});
