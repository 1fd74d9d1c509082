import type { Resource } from '../../src/domain/form/resource';
import type { CheckItem } from '../../src/domain/job/job';
import type { Difference, EventPayload, RequestEvent } from '../../src/domain/request/requestEvent';
import { cut } from '../../src/domain/text/cut';
import { plain } from '../../src/i18n/text';
import { describeDifferences } from '../../views/describeDifferences';
import { buildDetails } from '../../views/details';
import { buildDirectMessage } from '../../views/directMessage';
import { observedLines, riskLines } from '../../views/glance';
import { jobMoved } from '../../views/jobLines';
import { listPeople, someOf } from '../../views/listPeople';
import { buildReply } from '../../views/reply';
import { buildSuggestions } from '../../views/suggestions';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { textOf } from '../support/textOf';
import { en } from '../support/words';

const x = (count: number): string => 'x'.repeat(count);

describe('a message', () => {
  const longest = 13_200;
  const lengthOf = (message: { blocks: readonly unknown[] } | undefined): number =>
    JSON.stringify(message?.blocks).length;
  const said = 'a "quoted" cause; '.repeat(40);
  const checks = Array.from(
    { length: 30 },
    (_, index): CheckItem => ({
      ...{ id: `c${index}`, name: `Item ${index}`, result: 'failed' },
      ...{ reason: said, solution: said, link: 'https://cloud.tencent.com/document/product/571/1' },
    }),
  );
  const people = Array.from({ length: 400 }, (_, index) => `U${String(index).padStart(10, '0')}`);
  const approvers = people.map((userId) => ({ kind: 'user', userId }) as const);
  const request = aRequest({ rule: aRule({ approvers: [...approvers] }) });
  const about = (payload: EventPayload): RequestEvent => ({
    ...{ requestId: 7, seq: 2, revision: 1, at: new Date(0), by: undefined, payload },
  });
  const checked = { type: 'job_moved', from: 'checking', to: 'check_failed' } as const;

  it.each<[string, EventPayload]>([
    ['a long result of a check', { ...checked, said: 'checkNotPass', elsewhere: false, checks }],
    ['many approvers', { type: 'requested' }],
    ['a long reason and many approvers', { type: 'break_glass', reason: '"\n'.repeat(1_500) }],
  ])('with %s is as long as Slack allows, and ends with an ellipsis', (_, payload) => {
    const reply = buildReply(en, request, about(payload), 'mainland', {});
    expect(lengthOf(reply)).toBeLessThan(longest);
    expect(lengthOf(reply)).toBeGreaterThan(longest / 2);
    expect(textOf(reply?.blocks).includes('…')).toBe(true);
    const direct = buildDirectMessage(en, request, about(payload), undefined, 'mainland');
    expect(direct === undefined || lengthOf(direct) < longest).toBe(true);
  });

  it('that fits is whole', () => {
    const reply = buildReply(en, aRequest(), about({ type: 'withdrawn' }), 'mainland', {});
    expect(textOf(reply?.blocks).includes('…')).toBe(false);
  });
});

describe('the changes of an edit', () => {
  const said = (difference: Difference) => describeDifferences(en, [difference]).map(plain)[0];
  const many = (count: number): Difference[] =>
    Array.from({ length: count }, () => ({ path: 'JobName', from: 'a', to: 'b' }));

  it('are listed up to twenty, and the rest is counted', () => {
    expect(describeDifferences(en, many(20))).toHaveLength(20);
    const shown = describeDifferences(en, many(22));
    expect(shown).toHaveLength(21);
    expect(shown.at(-1)).toEqual(en.thread.moreChanges(2));
    expect(describeDifferences(en, [])).toEqual([]);
    expect(describeDifferences(en, many(22), 22)).toHaveLength(22);
  });

  it('have values of 200 characters at most, in one line', () => {
    expect(said({ path: 'JobName', from: x(200), to: 'b' })).toContain(x(200));
    expect(said({ path: 'JobName', from: x(201), to: 'b' })).toContain(`${x(199)}…`);
    expect(said({ path: 'Tags', from: 'a=1\nb=2\nc=3', to: 'b' })).toContain('a=1, b=2, c=3');
    const lines = Array.from({ length: 200 }, () => 'y').join('\n');
    expect(said({ path: 'Tags', from: lines, to: 'b' })?.match(/y/g)?.length).toBeLessThan(70);
  });

  it('use the words of the form and the reader’s time', () => {
    expect(said({ path: 'SrcDatabaseType', from: 'mysql', to: 'redis' })).toContain(
      en.options.SrcDatabaseType.redis,
    );
    expect(said({ path: 'JobName', to: 'b' })).toContain(en.thread.nothing);
    expect(said({ path: 'MigrateOption.ExpectTime', to: '1777888800' })).toContain(
      '2026-05-04 10:00 UTC',
    );
    expect(said({ path: 'MigrateOption.ExpectTime', to: 'soon' })).toContain('soon');
    expect(said({ path: 'DstInfo.Password', from: 'a', to: 'b' })).toBe(
      plain(en.thread.typedAgain(en.form.labels['DstInfo.Password'])),
    );
  });
});

it('people are named once, in order, and only the first thirty of a long list', () => {
  const user = (userId: string) => ({ kind: 'user', userId }) as const;
  expect(plain(listPeople(en, [user('U2'), user('U1'), user('U2')]))).toBe(
    ['U2', 'U1'].join(en.listSeparator),
  );
  expect(plain(listPeople(en, [{ kind: 'group', groupId: 'S1' }, { kind: 'requester' }]))).toBe(
    `S1${en.listSeparator}${en.thread.requester}`,
  );
  const many = Array.from({ length: 40 }, (_, index) => user(`U${index}`));
  expect(someOf(en, many)).toHaveLength(31);
  expect(plain(someOf(en, many))).toMatch(/…$/);
  expect(plain(someOf(en, many.slice(0, 15)))).toMatch(/U14$/);
});

describe('what the account says about an instance', () => {
  const seen = { name: 'orders', version: '8.0', memoryMb: 4_096, diskGb: 100 };

  it('is shown in Details for both ends', () => {
    const lines = (observed: Parameters<typeof observedLines>[1]['observed']) =>
      observedLines(en, { observed }).map(plain);
    expect(lines({})).toEqual([]);
    const [source, target] = lines({ source: seen, target: { name: x(61) } });
    expect(source).toContain(en.details.observedSource);
    for (const fact of ['orders', '8.0', en.card.memory(4_096), en.card.disk(100)])
      expect(source).toContain(fact);
    expect(target).toContain(en.details.observedTarget);
    expect(target).toContain(`${x(59)}…`);
    expect(lines({ target: seen })).toHaveLength(1);
    expect(lines({ source: seen })).toHaveLength(1);
  });
});

describe('the risks on a card', () => {
  const risksOf = (count: number) => {
    const request = aRequest({
      observed: {
        target: { name: 'new', ...(count > 1 && { unusable: x(121) }) },
        nameTaken: { kind: 'request', id: 12 },
      },
    });
    const { DstInfo, MigrateOption } = request.parameters;
    const parameters = {
      ...request.parameters,
      DstInfo: { ...DstInfo, ...(count > 2 && { ReadOnly: 1 as const }) },
      MigrateOption: { ...MigrateOption, ...(count > 3 && { IsOverrideRoot: 1 as const }) },
    };
    return riskLines(en, { ...request, parameters }).map(plain);
  };

  it('are three lines at most', () => {
    expect(risksOf(1)).toHaveLength(1);
    expect(risksOf(3)).toHaveLength(3);
    const four = risksOf(4);
    expect(four).toHaveLength(3);
    expect(four[2]).toContain(plain(en.card.moreRisks(2)));
    expect(four[0]).toContain(en.card.risks.rootOverwritten);
    expect(risksOf(2)[0]).toContain(`${x(119)}…`);
    expect(risksOf(1)[0]).toContain(plain(en.card.risks.nameTakenByRequest(12)));
  });
});

describe('the reply about a failed check', () => {
  const item = (changes: Partial<CheckItem> = {}): CheckItem => ({
    ...{ name: 'Version', result: 'failed' },
    ...changes,
  });
  const said = (...checks: CheckItem[]) =>
    jobMoved(
      en,
      { job: undefined },
      {
        ...{ type: 'job_moved', from: 'checking', to: 'check_failed', said: '', elsewhere: false },
        checks,
      },
    ).map(plain);

  it('lists ten items at most, and neither passed nor skipped ones', () => {
    const listed = (lines: readonly string[]) =>
      lines.filter((each) => each.includes('item ')).length;
    const items = (count: number) =>
      Array.from({ length: count }, (_, index) => item({ name: `item ${index}` }));
    expect(listed(said(...items(10)))).toBe(10);
    expect(listed(said(...items(11)))).toBe(10);
    expect(listed(said(item({ name: 'item 1', result: 'passed' })))).toBe(0);
    expect(listed(said(item({ name: 'item 1', result: 'skipped' })))).toBe(0);
    expect(listed(said(item({ name: 'item 1', result: 'warning' })))).toBe(1);
  });

  it('lists failed items before warnings', () => {
    const warnings = Array.from({ length: 10 }, () => item({ result: 'warning' }));
    const lines = said(...warnings, item({ name: 'the failed item' })).join('\n');
    expect(lines).toMatch(/❌ the failed item\n⚠️/);
  });

  it('shortens names, reasons and solutions', () => {
    const text = (changes: Partial<CheckItem>) => said(item(changes)).join('\n');
    expect(text({ name: x(100) })).toContain(x(100));
    expect(text({ name: x(101) })).toContain(`${x(99)}…`);
    expect(text({ reason: x(500) })).toContain(x(500));
    expect(text({ reason: x(501) })).toContain(`${x(499)}…`);
    expect(text({ solution: x(500) })).toContain(x(500));
    expect(text({ solution: x(501) })).toContain(`${x(499)}…`);
    const link = 'https://cloud.tencent.com/document/1';
    expect(text({ solution: 'upgrade', link })).toContain(en.job.thread.readMore);
    expect(text({ solution: 'upgrade' })).not.toContain(en.job.thread.readMore);
  });
});

it('a section of Details says how many lines are left out, within its blocks', () => {
  const request = aRequest();
  const Tags = Array.from({ length: 100 }, (_, index) => ({
    ...{ TagKey: `key ${index}`, TagValue: x(100) },
  }));
  const events: RequestEvent[] = [];
  const { blocks } = buildDetails(
    en,
    { ...request, parameters: { ...request.parameters, Tags } },
    events,
    'mainland',
  );
  const texts = blocks.map((block) => textOf(block));
  const first = texts.findIndex((text) => text.includes('Tags[0].TagKey'));
  const counts = Array.from({ length: 201 }, (_, count) => plain(en.details.and(count)));
  const last = texts.findIndex((text) => counts.includes(text));
  expect(last - first).toBe(3);
});

describe('a list of suggestions', () => {
  const resource = (index: number, changes: Partial<Resource> = {}): Resource => ({
    ...{ id: `cdb-${String(index).padStart(8, '0')}`, name: '', region: '', state: '' },
    ...{ unusable: undefined, detail: undefined, version: undefined, vpcId: undefined },
    ...changes,
  });
  const listed = (resources: readonly Resource[], typed = '') =>
    buildSuggestions(
      en,
      'DstInfo.InstanceId',
      typed,
      { kind: 'resources', answer: { kind: 'found', resources }, engine: undefined },
      { typed: true, stored: true },
    );
  const many = (count: number) => Array.from({ length: count }, (_, index) => resource(index));

  it('has fifty options at most, and says if there are more', () => {
    const { found, more } = en.form.lookUp;
    expect(listed(many(50))[0]?.options).toHaveLength(50);
    expect(listed(many(50))[0]?.label.text).toBe(found);
    expect(listed(many(51))[0]?.options).toHaveLength(50);
    expect(listed(many(51))[0]?.label.text).toBe(more(50));
  });

  it.each([50, 51])(
    'has fifty secrets of each origin at most, and says if there are %i',
    (count) => {
      const choices = (origin: string) =>
        many(count).map(({ id: name }) => ({
          ...{ reference: `${origin}:${name}`, name, version: undefined, unusable: undefined },
        }));
      const ssm = { kind: 'found', choices: choices('ssm'), hasMore: false } as const;
      const environment = choices('env');
      const groups = buildSuggestions(
        en,
        'SrcInfo.Password.Source',
        '',
        { kind: 'secrets', environment, ssm },
        { typed: false, stored: true },
      );
      const { environment: variables, moreSecrets, moreVariables, secretsManager } = en.form.lookUp;
      const headings =
        count > 50 ? [moreSecrets(50), moreVariables(50)] : [secretsManager, variables];
      expect(groups.map(({ label, options }) => [label.text, options.length])).toEqual(
        headings.map((heading) => [heading, 50]),
      );
    },
  );

  it.each([60, 75, 76, 100])('has a heading and a typed ID of at most 75 characters', (count) => {
    const { asTyped, failed } = en.form.lookUp;
    const code = x(count - failed('').length);
    const typed = `env:${'X'.repeat(count - asTyped('env:').length)}`;
    const problem = { kind: 'refused', code, message: '', requestId: '' } as const;
    const answer = { kind: 'failed', problem } as const;
    const [group] = buildSuggestions(
      en,
      'SrcInfo.Password.Source',
      typed,
      { kind: 'resources', answer, engine: undefined },
      { typed: true, stored: true },
    );
    expect(group?.label.text).toBe(cut(failed(code), 75));
    expect(group?.options.map(({ text }) => text.text)).toEqual([cut(asTyped(typed), 75)]);
  });

  it('leaves out what Slack would refuse, and shortens the rest', () => {
    const [group] = listed([resource(1, { id: x(150) }), resource(2, { id: x(151) })]);
    expect(group?.options.map(({ value }) => value)).toEqual([x(150)]);
    const [described] = listed([resource(1, { name: x(80), detail: x(80), state: 'running' })]);
    const [option] = described?.options ?? [];
    expect(option?.text.text).toHaveLength(74);
    expect(option?.description?.text).toHaveLength(75);
    expect(listed([resource(1)])[0]?.options[0]).not.toHaveProperty('description');
  });

  it('finds a part of an ID or name, in any case', () => {
    const one = resource(1, { name: 'Orders' });
    const ids = (typed: string) => listed([one], typed)[0]?.options.map(({ value }) => value);
    for (const typed of ['', ' order', 'RDER', 'CDB-0', '00001']) {
      expect([typed, ids(typed)]).toEqual([typed, [one.id]]);
    }
    expect(ids('nothing')).not.toContain(one.id);
  });
});
