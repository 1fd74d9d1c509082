import type { SecretChoice } from '../../src/domain/form/suggestions';
import { sourceEngines } from '../../src/domain/migration/engines';
import type { FieldPath, FormOffer, FormValues } from '../../src/domain/migration/fields';
import type { EditPurpose } from '../../src/domain/request/intent';
import { secretPaths } from '../../src/domain/secrets/secretReference';
import { en } from '../../src/i18n/en/messages';
import {
  acceptBlock,
  acceptsWarnings,
  buildFormErrors,
  buildRequestForm,
  type FormDrawing,
  fitsTextInput,
  isComplete,
  type Notice,
  nameOf,
  namesOf,
  offerOf,
  readAttachedFile,
  readFormMemory,
  readNames,
  readNotices,
  readRequestForm,
  readWarnings,
  secretName,
  type Warning,
} from '../../views/requestForm';
import { buildSuggestions } from '../../views/suggestions';
import { inputsIn } from '../support/inputsIn';
import { textOf } from '../support/textOf';

const offer: FormOffer = { typed: true, stored: true, asksChannel: true };

const drawn = (values: FormValues, rest: Partial<FormDrawing> = {}) =>
  buildRequestForm(en, { values, offer, ...rest });

/** The element of a field in a form with these values. */
function elementOf(path: FieldPath, values: FormValues, rest?: Partial<FormDrawing>) {
  const block = inputsIn(drawn(values, rest).blocks).find(({ block_id }) => block_id === path);
  if (block === undefined) throw new Error(`the form doesn't show ${path}`);
  return block.element;
}

/** What the element shows at first. */
function initialIn(element: object): unknown {
  const [initial] = Object.entries(element).filter(([name]) => name.startsWith('initial_'));
  return initial?.[1];
}

const characters = (count: number): string => 'x'.repeat(count);
const redis = { SrcDatabaseType: 'redis', Advanced: 'on' };
const backlog = 'MigrateOption.ExternParams.ReplBacklogSize';
const scheduled = { 'MigrateOption.RunMode': '2', Advanced: 'on' };
const expectTime = 'MigrateOption.ExpectTime';
const named = { 'MigrateOption.MigrateObject': '2' };

describe('a field shows the value that it has', () => {
  it.each<[FieldPath, FormValues, string, unknown]>([
    ['JobName', {}, 'a', 'a'],
    ['JobName', {}, '', undefined],
    ['JobName', {}, characters(128), characters(128)],
    ['JobName', {}, characters(129), undefined],
    ['Reason', {}, characters(3_000), characters(3_000)],
    ['Reason', {}, characters(3_001), undefined],
    ['Tags', { Advanced: 'on' }, characters(3_000), characters(3_000)],
    ['Tags', { Advanced: 'on' }, characters(3_001), undefined],
    ['DatabaseInfo', named, characters(3_000), characters(3_000)],
    ['DatabaseInfo', named, characters(3_001), undefined],
    ['SrcInfo.Password', { 'SrcInfo.Password.Source': 'typed' }, 'secret', undefined],
    [backlog, redis, '0', '0'],
    [backlog, redis, '12', '12'],
    [backlog, redis, 'a12', undefined],
    [backlog, redis, '12a', undefined],
    [backlog, redis, '1.5', undefined],
    [backlog, redis, '', undefined],
    [expectTime, scheduled, '1900000000', 1_900_000_000],
    [expectTime, scheduled, '0900000000', undefined],
    [expectTime, scheduled, '19000000000', undefined],
    [expectTime, scheduled, '190000000', undefined],
    [expectTime, scheduled, 'a1900000000', undefined],
    ['Channel', {}, 'C0OTHER', 'C0OTHER'],
  ])('%s with %j, case %#', (path, others, value, shown) => {
    expect(initialIn(elementOf(path, { ...others, [path]: value }))).toEqual(shown);
  });

  it.each<[FieldPath, FormValues, string | undefined, string | undefined]>([
    ['SrcInfo.Region', {}, 'ap-guangzhou', 'ap-guangzhou'],
    ['SrcInfo.Region', {}, characters(150), characters(150)],
    ['SrcInfo.Region', {}, characters(151), undefined],
    ['SrcInfo.Region', {}, undefined, undefined],
    ['SrcInfo.Password.Source', {}, 'env:SOURCE', 'env:SOURCE'],
    ['SrcAccessType', {}, 'cdb', 'cdb'],
    ['SrcAccessType', {}, 'unheard_of', 'extranet'],
    ['MigrateOption.ExternParams.SrcAuthMechanism', mongodb(), 'MONGODB-CR', 'MONGODB-CR'],
    ['MigrateOption.ExternParams.SrcAuthMechanism', mongodb(), 'unheard_of', undefined],
  ])('the option in %s with %j, case %#', (path, others, value, shown) => {
    const values = value === undefined ? others : { ...others, [path]: value };
    const initial = initialIn(elementOf(path, values));
    expect(initial).toEqual(
      shown === undefined ? undefined : expect.objectContaining({ value: shown }),
    );
  });

  it('shows the name of a selected resource, at most 75 characters of it', () => {
    const values = { 'SrcInfo.Region': 'ap-guangzhou' };
    const shownAs = (name: string) =>
      textOf(initialIn(elementOf('SrcInfo.Region', values, { names: { 'SrcInfo.Region': name } })));
    expect(shownAs('Guangzhou')).toBe('Guangzhou');
    expect(shownAs(characters(75))).toBe(characters(75));
    expect(shownAs(characters(76))).toBe(`${characters(74)}…`);
  });

  it('shows the name of a stored secret, and the words for a typed one', () => {
    const path = 'SrcInfo.Password.Source';
    expect(textOf(initialIn(elementOf(path, { [path]: 'ssm:db/main:v1' })))).toBe('db/main · v1');
    expect(textOf(initialIn(elementOf(path, { [path]: 'typed' })))).toBe(en.options[path].typed);
  });
});

function mongodb(): FormValues {
  return { SrcDatabaseType: 'mongodb', Advanced: 'on' };
}

it('the advanced part is open if the switch is on or an advanced field has another value', () => {
  const isOpen = (values: FormValues) => initialIn(elementOf('Advanced', values)) !== undefined;
  expect(isOpen({})).toBe(false);
  expect(isOpen({ Advanced: 'on' })).toBe(true);
  expect(isOpen({ Tags: 'team=dba' })).toBe(true);
  expect(isOpen({ Tags: '' })).toBe(false);
});

it('a choice whose options other choices limit is a new element for Slack', () => {
  const path = 'MigrateOption.IsOverrideRoot';
  const whole = { 'MigrateOption.MigrateObject': '1', Advanced: 'on' };
  const idWith = (type: string) => {
    const element = elementOf(path, { ...whole, 'MigrateOption.MigrateType': type });
    return 'action_id' in element ? element.action_id : undefined;
  };
  expect(idWith('2')).toMatch(/./);
  expect(idWith('1')).toMatch(/./);
  expect(idWith('1')).not.toBe(idWith('2'));
  expect(idWith('2')).toBe(idWith('3'));
});

it('a field whose value the form changed is a new element for Slack', () => {
  const ids = (follows: number) =>
    inputsIn(drawn({}, { memory: { follows } }).blocks).map(({ block_id, element }) => [
      block_id,
      'action_id' in element ? element.action_id : undefined,
    ]);
  const [never, once, twice] = [ids(0), ids(1), ids(2)];
  const changed = never.filter(([, id], index) => id !== once[index]?.[1]).map(([path]) => path);
  expect(changed).toEqual(['SrcInfo.Port', 'Advanced']);
  expect(once).not.toEqual(twice);
  expect(never.every(([, id]) => id === 'value')).toBe(true);
});

it.each<[FieldPath, string]>([
  ['SrcDatabaseType', 'redis'],
  ['DstDatabaseType', 'redis'],
  ['DstInfo.Region', 'ap-guangzhou'],
])('%s of an existing job offers only its value', (path, value) => {
  const memory = { edits: { requestId: 7, revision: 1, purpose: 'modify_job' as const } };
  const element = elementOf(path, { [path]: value, Advanced: 'on' }, { memory });
  const only = { value, text: expect.anything() };
  expect(element).toMatchObject({ type: 'static_select', options: [only], initial_option: only });
  const other = { edits: { requestId: 7, revision: 1, purpose: 'edit' as const } };
  expect(elementOf(path, { [path]: value, Advanced: 'on' }, { memory: other })).not.toMatchObject({
    options: [only],
  });
});

it.each<[FieldPath, string]>([
  ['SrcInfo.Region', 'ap-guangzhou'],
  ['SrcAccessType', 'cdb'],
  ['MigrateOption.MigrateType', '2'],
])('%s of an existing job offers other values, too', (path, value) => {
  const memory = { edits: { requestId: 7, revision: 1, purpose: 'modify_job' as const } };
  const drawnFor = (drawing: Partial<FormDrawing>) => elementOf(path, { [path]: value }, drawing);
  expect(drawnFor({ memory })).toEqual(drawnFor({}));
});

it('a fixed field shows the name of its value', () => {
  const memory = { edits: { requestId: 7, revision: 1, purpose: 'modify_job' as const } };
  const path = 'DstInfo.Region';
  const shownWith = (names: FormDrawing['names']) =>
    textOf(
      initialIn(elementOf(path, { [path]: 'ap-guangzhou' }, { memory, ...(names && { names }) })),
    );
  expect(shownWith({ [path]: 'Guangzhou' })).toBe('Guangzhou');
  expect(shownWith(undefined)).toBe('ap-guangzhou');
});

it('a fixed field with text shows it as text', () => {
  const memory = { edits: { requestId: 7, revision: 1, purpose: 'modify_job' as const } };
  const element = elementOf('Tags', { Tags: 'team=orders', Advanced: 'on' }, { memory });
  expect(element).toMatchObject({ type: 'plain_text_input', initial_value: 'team=orders' });
});

it.each<FieldPath>(['SrcInfo.Region', 'DstInfo.InstanceId', 'SrcInfo.Password.Source'])(
  'the list of %s opens before anything is typed',
  (path) => {
    const element = elementOf(path, {});
    expect(element).toMatchObject({ type: 'external_select', min_query_length: 0 });
  },
);

it('the title says what is edited', () => {
  const titleOf = (purpose: EditPurpose | undefined) =>
    drawn(
      {},
      {
        memory: purpose === undefined ? {} : { edits: { requestId: 7, revision: 1, purpose } },
      },
    ).title.text;
  expect(titleOf(undefined)).toBe(en.form.title);
  expect(titleOf('edit')).toBe(en.form.titleOfEdit);
  expect(titleOf('modify_job')).toBe(en.form.titleOfJob);
});

it.each<[string, object, EditPurpose]>([
  ['this version', { purpose: 'modify_job' }, 'modify_job'],
  ['this version', { purpose: 'edit' }, 'edit'],
  ['an earlier version', { ofJob: true }, 'modify_job'],
  ['an earlier version', { ofJob: false }, 'edit'],
  ['the first versions', {}, 'edit'],
])('reads what a form of %s edits: %j', (_, written, purpose) => {
  const { private_metadata = '' } = drawn({});
  const edits = { requestId: 7, revision: 1, ...written };
  const memory = readFormMemory(JSON.stringify({ ...JSON.parse(private_metadata), edits }));
  expect(memory?.edits).toEqual({ requestId: 7, revision: 1, purpose });
});

it('asks for a channel only for a new request for which Slack named none', () => {
  const edits = { requestId: 7, revision: 1, purpose: 'edit' as const };
  expect(offerOf(offer, {})).toEqual(offer);
  expect(offerOf(offer, { askedIn: 'C1' }).asksChannel).toBe(false);
  expect(offerOf(offer, { edits }).asksChannel).toBe(false);
  expect(offerOf({ typed: true, stored: false }, {}).asksChannel).toBe(false);
});

it('offers the channel that the person is in, of all that are not direct messages', () => {
  expect(elementOf('Channel', {})).toMatchObject({
    default_to_current_conversation: true,
    filter: { include: ['public', 'private'] },
  });
});

it('says which list an empty field keeps', () => {
  const hintIn = (memory: FormDrawing['memory']) =>
    textOf(
      inputsIn(drawn(named, { ...(memory && { memory }) }).blocks).find(
        ({ block_id }) => block_id === 'DatabaseInfo',
      )?.hint,
    );
  const kept = en.form.keepsObjects(12, 3);
  expect(hintIn({ objectsOf: { requestId: 12, count: 3, hash: 'x' } })).toBe(
    `${hintIn(undefined)} ${kept}`,
  );
  expect(hintIn(undefined)).toBe(en.form.hints.DatabaseInfo);
});

it('remembers values for searches, unless they are too long', () => {
  const remembered = (region: string) =>
    readFormMemory(drawn({ 'SrcInfo.Region': region }).private_metadata ?? '')?.scope[
      'SrcInfo.Region'
    ];
  expect(remembered(characters(100))).toBe(characters(100));
  expect(remembered(characters(101))).toBeUndefined();
  expect(readFormMemory('')).toBeUndefined();
  expect(readFormMemory('{}')).toBeUndefined();
});

describe('notices and warnings', () => {
  const notices: readonly Notice[] = [{ words: 'one' }, { words: 'two' }];
  const warnings: readonly Warning[] = [
    { about: 'DstInfo.InstanceId', key: 'c', words: 'five' },
    { about: 'JobName', key: 'a', words: 'three' },
    { about: 'JobName', key: 'b', words: 'four' },
  ];

  it('have separate blocks, and a view gives all of them back', () => {
    const { blocks, private_metadata = '' } = drawn({}, { notices, warnings });
    const ids = blocks.flatMap((block) => ('block_id' in block ? [block.block_id] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(readNotices(blocks)).toEqual(notices);
    const { warned = [] } = readFormMemory(private_metadata) ?? {};
    expect(warned).toEqual(['c', 'a', 'b']);
    expect(readWarnings(blocks, warned)).toEqual([warnings[1], warnings[2], warnings[0]]);
    expect(readWarnings(blocks, [])).toEqual([]);
  });

  it('replace the introduction. With warnings, the form says what to do about them', () => {
    const { intro, look } = en.form;
    const beginning = (drawing: Partial<FormDrawing>) =>
      drawn({}, drawing).blocks.slice(0, 3).map(textOf);
    expect(beginning({})[0]).toBe(intro);
    expect(beginning({ notices })).toEqual(['one', 'two', expect.anything()]);
    expect(beginning({ notices, warnings })).toEqual([look, 'one', 'two']);
    const withoutNotices = drawn({}, { warnings }).blocks;
    expect(withoutNotices.map(textOf)).not.toContain(intro);
    expect(textOf(withoutNotices[0])).toBe(look);
  });

  it('of a field are above it', () => {
    const { blocks } = drawn({}, { notices, warnings });
    const ids = blocks.map((block) => ('block_id' in block ? block.block_id : undefined));
    const at = ids.indexOf('JobName');
    expect(blocks.slice(at - 2, at).map(textOf)).toEqual(['⚠ three', '⚠ four']);
  });

  it('of fields appear again at the end, with a checkbox', () => {
    const { blocks } = drawn({}, { notices, warnings });
    expect(textOf(blocks.at(-2))).toBe(
      [`⚠ ${en.form.warnings(3)}`, '• five', '• three', '• four'].join('\n'),
    );
    expect(blocks.at(-2)).toMatchObject({ text: { type: 'plain_text', emoji: false } });
    expect(blocks.at(-1)).toMatchObject({ type: 'input', block_id: acceptBlock, optional: true });
    const general = drawn({}, { notices });
    expect(JSON.stringify(general.blocks)).not.toContain(`"${acceptBlock}"`);
  });

  it('have at most 3,000 characters, also together', () => {
    const words = characters(3_001);
    const long = [
      { about: 'JobName', key: 'a', words },
      { about: 'Reason', key: 'b', words },
    ] as const;
    const { blocks } = drawn({}, { notices: [{ words }], warnings: long });
    const [, ...sections] = blocks.filter(({ type }) => type === 'section');
    expect(sections.map((block) => textOf(block).length)).toEqual([3_000, 3_000, 3_000, 3_000]);
  });

  it('that changed have to be accepted again', () => {
    const idWith = (seen: readonly string[], shown: readonly Warning[]) => {
      const { blocks } = drawn({}, { warnings: shown, memory: { seen: [...seen] } });
      const block = inputsIn(blocks).at(-1);
      return block !== undefined && 'action_id' in block.element && block.element.action_id;
    };
    const some = warnings.slice(1);
    const ids = [
      idWith([], some),
      idWith(['a'], some),
      idWith([], warnings),
      idWith(['a'], warnings),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it('are accepted by the selected checkbox, in any element', () => {
    const on = { selected_options: [{ value: 'on' }] };
    const off = { selected_options: [] };
    const accepts = (elements: Record<string, unknown> | undefined) =>
      acceptsWarnings({ values: elements === undefined ? {} : { [acceptBlock]: elements } });
    expect(accepts(undefined)).toBe(false);
    expect(accepts({ value: off })).toBe(false);
    expect(accepts({ value: on })).toBe(true);
    expect(accepts({ before: off, value: on })).toBe(true);
    expect(accepts({ value: { selected_options: [{ value: 'off' }] } })).toBe(false);
  });
});

it.each(sourceEngines)('a form for %s shows no typed secret and remembers none', (engine) => {
  const typed: FormValues = {};
  for (const path of secretPaths) {
    typed[path] = 'canary';
    typed[`${path}.Source`] = 'typed';
  }
  const values = {
    ...typed,
    SrcDatabaseType: engine,
    'SrcInfo.Supplier': 'aliyun',
    Advanced: 'on',
  };
  const view = drawn(values, { notices: [{ words: 'notice' }] });
  expect(inputsIn(view.blocks).map(({ block_id }) => block_id)).toContain('SrcInfo.Password');
  expect(JSON.stringify(view)).not.toContain('canary');
});

describe('reading a form', () => {
  it.each<[string, unknown, string | undefined]>([
    ['text', { value: 'a' }, 'a'],
    ['an empty text', { value: null }, undefined],
    ['an option', { selected_option: { value: 'a' } }, 'a'],
    ['no option', { selected_option: null }, undefined],
    ['the option of an empty list', { selected_option: { value: '-' } }, undefined],
    ['a checkbox', { selected_options: [{ value: 'on' }] }, 'on'],
    ['no checkbox', { selected_options: [] }, undefined],
    ['a time', { selected_date_time: 1_900_000_000 }, '1900000000'],
    ['no time', { selected_date_time: null }, undefined],
    ['a channel', { selected_conversation: 'C1' }, 'C1'],
    ['something else', 'a', undefined],
  ])('reads %s', (_, element, value) => {
    const state = { values: { JobName: { value: element }, Unheard: { value: element } } };
    expect(readRequestForm(state)).toEqual(value === undefined ? {} : { JobName: value });
  });

  it('reads the names of selected options', () => {
    const option = { text: { text: 'Guangzhou' }, value: 'ap-guangzhou' };
    const values = {
      'SrcInfo.Region': { value: { selected_option: option } },
      'DstInfo.Region': { value: { selected_option: null } },
      JobName: { value: { value: 'a' } },
    };
    expect(readNames({ values })).toEqual({ 'SrcInfo.Region': 'Guangzhou' });
  });

  it('reads the attached file', () => {
    const read = (element: unknown, path = 'DatabaseInfo.File') =>
      readAttachedFile({ values: { [path]: { value: element } } });
    expect(read({ files: [{ id: 'F1' }, { id: 'F2' }] })).toBe('F1');
    expect(read({ files: [] })).toBeUndefined();
    expect(read({ files: null })).toBeUndefined();
    expect(read('F1')).toBeUndefined();
    expect(read({ files: [{ id: 'F1' }] }, 'JobName')).toBeUndefined();
    expect(readAttachedFile({ values: {} })).toBeUndefined();
  });

  it('misses fields that the form has to show, and no others', () => {
    const { blocks } = drawn({});
    const shown = inputsIn(blocks).map(({ block_id = '' }) => block_id);
    const without = (path?: string) =>
      isComplete(
        {
          values: Object.fromEntries(
            shown.filter((each) => each !== path).map((each) => [each, { value: {} }]),
          ),
        },
        {},
        offer,
      );
    expect(without()).toBe(true);
    for (const path of shown) expect([path, without(path)]).toEqual([path, false]);
  });

  it('misses a hidden field that is required and has no initial value', () => {
    const { blocks } = drawn({});
    const values = Object.fromEntries(
      inputsIn(blocks).map(({ block_id = '' }) => [block_id, { value: {} }]),
    );
    expect(isComplete({ values }, { 'MigrateOption.RunMode': '2' }, offer)).toBe(false);
    expect(isComplete({ values }, { 'MigrateOption.RunMode': '1' }, offer)).toBe(true);
  });

  it('writes a problem in one line at its field', () => {
    expect(buildFormErrors(en, { JobName: { code: 'required' } })).toEqual({
      JobName: en.fieldProblem({ code: 'required' }),
    });
    const problem = { code: 'repeated_node', line: 1, text: 'a\u202eb' } as const;
    expect(buildFormErrors(en, { SrcInfoMulti: problem })['SrcInfoMulti']).toMatch(/a<U\+202E>b/);
    expect(buildFormErrors(en, {})).toEqual({});
  });

  it.each([
    [0, true],
    [3_000, true],
    [3_001, false],
  ])('fits %i characters into a text input: %s', (count, fits) => {
    expect(fitsTextInput(characters(count))).toBe(fits);
  });
});

it('an option has as many characters as Slack allows', () => {
  const choice = (letters: number, unusable?: string) => ({
    ...{ reference: `env:${'x'.repeat(letters)}`, name: '', version: undefined, unusable },
  });
  const textsOf = (...environment: readonly SecretChoice[]) => {
    const found = { kind: 'secrets', environment, ssm: { kind: 'loading' } } as const;
    const path = 'SrcInfo.Password.Source';
    const groups = buildSuggestions(en, path, 'x', found, { typed: false, stored: true });
    return groups.flatMap(({ options }) => options.map(({ text }) => text.text));
  };
  expect(textsOf(choice(75), choice(76))).toEqual(
    expect.arrayContaining(['x'.repeat(75), `${'x'.repeat(74)}…`]),
  );
  expect(textsOf(choice(73, 'no'), choice(74, 'no'))).toEqual(
    expect.arrayContaining([`⚠ ${'x'.repeat(73)}`, `⚠ ${'x'.repeat(72)}…`]),
  );
});

it.each(['cdb-11111111', ' cdb-11111111 ', 'cdb-111'])(
  'a found ID is offered once: %j',
  (typed) => {
    const answer = { kind: 'found', resources: [{ ...resource(), id: 'cdb-11111111' }] } as const;
    const found = { kind: 'resources', answer, engine: undefined } as const;
    const groups = buildSuggestions(en, 'DstInfo.InstanceId', typed, found, offer);
    const values = groups.flatMap(({ options }) => options.map(({ value }) => value));
    expect(values.filter((value) => value === 'cdb-11111111')).toHaveLength(1);
  },
);

it.each<[string, string]>([
  ['env:SOURCE', 'SOURCE'],
  ['ssm:a:v1', 'a · v1'],
  ['env:OTHER', en.form.lookUp.asTyped('env:OTHER')],
])('a typed reference to a secret is offered once: %s', (typed, text) => {
  const secret = { version: undefined, unusable: undefined };
  const stored = { ...secret, reference: 'ssm:a:v1', name: 'a', version: 'v1' };
  const variable = { ...secret, reference: 'env:SOURCE', name: 'SOURCE' };
  const ssm = { kind: 'found', choices: [stored], hasMore: false } as const;
  const found = { kind: 'secrets', environment: [variable], ssm } as const;
  const groups = buildSuggestions(en, 'SrcInfo.Password.Source', typed, found, offer);
  const options = groups.flatMap((group) => group.options);
  expect(options.filter(({ value }) => value === typed).map((each) => each.text.text)).toEqual([
    text,
  ]);
});

describe('names', () => {
  it.each([
    ['env:SOURCE', 'SOURCE'],
    ['ssm:db/main:v1', 'db/main · v1'],
    [`ssm:${characters(50)}:v1`, `${characters(50)} · v1`],
    [`ssm:${characters(51)}:v1`, `${characters(49)}… · v1`],
    ['cdb-11111111', 'cdb-11111111'],
  ])('of secrets are shortened, case %#', (value, name) => {
    expect(secretName(value)).toBe(name);
  });

  it.each([
    ['', 'cdb-1', 'cdb-1'],
    ['cdb-1', 'cdb-1', 'cdb-1'],
    ['orders', 'cdb-1', 'orders (cdb-1)'],
    [characters(66), 'cdb-1', `${characters(66)} (cdb-1)`],
    [characters(67), 'cdb-1', `${characters(65)}… (cdb-1)`],
  ])('of resources are shortened, case %#', (name, id, shown) => {
    expect(nameOf({ name, id })).toBe(shown);
    expect(namesOf({ 'SrcInfo.Region': { ...resource(), name, id } })).toEqual({
      'SrcInfo.Region': shown,
    });
  });
});

const resource = () => ({
  ...{ id: 'cdb-1', name: 'orders', region: 'ap-guangzhou', state: 'running' },
  ...{ unusable: undefined, detail: undefined, version: undefined, vpcId: undefined },
});
