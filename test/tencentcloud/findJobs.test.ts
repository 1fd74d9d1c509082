import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { findJobs, findJobsNamed, idleJobs } from '../../src/tencentcloud/findJobs';
import { accountAt } from '../support/accountAt';
import { aDraft } from '../support/aForm';

const never = new AbortController().signal;
const region = 'ap-shanghai';
const action = 'DescribeMigrateJobs';
const { parameters } = aDraft();
/** 18:00:00 in China. */
const calledAt = new Date('2026-05-04T10:00:00Z');

/** A job as the API lists it, which a call with `parameters` at `calledAt` created. */
const own = {
  JobId: 'dts-own',
  JobName: parameters.JobName,
  SrcDatabaseType: parameters.SrcDatabaseType,
  SrcAccessType: parameters.SrcAccessType,
  DstDatabaseType: parameters.DstDatabaseType,
  DstInfo: { InstanceId: parameters.DstInfo.InstanceId },
  CreateTime: '2026-05-04 18:00:01',
  Status: 2,
};
const ownFound = { jobId: 'dts-own', createTime: '2026-05-04 18:00:01' };

let dts: DtsEndpoint;
beforeEach(async () => {
  dts = await startDts();
});
afterEach(() => dts.close());

const listing = (...jobs: readonly unknown[]): void =>
  dts.next({ kind: 'answer', fields: { TotalCount: jobs.length, JobList: jobs } }, { action });
const search = () => findJobs(accountAt(dts.host), parameters, calledAt, never);
const idle = () => idleJobs(accountAt(dts.host), region, never);

describe('a search for the job of a call', () => {
  it.each([
    ['name', { JobName: `${own.JobName}2` }],
    ['source engine', { SrcDatabaseType: 'mariadb' }],
    ['source access', { SrcAccessType: 'cvm' }],
    ['target engine', { DstDatabaseType: 'mariadb' }],
    ['target instance', { DstInfo: { InstanceId: 'cdb-another1' } }],
    ['target instance, which is missing', { DstInfo: { InstanceId: null } }],
    ['target, which is missing', { DstInfo: null }],
    ['time: it is older than clocks usually differ', { CreateTime: '2026-05-04 17:58:59' }],
  ])('rules out a job that differs only in its %s', async (_, difference) => {
    listing({ ...own, JobId: 'dts-rival', ...difference }, own);
    expect(await search()).toEqual({ kind: 'found', jobs: [ownFound], areOlder: false });
  });

  it.each([
    ['the moment of the call', '2026-05-04 18:00:00'],
    ['a minute before it, because clocks differ', '2026-05-04 17:59:00'],
    ['much later', '2026-05-05 18:00:00'],
    ['a time with spaces around it', ' 2026-05-04 18:00:00 '],
    ['a time that cannot be read', 'yesterday'],
  ])('finds a job that was created at %s', async (_, CreateTime) => {
    listing({ ...own, CreateTime });
    const jobs = [{ jobId: 'dts-own', createTime: CreateTime }];
    expect(await search()).toEqual({ kind: 'found', jobs, areOlder: false });
  });

  it.each([
    ['it is the only one', '2026-05-04 17:58:59'],
    ['Tencent Cloud would accept a clock that is wrong by so much', '2026-05-04 17:55:00'],
  ])('finds a job that seems older than the call if %s', async (_, CreateTime) => {
    listing({ ...own, CreateTime });
    const jobs = [{ jobId: 'dts-own', createTime: CreateTime }];
    expect(await search()).toEqual({ kind: 'found', jobs, areOlder: true });
  });

  it('rules out a job that is older than clocks may differ, even if its time is padded', async () => {
    listing({ ...own, CreateTime: ' 2026-05-04 17:54:59 ' });
    expect(await search()).toEqual({ kind: 'found', jobs: [], areOlder: false });
  });

  it('finds all matching jobs once, and leaves out unreadable ones with other names', async () => {
    const other = { ...own, JobId: 'dts-other' };
    listing(own, other, own, { ...own, JobId: 7, JobName: 'x' }, { JobName: 'y' });
    const jobs = [ownFound, { ...ownFound, jobId: 'dts-other' }];
    expect(await search()).toEqual({ kind: 'found', jobs, areOlder: false });
  });

  it.each([
    ['nothing', null],
    ['no ID', { ...own, JobId: 7 }],
    ['no name', { ...own, JobName: null }],
    ['only an ID', { JobId: 'dts-x' }],
    ['its name, but no engine', { ...own, SrcDatabaseType: undefined }],
  ])('fails if an entry may be the job but shows %s', async (_, entry) => {
    listing({ ...own, JobName: 'x' }, entry);
    expect(await search()).toMatchObject({ kind: 'failed', problem: { kind: 'not_sent' } });
  });

  it("requests jobs with the name in the target's region", async () => {
    await search();
    expect(dts.calls).toHaveLength(1);
    expect(dts.calls[0]).toMatchObject({ action, region, body: { JobName: own.JobName } });
  });

  it('fails with the problem of the call', async () => {
    dts.next({ kind: 'code', code: 'InternalError', message: 'words' }, { action });
    expect(await search()).toMatchObject({
      kind: 'failed',
      problem: { kind: 'refused', code: 'InternalError' },
    });
  });
});

it('finds jobs with a name whatever they migrate, and none with a similar name', async () => {
  const alike = { ...own, SrcDatabaseType: 'redis', DstInfo: null, CreateTime: 'long ago' };
  listing(alike, { ...own, JobName: `${own.JobName}2`, JobId: 'dts-other' });
  expect(await findJobsNamed(accountAt(dts.host), region, own.JobName, never)).toEqual({
    kind: 'found',
    jobs: [{ jobId: 'dts-own', createTime: 'long ago' }],
  });
});

it('fails to find jobs with a name with the problem of the call', async () => {
  dts.next({ kind: 'code', code: 'InternalError' }, { action });
  expect(await findJobsNamed(accountAt(dts.host), region, own.JobName, never)).toMatchObject({
    kind: 'failed',
  });
});

describe('a list of idle jobs', () => {
  const job = (number: number, Status = 2) => ({
    JobId: `dts-${number}`,
    JobName: `job ${number}`,
    CreateTime: `2026-05-04 18:00:${String(number).padStart(2, '0')}`,
    Status,
  });
  const shown = (number: number) => ({
    jobId: `dts-${number}`,
    jobName: `job ${number}`,
    createTime: job(number).CreateTime,
  });

  it.each([
    [1, 'creating', true],
    [2, 'created', true],
    [3, 'checking', false],
    [4, 'check passed', true],
    [5, 'check not passed', true],
    [6, 'ready to run', true],
    [7, 'running', false],
    [8, 'ready to complete', false],
    [9, 'succeeded', false],
    [10, 'failed', false],
  ])('with status %i (%s): %s', async (status, _, isIdle) => {
    listing(job(1, status));
    expect(await idle()).toEqual({ kind: 'found', jobs: isIdle ? [shown(1)] : [], more: 0 });
  });

  it.each([
    [0, 0],
    [1, 0],
    [10, 0],
    [11, 1],
    [13, 3],
  ])('of %i has ten at most, oldest first, and counts %i more', async (count, more) => {
    const jobs = Array.from({ length: count }, (_, index) => job(count - index));
    listing(...jobs, ...jobs, job(50, 7), null, { JobId: 'dts-x' });
    const expected = Array.from({ length: Math.min(count, 10) }, (_, index) => shown(index + 1));
    expect(await idle()).toEqual({ kind: 'found', jobs: expected, more });
  });

  it('is read up to 500 jobs of the region', async () => {
    const page = Array.from({ length: 100 }, () => job(50, 7));
    for (const jobs of [...Array.from({ length: 4 }, () => page), [...page.slice(1), job(1)]]) {
      const fields = { TotalCount: 1_000, JobList: jobs };
      dts.next({ kind: 'answer', fields }, { action });
    }
    expect(await idle()).toEqual({ kind: 'found', jobs: [shown(1)], more: 0 });
    expect(dts.calls).toHaveLength(5);
  });

  it('is read oldest first, in the region', async () => {
    await idle();
    expect(dts.calls).toHaveLength(1);
    expect(dts.calls[0]).toMatchObject({
      action,
      region,
      body: { Order: 'CreateTime', OrderSeq: 'ASC' },
    });
  });

  it.each([
    ['UnauthorizedOperation', 'forbidden'],
    ['AuthFailure.UnauthorizedOperation', 'forbidden'],
    ['InternalError', 'unanswered'],
  ])('is missing after %s: %s', async (code, kind) => {
    dts.next({ kind: 'code', code }, { action });
    expect(await idle()).toEqual({ kind });
  });

  it('is missing if the call got no response', async () => {
    dts.next({ kind: 'reset', when: 'before' }, { action });
    expect(await idle()).toEqual({ kind: 'unanswered' });
  });
});
