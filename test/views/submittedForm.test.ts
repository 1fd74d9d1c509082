import type { Concern } from '../../src/domain/form/concerns';
import type { FieldPath } from '../../src/domain/migration/fields';
import type { MigrationRequest, RequestState } from '../../src/domain/request/request';
import { waitFrom } from '../../src/domain/request/waiting';
import { bold, channel, plain, say, type Text } from '../../src/i18n/text';
import { needed } from '../../views/needed';
import { fieldOf, sentWords } from '../../views/submittedForm';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';
import { en } from '../support/words';

describe('a warning is above the field in which a person can resolve it', () => {
  const omitted = (path: FieldPath): Concern => ({
    kind: 'odd',
    oddity: { code: 'field_left_out', path },
  });

  it.each<[Concern, FieldPath]>([
    [{ kind: 'name_taken', by: { kind: 'job', jobId: 'dts-1', createTime: 'then' } }, 'JobName'],
    [
      {
        kind: 'list',
        doubt: { code: 'number', name: '1', line: 1, read: { database: '1' }, more: 0, about: '1' },
      },
      'DatabaseInfo',
    ],
    [{ kind: 'odd', oddity: { code: 'redis_needs_changes' } }, 'MigrateOption.MigrateType'],
    [{ kind: 'odd', oddity: { code: 'time_has_passed' } }, 'MigrateOption.ExpectTime'],
    [{ kind: 'secret_emptied', path: 'DstInfo.Password' }, 'DstInfo.Password'],
    [omitted('SrcInfo.Ip'), 'SrcInfo.Ip'],
    [omitted('DstInfo.User'), 'DstInfo.User'],
  ])('%j: %s', (concern, path) => {
    for (const stored of [true, false])
      expect(fieldOf(concern, { typed: true, stored })).toBe(path);
  });

  it.each(['SrcInfo.Password', 'SrcInfo.AccessKey', 'DstInfo.Password'] as const)(
    'an omitted %s: its source if stored secrets are offered, else itself',
    (path) => {
      const place = (stored: boolean) => fieldOf(omitted(path), { typed: true, stored });
      expect([place(true), place(false)]).toEqual([`${path}.Source`, path]);
    },
  );
});

describe('the answer to a stored form', () => {
  const rule = aRule();
  const by = { userId: 'UBOB', name: 'Bob' };
  const approval = { by, at: new Date(0), revision: 1, from: [], confirmed: true };
  const operation = { name: 'create_job' } as const;
  const waiting = waitFrom(rule, new Date(0));
  const approved: RequestState = {
    status: 'approved',
    operation,
    approvals: [approval],
    attempts: 0,
  };
  const where = channel('C1');
  const creates = en.job.prepared.sent(say`${bold(en.direct.title(7))}`, where);

  it.each<[string, Partial<MigrationRequest>, Text]>([
    ['a new request', { state: waiting }, en.sent.done(7, where, needed(en, rule))],
    ['an edited request', { state: waiting, revision: 2 }, en.sent.changed(7, where, true)],
    [
      'an edit that is approved by now',
      { state: approved, revision: 2 },
      en.sent.changed(7, where, false),
    ],
    [
      'a new request that is approved by now',
      { state: approved },
      en.sent.changed(7, where, false),
    ],
    ['a request whose job the policy creates', { state: { ...approved, approvals: [] } }, creates],
    [
      'an edited request whose job the policy creates',
      { state: { ...approved, approvals: [] }, revision: 2 },
      creates,
    ],
  ])('says what is next with %s', (_, changes, words) => {
    expect(plain(sentWords(en, aRequest({ rule, ...changes })))).toBe(plain(words));
  });
});
