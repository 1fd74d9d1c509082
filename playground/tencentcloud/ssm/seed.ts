import type { StoredSecret } from './storedSecret';

const inGuangzhou = { region: 'ap-guangzhou' };
const inShanghai = { region: 'ap-shanghai' };

const account = (UserName: string, Password: string): string =>
  JSON.stringify({ UserName, Password });

/** None of these values is used anywhere else. */
export const secrets: readonly StoredSecret[] = [
  {
    ...inGuangzhou,
    name: 'orders-root',
    versions: [
      { id: 'v1', text: 'playground-Orders-1' },
      { id: 'v2', text: 'playground-Orders-2' },
    ],
  },
  { ...inGuangzhou, name: 'shop_migration', versions: [{ id: 'v1.0', text: 'playground-Shop' }] },
  {
    ...inGuangzhou,
    name: 'retired-root',
    status: 'Disabled',
    versions: [{ id: 'v1', text: 'playground-Retired' }],
  },
  {
    ...inGuangzhou,
    name: 'leaving-root',
    status: 'PendingDelete',
    versions: [{ id: 'v1', text: 'playground-Leaving' }],
  },
  {
    ...inGuangzhou,
    name: 'orders-rotated',
    product: { name: 'Mysql', instanceId: 'cdb-powiqx8q' },
    versions: [
      { id: '1', text: account('orders_a', 'playground-Rotated-1') },
      { id: '2', text: account('orders_b', 'playground-Rotated-2') },
    ],
  },
  {
    ...inShanghai,
    name: 'maps-binary',
    versions: [{ id: 'v1', binary: Buffer.from('playground-地图').toString('base64') }],
  },
  // A user-defined secret gets this name for its first version by default.
  { ...inShanghai, name: 'erp-root', versions: [{ id: 'SSM_Current', text: 'playground-Erp' }] },
];
