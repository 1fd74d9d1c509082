import { jobApis, jobStatuses, type ObservedJob } from '../../src/domain/job/job';
import { Secret } from '../../src/domain/secrets/secret';
import { listJobs, observeJob } from '../../src/tencentcloud/observeJob';
import { accountAt } from '../support/accountAt';
import { type CloudServer, startCloudServer } from '../support/cloudServer';

const never = new AbortController().signal;
const jobId = 'dts-1';
const region = 'ap-shanghai';
let cloud: CloudServer;
beforeEach(async () => {
  cloud = await startCloudServer();
});
afterEach(() => cloud.stop());

type Api = ObservedJob['api'];
const current: Api = '2021-12-06';
const old: Api = '2018-03-30';
const detail = 'DescribeMigrationDetail';
const oldList = 'DescribeMigrateJobs';
const newList = 'DescribeMigrationJobs';
const checkResult = 'DescribeMigrationCheckJob';

const look = (api?: Api) => observeJob(accountAt(cloud.host), { api, jobId, region }, never);
async function jobSeen(api: Api): Promise<ObservedJob> {
  const seen = await look(api);
  if (seen.kind === 'failed') throw new Error(JSON.stringify(seen.problem));
  return seen.job;
}
const seenNew = (job: object) => {
  cloud.answer(detail, { Status: 'running', ...job });
  return jobSeen(current);
};
const seenOld = (job: object) => {
  cloud.answer(oldList, { TotalCount: 1, JobList: [{ JobId: jobId, Status: 7, ...job }] });
  return jobSeen(old);
};
const refused = (Code: string) => ({ Error: { Code, Message: 'no' } });
const gone = refused('ResourceNotFound.JobNotExist');
const asked = () => cloud.calls.map(({ action }) => action);
const deleted = {
  kind: 'seen',
  job: { status: 'deleted', said: 'deleted', steps: [], errors: [] },
};

describe('a job of version 2021-12-06', () => {
  it('has what DTS says about its status, times, steps, lag, errors and results', async () => {
    const job = await seenNew({
      Status: 'running',
      StartTime: '2026-05-04 10:00:00',
      EndTime: '2026-05-04 11:00:00',
      Action: { AllowedAction: ['StopMigrateJob', 'pause', 'unheard-of'] },
      StepInfo: {
        MasterSlaveDistance: 12,
        SecondsBehindMaster: 3,
        StepInfo: [
          { StepName: 'Dump', StepId: 'dump', Status: 'success', Percent: 100 },
          { StepName: 'Export', Status: 'finished', Percent: 100 },
          { StepName: '', StepId: 'load', Status: 'running', Percent: 0, StepMessage: 'slow' },
          { StepName: 'Sync', Status: 'failed', Percent: null, StepMessage: '' },
          { StepName: null, StepId: null, Status: 'notStarted' },
        ],
      },
      ErrorInfo: [
        {
          ErrorLog: 'broken',
          Solution: 'repair it',
          HelpDoc: 'https://cloud.tencent.com/document/1',
        },
      ],
      CompareTask: { Status: 'inconsistent' },
      TradeInfo: { TradeStatus: 'normal' },
    });
    expect(job).toEqual({
      ...{ api: current, status: 'running', said: 'running' },
      allowed: ['stop_job', 'pause_job'],
      startedAt: new Date('2026-05-04T02:00:00Z'),
      endedAt: new Date('2026-05-04T03:00:00Z'),
      steps: [
        { name: 'Dump', status: 'done', percent: 100 },
        { name: 'Export', status: 'done', percent: 100 },
        { name: 'load', status: 'running', percent: 0, message: 'slow' },
        { name: 'Sync', status: 'failed' },
        { name: '', status: 'waiting' },
      ],
      ...{ lagSeconds: 3, lagMegabytes: 12 },
      errors: [
        {
          ...{ text: 'broken', solution: 'repair it' },
          link: 'https://cloud.tencent.com/document/1',
        },
      ],
      ...{ consistency: 'inconsistent', billing: 'billed' },
    });
    expect(cloud.calls).toEqual([{ action: detail, body: { JobId: jobId } }]);
  });

  it('has only what DTS says', async () => {
    const nothing = {
      ...{ StartTime: null, EndTime: '', RunMode: null, ExpectRunTime: null, Action: null },
      ...{ StepInfo: null, ErrorInfo: null, CompareTask: null, TradeInfo: null },
    };
    const bare = { api: current, status: 'running', said: 'running', steps: [], errors: [] };
    expect(await seenNew(nothing)).toEqual(bare);
    expect(await seenNew({})).toEqual(bare);
    const unknown = {
      ...{ StartTime: '0000-00-00 00:00:00', EndTime: 'soon' },
      StepInfo: { MasterSlaveDistance: -1, SecondsBehindMaster: -1, StepInfo: null },
      ...{ CompareTask: { Status: 'new word' }, TradeInfo: { TradeStatus: 'new word' } },
    };
    expect(await seenNew(unknown)).toEqual(bare);
    const none = { MasterSlaveDistance: 0, SecondsBehindMaster: 0 };
    expect(await seenNew({ StepInfo: none })).toMatchObject({ lagSeconds: 0, lagMegabytes: 0 });
    expect(await seenNew({ Action: { AllowedAction: [] } })).toMatchObject({ allowed: [] });
    expect(await seenNew({ Action: { AllowedAction: null } })).toEqual(bare);
    const isolated = { TradeInfo: { TradeStatus: 'isolated' } };
    expect(await seenNew(isolated)).toMatchObject({ billing: 'isolated' });
  });

  it('has its status if something else is unreadable', async () => {
    const step = { StepName: 'copying', StepId: 's1', Status: 'running', Percent: 40 };
    const odd = {
      ...{ StartTime: 7, EndTime: {}, RunMode: 1, ExpectRunTime: [] },
      Action: { AllowedAction: ['pause', null, 7] },
      StepInfo: {
        ...{ MasterSlaveDistance: '12', SecondsBehindMaster: true },
        StepInfo: [null, { ...step, Percent: '40', Errors: [null] }, 'step', step],
      },
      ErrorInfo: [null, { ErrorLog: 'broken', Solution: 7, HelpDoc: null }],
      CompareTask: { Status: 3 },
    };
    expect(await seenNew(odd)).toEqual({
      ...{ api: current, status: 'running', said: 'running', allowed: ['pause_job'] },
      steps: [
        { name: 'copying', status: 'running' },
        { name: 'copying', status: 'running', percent: 40 },
      ],
      errors: [{ text: 'broken' }],
    });
  });

  it('is unreadable without a status, or if it is unclear whether a deletion isolates it', async () => {
    for (const odd of [{ Status: null }, { Status: 7 }, { TradeInfo: { TradeStatus: 7 } }]) {
      cloud.answer(detail, { JobId: jobId, Status: 'running', ...odd });
      expect(await look(current)).toMatchObject({ kind: 'failed' });
    }
  });

  it('has a dash for an empty status', async () => {
    expect(await seenNew({ Status: '' })).toMatchObject({ status: 'other', said: '–' });
  });

  it.each([
    ['creating', 'creating'],
    ['created', 'created'],
    ['checking', 'checking'],
    ['checkPass', 'check_passed'],
    ['checkNotPass', 'check_failed'],
    ['readyRun', 'ready_run'],
    ['running', 'running'],
    ['readyComplete', 'ready_complete'],
    ['success', 'success'],
    ['failed', 'failed'],
    ['stopping', 'stopping'],
    ['completing', 'completing'],
    ['pausing', 'pausing'],
    ['manualPaused', 'paused'],
    ['resumableErr', 'resumable_error'],
    ['resuming', 'resuming'],
    ['error', 'error'],
    ['canceled', 'canceled'],
    ['unknown', 'unknown'],
    ['brandNew', 'other'],
  ])('has the status for the word %s', async (Status, status) => {
    cloud.answer(checkResult, { StepInfo: null });
    expect(await seenNew({ Status })).toMatchObject({ status, said: Status });
    expect(jobStatuses).toContain(status);
  });

  it.each([
    ['check', 'check_job'],
    ['createCheck', 'check_job'],
    ['CreateMigrateCheckJob', 'check_job'],
    ['start', 'start_job'],
    ['StartMigrateJob', 'start_job'],
    ['modify', 'modify_job'],
    ['configure', 'modify_job'],
    ['pause', 'pause_job'],
    ['continue', 'continue_job'],
    ['Resume Job', 'resume_job'],
    ['complete', 'complete_job'],
    ['stop', 'stop_job'],
    ['delete', 'delete_job'],
    ['isolate', 'delete_job'],
    ['destroy', 'delete_job'],
    ['offline', 'delete_job'],
  ])('allows what the word %s means', async (word, operation) => {
    const job = await seenNew({ Action: { AllowedAction: [word, word] } });
    expect(job.allowed).toEqual([operation]);
  });

  it('runs at its time if it is scheduled', async () => {
    const ExpectRunTime = '2026-05-04 20:00:00';
    const timed = await seenNew({ RunMode: 'timed', ExpectRunTime });
    expect(timed.runsAt).toEqual(new Date('2026-05-04T12:00:00Z'));
    expect((await seenNew({ RunMode: 'immediate', ExpectRunTime })).runsAt).toBeUndefined();
  });

  it('has the errors of its steps after its own, five at most, with at most 500 characters', async () => {
    const errors = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...{ Message: `step ${index}`, Solution: '', HelpDoc: 'https://example.com/a' },
      }));
    const job = await seenNew({
      ErrorInfo: [{ ErrorLog: 'x'.repeat(501) }, {}],
      StepInfo: { StepInfo: [{ Errors: errors(2) }, { Errors: null }, { Errors: errors(2) }] },
    });
    expect(job.errors).toEqual([
      { text: 'x'.repeat(500) },
      { text: '' },
      { text: 'step 0' },
      { text: 'step 1' },
      { text: 'step 0' },
    ]);
  });

  it('has at most twenty steps', async () => {
    const StepInfo = Array.from({ length: 21 }, (_, index) => ({ StepName: `s${index}` }));
    const job = await seenNew({ StepInfo: { StepInfo } });
    expect(job.steps.map(({ name }) => name).at(-1)).toBe('s19');
    expect(job.steps).toHaveLength(20);
  });

  it.each([
    ['https://cloud.tencent.com/document/1?a=b&c=d#e', true],
    ['https://www.tencentcloud.com/document/1', true],
    ['https://tencent.com/', true],
    ['http://cloud.tencent.com/document/1', false],
    ['https://cloud.tencent.com.example.org/', false],
    ['https://nottencent.com/', false],
    ['https://cloud.tencent.com/<script>', false],
    [`https://cloud.tencent.com/${'a'.repeat(201)}`, false],
    ['see https://cloud.tencent.com/document/1', false],
  ])('links only pages of Tencent Cloud: %s', async (HelpDoc, isShown) => {
    const job = await seenNew({ ErrorInfo: [{ ErrorLog: 'broken', HelpDoc }] });
    expect(job.errors).toEqual([{ text: 'broken', ...(isShown ? { link: HelpDoc } : {}) }]);
  });
});

const secret = 'of-the-settings';
/** Every text that DTS writes freely quotes a password. */
const quoting = (words: string) => ({
  job: {
    StepInfo: {
      StepInfo: [
        { StepName: 'a', StepMessage: words, Errors: [{ Message: words, Solution: words }] },
      ],
    },
    ErrorInfo: [{ ErrorLog: words, Solution: words }],
  },
  check: {
    ...{ StepId: 'ConnectDBCheck', StepName: 'b', StepStatus: 'failed' },
    DetailCheckItems: [{ FailureReason: words, Solution: words, SkipInfo: words }],
  },
});

it.each([
  ['a password in its usual place', 'failed: mongodb://root:s3cr3t@host'],
  ['a secret of the settings anywhere', `failed with ${secret}`],
  [
    'a password whose place is behind the cut',
    `${'x '.repeat(249)}u:s3cr3t${'y'.repeat(200)}@host`,
  ],
])('hides %s in all texts', async (_, words) => {
  const account = { ...accountAt(cloud.host), secrets: [new Secret(secret)] };
  const { check, job } = quoting(words);
  cloud.answer(detail, { Status: 'checkNotPass', ...job });
  cloud.answer(checkResult, { StepInfo: [check] });
  const old = { JobId: jobId, Status: 7, ErrorInfo: [{ ErrorLog: words }] };
  cloud.answer(oldList, { TotalCount: 1, JobList: [old] });
  cloud.answer(newList, { TotalCount: 1, JobList: [{ JobId: jobId, Status: 'running', ...job }] });
  const seen = [
    await observeJob(account, { api: current, jobId, region }, never),
    await observeJob(account, { api: '2018-03-30', jobId, region }, never),
    ...(await Promise.all(
      jobApis.map((api) =>
        listJobs(account, region, api, new Set([jobId]), async () => {}, never).then((listed) =>
          listed.kind === 'listed' ? [...listed.jobs.values()] : listed,
        ),
      ),
    )),
  ];
  const shown = JSON.stringify(seen);
  expect(shown.match(/\[secret|"x x /g)).toHaveLength(15);
  expect(shown).not.toMatch(/s3cr|of-the-/);
});

it('keeps no words of a refusal, which may quote the password of the job', async () => {
  const refusal = { Error: { Code: 'InternalError', Message: 'root with s3cr3t' } };
  for (const action of [detail, oldList, newList]) cloud.answer(action, refusal);
  for (const api of jobApis) {
    const listed = await listJobs(
      accountAt(cloud.host),
      region,
      api,
      new Set([jobId]),
      async () => {},
      never,
    );
    expect([await look(api), listed]).toMatchObject(
      Array(2).fill({ kind: 'failed', problem: { code: 'InternalError', message: '' } }),
    );
  }
});

describe('the check of a job', () => {
  const checked = (...StepInfo: object[]) => {
    cloud.answer(checkResult, { StepInfo });
    return seenNew({ Status: 'checkNotPass' });
  };

  it('has the result of each item, with the reason, the remedy and the risk of its skip', async () => {
    const { checks } = await checked(
      { StepName: 'Connection', StepId: 'ConnectDBCheck', StepStatus: 'pass' },
      {
        ...{ StepName: 'Version', StepId: 'VersionCheck', StepStatus: 'failed' },
        DetailCheckItems: [
          {
            ...{ FailureReason: 'too old', Solution: 'upgrade' },
            HelpDoc: ['https://example.com/', 'https://cloud.tencent.com/document/1'],
          },
          { SkipInfo: '' },
          { SkipInfo: 'data may be lost' },
        ],
      },
      { StepName: '', StepId: 'BinlogCheck', StepStatus: 'warning', DetailCheckItems: [] },
      { StepName: 'Skipped', StepStatus: 'failed', HasSkipped: true },
      { StepName: 'Not reached', StepStatus: 'notStarted' },
      { StepName: 'Silent', StepStatus: null },
      {
        StepStatus: 'warning',
        DetailCheckItems: [{ FailureReason: '', Solution: '', HelpDoc: [] }],
      },
    );
    expect(checks).toEqual([
      { name: 'Connection', result: 'passed' },
      {
        ...{ name: 'Version', result: 'failed', reason: 'too old', solution: 'upgrade' },
        link: 'https://cloud.tencent.com/document/1',
        ...{ id: 'VersionCheck', skipRisk: 'data may be lost' },
      },
      { name: 'BinlogCheck', result: 'warning', id: 'BinlogCheck' },
      { name: 'Skipped', result: 'skipped' },
      { name: '–', result: 'warning' },
    ]);
    expect(cloud.calls.at(-1)).toEqual({ action: checkResult, body: { JobId: jobId } });
  });

  it('has at most forty items and 500 characters in each text', async () => {
    const long = 'x'.repeat(501);
    const step = {
      ...{ StepName: long, StepId: long, StepStatus: 'failed' },
      DetailCheckItems: [{ FailureReason: long, Solution: long, SkipInfo: long }],
    };
    const { checks } = await checked(...Array.from({ length: 41 }, () => step));
    expect(checks).toHaveLength(40);
    const short = 'x'.repeat(500);
    expect(checks?.[0]).toEqual({
      ...{ name: short, result: 'failed', reason: short, solution: short },
      ...{ id: short, skipRisk: short },
    });
  });

  it('is read after it passed or failed, and for no other status', async () => {
    cloud.answer(checkResult, { StepInfo: [] });
    expect((await seenNew({ Status: 'checkPass' })).checks).toEqual([]);
    expect((await seenNew({ Status: 'checkNotPass' })).checks).toEqual([]);
    expect((await seenNew({ Status: 'running' })).checks).toBeUndefined();
    expect(asked().filter((action) => action === checkResult)).toHaveLength(2);
  });

  it('is missing if DTS refuses to say it, and Ferry asks twice if the response is lost', async () => {
    cloud.answer(checkResult, refused('UnauthorizedOperation'));
    expect((await seenNew({ Status: 'checkPass' })).checks).toBeUndefined();
    expect(asked()).toEqual([detail, checkResult]);
    cloud.answer(checkResult, { StepInfo: 'torn' });
    expect((await seenNew({ Status: 'checkPass' })).checks).toBeUndefined();
    cloud.answer(checkResult, {});
    expect((await seenNew({ Status: 'checkPass' })).checks).toBeUndefined();
  });
});

describe('a job of version 2018-03-30', () => {
  it('has what DTS says about its status, times, steps, lag and errors', async () => {
    const job = await seenOld({
      ...{ StartTime: '2026-05-04 10:00:00', EndTime: '2026-05-04 11:00:00' },
      Detail: {
        ...{ MasterSlaveDistance: 12, SecondsBehindMaster: 3, CurrentStepProgress: '40' },
        StepInfo: [
          { StepName: 'Dump', StepId: 'dump', Status: 1 },
          { StepName: '', StepId: 'load', Status: 3 },
          { StepName: 'Sync', Status: 2 },
          { StepName: null, StepId: null, Status: 0 },
          { StepName: 'Last', Status: null },
        ],
      },
      ErrorInfo: [
        { ErrorLog: 'broken', HelpDoc: 'https://cloud.tencent.com/document/1' },
        ...Array.from({ length: 5 }, () => ({ ErrorLog: null, HelpDoc: null })),
      ],
    });
    expect(job).toEqual({
      ...{ api: old, status: 'running', said: '7' },
      startedAt: new Date('2026-05-04T02:00:00Z'),
      endedAt: new Date('2026-05-04T03:00:00Z'),
      steps: [
        { name: 'Dump', status: 'done' },
        { name: 'load', status: 'running', percent: 40 },
        { name: 'Sync', status: 'failed' },
        { name: '', status: 'waiting' },
        { name: 'Last', status: 'waiting' },
      ],
      ...{ lagSeconds: 3, lagMegabytes: 12 },
      errors: [
        { text: 'broken', link: 'https://cloud.tencent.com/document/1' },
        ...Array(4).fill({ text: '' }),
      ],
    });
    expect(cloud.calls).toEqual([
      { action: oldList, body: { JobId: jobId, Offset: 0, Limit: 100 } },
    ]);
  });

  it('has only what DTS says', async () => {
    const bare = { api: old, status: 'running', said: '7', steps: [], errors: [] };
    const nothing = { StartTime: null, EndTime: null, MigrateOption: null };
    expect(await seenOld({ ...nothing, Detail: null, ErrorInfo: null })).toEqual(bare);
    const running = { StepName: 'Dump', Status: 3 };
    for (const CurrentStepProgress of ['', null, 'half']) {
      const { steps } = await seenOld({ Detail: { CurrentStepProgress, StepInfo: [running] } });
      expect(steps).toEqual([{ name: 'Dump', status: 'running' }]);
    }
    const many = Array.from({ length: 21 }, () => running);
    expect((await seenOld({ Detail: { StepInfo: many } })).steps).toHaveLength(20);
  });

  it.each([
    [1, 'creating'],
    [2, 'created'],
    [3, 'checking'],
    [4, 'check_passed'],
    [5, 'check_failed'],
    [6, 'ready_run'],
    [7, 'running'],
    [8, 'ready_complete'],
    [9, 'success'],
    [10, 'failed'],
    [11, 'stopping'],
    [12, 'completing'],
    [23, 'unknown'],
    [99, 'other'],
  ])('has the status for the number %s', async (Status, status) => {
    expect(await seenOld({ Status })).toMatchObject({ status, said: String(Status) });
  });

  it('runs at its time if it is scheduled', async () => {
    const ExpectTime = '2026-05-04 20:00:00';
    const timed = await seenOld({ MigrateOption: { RunMode: 2, ExpectTime } });
    expect(timed.runsAt).toEqual(new Date('2026-05-04T12:00:00Z'));
    const atOnce = await seenOld({ MigrateOption: { RunMode: 1, ExpectTime } });
    expect(atOnce.runsAt).toBeUndefined();
  });
});

describe('the version that knows a job', () => {
  const other = { TotalCount: 1, JobList: [{ JobId: 'dts-2', Status: 7 }] };
  const found = { TotalCount: 1, JobList: [{ JobId: jobId, Status: 9 }] };

  it('is 2021-12-06 if it shows the job, and then the other one is not asked', async () => {
    cloud.answer(detail, { Status: 'running' });
    expect(await look()).toMatchObject({ kind: 'seen', job: { api: current } });
    expect(asked()).toEqual([detail]);
  });

  it.each([
    'ResourceNotFound',
    'InvalidParameterValue',
    'AuthFailure.UnauthorizedOperation',
    'UnsupportedOperation.RequestLimitExceeded',
    'InternalErrors',
  ])('is 2018-03-30 if the other one answers %s and this one lists the job', async (code) => {
    cloud.answer(detail, refused(code));
    cloud.answer(oldList, found);
    expect(await look()).toMatchObject({ kind: 'seen', job: { api: old, status: 'success' } });
  });

  it.each(['InternalError', 'InternalError.Timeout', 'RequestLimitExceeded'])(
    'stays open if 2021-12-06 answers %s',
    async (code) => {
      cloud.answer(detail, refused(code));
      cloud.answer(oldList, found);
      expect(await look()).toMatchObject({ kind: 'failed', problem: { code } });
      expect(asked()).toEqual([detail]);
    },
  );

  it('is unknown if neither knows the job, and the first answer says why', async () => {
    cloud.answer(detail, gone);
    cloud.answer(oldList, other);
    const problem = { kind: 'refused', code: 'ResourceNotFound.JobNotExist' };
    expect(await look()).toMatchObject({ kind: 'failed', problem });
    cloud.answer(oldList, refused('InternalError'));
    expect(await look()).toMatchObject({ kind: 'failed', problem: { code: 'InternalError' } });
  });

  it.each([
    ['ResourceNotFound', true],
    ['ResourceNotFound.BizResourceNotFoundError', true],
    ['ResourceNotFound.JobNotExist', true],
    ['ResourceNotFound.ResourceNotFoundError', true],
    ['ResourceNotFound.ResourceNotFound', false],
    ['ResourceNotFound.RoleNotFound', false],
    ['InvalidParameter.InstanceNotFound', false],
  ])(
    'says that the job was deleted only if the code is about the job: %s',
    async (code, isGone) => {
      cloud.answer(detail, refused(code));
      const failed = { kind: 'failed', problem: { kind: 'refused', code } };
      expect(await look(current)).toMatchObject(isGone ? deleted : failed);
    },
  );

  it('says that the job was deleted if it no longer knows it', async () => {
    cloud.answer(detail, gone);
    cloud.answer(oldList, other);
    expect(await look(current)).toEqual({
      ...deleted,
      job: { ...deleted.job, api: current },
      settings: {},
    });
    expect(asked()).toEqual([detail]);
    expect(await look(old)).toEqual({
      ...deleted,
      job: { ...deleted.job, api: old },
      settings: {},
    });
    cloud.answer(detail, refused('UnauthorizedOperation'));
    const problem = { kind: 'refused', code: 'UnauthorizedOperation' };
    expect(await look(current)).toMatchObject({ kind: 'failed', problem });
    cloud.answer(oldList, refused('UnauthorizedOperation'));
    expect(await look(old)).toMatchObject({ kind: 'failed', problem });
  });

  it.each([
    [current, detail, { Status: 7 }],
    [old, oldList, { TotalCount: 1, JobList: [{ JobId: jobId, Status: 'running' }] }],
  ] as const)('%s fails if the response is not the documented one', async (api, action, answer) => {
    cloud.answer(action, answer);
    expect(await look(api)).toEqual({
      kind: 'failed',
      problem: { kind: 'not_sent', detail: expect.stringContaining(action) },
    });
  });
});

describe('the parameters of a job', () => {
  const settingsIn = async (api: Api) => {
    const seen = await look(api);
    if (seen.kind === 'failed') throw new Error(JSON.stringify(seen.problem));
    return seen.settings;
  };
  const ends = { Port: 3306, User: 'reader', InstanceId: 'cdb-1', CvmInstanceId: 'ins-1' };
  const network = { UniqDcgId: 'dcg-1', UniqVpnGwId: 'vpn-1', VpcId: 'vpc-1', SubnetId: 'sub-1' };
  const all = {
    ...{ ...ends, ...network, Port: '3306', Ip: '10.0.0.1', CcnId: 'ccn-1', JobName: 'orders' },
    ...{ MigrateType: '3', SrcAccessType: 'ccn', TargetId: 'cdb-2', TargetUser: 'writer' },
  };

  it('are read from 2021-12-06', async () => {
    const Databases = [
      { DbName: 'b', SchemaName: 's', Tables: [{ TableName: 't' }] },
      { DbName: 'a', Tables: null },
    ];
    cloud.answer(detail, {
      ...{ Status: 'running', JobName: 'orders' },
      MigrateOption: { MigrateType: 'fullAndIncrement', DatabaseTable: { Databases } },
      SrcInfo: {
        AccessType: 'ccn',
        Info: [{ ...ends, ...network, Host: '10.0.0.1', CcnGwId: 'ccn-1' }],
      },
      DstInfo: { AccessType: 'cdb', Info: [{ InstanceId: 'cdb-2', User: 'writer' }] },
    });
    expect(await settingsIn(current)).toEqual({ ...all, Objects: '["a",""]\n["b","s","t"]' });
  });

  it.each([
    ['structure', '1'],
    ['full', '2'],
    ['fullAndIncrement', '3'],
    ['other', undefined],
  ])('have the type of migration %s', async (MigrateType, expected) => {
    cloud.answer(detail, { Status: 'running', MigrateOption: { MigrateType } });
    expect((await settingsIn(current)).MigrateType).toBe(expected);
  });

  it('are read from 2018-03-30', async () => {
    const source = { ...ends, ...network, Ip: '10.0.0.1', CcnId: 'ccn-1' };
    const objects = [{ Database: 'b', Schema: 's', Table: ['t'] }, { Database: 'a' }];
    const job = {
      ...{ JobId: jobId, Status: 7, JobName: 'orders', SrcAccessType: 'ccn' },
      ...{ MigrateOption: { MigrateType: 3 }, SrcInfo: source },
      ...{ DstInfo: { InstanceId: 'cdb-2', User: 'writer' } },
    };
    const seen = async (changes: object) => {
      cloud.answer(oldList, { TotalCount: 1, JobList: [{ ...job, ...changes }] });
      return settingsIn(old);
    };
    const DatabaseInfo = JSON.stringify(objects);
    const expected = { ...all, Objects: '["a",""]\n["b","s","t"]' };
    expect(await seen({ DatabaseInfo })).toEqual(expected);
    expect(await seen({ DatabaseInfo: '' })).toEqual({ ...all, Objects: '*' });
    expect(await seen({ DatabaseInfo: '[]' })).toEqual({ ...all, Objects: '*' });
    expect(await seen({ DatabaseInfo: 'not JSON' })).toEqual(all);
    const node = { ...source, Ip: '10.0.0.9' };
    expect(await seen({ SrcInfoMulti: [node, source] })).toEqual({
      ...{ ...all, Ip: '10.0.0.9' },
      OtherNodes: expect.stringContaining('10.0.0.1'),
    });
    expect(await seen({ SrcInfoMulti: [] })).toEqual(all);
    expect(await seen({ SrcInfoMulti: null })).toEqual(all);
  });

  it('include the options, in the same words from both versions', async () => {
    const common = { StartsAt: '2026-05-06 01:00:00', Consistency: 'full', IsOverrideRoot: 'true' };
    const source = { Region: 'ap-guangzhou', Supplier: 'aliyun', EngineVersion: '5.7' };
    const shown = { ...common, ...source, ReadOnly: 'false' };
    cloud.answer(detail, {
      ...{ Status: 'created', RunMode: 'timed', ExpectRunTime: '2026-05-06 01:00:00' },
      MigrateOption: {
        ...{ Consistency: { Mode: 'full' }, IsOverrideRoot: true, IsDstReadOnly: false },
        DatabaseTable: { ObjectMode: 'all', Databases: null },
      },
      SrcInfo: { Region: 'ap-guangzhou', Supplier: 'aliyun', Info: [{ EngineVersion: '5.7' }] },
    });
    expect(await settingsIn(current)).toEqual({ ...shown, Objects: '*' });
    const samples = { SelectRowsPerTable: 10, TablesSelectAll: 20, TablesSelectCount: 30 };
    const MigrateOption = {
      ...{ RunMode: 2, ExpectTime: '2026-05-06 01:00:00', IsOverrideRoot: 1 },
      ...{ ConsistencyType: 3, ConsistencyParams: samples, ExternParams: '{"b": 1, "a": 2}' },
    };
    const job = { JobId: jobId, Status: 2, MigrateOption, DstInfo: { ReadOnly: 0 } };
    const SrcInfo = { ...source, RdsInstanceId: 'rm-1' };
    cloud.answer(oldList, { TotalCount: 1, JobList: [{ ...job, SrcInfo }] });
    expect(await settingsIn(old)).toEqual({
      ...{ ...shown, RdsInstanceId: 'rm-1', ExternParams: '{"a":2,"b":1}' },
      ConsistencyType: `3 ${JSON.stringify(samples)}`,
    });
  });

  it.each([
    ['immediate', '2026-05-06 01:00:00', 1, 'immediate'],
    ['timed', '0000-00-00 00:00:00', 2, undefined],
    ['timed', null, 2, undefined],
    [null, '2026-05-06 01:00:00', null, undefined],
  ])('have a start time only if it applies: %s at %s', async (mode, time, oldMode, expected) => {
    cloud.answer(detail, { Status: 'created', RunMode: mode, ExpectRunTime: time });
    expect((await settingsIn(current)).StartsAt).toBe(expected);
    const MigrateOption = { RunMode: oldMode, ExpectTime: time };
    const job = { JobId: jobId, Status: 2, MigrateOption };
    cloud.answer(oldList, { TotalCount: 1, JobList: [job] });
    expect((await settingsIn(old)).StartsAt).toBe(expected);
  });

  it('that cannot be read are left out', async () => {
    cloud.answer(detail, {
      Status: 'running',
      JobName: 'orders',
      SrcInfo: 7,
      DstInfo: { Info: 7 },
    });
    expect(await settingsIn(current)).toEqual({ JobName: 'orders' });
    const job = { JobId: jobId, Status: 7, JobName: 'orders', SrcInfo: 7, DstInfo: 'x' };
    cloud.answer(oldList, { TotalCount: 1, JobList: [job] });
    expect(await settingsIn(old)).toEqual({ JobName: 'orders' });
  });
});

describe('a list of jobs', () => {
  const listed = async (api: Api, ...wanted: string[]) => {
    let pages = 0;
    const list = await listJobs(
      accountAt(cloud.host),
      region,
      api,
      new Set(wanted),
      async () => {
        pages += 1;
      },
      never,
    );
    expect(pages).toBe(cloud.calls.length);
    return list;
  };
  const entries = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      JobId: `dts-${from + index}`,
      Status: 'running',
    }));

  it('has the wanted jobs of 2021-12-06, newest first, and ends once all were found', async () => {
    cloud.answer(
      newList,
      { TotalCount: 250, JobList: entries(0, 100) },
      { TotalCount: 250, JobList: entries(100, 100) },
      { TotalCount: 250, JobList: entries(200, 50) },
    );
    const list = await listed(current, 'dts-5', 'dts-150');
    if (list.kind === 'failed') throw new Error('failed');
    expect([...list.jobs.keys()]).toEqual(['dts-5', 'dts-150']);
    expect(list.jobs.get('dts-5')).toMatchObject({ api: current, status: 'running' });
    expect(cloud.places.map(({ version }) => version)).toEqual([current, current]);
    expect(cloud.calls).toEqual(
      [0, 100].map((Offset) => ({
        action: newList,
        body: { OrderSeq: 'desc', Offset, Limit: 100 },
      })),
    );
  });

  it('has the wanted jobs of 2018-03-30', async () => {
    const JobList = [
      { JobId: 'dts-1', Status: 7 },
      { JobId: 'dts-2', Status: 9 },
      { JobId: 'dts-3' },
    ];
    cloud.answer(oldList, { TotalCount: 3, JobList });
    const list = await listed(old, 'dts-2', 'dts-3');
    if (list.kind === 'failed') throw new Error('failed');
    expect([...list.jobs]).toMatchObject([['dts-2', { api: old, status: 'success' }]]);
    expect(cloud.places.map(({ version }) => version)).toEqual([old]);
    expect(cloud.calls).toEqual([
      {
        action: oldList,
        body: { Order: 'CreateTime', OrderSeq: 'DESC', Offset: 0, Limit: 100 },
      },
    ]);
  });

  it('costs no more calls than a call for each wanted job', async () => {
    cloud.answer(newList, { TotalCount: 1_000, JobList: entries(0, 100) });
    await listed(current, 'dts-x', 'dts-y', 'dts-z');
    expect(cloud.calls).toHaveLength(3);
  });

  it('is not longer than can be read in a minute', async () => {
    cloud.answer(newList, { TotalCount: 100_000, JobList: entries(0, 100) });
    await listed(current, ...Array.from({ length: 60 }, (_, index) => `dts-x${index}`));
    expect(cloud.calls).toHaveLength(30);
  });

  it('says why it could not be read', async () => {
    cloud.answer(newList, refused('UnauthorizedOperation'));
    const problem = { kind: 'refused', code: 'UnauthorizedOperation' };
    expect(await listed(current, 'dts-1')).toMatchObject({ kind: 'failed', problem });
  });
});
