import { drawFilled, type Purpose } from '../../handlers/refillForm';
import type { FormOffer } from '../../src/domain/migration/fields';
import type { Policy } from '../../src/domain/policy/policy';
import type { MigrationRequest } from '../../src/domain/request/request';
import { originKey } from '../../src/domain/request/shown';
import { aDraft } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { en } from '../support/words';

const offer: FormOffer = { typed: true, stored: true };
const usual: Policy = { rules: [], otherwise: aRule() };
const fill = (request: MigrationRequest, purpose: Purpose, askedIn?: string, policy = usual) =>
  drawFilled({ messages: en, offer: () => offer, policy: () => policy }, request, purpose, askedIn);

const withList = (DatabaseInfo: string) =>
  aRequest({ parameters: aDraft({ 'MigrateOption.MigrateObject': '2', DatabaseInfo }).parameters });
/** A list of tables with this many characters. */
const listOf = (characters: number) => {
  const lines = Array.from(
    { length: 50 },
    (_, index) => `db.table${String(index).padStart(51, '0')}`,
  );
  const text = lines.join('\n');
  return `${text}${'x'.repeat(characters - text.length)}`;
};

const purposes = ['clone', 'edit', 'modify_job'] as const;
const filled = {
  clone: en.form.filledFrom,
  edit: en.form.filledForEdit,
  modify_job: en.form.filledForJob,
};

describe.each(purposes)('a form for a request, to %s', (purpose) => {
  it.each([
    ['a typed secret', { 'SrcInfo.Password': { kind: 'typed' } }, true],
    ['a stored secret', { 'SrcInfo.Password': { kind: 'env', name: 'SOURCE' } }, false],
    ['no secret', {}, false],
  ] as const)('says where its values are from, with %s', (_, secrets, hasTyped) => {
    for (const request of [aRequest({ secrets }), { ...withList(listOf(3_001)), secrets }])
      expect(fill(request, purpose).notices).toEqual([
        { words: filled[purpose](7, hasTyped, false) },
      ]);
  });

  it('remembers what it edits, where it was opened, and which secrets were typed', () => {
    const request = aRequest({ revision: 3, secrets: {} });
    const edits = { edits: { requestId: 7, key: originKey(request), revision: 3, purpose } };
    const edited = purpose === 'clone' ? {} : edits;
    expect(fill(request, purpose).memory).toEqual(edited);
    expect(fill(request, purpose, 'C1').memory).toEqual({ ...edited, askedIn: 'C1' });
    const secrets = {
      'SrcInfo.Password': { kind: 'env', name: 'SOURCE' },
      'DstInfo.Password': { kind: 'typed' },
    } as const;
    const typedBefore = ['DstInfo.Password'];
    expect(fill({ ...request, secrets }, purpose).memory).toEqual({ ...edited, typedBefore });
  });

  it('has the list of the request if it fits in the field, and else refers to it', () => {
    const short = fill(withList(listOf(3_000)), purpose);
    expect(short.values.DatabaseInfo).toBe(listOf(3_000));
    expect(short.memory?.objectsOf).toBeUndefined();
    const long = fill(withList(listOf(3_001)), purpose);
    expect(long.values.DatabaseInfo).toBeUndefined();
    // Forms that earlier versions opened have the same hash.
    const hash = expect.stringMatching(/^[\w-]{22}$/);
    expect(long.memory?.objectsOf).toEqual({ requestId: 7, count: 50, hash });
    expect(long.memory?.edits).toEqual(short.memory?.edits);
    for (const { offer: asked, values } of [short, long]) {
      expect(asked).toBe(offer);
      expect(values).toMatchObject({ JobName: 'usertest', Reason: 'why' });
    }
  });
});

describe('if a rule for C1 lets jobs be created before the approval', () => {
  const early = aRule({ approve: 'before_start' });
  const policy: Policy = {
    rules: [{ when: { channels: ['C1'] }, rule: early }],
    otherwise: aRule(),
  };

  it.each<[Purpose, string, string, boolean]>([
    ['clone', 'C2', 'C1', true],
    ['clone', 'C1', 'C2', false],
    ['edit', 'C1', 'C2', true],
    ['edit', 'C2', 'C1', false],
    ['modify_job', 'C1', 'C1', false],
  ])('a form to %s a request of %s, opened in %s, says so: %s', (purpose, of, where, says) => {
    const { notices } = fill(aRequest({ askedIn: of }), purpose, where, policy);
    const words = notices?.map((notice) => notice.words);
    expect(words?.includes(en.job.prepared.form)).toBe(says);
    expect(words).toContain(filled[purpose](7, true, false));
  });
});

describe('a form to edit a failed request', () => {
  const failed = (changes: Partial<MigrationRequest>) =>
    aRequest({ state: { status: 'failed', approvals: [], problem, at: new Date(0) }, ...changes });
  const problem = { kind: 'not_sent', detail: '' } as const;
  const typed = { 'SrcInfo.Password': { kind: 'typed' } } as const;

  it.each<[string, Partial<MigrationRequest>, boolean, boolean]>([
    ['that a new password alone needs no approval', { secrets: typed }, true, true],
    ['nothing about passwords without a typed one', { secrets: {} }, false, false],
    [
      'that it needs approval again if the record was altered',
      { secrets: typed, altered: ['parameters'] },
      true,
      false,
    ],
  ])('says %s', (_, changes, hasTyped, keepsApprovals) => {
    const words = en.form.filledForEdit(7, hasTyped, keepsApprovals);
    expect(fill(failed(changes), 'edit').notices).toEqual([{ words }]);
  });
});
