import type { Resource, ResourceQuery } from '../../src/domain/form/resource';
import type { FormOffer, FormValues } from '../../src/domain/migration/fields';
import type { MigrationRequest } from '../../src/domain/request/request';
import { type BeginContext, type Beginning, beginForm } from '../../src/workflow/beginForm';
import { aDraft, typedOnly } from '../support/aForm';
import { aRequest } from '../support/aRequest';
import { manualClock, settled } from '../support/manualClock';

const resource = (id: string): Resource => ({
  ...{ id, name: `name of ${id}`, region: 'ap-shanghai', state: '' },
  ...{ unusable: undefined, detail: undefined, version: undefined, vpcId: undefined },
});
const never = () => new Promise<never>(() => {});

/** A context with these answers, and what was asked and logged. */
function begin(changes: Partial<BeginContext> = {}) {
  const clock = manualClock();
  const asked: ResourceQuery[] = [];
  const lines: unknown[] = [];
  const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
  const context: BeginContext = {
    clock,
    log: { info: note, warn: note, error: note },
    region: 'ap-singapore',
    directory: { isAmong: async () => 'unknown' },
    secretRules: () => [],
    environmentSecrets: [],
    store: { latest: async () => [] },
    resources: {
      async lookUp(query) {
        asked.push(query);
        return { kind: 'found', resources: [resource('cdb-e78e0nnv'), resource('cdb-other')] };
      },
      stop: async () => {},
    },
    secrets: { lookUp: async () => ({ kind: 'found', secrets: [] }), stop: async () => {} },
    versions: { lookUp: async () => ({ kind: 'found', versions: [] }), stop: async () => {} },
    ...changes,
  };
  const open = (values: FormValues, offer: FormOffer = typedOnly) => {
    const beginning: Beginning = { values, offer, userId: 'U1', channels: ['C1'] };
    return beginForm(context, beginning);
  };
  return { asked, clock, lines, open };
}
const failing = () => Promise.reject(new Error('no store'));

describe('the regions of a new form', () => {
  const latest = (request: MigrationRequest) => ({ latest: async () => [request] });

  it("are those of the person's last request", async () => {
    const { SrcInfo, DstInfo } = aDraft().parameters;
    const { open } = begin({ store: latest(aRequest()) });
    const { values } = await open({});
    expect(values).toEqual({
      'SrcInfo.Region': SrcInfo.Region,
      'DstInfo.Region': DstInfo.Region,
    });
  });

  it('are looked up for the person, in no channel, and only the newest', async () => {
    const asked: unknown[] = [];
    const store = {
      latest: async (...question: readonly unknown[]) => {
        asked.push(question);
        return [];
      },
    };
    expect((await begin({ store }).open({})).values).toEqual({});
    expect(asked).toEqual([[{ channels: [], userId: 'U1' }, 0, 1]]);
  });

  it('are only that of the target if the source had none', async () => {
    const { parameters } = aRequest();
    const { Region: _, ...SrcInfo } = parameters.SrcInfo;
    const request = aRequest({ parameters: { ...parameters, SrcInfo } });
    const { values } = await begin({ store: latest(request) }).open({});
    expect(values).toEqual({ 'DstInfo.Region': parameters.DstInfo.Region });
  });

  it('are those of a preset if it has some', async () => {
    const { open } = begin({ store: latest(aRequest()) });
    const { values } = await open({ 'DstInfo.Region': 'ap-tokyo' });
    expect(values['DstInfo.Region']).toBe('ap-tokyo');
  });

  it.each<[FormValues, readonly string[]]>([
    [{ 'DstInfo.InstanceId': 'cdb-e78e0nnv' }, ['SrcInfo.Region']],
    [{ 'SrcInfo.InstanceId': 'cdb-powiqx8q' }, ['DstInfo.Region']],
    [{ 'SrcInfo.VpcId': 'vpc-1a2b3c4d', 'DstInfo.InstanceId': 'cdb-e78e0nnv' }, []],
    [{ SrcInfoMulti: 'ins-1a2b3c4d:6379' }, ['DstInfo.Region']],
    [{ SrcInfoMulti: '10.0.0.5:6379' }, ['DstInfo.Region', 'SrcInfo.Region']],
    [
      { 'SrcInfo.Ip': 'db.example.com', 'SrcInfo.Password.Source': 'env:ORDERS' },
      ['DstInfo.Region', 'SrcInfo.Region'],
    ],
  ])('are left out where a preset names something in a region: %j', async (preset, regions) => {
    const { open } = begin({ store: latest(aRequest()) });
    const { values } = await open(preset);
    expect(Object.keys(values).toSorted()).toEqual([...Object.keys(preset), ...regions].toSorted());
  });

  it('are left out if the store fails, with a line in the log', async () => {
    const { lines, open } = begin({ store: { latest: failing } });
    expect((await open({ JobName: 'x' })).values).toEqual({ JobName: 'x' });
    const fields = { user: 'U1', error: new Error('no store') };
    expect(lines).toEqual([{ message: 'a part of a form could not be filled in', fields }]);
  });

  it('are left out after 400 ms', async () => {
    const { clock, lines, open } = begin({ store: { latest: never } });
    let opened: unknown;
    void open({ JobName: 'x' }).then(({ values }) => {
      opened = values;
    });
    await settled();
    await clock.advance(399);
    expect(opened).toBeUndefined();
    await clock.advance(1);
    expect(opened).toEqual({ JobName: 'x' });
    expect(lines).toEqual([]);
    expect(clock.sleeping()).toBe(0);
  });
});

describe('the resources of a new form', () => {
  const values = { 'DstInfo.Region': 'ap-shanghai', 'DstInfo.InstanceId': 'cdb-e78e0nnv' };

  it('have the names that the account gives them', async () => {
    const { asked, open } = begin();
    const { found } = await open(values);
    expect(found).toEqual({ 'DstInfo.InstanceId': resource('cdb-e78e0nnv') });
    expect(asked).toContainEqual({
      ...{ kind: 'instance', region: 'ap-shanghai', engine: 'mysql', role: 'dst' },
    });
  });

  it('have no name if the account does not have them', async () => {
    const { found } = await begin().open({ ...values, 'DstInfo.InstanceId': 'cdb-gone' });
    expect(found).toEqual({});
  });

  it('are not looked up before their region is selected', async () => {
    const { asked, open } = begin();
    const { found } = await open({ 'DstInfo.InstanceId': 'cdb-e78e0nnv' });
    expect([asked, found]).toEqual([[], {}]);
  });

  it.each([
    ['loading', async () => ({ kind: 'loading' }) as const],
    [
      'failed',
      async () => ({ kind: 'failed', problem: { kind: 'not_sent', detail: 'no route' } }) as const,
    ],
  ])('have no names while the account is not known: %s', async (_, lookUp) => {
    const { open } = begin({ resources: { lookUp, stop: async () => {} } });
    expect((await open(values)).found).toEqual({});
  });

  it('have no names after 400 ms', async () => {
    const { clock, open } = begin({ resources: { lookUp: never, stop: async () => {} } });
    let found: unknown;
    void open(values).then((begun) => {
      found = begun.found;
    });
    await settled();
    await clock.advance(399);
    expect(found).toBeUndefined();
    await clock.advance(1);
    expect(found).toEqual({});
  });
});

describe('the secrets of a new form', () => {
  const offer = { typed: true, stored: true };
  const rules = (...names: readonly string[]) => ({
    environmentSecrets: names,
    secretRules: () => [{ secret: 'env:*', anywhere: true } as const],
  });
  const path = 'SrcInfo.Password.Source' as const;

  it('have the only one that the person may use', async () => {
    const { values } = await begin(rules('SOURCE')).open({}, offer);
    expect(values[path]).toBe('env:SOURCE');
  });

  it.each<[string, Partial<BeginContext>]>([
    ['there are several', rules('SOURCE', 'TARGET')],
    ['there is none', rules()],
    ['no rule allows one', { environmentSecrets: ['SOURCE'] }],
  ])('are for the person to choose if %s', async (_, changes) => {
    expect((await begin(changes).open({}, offer)).values).toEqual({});
  });

  it('are those of a preset if it has some', async () => {
    const { values } = await begin(rules('SOURCE')).open({ [path]: 'env:OTHER' }, offer);
    expect(values[path]).toBe('env:OTHER');
  });

  it('are not chosen for a field that the form does not require', async () => {
    const { values } = await begin(rules('SOURCE')).open({}, offer);
    expect(Object.keys(values)).toEqual([path]);
  });

  it('are left to the person if they can only be typed', async () => {
    expect((await begin(rules('SOURCE')).open({}, typedOnly)).values).toEqual({});
  });
});
