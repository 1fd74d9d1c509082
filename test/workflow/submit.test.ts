import { exampleForm } from '../../playground/exampleForm';
import { parseForm } from '../../src/domain/form/form';
import type { People } from '../../src/domain/people/people';
import type { Membership, Standing } from '../../src/domain/people/person';
import type { Rule } from '../../src/domain/policy/policy';
import { secretContext } from '../../src/domain/secrets/secretContext';
import { concernKey } from '../../src/workflow/concernKey';
import { createKeyedQueue } from '../../src/workflow/keyedQueue';
import { type Submission, type SubmitContext, submit } from '../../src/workflow/submit';
import { aDraft } from '../support/aForm';
import { aRule } from '../support/aRule';
import { began, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let rule: Rule;
let rules: { when: object; rule: Rule }[];
let standing: Standing;
let members: Map<string, Membership>;
let sees: Membership;
let jobs: Awaited<ReturnType<SubmitContext['service']['findJobsNamed']>>;
let asked: unknown[];
let woken: string[];
let logged: unknown[];
let context: SubmitContext;

/** Slack's answer for one entry of a list: the test's, or what the entry itself says. */
function membershipIn(each: People, userId: string, requester: string): Membership {
  switch (each.kind) {
    case 'user':
      return each.userId === userId ? 'yes' : 'no';
    case 'requester':
      return userId === requester ? 'yes' : 'no';
    case 'group':
      return members.get(each.groupId) ?? 'no';
    case 'channel':
      return members.get(each.channelId) ?? 'no';
  }
}

beforeEach(async () => {
  store = await storeOn('sqlite');
  rule = aRule();
  rules = [];
  standing = 'member';
  members = new Map();
  sees = 'yes';
  jobs = { kind: 'found', jobs: [] };
  asked = [];
  woken = [];
  logged = [];
  const note = (...line: unknown[]) => void logged.push(line);
  context = {
    clock: { now: () => began, sleepUntil: async () => {} },
    log: { info() {}, warn: note, error: note },
    metrics: { measure() {} },
    store: store.requests,
    announcements: store.announcements,
    turns: createKeyedQueue(),
    policy: () => ({ rules, otherwise: rule }),
    secretRules: () => [{ secret: 'env:SOURCE', anywhere: true }],
    mostOpen: 2,
    directory: {
      person: async (userId) => ({ name: `name of ${userId}`, standing }),
      standing: async () => standing,
      sees: async () => sees,
      async isAmong(userId, list, requester) {
        const found = list.map((each) => membershipIn(each, userId, requester));
        return found.includes('yes') ? 'yes' : found.includes('unknown') ? 'unknown' : 'no';
      },
    },
    vault: {
      seal: async (secret, at) => `${secret.reveal()} in ${at}`,
      open: async () => ({ ok: false, reason: 'no_key' }),
      openEarlier: async () => ({ ok: false, reason: 'no_key' }),
    },
    catalogue: {
      async instance(query) {
        asked.push(query);
        const instance = query.role === 'dst' ? { name: 'target' } : { name: 'source' };
        return { kind: 'seen', instance };
      },
    },
    service: {
      async findJobsNamed(region, name) {
        asked.push([region, name]);
        return jobs;
      },
    },
    wakeAnnouncer: () => void woken.push('announcer'),
    wakeLauncher: () => void woken.push('launcher'),
  };
});
afterEach(() => store.close());

const draft = aDraft();
let deliveries = 0;
const aForm = (changes: Partial<Submission> = {}): Submission => {
  deliveries += 1;
  return {
    ...{ form: 'V1', showing: '1', delivery: `D${deliveries}`, userId: 'UASK', draft },
    ...{ askedIn: 'C9', edits: undefined, seen: [] },
    ...changes,
  };
};
const send = (changes?: Partial<Submission>) => submit(context, aForm(changes));
async function stored(changes?: Partial<Submission>) {
  const result = await send(changes);
  if (result.kind !== 'stored') throw new Error(JSON.stringify(result));
  return result.request;
}
const refusedWith = (code: string, more: object = {}) => ({
  ...{ kind: 'refused', refusal: { code, ...more } },
});

describe('a new request', () => {
  it('is stored under the rule that applies, with its sealed passwords', async () => {
    const request = await stored();
    const origin = 'V1/1';
    expect(request).toMatchObject({
      ...{ origin, revisedBy: origin, askedIn: 'C9', channel: 'C1', rule, reason: draft.reason },
      requester: { userId: 'UASK', name: 'name of UASK' },
      parameters: draft.parameters,
      secrets: { 'SrcInfo.Password': { kind: 'typed' } },
      observed: { target: { name: 'target' } },
      askedAt: began,
    });
    const owner = { origin, revisedBy: origin, parameters: draft.parameters };
    const path = 'SrcInfo.Password';
    const typed = draft.secrets[path];
    if (typed?.kind !== 'typed') throw new Error('not typed');
    expect(await store.requests.sealedSecrets(request.id)).toEqual({
      [path]: `${typed.secret.reveal()} in ${secretContext(owner, path)}`,
    });
    expect(woken.toSorted()).toEqual(['announcer', 'launcher']);
  });

  it('is stored once for each time that the form was shown', async () => {
    const first = await stored();
    expect((await stored({ delivery: 'another' })).id).toBe(first.id);
    expect(
      (
        await stored({
          showing: '2',
          seen: [
            concernKey(
              { kind: 'name_taken', by: { kind: 'job', jobId: '', createTime: '' } },
              draft,
            ),
          ],
        })
      ).id,
    ).not.toBe(first.id);
  });

  it('keeps the content that was submitted first if the same showing is submitted with another', async () => {
    const { id } = await stored();
    for (const changes of [{ Reason: 'Another reason.' }, { 'DstInfo.InstanceId': 'cdb-other' }]) {
      expect(await send({ draft: aDraft(changes) })).toMatchObject({
        ...{ kind: 'stored_before', request: { id, reason: draft.reason } },
      });
    }
    expect((await stored()).id).toBe(id);
  });

  it('has what the account says about both instances', async () => {
    const values = { SrcAccessType: 'cdb', 'SrcInfo.InstanceId': 'cdb-11111111' };
    const parsed = aDraft(values);
    const request = await stored({ draft: parsed });
    expect(request.observed).toEqual({ source: { name: 'source' }, target: { name: 'target' } });
    const { DstInfo, SrcInfo } = parsed.parameters;
    expect(asked).toContainEqual({
      ...{ region: SrcInfo.Region, engine: 'mysql', role: 'src', id: 'cdb-11111111' },
    });
    expect(asked).toContainEqual({
      ...{ region: DstInfo.Region, engine: 'mysql', role: 'dst', id: DstInfo.InstanceId },
    });
  });

  it.each<['absent' | 'unknown', 'absent' | 'unknown', object]>([
    ['unknown', 'unknown', {}],
    ['absent', 'absent', { absent: ['source', 'target'] }],
    ['absent', 'unknown', { absent: ['source'] }],
    ['unknown', 'absent', { absent: ['target'] }],
  ])('keeps which instances the account does not have: %s, %s', async (source, target, seen) => {
    context.catalogue.instance = async ({ role }) => ({ kind: role === 'src' ? source : target });
    const values = { SrcAccessType: 'cdb', 'SrcInfo.InstanceId': 'cdb-11111111' };
    expect((await stored({ draft: aDraft(values) })).observed).toEqual(seen);
  });

  it('without a region of its source has the source looked up in the region of its target', async () => {
    const parsed = aDraft({ SrcAccessType: 'cdb', 'SrcInfo.InstanceId': 'cdb-11111111' });
    const { parameters } = parsed;
    const { Region: _, ...SrcInfo } = parameters.SrcInfo;
    await stored({ draft: { ...parsed, parameters: { ...parameters, SrcInfo } } });
    const { Region: region } = parameters.DstInfo;
    expect(asked).toContainEqual({
      ...{ region, engine: 'mysql', role: 'src', id: 'cdb-11111111' },
    });
  });

  it('is made in the channel that the person chose, if the person is a member', async () => {
    const chosen = { ...draft, channel: 'C7' };
    for (const [membership, code] of [
      ['no', 'not_in_channel'],
      ['unknown', 'channel_members_unknown'],
    ] as const) {
      members.set('C7', membership);
      expect(await send({ askedIn: undefined, draft: chosen })).toEqual(refusedWith(code));
    }
    members.set('C7', 'yes');
    expect((await stored({ askedIn: undefined, draft: chosen })).askedIn).toBe('C7');
    members.set('C7', 'no');
    const other = { ...aDraft({ JobName: 'b' }), channel: 'C7' };
    expect((await stored({ form: 'V2', draft: other })).askedIn).toBe('C9');
    const none = aDraft({ JobName: 'c' });
    rule = aRule();
    context = { ...context, mostOpen: 9 };
    expect((await stored({ form: 'V3', askedIn: undefined, draft: none })).askedIn).toBeUndefined();
  });

  it.each(['guest', 'external', 'deactivated', 'bot', 'unknown'] as const)(
    'is refused to a person who is %s, unless the rule names a guest',
    async (is) => {
      standing = is;
      const code = is === 'unknown' ? 'person_unknown' : is;
      expect(await send()).toEqual(refusedWith(code));
      rule = aRule({ requesters: [{ kind: 'user', userId: 'UASK' }] });
      const isNamed = is !== 'unknown' && is !== 'deactivated';
      expect((await send()).kind).toBe(isNamed ? 'stored' : 'refused');
    },
  );

  it('is refused to a guest whom the policy names, but not as a requester', async () => {
    standing = 'guest';
    rule = aRule({ approvers: [{ kind: 'user', userId: 'UASK' }] });
    expect(await send()).toEqual(refusedWith('not_a_requester', { rule: rule.name }));
    standing = 'unknown';
    expect(await send()).toEqual(refusedWith('person_unknown'));
  });

  it('is refused if the rule does not let the person request it', async () => {
    rule = aRule({ requesters: [{ kind: 'group', groupId: 'S1' }] });
    expect(await send()).toEqual(refusedWith('may_not_request', { rule: rule.name }));
    members.set('S1', 'unknown');
    expect(await send()).toEqual(refusedWith('requesters_unknown'));
    members.set('S1', 'yes');
    expect(await send()).toMatchObject({ kind: 'stored' });
  });

  it('is refused while the rule is unknown, and follows the first rule that applies', async () => {
    const special = aRule({ name: 'special', channel: 'C5' });
    rules = [{ when: { requesters: [{ kind: 'group', groupId: 'S1' }] }, rule: special }];
    members.set('S1', 'unknown');
    expect(await send()).toMatchObject({ kind: 'refused' });
    members.set('S1', 'yes');
    expect(await stored()).toMatchObject({ channel: 'C5', rule: { name: 'special' } });
    rules = [{ when: { channels: ['C9'] }, rule: special }];
    const named = { form: 'V2', draft: aDraft({ JobName: 'b' }) };
    expect(await stored(named)).toMatchObject({ rule: { name: 'special' } });
  });

  it('is refused if the person has too many open requests', async () => {
    await stored();
    await stored({ form: 'V2', draft: aDraft({ JobName: 'b' }) });
    woken.length = 0;
    const third = { form: 'V3', draft: aDraft({ JobName: 'c' }) };
    expect(await send(third)).toEqual(refusedWith('too_many_open', { open: 2, limit: 2 }));
    expect(woken).toEqual([]);
  });

  it('may only use a stored secret that the policy allows', async () => {
    const parsed = parseForm({ ...formWith('env:SOURCE') }, { typed: true, stored: true });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect((await stored({ draft: parsed.draft })).secrets).toEqual({
      'SrcInfo.Password': { kind: 'env', name: 'SOURCE' },
    });
    context.secretRules = () => [];
    expect(await send({ form: 'V2', draft: parsed.draft })).toMatchObject({
      ...{ kind: 'secret_refused', path: 'SrcInfo.Password' },
    });
  });

  it('is not stored by a copy of a form that was refused', async () => {
    standing = 'guest';
    const form = aForm({ delivery: 'copy' });
    expect(await submit(context, form)).toEqual(refusedWith('guest'));
    standing = 'member';
    expect(await submit(context, form)).toEqual(refusedWith('handled_already'));
    expect(await send()).toMatchObject({ kind: 'stored' });
  });

  it('is stored even if the response to the commit is lost', async () => {
    let isLost = true;
    context = {
      ...context,
      store: {
        ...store.requests,
        async add(...request) {
          const added = await store.requests.add(...request);
          if (isLost) {
            isLost = false;
            throw new Error('the connection was lost');
          }
          return added;
        },
      },
    };
    await stored();
    expect(await store.requests.askedBy('UASK', 0, 10)).toHaveLength(1);
  });
});

/** The example form with a stored password. */
function formWith(reference: string) {
  const { 'SrcInfo.Password': _, ...form } = exampleForm;
  return { ...form, 'SrcInfo.Password.Source': reference };
}

describe('a concern', () => {
  const taken = concernKey(
    { kind: 'name_taken', by: { kind: 'job', jobId: '', createTime: '' } },
    draft,
  );

  it('is shown first if a job has the name, and then stored with the request', async () => {
    jobs = { kind: 'found', jobs: [{ jobId: 'dts-9', createTime: 'then' }] };
    expect(await send()).toEqual({
      kind: 'concerns',
      concerns: [{ kind: 'name_taken', by: { kind: 'job', jobId: 'dts-9', createTime: 'then' } }],
    });
    expect(asked).toContainEqual([draft.parameters.DstInfo.Region, draft.parameters.JobName]);
    const request = await stored({ seen: [taken] });
    expect(request.observed.nameTaken).toEqual({ kind: 'job', jobId: 'dts-9' });
  });

  it('is shown first if another request has the name, unless the person may not see it', async () => {
    const other = await store.ask({ who: 'UBOB', entries: { JobName: draft.parameters.JobName } });
    expect(await send()).toMatchObject({
      ...{ kind: 'concerns' },
      concerns: [
        {
          kind: 'name_taken',
          by: { kind: 'request', id: other.id, channel: 'C1', isOfThisForm: false },
        },
      ],
    });
    sees = 'no';
    expect(await send()).toMatchObject({ kind: 'stored' });
  });

  it('names a request of the same form, and the card names only requests in its channel', async () => {
    await stored();
    const again = { showing: '2' };
    expect(await send(again)).toMatchObject({ concerns: [{ by: { isOfThisForm: true } }] });
    const request = await stored({ ...again, seen: [taken] });
    expect(request.observed.nameTaken).toMatchObject({ kind: 'request' });
    rule = aRule({ channel: 'C2' });
    context = { ...context, mostOpen: 9 };
    const elsewhere = await stored({ showing: '3', seen: [taken] });
    expect(elsewhere.observed.nameTaken).toBeUndefined();
  });

  it('is left out if the job name cannot be looked up, and the log says so without words of the server', async () => {
    jobs = { kind: 'failed', problem: { kind: 'not_sent', detail: 'secret words' } };
    await stored();
    const fields = {
      ...{ user: 'UASK', region: draft.parameters.DstInfo.Region },
      problem: { kind: 'not_sent', detail: '' },
    };
    expect(logged).toEqual([['the job name could not be looked up', fields]]);
  });
});

describe('an edit', () => {
  const edits = (requestId: number, revision = 1) => ({
    requestId,
    revision,
    purpose: 'edit' as const,
  });

  it('stores the new revision, once for each time that the form was shown', async () => {
    const { id } = await stored();
    const form = { form: 'V2', edits: edits(id), draft: aDraft({ JobName: 'renamed' }) };
    const edited = await stored(form);
    expect(edited).toMatchObject({ id, revision: 2, revisedBy: 'V2/1', origin: 'V1/1' });
    expect(edited.parameters.JobName).toBe('renamed');
    expect(await stored(form)).toMatchObject({ id, revision: 2, version: edited.version });
    expect(await send({ ...form, draft: aDraft({ JobName: 'renamed again' }) })).toMatchObject({
      ...{ kind: 'stored_before', request: { version: edited.version } },
    });
    const sealed = await store.requests.sealedSecrets(id);
    const owner = { origin: 'V1/1', revisedBy: 'V2/1', parameters: edited.parameters };
    expect(sealed['SrcInfo.Password']).toContain(secretContext(owner, 'SrcInfo.Password'));
  });

  it('is refused while Slack does not say which rule applies, and changes nothing', async () => {
    const { id } = await stored();
    const when = { requesters: [{ kind: 'group', groupId: 'SDBA' }] };
    rules = [{ when, rule: aRule({ name: 'other' }) }];
    members.set('SDBA', 'unknown');
    const renamed = aDraft({ JobName: 'renamed' });
    expect(await send({ form: 'V2', edits: edits(id), draft: renamed })).toEqual(
      refusedWith('rule_unknown'),
    );
    const { parameters } = draft;
    expect(await store.requests.find(id)).toMatchObject({ revision: 1, version: 1, parameters });
  });

  it('is refused if the request does not exist, cannot be seen, or the person is no member', async () => {
    const { id } = await stored();
    const form = { form: 'V2', edits: edits(99), draft: aDraft({ JobName: 'renamed' }) };
    expect(await send(form)).toEqual(refusedWith('no_such_request', { requestId: 99 }));
    sees = 'no';
    const other = { ...form, edits: edits(id), userId: 'UBOB' };
    expect(await send(other)).toEqual(refusedWith('no_such_request', { requestId: id }));
    sees = 'unknown';
    expect(await send(other)).toEqual(refusedWith('visibility_unknown', { requestId: id }));
    standing = 'guest';
    expect(await send(other)).toEqual(refusedWith('guest'));
  });

  it.each<[Standing, string, object]>([
    ['guest', 'not_a_requester', { rule: 'other' }],
    ['external', 'not_a_requester', { rule: 'other' }],
    ['deactivated', 'not_a_requester', { rule: 'other' }],
    ['unknown', 'requesters_unknown', {}],
  ])('is refused if the new rule excludes a requester who is %s', async (is, code, more) => {
    const { id } = await stored();
    const editors: People[] = [{ kind: 'user', userId: 'UBOB' }];
    rules = [{ when: {}, rule: aRule({ name: 'other', editors }) }];
    const person = async (userId: string): ReturnType<SubmitContext['directory']['person']> => ({
      name: userId,
      standing: userId === 'UASK' ? is : 'member',
    });
    context = { ...context, directory: { ...context.directory, person } };
    const renamed = aDraft({ JobName: 'renamed' });
    const edit = () => send({ form: 'V2', userId: 'UBOB', edits: edits(id), draft: renamed });
    expect(await edit()).toEqual(refusedWith(code, more));
    const requesters: People[] = [{ kind: 'user', userId: 'UASK' }];
    rules = [{ when: {}, rule: aRule({ name: 'other', editors, requesters }) }];
    const isNamed = is === 'guest' || is === 'external';
    expect((await edit()).kind).toBe(isNamed ? 'stored' : 'refused');
  });

  it('is refused if the request has changed since the form was opened', async () => {
    const { id } = await stored();
    const draftOf = (JobName: string) => aDraft({ JobName });
    await stored({ form: 'V2', edits: edits(id), draft: draftOf('b') });
    const late = await send({ form: 'V3', edits: edits(id), draft: draftOf('c') });
    expect(late.kind).toBe('refused');
  });

  it('belongs to the channel of its card, although the rule moved to another channel', async () => {
    const { id } = await stored();
    const elsewhere = { who: 'UBOB', entries: { JobName: 'taken' } };
    const other = await store.ask({ ...elsewhere, rule: aRule({ channel: 'C2' }) });
    rule = aRule({ channel: 'C2' });
    const parsed = parseForm(
      { ...formWith('env:SOURCE'), JobName: 'taken' },
      { typed: true, stored: true },
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { draft: of } = parsed;
    const by = { kind: 'request', id: other.id, channel: 'C2', isOfThisForm: false } as const;
    const seen = [concernKey({ kind: 'name_taken', by }, of)];
    const edit = () => send({ form: 'V2', edits: edits(id), draft: of, seen });
    context.secretRules = () => [{ secret: 'env:SOURCE', anywhere: true, channels: ['C2'] }];
    const problem = { code: 'secret_for_other_channels', channel: 'C1' };
    expect(await edit()).toMatchObject({ kind: 'secret_refused', problem });
    context.secretRules = () => [{ secret: 'env:SOURCE', anywhere: true, channels: ['C1'] }];
    const edited = await edit();
    expect(edited).toMatchObject({ kind: 'stored', request: { channel: 'C1', revision: 2 } });
    // Its readers may not see the request of the other channel.
    expect(edited).not.toMatchObject({ request: { observed: { nameTaken: expect.anything() } } });
  });

  it('uses secrets only if both the requester and the editor may use them', async () => {
    const { id } = await stored();
    const parsed = parseForm(formWith('env:SOURCE'), { typed: true, stored: true });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    rule = aRule({ editors: [{ kind: 'user', userId: 'UBOB' }] });
    context.secretRules = () => [{ secret: 'env:SOURCE', anywhere: true, requesters: ['UBOB'] }];
    const form = { form: 'V2', userId: 'UBOB', edits: edits(id), draft: parsed.draft };
    const problem = { code: 'secret_for_others' };
    expect(await send(form)).toMatchObject({ kind: 'secret_refused', problem, user: 'requester' });
    const others = { secret: 'env:SOURCE', anywhere: true, requesters: ['UASK'] } as const;
    context.secretRules = () => [others];
    expect(await send(form)).toMatchObject({ kind: 'secret_refused', problem, user: 'sender' });
    context.secretRules = () => [
      { secret: 'env:SOURCE', anywhere: true, requesters: ['UBOB', 'UASK'] },
    ];
    expect(await send(form)).toMatchObject({ kind: 'stored', request: { editors: ['UBOB'] } });
  });

  it('does not find the job of the request itself', async () => {
    const request = await store.create(await stored());
    jobs = { kind: 'found', jobs: [{ jobId: `dts-${request.id}`, createTime: '' }] };
    const form = {
      form: 'V2',
      edits: { ...edits(request.id), purpose: 'modify_job' as const },
      draft: aDraft({ JobName: 'b' }),
    };
    expect((await send(form)).kind).not.toBe('concerns');
    jobs = { kind: 'found', jobs: [{ jobId: 'dts-other', createTime: '' }] };
    expect(await send({ ...form, showing: '2' })).toMatchObject({
      concerns: [{ kind: 'name_taken', by: { kind: 'job', jobId: 'dts-other' } }],
    });
  });
});
