import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { silentLog } from '../../src/operations/log';
import { createCatalogue } from '../../src/tencentcloud/catalogue';
import { createLookUps } from '../../src/workflow/lookUps';
import { accountAt } from '../support/accountAt';
import { movableClock } from '../support/movableClock';

const region = 'ap-guangzhou';
let dts: DtsEndpoint;
beforeEach(async () => {
  dts = await startDts();
});
afterEach(() => dts.close());

/** The form's lookups on the stand-in's account. */
function lookUps() {
  const clock = movableClock();
  return {
    clock,
    ...createLookUps(createCatalogue(accountAt(dts.host)), { clock, log: silentLog }),
  };
}

const vpcs = { kind: 'vpc', region } as const;

describe("the form's options", () => {
  it('are requested once, however many keys are pressed', async () => {
    const { resources, secrets, versions } = lookUps();
    for (let key = 0; key < 20; key += 1) {
      expect(await resources.lookUp(vpcs)).toMatchObject({
        kind: 'found',
        resources: [{ id: 'vpc-gz7prod1' }, { id: 'vpc-gz7test2' }],
      });
      expect(await secrets.lookUp({ region })).toMatchObject({ kind: 'found' });
      expect(await versions.lookUp({ region, name: 'orders-root' })).toEqual({
        kind: 'found',
        versions: ['v2', 'v1'],
      });
    }
    expect(dts.callsOf('DescribeVpcs')).toHaveLength(1);
    expect(dts.callsOf('ListSecretVersionIds')).toHaveLength(1);
    expect(dts.callsOf('ListSecrets')).toHaveLength(3);
  });

  it('are “loading” while Tencent Cloud is slow, and then complete', async () => {
    const { resources } = lookUps();
    const hold = dts.next({ kind: 'hold' }, { action: 'DescribeVpcs' });
    expect(await resources.lookUp(vpcs, 20)).toEqual({ kind: 'loading' });
    const patient = resources.lookUp(vpcs, 10_000);
    hold.release();
    expect(await patient).toMatchObject({ kind: 'found' });
    expect(dts.callsOf('DescribeVpcs')).toHaveLength(1);
  });

  it('are requested by four calls at a time', async () => {
    const { resources, stop } = lookUps();
    const hold = dts.next({ kind: 'hold' }, { action: 'DescribeVpcs', times: 20 });
    const regions = ['ap-guangzhou', 'ap-shanghai', 'ap-beijing', 'ap-chengdu', 'ap-nanjing'];
    const asked = regions.map((each) => resources.lookUp({ kind: 'vpc', region: each }, 10_000));
    await dts.until(() => dts.calls.length >= 4, { what: 'four calls' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(dts.calls).toHaveLength(4);
    hold.release();
    await Promise.all(asked);
    expect(dts.calls).toHaveLength(5);
    await stop();
  });

  it('are not requested repeatedly while Tencent Cloud rejects the call', async () => {
    const { clock, resources } = lookUps();
    const refusal = { kind: 'code', code: 'UnauthorizedOperation' } as const;
    dts.next(refusal, { action: 'DescribeVpcs', times: Number.POSITIVE_INFINITY });
    for (let key = 0; key < 20; key += 1) {
      expect(await resources.lookUp(vpcs)).toMatchObject({
        kind: 'failed',
        problem: { kind: 'refused', code: 'UnauthorizedOperation' },
      });
    }
    expect(dts.callsOf('DescribeVpcs')).toHaveLength(1);
    clock.advance(5_000);
    await resources.lookUp(vpcs);
    expect(dts.callsOf('DescribeVpcs')).toHaveLength(2);
  });

  it('include new resources after a minute', async () => {
    const { clock, resources } = lookUps();
    await resources.lookUp(vpcs);
    dts.add({ vpcs: [{ region, id: 'vpc-gz7new03', name: 'new', cidr: '10.2.0.0/16' }] });
    clock.advance(60_000);
    expect(await resources.lookUp(vpcs)).toMatchObject({ resources: { length: 2 } });
    await dts.until(() => dts.callsOf('DescribeVpcs')[1]?.exchange === 'answered', {
      what: 'the second call',
    });
    const deadline = performance.now() + 30_000;
    let seen = 0;
    while (seen !== 3 && performance.now() < deadline) {
      const answer = await resources.lookUp(vpcs);
      seen = answer.kind === 'found' ? answer.resources.length : 0;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    expect(seen).toBe(3);
    expect(dts.callsOf('DescribeVpcs')).toHaveLength(2);
  });

  it('leave no call behind when Ferry stops', async () => {
    const { resources } = lookUps();
    dts.next({ kind: 'noAnswer', when: 'before' }, { action: 'DescribeVpcs' });
    await resources.lookUp(vpcs, 0);
    const call = await dts.until(() => dts.callsOf('DescribeVpcs')[0], { what: 'the call' });
    await resources.stop();
    await dts.until(() => call.exchange === 'clientGone', { what: 'the end of the call' });
  });
});
