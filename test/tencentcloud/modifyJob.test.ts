import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { parseForm } from '../../src/domain/form/form';
import type { JobApi } from '../../src/domain/job/job';
import { compareSettings, settingsOf } from '../../src/domain/migration/jobSettings';
import type { MigrationParameters } from '../../src/domain/migration/migration';
import { modifyingApi } from '../../src/domain/migration/modifyingApi';
import { Secret } from '../../src/domain/secrets/secret';
import { type SecretPath, secretPaths } from '../../src/domain/secrets/secretReference';
import type { SecretValues } from '../../src/ports/secretReader';
import { createMigrateJob } from '../../src/tencentcloud/createMigrateJob';
import { modifyJob } from '../../src/tencentcloud/modifyJob';
import { observeJob } from '../../src/tencentcloud/observeJob';
import { accountAt } from '../support/accountAt';
import { aDraft } from '../support/aForm';
import { sendsNow } from '../support/sendsNow';
import { storedBefore } from '../support/storedBefore';

let dts: DtsEndpoint;
beforeAll(async () => {
  dts = await startDts({
    callsPerSecond: 10_000,
    creatingMs: 0,
    maxUnusedJobs: 1_000,
    newJobsKnownTo: ['2018-03-30', '2021-12-06'],
  });
});
afterAll(() => dts.close());

const never = new AbortController().signal;

function sentIn({ form }: Pick<(typeof storedBefore)[number], 'form'>) {
  const parsed = parseForm(form, { typed: true, stored: false });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { parameters, secrets: given } = parsed.draft;
  const secrets: SecretValues = {};
  for (const path of secretPaths) {
    const secret = given[path satisfies SecretPath];
    if (secret?.kind === 'typed') secrets[path] = secret.secret;
  }
  return { parameters, secrets };
}

/** A change of the name and, if there are some, of the port and of the databases. */
const changed = (parameters: MigrationParameters): MigrationParameters => ({
  ...parameters,
  JobName: `${parameters.JobName}-2`,
  ...(parameters.SrcInfo.Port === undefined || parameters.SrcInfoMulti !== undefined
    ? {}
    : { SrcInfo: { ...parameters.SrcInfo, Port: 4_321 } }),
  ...(parameters.DatabaseInfo === undefined
    ? {}
    : { DatabaseInfo: [...parameters.DatabaseInfo, { database: 'one_more' }] }),
});

/** Version 2021-12-06 can express these only without samples in the consistency check. */
const wholeChecks = storedBefore
  .filter(({ form }) => form['SrcInfo.CvmInstanceId'] !== undefined)
  .map(({ form, name }) => ({
    name: `${name}, checked in full`,
    form: { ...form, 'MigrateOption.ConsistencyType': '2' },
  }));
const cases = [...storedBefore, ...wholeChecks].map((each) => [each.name, each] as const);

/** Changes of one parameter that both versions show. */
const singleChanges: readonly (readonly [
  string,
  (before: MigrationParameters) => MigrationParameters,
])[] = [
  [
    'the start time',
    (before) => ({
      ...before,
      MigrateOption: {
        ...before.MigrateOption,
        RunMode: 2,
        ExpectTime: new Date(Date.now() + 90_000_000),
      },
    }),
  ],
  [
    'the consistency check',
    (before) => ({
      ...before,
      MigrateOption: { ...before.MigrateOption, ConsistencyType: 5 },
    }),
  ],
  [
    'the root account',
    (before) => ({ ...before, MigrateOption: { ...before.MigrateOption, IsOverrideRoot: 1 } }),
  ],
  [
    'the read-only target',
    (before) => ({ ...before, DstInfo: { ...before.DstInfo, ReadOnly: 1 } }),
  ],
  [
    'the region of the source',
    (before) => ({ ...before, SrcInfo: { ...before.SrcInfo, Region: 'ap-beijing' } }),
  ],
];

const actions = { '2018-03-30': 'ModifyMigrateJob', '2021-12-06': 'ModifyMigrationJob' } as const;

describe.each(['2018-03-30', '2021-12-06'] as const satisfies readonly JobApi[])(
  'a job that version %s knows',
  (api) => {
    it.each(cases)('gets the new parameters, which it then shows: %s', async (_, before) => {
      const account = accountAt(dts.host);
      const { parameters, secrets } = sentIn(before);
      const created = await createMigrateJob(account, parameters, secrets, never, sendsNow);
      if (created.kind !== 'done') throw new Error(JSON.stringify(created));
      const { jobId } = created.result;
      const place = { api, jobId, region: parameters.DstInfo.Region };
      const look = async () => {
        const seen = await observeJob(account, place, never);
        if (seen.kind === 'failed') throw new Error(JSON.stringify(seen));
        return seen.settings;
      };
      const after = changed(parameters);
      expect(compareSettings(parameters, after, await look())).toBe('before');
      const { SrcInfo } = dts.jobs.get(jobId)?.request ?? {};
      const calls = dts.calls.length;
      expect(await modifyJob(account, place, after, secrets, never, sendsNow)).toEqual({
        kind: 'done',
        result: undefined,
      });
      expect(dts.calls.length).toBe(calls + 1);
      expect(dts.calls.at(-1)?.action).toBe(actions[modifyingApi(after, api)]);
      // Each version shows only some of the parameters.
      expect(settingsOf(after)).toMatchObject(await look());
      expect(compareSettings(parameters, after, await look())).toBe('after');
      expect(dts.jobs.get(jobId)?.request.SrcInfo.Password).toBe(SrcInfo?.Password);
      // DTS has the same parameters for a job that was created with them.
      const other = await createMigrateJob(account, after, secrets, never, sendsNow);
      if (other.kind !== 'done') throw new Error(JSON.stringify(other));
      const wanted = dts.jobs.get(other.result.jobId)?.request;
      expect(dts.jobs.get(jobId)?.request).toMatchObject(wanted ?? {});
    });
  },
);

describe.each(['2018-03-30', '2021-12-06'] as const)('a job as version %s shows it', (api) => {
  it.each(singleChanges)(
    'shows a change of %s alone, and the change back',
    async (_name, change) => {
      const { parameters } = aDraft({ 'SrcInfo.Region': 'ap-guangzhou' });
      const { DatabaseInfo: _objects, ...whole } = parameters;
      const before: MigrationParameters = {
        ...whole,
        MigrateOption: {
          ...whole.MigrateOption,
          MigrateObject: 1,
          MigrateType: 2,
          IsOverrideRoot: 0,
        },
        DstInfo: { ...whole.DstInfo, ReadOnly: 0 },
      };
      const account = accountAt(dts.host);
      const secrets: SecretValues = {
        'SrcInfo.Password': new Secret('s'),
        'DstInfo.Password': new Secret('t'),
      };
      const created = await createMigrateJob(account, before, secrets, never, sendsNow);
      if (created.kind !== 'done') throw new Error(JSON.stringify(created));
      const place = { api, jobId: created.result.jobId, region: before.DstInfo.Region };
      const look = async () => {
        const seen = await observeJob(account, place, never);
        if (seen.kind === 'failed') throw new Error(JSON.stringify(seen));
        return seen.settings;
      };
      const after = change(before);
      expect(compareSettings(before, after, await look())).toBe('before');
      await modifyJob(account, place, after, secrets, never, sendsNow);
      expect(compareSettings(before, after, await look())).toBe('after');
      expect(compareSettings(after, before, await look())).toBe('before');
      await modifyJob(account, place, before, secrets, never, sendsNow);
      expect(compareSettings(after, before, await look())).toBe('after');
    },
  );
});

it('a job with nodes and a list of databases becomes one without them through version 2018-03-30', async () => {
  const cluster = storedBefore.find(({ name }) => name.startsWith('mongodb by extranet'));
  if (cluster === undefined) throw new Error('no example');
  const account = accountAt(dts.host);
  const { parameters, secrets } = sentIn(cluster);
  const { DatabaseInfo: _, SrcInfoMulti, SrcNodeType: __, ...rest } = parameters;
  const [node] = SrcInfoMulti ?? [];
  if (node === undefined) throw new Error('no node');
  const single: MigrationParameters = {
    ...{ ...rest, SrcInfo: { ...rest.SrcInfo, ...node } },
    MigrateOption: { ...rest.MigrateOption, MigrateObject: 1 },
  };
  const created = await createMigrateJob(account, parameters, secrets, never, sendsNow);
  if (created.kind !== 'done') throw new Error(JSON.stringify(created));
  const place = { jobId: created.result.jobId, region: parameters.DstInfo.Region };
  const changedJob = { ...place, api: '2018-03-30' } as const;
  expect(await modifyJob(account, changedJob, single, secrets, never, sendsNow)).toMatchObject({
    kind: 'done',
  });
  const seen = await observeJob(account, changedJob, never);
  if (seen.kind === 'failed') throw new Error(JSON.stringify(seen));
  expect(settingsOf(single)).toMatchObject(seen.settings);
  expect(compareSettings(parameters, single, seen.settings)).toBe('after');
  const { SrcInfoMulti: nodes, SrcNodeType: type } = dts.jobs.get(place.jobId)?.request ?? {};
  expect([type, nodes]).toEqual(['simple', []]);
});
