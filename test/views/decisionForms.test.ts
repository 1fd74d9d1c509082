import type { SkippableItem } from '../../src/domain/job/job';
import { waitFrom } from '../../src/domain/request/waiting';
import { en } from '../../src/i18n/en/messages';
import { say } from '../../src/i18n/text';
import {
  buildDecisionForm,
  type DecisionName,
  decisionFormId,
  decisions,
  readDecisionForm,
} from '../../views/decisionForm';
import { factsOf } from '../../views/glance';
import type { SubmittedView } from '../../views/intentForm';
import { buildSkipForm, readSkipForm } from '../../views/skipForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { inputsIn } from '../support/inputsIn';
import { textOf } from '../support/textOf';

const words = en.decision;
const foreignKeyCheck = 'ConstraintCheck';

/** A submitted form. Block IDs are those of `views/`. */
const submitted = (
  metadata: unknown,
  entries: Readonly<Record<string, unknown>> = {},
): SubmittedView => ({
  private_metadata: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
  state: {
    values: Object.fromEntries(
      Object.entries(entries).map(([block, element]) => [
        block,
        { value: { ...asObject(element) } },
      ]),
    ),
  },
});
const asObject = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : { value };

const read = (decision: DecisionName, metadata: unknown, entries?: Record<string, unknown>) =>
  readDecisionForm(en, decision, submitted(metadata, entries));
const plainSubject = { subject: '7:2' };
const withTarget = { subject: '7:2:cdb-11111111' };

/** What a form of an earlier version remembers. */
const nowhere = { key: undefined, message: undefined };

describe('a decision', () => {
  it.each(decisions)(
    '%s names the request, its revision and the channel of its card',
    (decision) => {
      const form = buildDecisionForm(en, decision, { ...plainSubject, channel: 'C1' }, []);
      expect(form.callback_id).toBe(decisionFormId(decision));
      const result = read(decision, form.private_metadata ?? '', { Reason: 'because' });
      expect(result).toMatchObject({ ok: true, requestId: 7, channel: 'C1' });
      expect(result).toMatchObject({ intent: { type: decision, revision: 2 } });
      expect(read(decision, plainSubject, { Reason: 'because' })).toMatchObject({
        ok: true,
        channel: undefined,
      });
    },
  );

  it('isn’t read from another view', () => {
    for (const metadata of ['', '{', '{}', '{"subject":7}', { subject: 'x' }, { subject: '7' }]) {
      expect([metadata, read('deny', metadata, { Reason: 'because' })]).toEqual([
        metadata,
        undefined,
      ]);
    }
  });

  it.each<[DecisionName, string, object | undefined]>([
    ['approve', '', { comment: '' }],
    ['approve', 'fine', { comment: 'fine' }],
    ['break_glass', '', undefined],
    ['break_glass', '  ', undefined],
    ['break_glass', 'The disk fails.', { reason: 'The disk fails.' }],
    ['deny', '', undefined],
    ['deny', 'not now', { reason: 'not now' }],
    ['resume_job', '', {}],
  ])('%s with the words “%s” means %j', (decision, said, intent) => {
    expect(read(decision, plainSubject, { Reason: said })).toEqual(
      intent === undefined
        ? { ok: false, errors: { Reason: words.missing } }
        : expect.objectContaining({ ok: true, intent: expect.objectContaining(intent) }),
    );
  });

  it('trims the words', () => {
    expect(read('deny', plainSubject, { Reason: ' not now\n' })).toMatchObject({
      intent: { reason: 'not now' },
    });
  });

  it.each([
    ['7:2:create_job', { operation: 'create_job' }],
    ['7:2:modify_job', { operation: 'modify_job' }],
    ['7:2:unheard_of', {}],
    ['7:2', {}],
  ])('deny with the button value %s denies %j', (subject, operation) => {
    expect(read('deny', { subject }, { Reason: 'not now' })).toEqual({
      ...{ ok: true, requestId: 7, shown: nowhere, channel: undefined },
      intent: { type: 'deny', revision: 2, reason: 'not now', ...operation },
    });
  });

  it.each(['approve', 'deny'] as const)('%s refuses words that nobody should read', (decision) => {
    const tooLong = 'x'.repeat(3_001);
    expect(read(decision, plainSubject, { Reason: tooLong })).toEqual({
      ok: false,
      errors: { Reason: en.fieldProblem({ code: 'too_long', max: 3_000 }) },
    });
    expect(read(decision, plainSubject, { Reason: tooLong.slice(1) })).toMatchObject({ ok: true });
    expect(read(decision, plainSubject, { Reason: 'a\u202eb' })).toMatchObject({ ok: false });
  });

  it.each<[DecisionName, string | undefined, boolean]>([
    ['approve', 'cdb-11111111', true],
    ['approve', ' cdb-11111111 ', true],
    ['approve', 'cdb-22222222', false],
    ['approve', '', false],
    ['approve', undefined, false],
    ['break_glass', 'cdb-22222222', false],
    ['resume_job', 'cdb-22222222', false],
    ['resume_job', 'cdb-11111111', true],
    ['deny', undefined, true],
  ])('%s of a target to confirm, with %s typed, is accepted: %s', (decision, typed, isAccepted) => {
    const entries = {
      Reason: 'because',
      ...(typed !== undefined && { 'DstInfo.InstanceId': typed }),
    };
    expect(read(decision, withTarget, entries)).toEqual(
      isAccepted
        ? expect.objectContaining({
            ok: true,
            intent: expect.objectContaining(
              decision === 'deny' ? {} : { destination: typed?.trim() ?? '' },
            ),
          })
        : { ok: false, errors: { 'DstInfo.InstanceId': words.otherDestination } },
    );
  });

  it('reports every problem at once', () => {
    expect(read('break_glass', withTarget)).toEqual({
      ok: false,
      errors: { Reason: words.missing, 'DstInfo.InstanceId': words.otherDestination },
    });
  });

  it.each([
    ['overwrite', 'overwrite'],
    ['clearData', 'clearData'],
    ['normal', 'normal'],
    ['unheard_of', 'normal'],
    [undefined, 'normal'],
  ])('reads the chosen option %s as %s', (value, option) => {
    const entries = value === undefined ? {} : { ResumeOption: { selected_option: { value } } };
    expect(read('resume_job', plainSubject, entries)).toMatchObject({
      ok: true,
      intent: { option },
    });
  });

  it.each<[DecisionName, readonly string[]]>([
    ['approve', ['DstInfo.InstanceId', 'Reason']],
    ['break_glass', ['DstInfo.InstanceId', 'Reason']],
    ['deny', ['Reason']],
    ['resume_job', ['ResumeOption', 'DstInfo.InstanceId']],
  ])('%s asks for %j', (decision, asked) => {
    const inputs = inputsIn(buildDecisionForm(en, decision, withTarget, []).blocks);
    expect(inputs.map(({ block_id }) => block_id)).toEqual(asked);
    const without = buildDecisionForm(en, decision, plainSubject, []).blocks;
    expect(JSON.stringify(without)).not.toContain('DstInfo.InstanceId');
  });

  it('only a comment on an approval is optional', () => {
    const isOptional = (decision: DecisionName) =>
      inputsIn(buildDecisionForm(en, decision, plainSubject, []).blocks).map(
        ({ optional }) => optional,
      );
    expect(isOptional('approve')).toEqual([true]);
    expect(isOptional('deny')).toEqual([false]);
    expect(isOptional('break_glass')).toEqual([false]);
  });

  it('shows six blocks of facts at most', () => {
    const facts = Array.from({ length: 20 }, () => say`${'x'.repeat(2_000)}`);
    const { blocks } = buildDecisionForm(en, 'deny', plainSubject, facts);
    expect(blocks.filter(({ type }) => type === 'rich_text')).toHaveLength(6);
  });
});

describe('the form to skip items of a check', () => {
  const item = (id: string): SkippableItem => ({
    ...{ id, name: `item ${id}`, result: 'failed', skipRisk: `risk of ${id}` },
  });
  const skip = (
    metadata: unknown,
    items: readonly string[],
    { reason = 'known', keys }: { reason?: string; keys?: string } = {},
  ) =>
    readSkipForm(
      en,
      submitted(metadata, {
        Reason: reason,
        StepIds: { selected_options: items.map((value) => ({ value })) },
        ...(keys !== undefined && { ForeignKeyFlag: { selected_option: { value: keys } } }),
      }),
    );

  it('gives back the items, the request and the channel', () => {
    expect(skip({ ...plainSubject, channel: 'C1' }, ['A', 'B'])).toEqual({
      ...{ ok: true, requestId: 7, shown: nowhere, channel: 'C1' },
      intent: { type: 'skip_check', revision: 2, items: ['A', 'B'], reason: 'known' },
    });
    expect(skip(plainSubject, ['A'])).toMatchObject({ channel: undefined });
  });

  it('isn’t read from another view', () => {
    for (const metadata of ['', '{}', { subject: 'x' }]) {
      expect(skip(metadata, ['A'])).toBeUndefined();
    }
  });

  it.each<[string, Parameters<typeof skip>, Record<string, string>]>([
    ['no reason', [plainSubject, ['A'], { reason: ' ' }], { Reason: words.missing }],
    ['no item', [plainSubject, []], { StepIds: en.job.skip.noItems }],
    [
      'nothing about foreign keys',
      [plainSubject, ['A', foreignKeyCheck]],
      { ForeignKeyFlag: en.job.skip.noForeignKeys },
    ],
    [
      'something else about foreign keys',
      [plainSubject, [foreignKeyCheck], { keys: 'unheard_of' }],
      { ForeignKeyFlag: en.job.skip.noForeignKeys },
    ],
    [
      'a reason that is too long',
      [plainSubject, ['A'], { reason: 'x'.repeat(3_001) }],
      { Reason: en.fieldProblem({ code: 'too_long', max: 3_000 }) },
    ],
    [
      'neither reason nor item',
      [plainSubject, [], { reason: '' }],
      { Reason: words.missing, StepIds: en.job.skip.noItems },
    ],
  ])('refuses %s', (_, given, errors) => {
    expect(skip(...given)).toEqual({ ok: false, errors });
  });

  it('refuses a form without entries', () => {
    expect(readSkipForm(en, submitted(plainSubject))).toEqual({
      ok: false,
      errors: { Reason: words.missing, StepIds: en.job.skip.noItems },
    });
  });

  it.each(['shield', 'migrate'] as const)('reads that foreign keys: %s', (keys) => {
    expect(skip(plainSubject, [foreignKeyCheck], { keys })).toMatchObject({
      ok: true,
      intent: { foreignKeys: keys },
    });
    const reason = 'x'.repeat(3_000);
    expect(skip(plainSubject, ['A'], { keys, reason })).toMatchObject({
      ok: true,
      intent: { reason },
    });
  });

  const build = (
    items: readonly SkippableItem[],
    before?: Parameters<typeof buildSkipForm>[4],
  ): Map<string | undefined, Record<string, unknown>> => {
    const { blocks } = buildSkipForm(en, plainSubject, [], items, before);
    return new Map(
      inputsIn(blocks).map(({ block_id, element, optional }) => [
        block_id,
        { optional, ...element },
      ]),
    );
  };
  const ids = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K'];

  it('offers ten items at most, each with its risk', () => {
    const offered = build(ids.map(item)).get('StepIds')?.['options'];
    expect(offered).toEqual(ids.slice(0, 10).map((id) => expect.objectContaining({ value: id })));
    const { blocks } = buildSkipForm(en, plainSubject, [], ids.map(item), undefined);
    const shown = textOf(blocks);
    for (const id of ids.slice(0, 10)) expect(shown).toContain(`risk of ${id}`);
    expect(shown).not.toContain('risk of K');
  });

  it('selects items that were chosen before, or the only one', () => {
    const before = { items: [{ id: 'A', name: 'a' }] };
    const selected = (...given: Parameters<typeof build>) =>
      build(...given).get('StepIds')?.['initial_options'];
    expect(selected([item('A'), item('B')])).toBeUndefined();
    expect(selected([item('A')])).toHaveLength(1);
    expect(selected([item('A'), item('B')], before)).toHaveLength(2);
  });

  it('asks about foreign keys only with the item that checks them', () => {
    const keys = (...given: Parameters<typeof build>) => build(...given).get('ForeignKeyFlag');
    expect(keys([item('A')])).toBeUndefined();
    expect(keys([item(foreignKeyCheck)])).toMatchObject({ optional: false });
    expect(keys([item(foreignKeyCheck), item('A')])).toMatchObject({ optional: true });
    expect(keys([item(foreignKeyCheck)])).not.toHaveProperty('initial_option');
    const before = { items: [], foreignKeys: 'migrate' } as const;
    expect(keys([item(foreignKeyCheck)], before)).toMatchObject({
      initial_option: { value: 'migrate' },
    });
  });

  it('cuts a name at 75 characters', () => {
    const nameOf = (length: number) =>
      textOf(build([{ ...item('A'), name: 'x'.repeat(length) }]).get('StepIds')?.['options']);
    expect(nameOf(75)).toBe('x'.repeat(75));
    expect(nameOf(76)).toBe(`${'x'.repeat(74)}…`);
  });

  it('shows six blocks of facts and four of risks at most', () => {
    const facts = Array.from({ length: 20 }, () => say`${'x'.repeat(2_000)}`);
    const risky = ids.map((id) => ({ ...item(id), skipRisk: 'y'.repeat(2_000) }));
    const { blocks } = buildSkipForm(en, plainSubject, facts, risky, undefined);
    expect(blocks.filter((block) => textOf(block).includes('xxx'))).toHaveLength(6);
    expect(blocks.filter((block) => textOf(block).includes('yyy'))).toHaveLength(4);
  });
});

describe('a form that denies', () => {
  const subject = (about?: string) => ({ subject: about === undefined ? '7:1' : `7:1:${about}` });
  it.each([
    [undefined, 'deny'],
    ['create_job', 'deny'],
    ['complete_job', 'denyOperation'],
    ['modify_job', 'denyOperation'],
  ] as const)('says what it denies: %s', (about, words) => {
    const { title } = buildDecisionForm(en, 'deny', subject(about), []);
    expect(title.text).toBe(en.decision[words].title);
  });

  it('shows the approvals that the operation needs, not those of the request', () => {
    const group = { kind: 'group', groupId: 'SDBA' } as const;
    const mei = { kind: 'user', userId: 'UMEI' } as const;
    const rule = aRule({
      ...{ approvers: [group], required: 3 },
      operations: { complete_job: { people: [mei], required: 1, oneFromEach: [] } },
    });
    const from = { status: 'created', approvals: [], jobId: 'dts-1', at: new Date(0) } as const;
    const operation = { name: 'complete_job', from, before: 'ready_complete' } as const;
    const state = waitFrom(rule, new Date(0), operation);
    const facts = factsOf(en, aRequest({ rule, state }), 'international');
    const said = facts.map((line) => JSON.stringify(line)).join();
    expect(said).toContain('UMEI');
    expect(said).not.toContain('SDBA');
  });
});
