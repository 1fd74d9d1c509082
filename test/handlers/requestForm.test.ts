import { objectsOfRequest } from '../../handlers/refillForm';
import { reshape } from '../../handlers/reshapeRequestForm';
import { exampleForm } from '../../playground/exampleForm';
import type { Concern } from '../../src/domain/form/concerns';
import { parseForm } from '../../src/domain/form/form';
import type { FormValues } from '../../src/domain/migration/fields';
import type { Refusal } from '../../src/domain/request/refusal';
import { channel, plain, say } from '../../src/i18n/text';
import { concernKey, nameTakenKey } from '../../src/workflow/concernKey';
import { mrkdwn } from '../../views/mrkdwn';
import { needed } from '../../views/needed';
import { buildNoticeView } from '../../views/noticeView';
import {
  acceptBlock,
  buildFormErrors,
  buildRequestForm,
  type FormDrawing,
  readFormMemory,
  valueAction,
} from '../../views/requestForm';
import { buildSuggestions } from '../../views/suggestions';
import { aDraft, typedOnly } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { delivery, failing, handlers, onWire, PERSON, sent, viewer } from '../support/handlers';
import { en } from '../support/words';

const { 'SrcInfo.Password': password, ...withoutPassword } = exampleForm;
const secrets = { 'SrcInfo.Password': password };
const typedBefore = ['SrcInfo.Password'] as const;
/** The form as it is filled in, and its answer in the form's place while it is stored. */
const form = (values: FormValues, drawing: Partial<FormDrawing> = {}, typed = secrets) =>
  sent(buildRequestForm(en, { values, offer: typedOnly, ...drawing }), typed);
const sending = [{ response_action: 'update', view: buildNoticeView(en, say`${en.sent.sending}`) }];
/** The form that a person gets again while it is open. */
const again = (values: FormValues, words: readonly string[], drawing: Partial<FormDrawing> = {}) =>
  onWire(
    buildRequestForm(en, {
      ...{ values, offer: typedOnly, notices: words.map((each) => ({ words: each })) },
      ...drawing,
    }),
  );
/** The form that a person gets again after it was sent. It has lost the password. */
const givenAgain: typeof again = (values, words, { memory, ...drawing } = {}) =>
  again(values, words, { ...drawing, memory: { ...memory, typedBefore: [...typedBefore] } });
const answer = () => handlers.web.calls.at(-1);
const shown = (view: object) => ({ method: 'views.update', body: { view_id: 'V9', view } });
const lost = (file: boolean) => ({ file, secrets: typedBefore });

describe('a form without mistakes', () => {
  it('is stored with what it remembers, and replaced by the answer', async () => {
    const edits = { requestId: 7, revision: 3, purpose: 'edit' as const };
    const memory = { askedIn: 'C2', edits, seen: ['a key'] };
    expect(await handlers.submit(form(withoutPassword, { memory }))).toEqual(sending);
    expect(handlers.called.filter(([name]) => name === 'submit')).toEqual([
      [
        'submit',
        {
          ...{ form: 'V9', showing: 'h9', userId: PERSON, delivery },
          ...{ askedIn: 'C2', edits, seen: ['a key'], draft: aDraft() },
        },
      ],
    ]);
    const { rule } = aRequest();
    const words = en.sent.done(7, channel('C1'), needed(en, rule));
    expect(answer()).toEqual(shown(onWire(buildNoticeView(en, words))));
    expect(handlers.lines).toEqual([]);
  });

  it('that remembers nothing is a new request', async () => {
    const { private_metadata: _, ...view } = form(withoutPassword);
    expect(await handlers.submit({ ...view, private_metadata: '' })).toEqual(sending);
    expect(handlers.called).toContainEqual([
      'submit',
      expect.objectContaining({ askedIn: undefined, edits: undefined, seen: [] }),
    ]);
  });

  it('is answered in place even if the first try fails', async () => {
    handlers.web.refuse('views.update', 'internal_error');
    await handlers.submit(form(withoutPassword));
    expect(handlers.web.calls.map(({ method }) => method)).toEqual([
      'views.update',
      'views.update',
    ]);
    expect(handlers.lines).toEqual([]);
  });

  it('is answered in a direct message if the person has closed it', async () => {
    handlers.web.refuse('views.update', 'not_found');
    handlers.web.refuse('views.update', 'not_found');
    await handlers.submit(form(withoutPassword));
    const { rule } = aRequest();
    const words = en.sent.done(7, channel('C1'), needed(en, rule));
    const body = { channel: PERSON, text: mrkdwn(words) };
    expect(answer()).toEqual({ method: 'chat.postMessage', body });
    const fields = { user: PERSON, error: expect.any(Error) };
    expect(handlers.lines).toEqual([
      { level: 'warn', message: 'a form could not be answered in place', fields },
    ]);
  });

  it('that was closed and not stored is reported as lost', async () => {
    handlers.web.refuse('views.update', 'not_found');
    handlers.web.refuse('views.update', 'not_found');
    handlers.change({ submit: failing });
    await handlers.submit(form(withoutPassword));
    const body = { channel: PERSON, text: mrkdwn(say`${en.sent.lost}`) };
    expect(answer()).toEqual({ method: 'chat.postMessage', body });
  });

  it('that was closed after an earlier submission was stored is not reported as lost', async () => {
    handlers.web.refuse('views.update', 'not_found');
    handlers.web.refuse('views.update', 'not_found');
    const request = aRequest({ id: 7 });
    handlers.change({ submit: async () => ({ kind: 'stored_before', request }) });
    await handlers.submit(form(withoutPassword));
    const body = { channel: PERSON, text: mrkdwn(en.sent.savedBefore(7)) };
    expect(answer()).toEqual({ method: 'chat.postMessage', body });
  });
});

describe('a form that was not stored comes back with its entries and the reason', () => {
  const givenBack = (why: string) => [en.form.givenBack(why, lost(false))];

  it('if the store is down', async () => {
    handlers.change({ submit: failing });
    const names = { 'DstInfo.InstanceId': 'orders' };
    expect(await handlers.submit(form(withoutPassword, { names }))).toEqual(sending);
    const words = givenBack(en.form.notStored);
    expect(answer()).toEqual(shown(givenAgain(withoutPassword, words, { names })));
    const fields = { user: PERSON, error: new Error('no store') };
    expect(handlers.lines).toEqual([
      { level: 'error', message: 'a request could not be stored', fields },
    ]);
  });

  it('if an earlier submission of it was stored with other content', async () => {
    const request = aRequest({ id: 7 });
    handlers.change({ submit: async () => ({ kind: 'stored_before', request }) });
    await handlers.submit(form(withoutPassword));
    const words = [en.form.savedBefore(7, lost(false))];
    expect(answer()).toEqual(shown(givenAgain(withoutPassword, words)));
  });

  it('unless it edits a request, which already has the changes of an earlier submission', async () => {
    const request = aRequest({ id: 7 });
    handlers.change({ submit: async () => ({ kind: 'stored_before', request }) });
    const edits = { requestId: 7, revision: 1, purpose: 'edit' as const };
    await handlers.submit(form(withoutPassword, { memory: { edits } }));
    const notice = buildNoticeView(en, en.sent.changedBefore(7));
    expect(answer()).toEqual(shown(onWire(notice)));
  });

  it('if a secret is refused', async () => {
    const path = 'SrcInfo.Password';
    const problem = { code: 'secret_not_listed', secret: 'SOURCE' } as const;
    const user = 'sender';
    handlers.change({ submit: async () => ({ kind: 'secret_refused', path, problem, user }) });
    await handlers.submit(form(withoutPassword));
    const why = en.form.secretRefused(path, problem, user);
    expect(answer()).toEqual(shown(givenAgain(withoutPassword, givenBack(why))));
  });

  it.each<Refusal>([
    { code: 'person_unknown' },
    { code: 'requesters_unknown' },
    { code: 'rule_unknown' },
    { code: 'list_unknown' },
    { code: 'too_many_open', open: 3, limit: 3 },
    { code: 'not_in_channel' },
    { code: 'may_not_request', rule: 'lab' },
    { code: 'not_a_requester', rule: 'lab' },
    { code: 'other_channel', rule: 'lab', channel: 'C2' },
    { code: 'channel_unknown' },
    { code: 'job_busy', operation: 'start_job' },
    { code: 'job_not_ready', operation: 'modify_job', status: 'checking', said: 'checking' },
  ])('if other entries or a later time can help, with the reason: $code', async (refusal) => {
    handlers.change({ submit: async () => ({ kind: 'refused', refusal }) });
    await handlers.submit(form(withoutPassword));
    const why = plain(en.refusal(refusal));
    expect(answer()).toEqual(shown(givenAgain(withoutPassword, givenBack(why))));
  });

  it('but not if nothing in the form can help', async () => {
    const refusal: Refusal = { code: 'own_request' };
    handlers.change({ submit: async () => ({ kind: 'refused', refusal }) });
    await handlers.submit(form(withoutPassword));
    expect(answer()).toEqual(shown(onWire(buildNoticeView(en, en.refusal(refusal)))));
  });
});

describe('a form with mistakes', () => {
  it('stays open, with the mistakes at their fields', async () => {
    const values = { ...withoutPassword, 'SrcInfo.Ip': 'x y', JobName: '' };
    const parsed = parseForm({ ...values, ...secrets }, typedOnly);
    if (parsed.ok) throw new Error('no mistakes');
    const errors = buildFormErrors(en, parsed.problems);
    expect(Object.keys(errors)).toEqual(expect.arrayContaining(['SrcInfo.Ip']));
    expect(await handlers.submit(form(values))).toEqual([{ response_action: 'errors', errors }]);
    expect([handlers.called, handlers.web.calls]).toEqual([[], []]);
  });

  it('is drawn again if its choices need fields that it does not have', async () => {
    const view = form(withoutPassword);
    const { 'SrcInfo.Ip': _, ...values } = Object(view.state.values);
    const [answered] = await handlers.submit({ ...view, state: { values } });
    const { 'SrcInfo.Ip': _ip, ...others } = withoutPassword;
    const expected = again(others, [en.form.changed]);
    expect(onWire(Object(answered).view)).toEqual(expected);
    expect(handlers.called).toEqual([]);
  });
});

describe('a form with doubts', () => {
  const oddity = { code: 'time_has_passed' } as const;
  const concern: Concern = { kind: 'odd', oddity };
  const key = concernKey(concern, aDraft());
  const about = 'MigrateOption.ExpectTime' as const;

  it('that are known at once stays open with the warnings, and is not stored', async () => {
    handlers.change({ concerns: () => [concern] });
    const names = { 'DstInfo.InstanceId': 'orders' };
    const [answered] = await handlers.submit(form(withoutPassword, { names }));
    const warnings = [{ about, key, words: en.oddity(oddity) }];
    const expected = again(withoutPassword, [], { names, warnings });
    expect(JSON.stringify(expected)).toContain('"orders"');
    expect(answered).toEqual({ response_action: 'update', view: expect.anything() });
    expect(onWire(Object(answered).view)).toEqual(expected);
    expect(handlers.called).toEqual([['concerns', aDraft(), []]]);
  });

  it('that the person saw and did not accept stays open', async () => {
    handlers.change({ concerns: () => [concern] });
    const view = form(withoutPassword, { warnings: [{ about, key, words: 'a warning' }] });
    const errors = { [acceptBlock]: en.form.tick };
    expect(await handlers.submit(view)).toEqual([{ response_action: 'errors', errors }]);
    expect(handlers.called).toEqual([['concerns', aDraft(), []]]);
  });

  it('that the person did not accept about the name stays open', async () => {
    const warning = { about: 'JobName', key: nameTakenKey(aDraft()), words: 'taken' } as const;
    const view = form(withoutPassword, { warnings: [warning] });
    const errors = { [acceptBlock]: en.form.tick };
    expect(await handlers.submit(view)).toEqual([{ response_action: 'errors', errors }]);
  });

  it('shows other warnings than those that the person saw', async () => {
    handlers.change({ concerns: () => [concern] });
    const warnings = [{ about, key: 'another key', words: 'another warning' }];
    const view = form(withoutPassword, { warnings });
    const [answered] = await handlers.submit(view);
    expect(answered).toMatchObject({ response_action: 'update' });
    expect(JSON.stringify(answered)).toContain(JSON.stringify(key).slice(1, -1));
  });

  it('that the person accepted is stored', async () => {
    const warnings = [{ about, key, words: 'a warning' }];
    const view = form(withoutPassword, { memory: { seen: ['old'] }, warnings });
    const accepted = { type: 'checkboxes', selected_options: [{ value: 'on' }] };
    const values = { ...Object(view.state.values), [acceptBlock]: { [valueAction]: accepted } };
    expect(await handlers.submit({ ...view, state: { values } })).toEqual(sending);
    expect(handlers.called).toContainEqual(['concerns', aDraft(), ['old', key]]);
    expect(handlers.called).toContainEqual([
      'submit',
      expect.objectContaining({ seen: ['old', key] }),
    ]);
  });

  it('that appear while it is stored comes back with the warnings', async () => {
    handlers.change({ submit: async () => ({ kind: 'concerns', concerns: [concern] }) });
    expect(await handlers.submit(form(withoutPassword))).toEqual(sending);
    const warnings = [{ about, key, words: en.oddity(oddity) }];
    const words = [en.form.enterAgain(lost(false)) ?? ''];
    expect(answer()).toEqual(shown(givenAgain(withoutPassword, words, { warnings })));
  });

  it('keeps those that are shown while fields are missing, until they are accepted', async () => {
    const warnings = [{ about: 'JobName', key, words: 'a warning' }] as const;
    const view = form(withoutPassword, { warnings });
    const { 'SrcInfo.Ip': _, ...values } = Object(view.state.values);
    const { 'SrcInfo.Ip': _ip, ...others } = withoutPassword;
    const [kept] = await handlers.submit({ ...view, state: { values } });
    expect(onWire(Object(kept).view)).toEqual(again(others, [en.form.changed], { warnings }));
    const accepted = { type: 'checkboxes', selected_options: [{ value: 'on' }] };
    const state = { values: { ...values, [acceptBlock]: { [valueAction]: accepted } } };
    const [without] = await handlers.submit({ ...view, state });
    const memory = { seen: [key] };
    expect(onWire(Object(without).view)).toEqual(again(others, [en.form.changed], { memory }));
  });
});

describe('a list of databases from elsewhere', () => {
  const chosen: FormValues = { ...withoutPassword, 'MigrateOption.MigrateObject': '2' };
  const attached = (values = chosen) => {
    const view = form(values);
    const file = { type: 'file_input', files: [{ id: 'F1' }] };
    const state = {
      values: { ...Object(view.state.values), 'DatabaseInfo.File': { value: file } },
    };
    return { ...view, state };
  };

  it('is read from the attached file', async () => {
    expect(await handlers.submit(attached())).toEqual(sending);
    expect(handlers.called).toContainEqual(['readAttachment', 'F1']);
    const draft = aDraft({ ...chosen, 'DatabaseInfo.File': 'shop' });
    expect(handlers.called).toContainEqual(['submit', expect.objectContaining({ draft })]);
  });

  it('is not read if the whole instance is migrated', async () => {
    await handlers.submit(attached({ ...chosen, 'MigrateOption.MigrateObject': '1' }));
    expect(handlers.called.map(([name]) => name)).toEqual(['concerns', 'submit']);
  });

  it('that cannot be read comes back with the reason, without file and password', async () => {
    const problem = { code: 'not_text' } as const;
    handlers.change({ readAttachment: async () => ({ ok: false, problem }) });
    expect(await handlers.submit(attached())).toEqual(sending);
    const words = [en.form.givenBack(en.fileProblem(problem), lost(true))];
    expect(answer()).toEqual(shown(givenAgain(chosen, words)));
    expect(handlers.called.map(([name]) => name)).toEqual(['readAttachment']);
  });

  it('is read from the earlier request, if the person leaves the field empty', async () => {
    const parameters = aDraft({ ...chosen, DatabaseInfo: 'orders' }).parameters;
    handlers.change({ find: async () => ({ ok: true, request: aRequest({ parameters }) }) });
    const memory = { objectsOf: objectsOfRequest(5, parameters.DatabaseInfo ?? []) };
    expect(await handlers.submit(form(chosen, { memory }))).toEqual(sending);
    expect(handlers.called).toContainEqual(['find', viewer, 5]);
    const draft = expect.objectContaining({ parameters });
    expect(handlers.called).toContainEqual(['submit', expect.objectContaining({ draft })]);
  });

  it('comes back with the form, if the earlier request has another one by now', async () => {
    const objects = [{ database: 'payroll' }];
    const { parameters } = aDraft({ ...chosen, DatabaseInfo: 'payroll' });
    handlers.change({ find: async () => ({ ok: true, request: aRequest({ parameters }) }) });
    const memory = { objectsOf: objectsOfRequest(5, [{ database: 'orders' }]) };
    expect(await handlers.submit(form(chosen, { memory }))).toEqual(sending);
    const words = [en.form.givenBack(en.form.objectsChanged(5, 1), lost(false))];
    const isNow = { memory: { objectsOf: objectsOfRequest(5, objects) } };
    expect(answer()).toEqual(shown(givenAgain(chosen, words, isNow)));
    expect(handlers.called.map(([name]) => name)).not.toContain('submit');
  });

  it('is not read from the earlier request, if the person writes another', async () => {
    const memory = { objectsOf: objectsOfRequest(5, [{ database: 'orders' }]) };
    await handlers.submit(form({ ...chosen, DatabaseInfo: 'orders' }, { memory }));
    expect(handlers.called.map(([name]) => name)).toEqual(['concerns', 'submit']);
  });

  it('is missing if the person may no longer see the earlier request', async () => {
    const refusal = { code: 'no_such_request', requestId: 5 } as const;
    handlers.change({ find: async () => ({ ok: false, refusal }) });
    const objectsOf = objectsOfRequest(5, [{ database: 'orders' }]);
    await handlers.submit(form(chosen, { memory: { objectsOf } }));
    const why = en.fieldProblem({ code: 'objects_missing' });
    const words = [en.form.givenBack(why, lost(false))];
    expect(answer()).toEqual(shown(givenAgain(chosen, words, { memory: { objectsOf } })));
  });

  it('does not hide other mistakes', async () => {
    const view = attached({ ...chosen, 'SrcInfo.Ip': 'x y' });
    const [answered] = await handlers.submit(view);
    expect(Object.keys(Object(answered).errors)).toEqual(['SrcInfo.Ip']);
  });

  it('is a mistake if there is none', async () => {
    const [answered] = await handlers.submit(form(chosen));
    const errors = buildFormErrors(en, { DatabaseInfo: { code: 'objects_missing' } });
    expect(answered).toEqual({ response_action: 'errors', errors });
  });
});

describe('a list of the form', () => {
  const view = (memory: FormDrawing['memory'] = {}) => form(withoutPassword, { memory });
  const found = { kind: 'region_missing' } as const;

  it('offers what Ferry found', async () => {
    handlers.change({ suggest: async () => found });
    const option_groups = buildSuggestions(en, 'DstInfo.InstanceId', 'cdb', found, typedOnly);
    const [answered] = await handlers.suggest('DstInfo.InstanceId', 'cdb', view());
    expect(answered).toEqual({ option_groups });
    const scope = expect.objectContaining({ 'DstInfo.Region': 'ap-shanghai' });
    const query = { path: 'DstInfo.InstanceId', typed: 'cdb', scope, requester: PERSON };
    expect(handlers.called).toEqual([['suggest', { ...query, channels: ['C1'] }]]);
  });

  it.each<[string, () => Promise<unknown[]>]>([
    ['a field without one', () => handlers.suggest('DstInfo.InstanceId', 'x', view())],
    ['an unknown field', () => handlers.suggest('Other', 'x', view())],
    [
      'another view',
      () => handlers.suggest('DstInfo.InstanceId', 'x', { ...view(), private_metadata: '' }),
    ],
  ])('is empty for %s', async (_, suggest) => {
    expect(await suggest()).toEqual([{ options: [] }]);
  });
});

describe('a choice that changes the form', () => {
  const chosen: FormValues = { ...withoutPassword, SrcDatabaseType: 'redis' };
  const change = (view = form(withoutPassword), id: string = valueAction) => {
    const { values } = form(chosen).state;
    const { state: _, ...rest } = view;
    const actions = [{ type: 'static_select', action_id: id, block_id: 'SrcDatabaseType' }];
    return handlers.press(id, '', { actions, view: { ...rest, state: { values } } });
  };

  it('is acknowledged, and draws the form again if it is still the same', async () => {
    expect(await change()).toStrictEqual([undefined]);
    expect(handlers.web.calls).toMatchObject([
      { method: 'views.update', body: { view_id: 'V9', hash: 'h9' } },
    ]);
    expect(JSON.stringify(handlers.web.calls)).toContain('"redis"');
  });

  it('keeps the warnings that the form shows', async () => {
    const warnings = [{ about: 'JobName', key: 'a key', words: 'a warning' }] as const;
    await change(form(withoutPassword, { warnings }));
    const [call] = handlers.web.calls;
    const { private_metadata: kept, blocks } = Object(Object(call?.body).view);
    expect(readFormMemory(kept)?.warned).toEqual(['a key']);
    expect(JSON.stringify(blocks)).toContain('a warning');
  });

  it.each([`${valueAction}_1`, `${valueAction}_x`])('also of the field %s', async (id) => {
    await change(form(withoutPassword), id);
    expect(handlers.web.calls).toHaveLength(1);
  });

  it('of another field does nothing', async () => {
    await change(form(withoutPassword), `${valueAction}s`);
    expect(handlers.web.calls).toEqual([]);
  });

  it.each([
    ['another view', { callback_id: 'other' }],
    ['a view that remembers nothing', { private_metadata: '' }],
  ])('of %s is only acknowledged', async (_, changes) => {
    expect(await change({ ...form(withoutPassword), ...changes })).toStrictEqual([undefined]);
    expect(handlers.web.calls).toEqual([]);
  });

  const advanced: FormValues = { ...withoutPassword, 'MigrateOption.ConsistencyType': '2' };
  const engine = { type: 'static_select', selected_option: { value: 'mongodb' } };
  const usualPort: FormValues = { ...withoutPassword, 'SrcInfo.Port': '3306' };
  it.each<[string, FormValues, object, number]>([
    ['nothing', withoutPassword, {}, 0],
    ['the usual port of another engine', usualPort, { SrcDatabaseType: engine }, 1],
    ['no port that the person chose', withoutPassword, { SrcDatabaseType: engine }, 0],
    ['advanced fields that were hidden', advanced, { Advanced: { type: 'checkboxes' } }, 1],
  ])('remembers how often the form changed something: %s', (_, values, entered, follows) => {
    const view = form(values);
    const memory = readFormMemory(view.private_metadata);
    if (memory === undefined) throw new Error('not a form');
    const state = { values: { ...Object(view.state.values) } };
    for (const [path, entry] of Object.entries(entered)) state.values[path] = { value: entry };
    const reshaped = reshape(
      { messages: en, offer: () => typedOnly },
      { blocks: view.blocks, memory, state },
    );
    expect(readFormMemory(reshaped.private_metadata ?? '')?.follows).toBe(follows);
  });

  it.each([
    ['hash_conflict', []],
    ['not_found', []],
    ['internal_error', ['a form could not be redrawn']],
  ])('is logged only if the form is still open: %s', async (error, lines) => {
    handlers.web.refuse('views.update', error);
    await change();
    expect(handlers.lines.map(({ message }) => message)).toEqual(
      lines.length === 0 ? [] : expect.arrayContaining(lines),
    );
  });
});
