import { Client as OldClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20180330/dts_client';
import { Client as NewClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/dts/v20211206/dts_client';
import {
  DEFAULT_SECRET_ID,
  DEFAULT_SECRET_KEY,
  type DtsEndpoint,
  type DtsOptions,
  pageExample,
  startDts,
} from '../../playground/tencentcloud';

const endpoints: DtsEndpoint[] = [];

afterEach(async () => {
  await Promise.all(endpoints.splice(0).map((dts) => dts.close()));
});

const pace = {
  ...{ creatingMs: 1_000, checkingMs: 13_000, exportMs: 100_000, importMs: 200_000 },
  ...{ catchUpMs: 50_000, completingMs: 5_000, pausingMs: 2_000, resumingMs: 3_000 },
  ...{ stoppingMs: 4_000, comparingMs: 60_000 },
};

/** An endpoint whose clock only moves when told to, and clients of both versions. */
async function begin(options: DtsOptions = {}) {
  let nowMs = Date.now();
  const dts = await startDts({
    ...{ now: () => nowMs, signatureNow: Date.now, pace, callsPerSecond: 1_000 },
    ...options,
  });
  endpoints.push(dts);
  const config = {
    credential: { secretId: DEFAULT_SECRET_ID, secretKey: DEFAULT_SECRET_KEY },
    region: 'ap-shanghai',
    profile: {
      language: 'en-US' as const,
      httpProfile: { protocol: 'http://', endpoint: dts.host },
    },
  };
  return {
    dts,
    old: new OldClient(config),
    new: new NewClient(config),
    pass: (ms: number): void => {
      nowMs += ms;
    },
    now: () => nowMs,
  };
}

type World = Awaited<ReturnType<typeof begin>>;

const incremental = {
  ...pageExample,
  MigrateOption: { ...pageExample.MigrateOption, MigrateType: 3, ConsistencyType: 2 },
};

const redis = {
  ...pageExample,
  SrcDatabaseType: 'redis',
  DstDatabaseType: 'redis',
  MigrateOption: { RunMode: 1, MigrateType: 3, MigrateObject: 1 },
  DstInfo: { InstanceId: 'crs-sh2sess2', Region: 'ap-shanghai' },
};

async function create(world: World, request: object = incremental): Promise<string> {
  const { JobId } = await world.old.request('CreateMigrateJob', request);
  return String(JobId);
}

async function checked(world: World, request?: object): Promise<string> {
  const JobId = await create(world, request);
  world.pass(pace.creatingMs);
  await world.new.CreateMigrateCheckJob({ JobId });
  world.pass(pace.checkingMs);
  return JobId;
}

async function running(world: World, request?: object): Promise<string> {
  const JobId = await checked(world, request);
  await world.new.StartMigrateJob({ JobId });
  return JobId;
}

async function ready(world: World, request?: object): Promise<string> {
  const JobId = await running(world, request);
  world.pass(pace.exportMs + pace.importMs + pace.catchUpMs);
  return JobId;
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error ? Reflect.get(error, 'code') : error),
  );

const number = async ({ old }: World, JobId: string) =>
  (await old.DescribeMigrateJobs({ JobId })).JobList?.[0]?.Status;

const status = async (world: World, JobId: string) =>
  (await world.new.DescribeMigrationDetail({ JobId })).Status;

/** How to bring a new job into each status, with 2018's number of it. */
const statuses: Readonly<
  Record<string, readonly [number, (world: World, request: object) => Promise<string>]>
> = {
  creating: [1, create],
  created: [
    2,
    async (world, request) => {
      const JobId = await create(world, request);
      world.pass(pace.creatingMs);
      return JobId;
    },
  ],
  checking: [
    3,
    async (world, request) => {
      const JobId = await checked(world, request);
      await world.new.CreateMigrateCheckJob({ JobId });
      return JobId;
    },
  ],
  checkPass: [4, checked],
  checkNotPass: [
    5,
    (world, request) => {
      world.dts.controls.failCheck('ConstraintCheck');
      world.dts.controls.failCheck('OptimizeCheck');
      return checked(world, request);
    },
  ],
  readyRun: [
    6,
    async (world, request) => {
      const option = Reflect.get(request, 'MigrateOption');
      const JobId = await checked(world, {
        ...request,
        MigrateOption: { ...option, RunMode: 2, ExpectTime: '2099-01-01 00:00:00' },
      });
      await world.new.StartMigrateJob({ JobId });
      return JobId;
    },
  ],
  running: [7, running],
  readyComplete: [8, ready],
  success: [
    9,
    async (world, request) => {
      const JobId = await ready(world, request);
      await world.new.CompleteMigrateJob({ JobId });
      world.pass(pace.completingMs);
      return JobId;
    },
  ],
  failed: [
    10,
    async (world, request) => {
      const JobId = await running(world, request);
      world.dts.controls.fail(JobId, 'final');
      return JobId;
    },
  ],
  stopping: [
    11,
    async (world, request) => {
      const JobId = await running(world, request);
      await world.new.StopMigrateJob({ JobId });
      return JobId;
    },
  ],
  completing: [
    12,
    async (world, request) => {
      const JobId = await ready(world, request);
      await world.new.CompleteMigrateJob({ JobId });
      return JobId;
    },
  ],
  canceled: [
    10,
    async (world, request) => {
      const JobId = await running(world, request);
      await world.new.StopMigrateJob({ JobId });
      world.pass(pace.stoppingMs);
      return JobId;
    },
  ],
  pausing: [
    23,
    async (world, request) => {
      const JobId = await running(world, request);
      await world.new.PauseMigrateJob({ JobId });
      return JobId;
    },
  ],
  manualPaused: [
    23,
    async (world, request) => {
      const JobId = await running(world, request);
      await world.new.PauseMigrateJob({ JobId });
      world.pass(pace.pausingMs);
      return JobId;
    },
  ],
  resumableErr: [
    23,
    async (world, request) => {
      const JobId = await running(world, request);
      world.dts.controls.fail(JobId, 'resumable');
      return JobId;
    },
  ],
  resuming: [
    23,
    async (world, request) => {
      const JobId = await running(world, request);
      world.dts.controls.fail(JobId, 'resumable');
      world.dts.controls.act(JobId, { action: 'resume' });
      return JobId;
    },
  ],
  error: [
    10,
    async (world, request) => {
      const JobId = await running(world, request);
      world.dts.controls.fail(JobId, 'error');
      return JobId;
    },
  ],
  unknown: [
    23,
    async (world, request) => {
      const JobId = await running(world, request);
      world.dts.controls.setUnknown(JobId);
      return JobId;
    },
  ],
};

const CONFLICT = 'FailedOperation.StatusInConflict';
const DENIED = 'OperationDenied.OperationDeniedError';

/** Each call that acts on a job, its code in a wrong status, and the statuses that allow it. */
const actions: readonly {
  readonly name: string;
  readonly call: (world: World, JobId: string) => Promise<unknown>;
  readonly refused: string;
  readonly allowed: string;
}[] = [
  {
    name: '2018 CreateMigrateCheckJob',
    call: ({ old }, JobId) => old.CreateMigrateCheckJob({ JobId }),
    refused: 'OperationDenied.JobOperationDeniedError',
    allowed: 'creating created checkPass checkNotPass',
  },
  {
    name: '2018 ModifyMigrateJob',
    call: ({ old }, JobId) => old.ModifyMigrateJob({ JobId, JobName: 'other' }),
    refused: 'FailedOperation.NotAllowOperation',
    allowed: 'creating created checkPass checkNotPass failed canceled error',
  },
  {
    name: '2018 StartMigrateJob',
    call: ({ old }, JobId) => old.StartMigrateJob({ JobId }),
    refused: CONFLICT,
    allowed: 'checkPass',
  },
  {
    name: '2018 StopMigrateJob',
    call: ({ old }, JobId) => old.StopMigrateJob({ JobId }),
    refused: CONFLICT,
    allowed: 'running readyComplete',
  },
  {
    name: '2018 CompleteMigrateJob',
    call: ({ old }, JobId) => old.CompleteMigrateJob({ JobId }),
    refused: CONFLICT,
    allowed: 'readyComplete',
  },
  {
    name: '2018 DeleteMigrateJob',
    call: ({ old }, JobId) => old.DeleteMigrateJob({ JobId }),
    refused: CONFLICT,
    allowed:
      'creating created checkPass checkNotPass readyRun success failed canceled pausing ' +
      'manualPaused resumableErr resuming error unknown',
  },
  {
    name: '2021 CreateMigrateCheckJob',
    call: (world, JobId) => world.new.CreateMigrateCheckJob({ JobId }),
    refused: 'OperationDenied.JobOperationDeniedError',
    allowed: 'created checkPass checkNotPass',
  },
  {
    name: '2021 SkipCheckItem',
    call: (world, JobId) => world.new.SkipCheckItem({ JobId, StepIds: ['OptimizeCheck'] }),
    refused: DENIED,
    allowed: 'checkNotPass',
  },
  {
    name: '2021 StartMigrateJob',
    call: (world, JobId) => world.new.StartMigrateJob({ JobId }),
    refused: CONFLICT,
    allowed: 'checkPass',
  },
  {
    name: '2021 PauseMigrateJob',
    call: (world, JobId) => world.new.PauseMigrateJob({ JobId }),
    refused: DENIED,
    allowed: 'running',
  },
  {
    name: '2021 ContinueMigrateJob',
    call: (world, JobId) => world.new.ContinueMigrateJob({ JobId }),
    refused: DENIED,
    allowed: 'manualPaused',
  },
  {
    name: '2021 ResumeMigrateJob',
    call: (world, JobId) => world.new.ResumeMigrateJob({ JobId, ResumeOption: 'normal' }),
    refused: DENIED,
    allowed: 'resumableErr error',
  },
  {
    name: '2021 CompleteMigrateJob',
    call: (world, JobId) => world.new.CompleteMigrateJob({ JobId }),
    refused: CONFLICT,
    allowed: 'readyComplete',
  },
  {
    name: '2021 StopMigrateJob',
    call: (world, JobId) => world.new.StopMigrateJob({ JobId }),
    refused: CONFLICT,
    allowed: 'readyRun running readyComplete manualPaused resumableErr error unknown',
  },
  {
    name: '2021 IsolateMigrateJob',
    call: (world, JobId) => world.new.IsolateMigrateJob({ JobId }),
    refused: DENIED,
    allowed:
      'created checkPass checkNotPass readyRun success failed canceled manualPaused ' +
      'resumableErr error',
  },
  {
    name: '2021 RecoverMigrateJob',
    call: (world, JobId) => world.new.RecoverMigrateJob({ JobId }),
    refused: DENIED,
    allowed: '',
  },
  {
    name: '2021 DestroyMigrateJob',
    call: (world, JobId) => world.new.DestroyMigrateJob({ JobId }),
    refused: DENIED,
    allowed: '',
  },
  {
    name: '2021 ModifyMigrationJob',
    call: (world, JobId) => world.new.ModifyMigrationJob(configuration(JobId)),
    refused: DENIED,
    allowed: 'created checkPass checkNotPass',
  },
];

/** The parameters of `incremental` as 2021-12-06 writes them. */
function configuration(JobId: string) {
  const { SrcInfo, DstInfo } = pageExample;
  return {
    JobId,
    RunMode: 'immediate',
    MigrateOption: {
      DatabaseTable: {
        ObjectMode: 'partial',
        Databases: [
          { DbName: 'shop', DBMode: 'partial', TableMode: 'partial', Tables: [{ TableName: 't' }] },
        ],
      },
      MigrateType: 'full',
      Consistency: { Mode: 'full' },
    },
    SrcInfo: {
      ...{ Region: SrcInfo.Region, AccessType: 'extranet', DatabaseType: 'mysql' },
      NodeType: 'simple',
      Info: [{ Host: SrcInfo.Ip, Port: 3307, User: SrcInfo.User, Password: 'another' }],
    },
    DstInfo: {
      ...{ Region: DstInfo.Region, AccessType: 'cdb', DatabaseType: 'mysql', NodeType: 'simple' },
      Info: [{ InstanceId: DstInfo.InstanceId }],
    },
  };
}

describe('each status', () => {
  test.each(Object.entries(statuses))('%s accepts and lists what it allows', async (name, row) => {
    const world = await begin();
    const [expected, reach] = row;
    const first = await reach(world, incremental);
    expect([await status(world, first), await number(world, first)]).toEqual([name, expected]);
    const { Action } = await world.new.DescribeMigrationDetail({ JobId: first });
    const listed: string[] = [];
    for (const action of actions) {
      const JobId = await reach(world, incremental);
      const isAllowed = action.allowed.split(' ').includes(name);
      expect([action.name, await codeOf(action.call(world, JobId))]).toEqual([
        action.name,
        isAllowed ? 'accepted' : action.refused,
      ]);
      if (isAllowed && action.name.startsWith('2021')) listed.push(action.name);
    }
    const names: Readonly<Record<string, string>> = {
      CreateMigrateCheckJob: 'check',
      StartMigrateJob: 'start',
      PauseMigrateJob: 'pause',
      ContinueMigrateJob: 'continue',
      ResumeMigrateJob: 'resume',
      CompleteMigrateJob: 'complete',
      StopMigrateJob: 'stop',
      IsolateMigrateJob: 'isolate',
      ModifyMigrationJob: name === 'created' ? 'configure' : 'modify',
    };
    const expectedNames = listed.flatMap((each) => names[each.slice(5)] ?? []);
    const extra = name === 'readyComplete' ? ['createCmpTask'] : [];
    expect([...(Action?.AllowedAction ?? [])].sort()).toEqual(
      ['view', ...expectedNames, ...extra].sort(),
    );
  });

  test('a missing job has the code that each action lists', async () => {
    const world = await begin();
    const JobId = 'dts-00000000';
    const codes = new Map<string, unknown>();
    for (const { name, call } of actions) codes.set(name, await codeOf(call(world, JobId)));
    const missing = 'ResourceNotFound.JobNotExist';
    const missingToo = 'ResourceNotFound.ResourceNotFoundError';
    for (const [name, code] of codes) {
      const isLegacy = name.startsWith('2018') || /Check|Start|Stop|Complete/.test(name);
      const isSkip = name.endsWith('SkipCheckItem');
      expect([name, code]).toEqual([name, isLegacy && !isSkip ? missing : missingToo]);
    }
    expect(await codeOf(world.new.DescribeMigrationDetail({ JobId }))).toBe(missingToo);
    expect(await codeOf(world.new.DescribeMigrationCheckJob({ JobId }))).toBe(missingToo);
    expect(await codeOf(world.old.DescribeMigrateCheckJob({ JobId }))).toBe(missing);
    expect(await world.new.DescribeMigrationJobs({ JobId })).toMatchObject({
      TotalCount: 0,
      JobList: [],
    });
  });
});

describe('a migration', () => {
  test('runs from its creation to success, and both versions show it', async () => {
    const world = await begin();
    const JobId = await create(world);
    const seen: (readonly [string | undefined, number | undefined])[] = [];
    const see = async (): Promise<void> => {
      seen.push([await status(world, JobId), await number(world, JobId)]);
    };
    await see();
    world.pass(pace.creatingMs);
    await see();
    await world.old.CreateMigrateCheckJob({ JobId });
    await see();
    world.pass(pace.checkingMs);
    await see();
    await world.old.StartMigrateJob({ JobId });
    await see();
    world.pass(50_000);
    const half = (await world.old.DescribeMigrateJobs({ JobId })).JobList?.[0];
    expect(half?.Detail).toMatchObject({
      ...{ StepAll: 3, StepNow: 1, Progress: '16', CurrentStepProgress: '50' },
      ...{ MasterSlaveDistance: -1, SecondsBehindMaster: -1 },
    });
    expect(half?.Detail?.StepInfo?.map(({ StepId, Status }) => [StepId, Status])).toEqual([
      ['dumper', 3],
      ['loader', 4],
      ['sinker', 4],
    ]);
    expect(half?.EndTime).toBe('0000-00-00 00:00:00');
    world.pass(50_000 + 200_000 + 25_000);
    const behind = await world.new.DescribeMigrationDetail({ JobId });
    expect(behind.StepInfo).toMatchObject({
      ...{ StepAll: 3, StepNow: 3, SecondsBehindMaster: 150, MasterSlaveDistance: 75 },
    });
    expect(
      behind.StepInfo?.StepInfo?.map((step) => [step.StepId, step.Status, step.Percent]),
    ).toEqual([
      ['dumper', 'success', 100],
      ['loader', 'success', 100],
      ['sinker', 'running', 50],
    ]);
    expect(behind.CompareTask?.Status).toBe('running');
    expect(behind.Status).toBe('running');
    world.pass(25_000);
    await see();
    const caughtUp = (await world.old.DescribeMigrateJobs({ JobId })).JobList?.[0];
    expect(caughtUp?.Detail).toMatchObject({ MasterSlaveDistance: 0, SecondsBehindMaster: 0 });
    world.pass(3 * 86_400_000);
    await see();
    await world.old.CompleteMigrateJob({ JobId });
    await see();
    world.pass(pace.completingMs);
    await see();
    expect(seen).toEqual([
      ['creating', 1],
      ['created', 2],
      ['checking', 3],
      ['checkPass', 4],
      ['running', 7],
      ['readyComplete', 8],
      ['readyComplete', 8],
      ['completing', 12],
      ['success', 9],
    ]);
    const end = await world.new.DescribeMigrationDetail({ JobId });
    expect(end.EndTime).toBe(
      new Date(world.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
    );
    expect(end.CompareTask?.Status).toBe('consistent');
    expect(end.StepInfo?.SecondsBehindMaster).toBe(-1);
    expect(JSON.stringify(end)).not.toContain(pageExample.SrcInfo.Password);
  });

  test('without increments ends with its import', async () => {
    const world = await begin();
    const JobId = await running(world, pageExample);
    world.pass(pace.exportMs + pace.importMs - 1);
    expect(await status(world, JobId)).toBe('running');
    world.pass(1);
    expect(await status(world, JobId)).toBe('success');
    const { StepInfo, MigrateOption } = await world.new.DescribeMigrationDetail({ JobId });
    expect(StepInfo?.StepInfo?.map(({ StepId }) => StepId)).toEqual(['dumper', 'loader']);
    expect(MigrateOption?.MigrateType).toBe('structure');
  });

  test('waits for its time once it is started', async () => {
    const world = await begin();
    const atMs = Math.ceil((world.now() + 3_600_000) / 1_000) * 1_000;
    const ExpectTime = new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const scheduled = {
      ...incremental,
      MigrateOption: { ...incremental.MigrateOption, RunMode: 2, ExpectTime },
    };
    const JobId = await checked(world, scheduled);
    await world.old.StartMigrateJob({ JobId });
    expect(await world.new.DescribeMigrationDetail({ JobId })).toMatchObject({
      ...{ Status: 'readyRun', RunMode: 'timed', ExpectRunTime: ExpectTime },
      StartTime: '0000-00-00 00:00:00',
    });
    world.pass(atMs - world.now() - 1);
    expect(await number(world, JobId)).toBe(6);
    world.pass(1);
    expect(await world.new.DescribeMigrationDetail({ JobId })).toMatchObject({
      ...{ Status: 'running', StartTime: ExpectTime },
    });
  });

  test('keeps its progress while it is paused', async () => {
    const world = await begin();
    const JobId = await running(world);
    world.pass(60_000);
    await world.new.PauseMigrateJob({ JobId });
    expect(await status(world, JobId)).toBe('pausing');
    world.pass(86_400_000);
    const paused = await world.new.DescribeMigrationDetail({ JobId });
    expect(paused.Status).toBe('manualPaused');
    expect(paused.StepInfo?.StepInfo?.[0]?.Percent).toBe(60);
    await world.new.ContinueMigrateJob({ JobId });
    world.pass(40_000 - 1);
    expect((await world.new.DescribeMigrationDetail({ JobId })).StepInfo?.StepNow).toBe(1);
    world.pass(1);
    expect((await world.new.DescribeMigrationDetail({ JobId })).StepInfo?.StepNow).toBe(2);
  });

  test('stops with an error, shows it in both versions, and resumes where it was', async () => {
    const world = await begin();
    const JobId = await running(world);
    world.pass(pace.exportMs + 20_000);
    world.dts.controls.fail(JobId, 'resumable', { log: 'duplicate entry 1' });
    const failed = await world.new.DescribeMigrationDetail({ JobId });
    expect(failed).toMatchObject({ Status: 'resumableErr', BriefMsg: 'duplicate entry 1' });
    expect(failed.ErrorInfo).toEqual([
      {
        Code: 'LoaderError',
        ErrorLog: 'duplicate entry 1',
        Solution: expect.stringContaining('resume'),
        HelpDoc: expect.stringContaining('https://'),
      },
    ]);
    expect(failed.StepInfo?.StepInfo?.[1]).toMatchObject({
      ...{ StepId: 'loader', Status: 'failed', Percent: 10 },
      Errors: [{ Message: 'duplicate entry 1' }],
    });
    const old = (await world.old.DescribeMigrateJobs({ JobId })).JobList?.[0];
    expect(old?.ErrorInfo).toEqual([
      { ErrorLog: 'LoaderError: duplicate entry 1', HelpDoc: expect.any(String) },
    ]);
    await world.new.ResumeMigrateJob({ JobId, ResumeOption: 'normal' });
    world.pass(pace.resumingMs);
    const resumed = await world.new.DescribeMigrationDetail({ JobId });
    expect(resumed).toMatchObject({ Status: 'running', ErrorInfo: [] });
    expect(resumed.StepInfo?.StepInfo?.[1]).toMatchObject({ Status: 'running', Percent: 10 });
  });

  test('of redis resumes with clearData from the start, or with overwrite where it was', async () => {
    const world = await begin();
    for (const [ResumeOption, step] of [
      ['clearData', 1],
      ['overwrite', 2],
    ] as const) {
      const JobId = await running(world, redis);
      world.pass(pace.exportMs + 20_000);
      world.dts.controls.fail(JobId, 'resumable');
      const normal = world.new.ResumeMigrateJob({ JobId, ResumeOption: 'normal' });
      expect(await codeOf(normal)).toBe('InvalidParameterValue.InvalidParameterValueError');
      await world.new.ResumeMigrateJob({ JobId, ResumeOption });
      world.pass(pace.resumingMs);
      const { StepInfo, Status } = await world.new.DescribeMigrationDetail({ JobId });
      expect([Status, StepInfo?.StepNow, StepInfo?.SecondsBehindMaster]).toEqual([
        'running',
        step,
        -1,
      ]);
    }
    const mysql = await running(world);
    world.dts.controls.fail(mysql, 'resumable');
    const clear = world.new.ResumeMigrateJob({ JobId: mysql, ResumeOption: 'clearData' });
    expect(await codeOf(clear)).toBe('InvalidParameterValue.InvalidParameterValueError');
    const JobId = await running(world, redis);
    world.dts.controls.fail(JobId, 'final');
    await world.new.ResumeMigrateJob({ JobId, ResumeOption: 'overwrite' });
    expect(await status(world, JobId)).toBe('resuming');
  });

  test('completes when the lag is gone, or at once if asked', async () => {
    const world = await begin();
    const [waiting, hasty] = [await ready(world), await ready(world)];
    for (const JobId of [waiting, hasty]) {
      world.dts.controls.setLag(JobId, { seconds: 90, megabytes: 12 });
      const { StepInfo } = await world.new.DescribeMigrationDetail({ JobId });
      expect(StepInfo).toMatchObject({ SecondsBehindMaster: 90, MasterSlaveDistance: 12 });
    }
    await world.new.CompleteMigrateJob({ JobId: waiting });
    await world.new.CompleteMigrateJob({ JobId: hasty, CompleteMode: 'immediately' });
    world.pass(3_600_000);
    expect(await status(world, waiting)).toBe('completing');
    expect(await status(world, hasty)).toBe('success');
    world.dts.controls.setLag(waiting, { seconds: 0, megabytes: 0 });
    expect(await status(world, waiting)).toBe('success');
  });

  test('is deleted in one version for both', async () => {
    const world = await begin();
    const [first, second] = [await checked(world), await checked(world)];
    await world.old.DeleteMigrateJob({ JobId: first });
    expect(await codeOf(world.new.DescribeMigrationDetail({ JobId: first }))).toMatch(/NotFound/);
    await world.new.IsolateMigrateJob({ JobId: second });
    expect((await world.old.DescribeMigrateJobs({ JobId: second })).TotalCount).toBe(0);
  });
});

describe('a check', () => {
  test('lists every item with its remedy, and passes after a change', async () => {
    const world = await begin();
    world.dts.controls.failCheck('DstEmptyCheck');
    world.dts.controls.failCheck('WarningParamCheck', { result: 'warning' });
    const JobId = await create(world);
    world.pass(pace.creatingMs);
    const { old } = world;
    expect(await old.DescribeMigrateCheckJob({ JobId })).toMatchObject({
      ...{ Status: 'unavailable', CheckFlag: 3, Progress: '0' },
    });
    expect(await world.new.DescribeMigrationCheckJob({ JobId })).toMatchObject({
      Status: 'notStarted',
    });
    await old.CreateMigrateCheckJob({ JobId });
    expect((await old.DescribeMigrateCheckJob({ JobId })).Status).toBe('starting');
    world.pass(pace.checkingMs / 2);
    expect(await old.DescribeMigrateCheckJob({ JobId })).toMatchObject({
      ...{ Status: 'running', CheckFlag: 3, Progress: '50' },
    });
    const half = await world.new.DescribeMigrationCheckJob({ JobId });
    expect(half).toMatchObject({ Status: 'running', CheckFlag: '' });
    expect(half.StepInfo?.map(({ StepStatus }) => StepStatus)).toEqual([
      ...['pass', 'pass', 'pass', 'pass', 'pass', 'failed'],
      ...Array<string>(7).fill('notStarted'),
    ]);
    world.pass(pace.checkingMs / 2);
    expect(await old.DescribeMigrateCheckJob({ JobId })).toMatchObject({
      ...{ Status: 'finished', CheckFlag: 0, ErrorCode: -1, Progress: '100' },
      ErrorMessage: expect.stringMatching(/^The target already has .*\[.*\]$/),
    });
    const result = await world.new.DescribeMigrationCheckJob({ JobId });
    expect(result).toMatchObject({ Status: 'success', CheckFlag: 'checkNotPass' });
    expect(result.StepInfo?.find(({ StepId }) => StepId === 'DstEmptyCheck')).toEqual({
      ...{ StepNo: 5, StepId: 'DstEmptyCheck', StepName: 'Conflicts in the target' },
      ...{ StepStatus: 'failed', StepMessage: '', HasSkipped: false },
      DetailCheckItems: [
        {
          ...{ CheckItemName: 'Conflicts in the target', Description: '', CheckResult: 'failed' },
          FailureReason: expect.stringContaining('same names'),
          Solution: expect.stringContaining('rename'),
          ErrorLog: [expect.stringContaining('orders.items')],
          HelpDoc: [expect.stringMatching(/^https:/)],
          SkipInfo: '',
        },
      ],
    });
    await old.ModifyMigrateJob({
      JobId,
      SrcInfo: { ...pageExample.SrcInfo, Port: 3_308 },
      MigrateOption: { ...incremental.MigrateOption, MigrateType: 2 },
    });
    expect(await number(world, JobId)).toBe(2);
    expect((await old.DescribeMigrateCheckJob({ JobId })).Status).toBe('unavailable');
    await old.CreateMigrateCheckJob({ JobId });
    world.pass(pace.checkingMs);
    expect(await old.DescribeMigrateCheckJob({ JobId })).toMatchObject({
      ...{ CheckFlag: 1, ErrorMessage: 'ok', ErrorCode: 0 },
    });
    expect(world.dts.jobs.get(JobId)?.request).toMatchObject({
      ...{ SrcInfo: { Port: 3_308 }, MigrateOption: { MigrateType: 2 } },
    });
  });

  test('passes over items that were skipped, but not over required ones', async () => {
    const world = await begin();
    for (const id of ['ConstraintCheck', 'OptimizeCheck', 'VersionCheck']) {
      world.dts.controls.failCheck(id);
    }
    const JobId = await checked(world);
    const skip = (StepIds: string[], more: object = {}) =>
      codeOf(world.new.SkipCheckItem({ JobId, StepIds, ...more }));
    expect(await skip(['ViewCheck'])).toBe('InvalidParameterValue.InvalidParameterValueError');
    expect(await skip(['VersionCheck'])).toBe('OperationDenied.OperationDeniedError');
    expect(await skip(['ConstraintCheck'])).toBe('MissingParameter');
    expect(await skip(['ConstraintCheck', 'OptimizeCheck'], { ForeignKeyFlag: 'shield' })).toBe(
      'accepted',
    );
    const skipped = await world.new.DescribeMigrationCheckJob({ JobId });
    expect(
      skipped.StepInfo?.filter(({ HasSkipped }) => HasSkipped).map(({ StepId }) => StepId),
    ).toEqual(['ConstraintCheck', 'OptimizeCheck']);
    await world.new.CreateMigrateCheckJob({ JobId });
    world.pass(pace.checkingMs);
    expect(await status(world, JobId)).toBe('checkNotPass');
    world.dts.controls.passChecks(JobId);
    world.dts.controls.failCheck('OptimizeCheck', { jobId: JobId });
    await world.new.CreateMigrateCheckJob({ JobId });
    world.pass(pace.checkingMs);
    expect(await status(world, JobId)).toBe('checkPass');
  });

  test('without a connection blocks all other items, in Chinese by default', async () => {
    const world = await begin();
    world.dts.controls.failCheck('ConnectDBCheck');
    const JobId = await checked(world);
    const { StepInfo } = await world.new.DescribeMigrationCheckJob({ JobId });
    expect(new Set(StepInfo?.slice(1).map(({ StepStatus }) => StepStatus))).toEqual(
      new Set(['blocked']),
    );
    const chinese = new NewClient({
      credential: { secretId: DEFAULT_SECRET_ID, secretKey: DEFAULT_SECRET_KEY },
      region: 'ap-shanghai',
      profile: { httpProfile: { protocol: 'http://', endpoint: world.dts.host } },
    });
    const translated = await chinese.DescribeMigrationCheckJob({ JobId });
    expect(translated.StepInfo?.[0]).toMatchObject({
      StepName: '连接DB检查',
      DetailCheckItems: [{ Solution: expect.stringContaining('密码') }],
    });
  });
});

describe('a change of the parameters', () => {
  test('follows the rules of a creation, and keeps engines and the region', async () => {
    const world = await begin();
    const JobId = await checked(world);
    const modify = (changes: object) =>
      codeOf(world.old.request('ModifyMigrateJob', { JobId, ...changes }));
    const biz = 'InvalidParameterValue.BizInvalidParameterValueError';
    expect(await modify({ SrcDatabaseType: 'redis' })).toBe('UnknownParameter');
    expect(await modify({ DstInfo: { ...pageExample.DstInfo, Region: 'ap-guangzhou' } })).toBe(biz);
    expect(await modify({ SrcInfo: { Region: 'ap-guangzhou' } })).toBe('MissingParameter');
    expect(await modify({ MigrateOption: { RunMode: 2 } })).toBe('MissingParameter');
    expect(await status(world, JobId)).toBe('checkPass');
    expect(await modify({ JobName: 'renamed' })).toBe('accepted');
    expect(await status(world, JobId)).toBe('created');
    const { JobName } = await world.new.DescribeMigrationDetail({ JobId });
    expect(JobName).toBe('renamed');
  });

  test('in the words of 2021-12-06 is read back in those of 2018-03-30', async () => {
    const world = await begin();
    const JobId = await checked(world);
    await world.new.ModifyMigrationJob(configuration(JobId));
    expect((await world.old.DescribeMigrateJobs({ JobId })).JobList?.[0]).toMatchObject({
      Status: 2,
      SrcInfo: { Ip: pageExample.SrcInfo.Ip, Port: 3_307, Password: '' },
      MigrateOption: { RunMode: 1, MigrateType: 2, MigrateObject: 2, ConsistencyType: 2 },
      DatabaseInfo: '[{"Database":"shop","Table":["t"]}]',
    });
    expect(world.dts.jobs.get(JobId)?.request.SrcInfo.Password).toBe('another');
    const detail = await world.new.DescribeMigrationDetail({ JobId });
    expect(detail.MigrateOption?.DatabaseTable).toMatchObject({
      Databases: [{ DbName: 'shop', Tables: [{ TableName: 't' }] }],
    });
    const wrong = {
      ...configuration(JobId),
      SrcInfo: { ...configuration(JobId).SrcInfo, DatabaseType: 'mariadb' },
    };
    expect(await codeOf(world.new.ModifyMigrationJob(wrong))).toBe(
      'InvalidParameterValue.BizInvalidParameterValueError',
    );
    await world.new.ModifyMigrateName({ JobId, JobName: 'named' });
    expect((await world.old.DescribeMigrateJobs({ JobName: 'named' })).TotalCount).toBe(1);
  });
});

describe('an account can have', () => {
  test('jobs that one version knows', async () => {
    const world = await begin();
    const JobId = await checked(world);
    world.dts.controls.setKnownTo(JobId, ['2018-03-30']);
    expect(await codeOf(world.new.DescribeMigrationDetail({ JobId }))).toMatch(/^ResourceNotFound/);
    expect((await world.new.DescribeMigrationJobs({})).TotalCount).toBe(0);
    expect(await codeOf(world.new.StartMigrateJob({ JobId }))).toMatch(/^ResourceNotFound/);
    expect(await number(world, JobId)).toBe(4);
    world.dts.controls.setKnownTo(JobId, ['2021-12-06']);
    expect((await world.old.DescribeMigrateJobs({ JobId })).TotalCount).toBe(0);
    expect(await codeOf(world.old.StartMigrateJob({ JobId }))).toMatch(/^ResourceNotFound/);
    expect(await status(world, JobId)).toBe('checkPass');
    const other = await begin({ newJobsKnownTo: ['2018-03-30'] });
    const old = await create(other);
    expect(await codeOf(other.new.DescribeMigrationDetail({ JobId: old }))).toMatch(/NotFound/);
  });

  test('billed jobs, which are isolated, recovered and destroyed', async () => {
    const world = await begin();
    const JobId = await ready(world);
    const trade = async () => {
      const { TradeInfo, Action, Status } = await world.new.DescribeMigrationDetail({ JobId });
      return [TradeInfo?.BillingType, TradeInfo?.TradeStatus, Status, Action?.AllowedAction];
    };
    world.dts.controls.setBilled(JobId, true);
    expect(await trade()).toEqual([
      ...['billing', 'normal', 'readyComplete'],
      ['view', 'stop', 'complete', 'isolate', 'createCmpTask', 'resize'],
    ]);
    expect(await codeOf(world.new.DestroyMigrateJob({ JobId }))).toMatch(/^OperationDenied/);
    await world.new.IsolateMigrateJob({ JobId });
    expect(await trade()).toEqual([
      ...['billing', 'isolated', 'canceled'],
      ['view', 'recover', 'offline'],
    ]);
    expect(await codeOf(world.new.StopMigrateJob({ JobId }))).toBe(CONFLICT);
    await world.new.RecoverMigrateJob({ JobId });
    expect(await trade()).toEqual([
      ...['billing', 'normal', 'canceled'],
      ['view', 'isolate', 'resize'],
    ]);
    expect(await codeOf(world.old.DeleteMigrateJob({ JobId }))).toBe(
      'OperationDenied.OperationDenied',
    );
    await world.new.IsolateMigrateJob({ JobId });
    await world.new.DestroyMigrateJob({ JobId });
    expect(world.dts.jobs.size).toBe(0);
  });

  test('people who act in the console', async () => {
    const world = await begin();
    const JobId = await checked(world);
    const { controls, calls } = world.dts;
    const before = calls.length;
    expect(controls.act(JobId, { action: 'pause' })).toMatchObject({ kind: 'refused' });
    for (const [action, ms, then] of [
      ['start', 0, 'running'],
      ['pause', pace.pausingMs, 'manualPaused'],
      ['continue', 350_000, 'readyComplete'],
      ['complete', pace.completingMs, 'success'],
    ] as const) {
      expect(controls.act(JobId, { action })).toEqual({ kind: 'done' });
      world.pass(ms);
      expect(world.dts.jobs.get(JobId)?.status).toBe(then);
    }
    controls.act(JobId, { action: 'rename', name: 'by hand' });
    expect(world.dts.jobs.get(JobId)?.request.JobName).toBe('by hand');
    controls.act(JobId, { action: 'delete' });
    expect(world.dts.jobs.size).toBe(0);
    expect(calls).toHaveLength(before);
  });

  test('a permission that is missing for one action', async () => {
    const world = await begin();
    const JobId = await checked(world);
    world.dts.controls.setPermission('StartMigrateJob', false);
    for (const client of [world.old, world.new]) {
      expect(await codeOf(client.StartMigrateJob({ JobId }))).toBe(
        'UnauthorizedOperation.NotEnoughPrivileges',
      );
    }
    expect(await status(world, JobId)).toBe('checkPass');
    world.dts.controls.setPermission('StartMigrateJob', true);
    await world.old.StartMigrateJob({ JobId });
  });

  test('a quota of jobs that were never started, and a pace for each action', async () => {
    const world = await begin({ maxUnusedJobs: 2, callsPerSecond: 3 });
    const JobId = await create(world);
    await create(world);
    expect(await codeOf(create(world))).toBe('LimitExceeded.MaxUnusedJobs');
    await world.old.DeleteMigrateJob({ JobId });
    world.pass(1_000);
    await create(world);
    const codes: unknown[] = [];
    for (let call = 0; call < 4; call += 1) {
      codes.push(await codeOf(world.new.DescribeMigrationJobs({})));
    }
    expect(codes).toEqual(['accepted', 'accepted', 'accepted', 'RequestLimitExceeded']);
    expect(await codeOf(world.old.DescribeMigrateJobs({}))).toBe('accepted');
  });

  test('responses without a list of allowed actions', async () => {
    const world = await begin({ listsActions: false });
    const JobId = await checked(world);
    expect(await world.new.DescribeMigrationDetail({ JobId })).not.toHaveProperty('Action');
    const { JobList } = await world.new.DescribeMigrationJobs({});
    expect(JobList?.[0]).not.toHaveProperty('Action');
  });

  test('responses like the official examples where they differ from the models', async () => {
    const world = await begin({ likeExamples: true });
    const JobId = await ready(world);
    const detail = await world.new.DescribeMigrationDetail({ JobId });
    expect(detail.StepInfo?.StepInfo?.map(({ Status }) => Status)).toEqual([
      ...['finished', 'finished', 'running'],
    ]);
    expect(detail.Action?.AllowedAction).toEqual(
      expect.arrayContaining(['view', 'stop', 'complete']),
    );
    expect(detail.Action?.AllowedAction?.filter((name) => name === 'view')).toHaveLength(2);
    expect(detail.SrcInfo?.Info?.[0]?.Password).toBe('xxx');
    const { JobList } = await world.new.DescribeMigrationJobs({ JobId });
    expect(JobList?.[0]?.SrcInfo?.Info?.[0]?.Password).toBe(pageExample.SrcInfo.Password);
  });

  test('many jobs, which one list call filters and pages', async () => {
    const world = await begin();
    const jobIds: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      jobIds.push(await (count % 2 === 0 ? running(world) : checked(world)));
      world.pass(1_000);
    }
    const list = async (request: object) => {
      const { TotalCount, JobList } = await world.new.DescribeMigrationJobs(request);
      return [TotalCount, JobList?.map(({ JobId }) => JobId)];
    };
    const [a, b, c, d, e] = jobIds;
    expect(await list({})).toEqual([5, [e, d, c, b, a]]);
    expect(await list({ OrderSeq: 'asc', Offset: 1, Limit: 2 })).toEqual([5, [b, c]]);
    expect(await list({ Status: ['running'] })).toEqual([3, [e, c, a]]);
    expect(await list({ DstInstanceId: 'cdb-e78e0nnv', RunMode: 'timed' })).toEqual([0, []]);
    expect(await list({ SrcDatabaseType: ['mysql'], DstRegion: 'ap-shanghai', Limit: 1 })).toEqual([
      ...[5, [e]],
    ]);
    expect(await codeOf(world.new.DescribeMigrationJobs({ Limit: 101 }))).toBe(
      'InvalidParameterValue.InvalidParameterValueError',
    );
  });

  test('limits of speed', async () => {
    const world = await begin();
    const JobId = await running(world);
    await world.new.ModifyMigrateRateLimit({ JobId, DumpThread: 2 });
    const { RateLimitOption } = await world.new.DescribeMigrationDetail({ JobId });
    expect(RateLimitOption).toMatchObject({ CurrentDumpThread: 2, HasUserSetRateLimit: 'yes' });
    expect(await codeOf(world.new.ModifyMigrateRateLimit({ JobId, DumpThread: 17 }))).toBe(
      'InvalidParameterValue.InvalidParameterValueError',
    );
  });
});
