import { createServer } from 'node:net';
import {
  DEFAULT_SECRET_KEY,
  type DtsEndpoint,
  pageExample,
  startDts,
} from '../../playground/tencentcloud/index';
import { Secret } from '../../src/domain/secrets/secret';
import type { CloudAccount } from '../../src/tencentcloud/callCloud';
import { createMigrateJob } from '../../src/tencentcloud/createMigrateJob';
import { accountAt } from '../support/accountAt';
import { aDraft } from '../support/aForm';
import { listenLocally } from '../support/listenLocally';
import { sendsNow } from '../support/sendsNow';

const canary = 'canary-Pa55word';
const never = new AbortController().signal;
let dts: DtsEndpoint;

beforeEach(async () => {
  dts = await startDts();
});
afterEach(() => dts.close());

const launch = (abandon = never, account = accountAt(dts.host)) =>
  createMigrateJob(
    account,
    aDraft().parameters,
    { 'SrcInfo.Password': new Secret(canary) },
    abandon,
    sendsNow,
  );

describe('an accepted call', () => {
  it("contains the API page's example, nested, with numbers as numbers", async () => {
    const outcome = await launch();
    const [call, ...others] = dts.calls;
    expect(others).toEqual([]);
    const SrcInfo = { ...pageExample.SrcInfo, Password: canary };
    expect(call?.body).toEqual({ ...pageExample, SrcInfo });
    expect(call?.version).toBe('2018-03-30');
    expect(call?.action).toBe('CreateMigrateJob');
    expect(outcome).toEqual({
      kind: 'done',
      result: {
        jobId: call?.jobId,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  });

  it("is made in the target's region, with the password in the body and not in the URL", async () => {
    await launch();
    expect(dts.calls[0]).toMatchObject({ method: 'POST', path: '/', region: 'ap-shanghai' });
  });
});

describe('a rejected call', () => {
  it('returns the code, message and RequestId', async () => {
    dts.next({ kind: 'code', code: 'LimitExceeded.MaxUnusedJobs', message: 'too many' });
    expect(await launch()).toEqual({
      kind: 'failed',
      problem: {
        kind: 'refused',
        code: 'LimitExceeded.MaxUnusedJobs',
        message: 'too many',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  });

  it.each([
    ['a password of the request', canary],
    ["Ferry's key", DEFAULT_SECRET_KEY],
  ])("returns the server's words without %s", async (_, secret) => {
    dts.next({ kind: 'code', code: 'InvalidParameter', message: `${secret} is wrong` });
    const outcome = JSON.stringify(await launch());
    expect(outcome).toContain('"message":"[secret]"');
    expect(outcome).not.toContain(secret);
  });
});

describe('a call with an unknown outcome', () => {
  it.each([
    ['reset before', { kind: 'reset', when: 'before' }, 'no_answer'],
    ['reset after', { kind: 'reset', when: 'after' }, 'no_answer'],
    ['502', { kind: 'status', status: 502, when: 'after' }, 'unreadable_answer'],
    ['HTML', { kind: 'html', when: 'after' }, 'unreadable_answer'],
    ['empty', { kind: 'empty', when: 'after' }, 'unreadable_answer'],
    ['JSON without Response', { kind: 'noResponse', when: 'after' }, 'unreadable_answer'],
  ] as const)('%s: unknown, and sent once', async (_, fault, doubt) => {
    dts.next(fault);
    expect(await launch()).toMatchObject({ kind: 'unknown', doubt: { kind: doubt } });
    expect(dts.calls).toHaveLength(1);
  });

  it.each(['noAnswer', 'stalledBody'] as const)(
    '%s: unknown once it is abandoned',
    async (kind) => {
      dts.next({ kind, when: 'after' });
      const abandon = new AbortController();
      const outcome = launch(abandon.signal);
      await dts.until(() => dts.jobs.size === 1, { what: 'the job' });
      abandon.abort();
      expect(await outcome).toMatchObject({ kind: 'unknown', doubt: { kind: 'no_answer' } });
    },
  );

  it.each([301, 302, 307, 308] as const)(
    'a %i redirect: unknown, and the password is sent to no other host',
    async (status) => {
      const elsewhere = await startDts();
      dts.next({ kind: 'redirect', status, location: elsewhere.url });
      expect(await launch()).toMatchObject({ kind: 'unknown', doubt: { kind: 'redirected' } });
      expect(elsewhere.calls).toEqual([]);
      await elsewhere.close();
    },
  );

  it('a redirect to the same host is not followed either', async () => {
    dts.next({ kind: 'redirect', status: 307, location: `${dts.url}/again` });
    expect(await launch()).toMatchObject({ kind: 'unknown', doubt: { kind: 'redirected' } });
    expect(dts.calls).toHaveLength(1);
  });
});

describe('a call that was never sent', () => {
  it('is recognized if the port is closed', async () => {
    const { host } = dts;
    await dts.close();
    expect(await launch(never, accountAt(host))).toMatchObject({
      kind: 'failed',
      problem: { kind: 'not_sent' },
    });
  });

  it('is recognized if the name does not resolve', async () => {
    expect(await launch(never, accountAt('dts.invalid'))).toMatchObject({
      kind: 'failed',
      problem: { kind: 'not_sent' },
    });
  });

  it('is recognized if the server does not use TLS', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => {});
      socket.resume().end('no TLS here\n');
    });
    const port = await listenLocally(plain);
    const account: CloudAccount = {
      ...accountAt(''),
      endpoint: { protocol: 'https:', host: `127.0.0.1:${port}` },
    };
    expect(await launch(never, account)).toMatchObject({
      kind: 'failed',
      problem: { kind: 'not_sent' },
    });
    await new Promise((resolve) => plain.close(resolve));
  });
});
