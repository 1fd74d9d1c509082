import { readPages } from '../../src/tencentcloud/readPages';
import { vpc } from '../../src/tencentcloud/services';
import { accountAt } from '../support/accountAt';
import { type CloudServer, startCloudServer } from '../support/cloudServer';

const never = new AbortController().signal;
let cloud: CloudServer;
beforeAll(async () => {
  cloud = await startCloudServer();
});
afterAll(() => cloud.stop());
beforeEach(() => {
  cloud.calls.length = 0;
});

function read(most = 1_000) {
  const call = {
    service: vpc,
    action: 'DescribeVpcs',
    region: 'ap-guangzhou',
    list: 'VpcSet',
    body: (page: object) => ({ ...page, only: 'mine' }),
    most,
  };
  return readPages(accountAt(cloud.host), call, never);
}
const entries = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: from + index }));
const page = (total: number | null, count: number, from = 0) => ({
  TotalCount: total,
  VpcSet: entries(count, from),
});
const offsets = () => cloud.calls.map(({ body }) => Reflect.get(Object(body), 'Offset'));

it('requests pages of 100, in addition to the fields of the call', async () => {
  cloud.answer('DescribeVpcs', page(1, 1));
  expect(await read()).toEqual({ kind: 'listed', entries: entries(1) });
  expect(cloud.calls).toEqual([
    { action: 'DescribeVpcs', body: { Offset: 0, Limit: 100, only: 'mine' } },
  ]);
});

it('continues after the entries that arrived, until it has the total', async () => {
  cloud.answer('DescribeVpcs', page(150, 100), page(150, 20, 100), page(150, 30, 120));
  expect(await read()).toEqual({ kind: 'listed', entries: entries(150) });
  expect(offsets()).toEqual([0, 100, 120]);
});

it('skips an empty page', async () => {
  cloud.answer('DescribeVpcs', page(150, 0), page(150, 50, 100));
  expect(await read()).toEqual({ kind: 'listed', entries: entries(50, 100) });
  expect(offsets()).toEqual([0, 100]);
});

it.each([
  [100, 100, 1],
  [101, 101, 2],
  [100, 150, 1],
  [20, 100, 1],
])(
  'reads at most %d of the entries on pages of 100, from a total of %d, with %d calls',
  async (most, total, calls) => {
    cloud.answer('DescribeVpcs', page(total, 100), page(total, total - 100, 100));
    const found = await read(most);
    expect(found).toEqual({ kind: 'listed', entries: entries(Math.min(most, total)) });
    expect(cloud.calls).toHaveLength(calls);
  },
);

it('ends if the total never arrives', async () => {
  cloud.answer('DescribeVpcs', page(1_000_000, 0));
  expect(await read(100)).toEqual({ kind: 'listed', entries: [] });
  expect(cloud.calls).toHaveLength(5);
});

it.each([
  ['no entries', page(0, 0)],
  ['null for an empty list', { TotalCount: 0, VpcSet: null }],
  ['null for the total too', { TotalCount: null, VpcSet: null }],
])('accepts %s', async (_, answer) => {
  cloud.answer('DescribeVpcs', answer);
  expect(await read()).toEqual({ kind: 'listed', entries: [] });
});

it.each([
  ['has no list', { TotalCount: 0 }],
  ['has no total', { VpcSet: [] }],
  ['has a total that is not a number', { TotalCount: '1', VpcSet: [] }],
  ['has a negative total', { TotalCount: -1, VpcSet: [] }],
  ['has something else as the list', { TotalCount: 1, VpcSet: {} }],
  ['has entries without a total', page(0, 1)],
  ['has entries and null as the total', page(null, 1)],
  ['has a total and null as the list', { TotalCount: 1, VpcSet: null }],
])('fails if a response %s', async (_, answer) => {
  cloud.answer('DescribeVpcs', answer);
  expect(await read()).toEqual({
    kind: 'failed',
    problem: { kind: 'not_sent', detail: 'the answer of DescribeVpcs could not be read' },
  });
});

it('fails if a later page fails', async () => {
  const refusal = { Code: 'UnauthorizedOperation', Message: 'no' };
  cloud.answer('DescribeVpcs', page(200, 100), { Error: refusal });
  expect(await read()).toMatchObject({
    kind: 'failed',
    problem: { kind: 'refused', code: 'UnauthorizedOperation' },
  });
});
