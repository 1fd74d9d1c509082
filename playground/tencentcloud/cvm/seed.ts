import type { Machine } from './machine';

const inGuangzhou = {
  region: 'ap-guangzhou',
  zone: 'ap-guangzhou-4',
  vpcId: 'vpc-gz7prod1',
  subnetId: 'subnet-gz7data2',
};
const inShanghai = {
  region: 'ap-shanghai',
  zone: 'ap-shanghai-2',
  vpcId: 'vpc-sh4prod1',
  subnetId: 'subnet-sh4data1',
};

export const machines: readonly Machine[] = [
  { ...inGuangzhou, id: 'ins-1a2b3c4d', name: 'mysql-on-a-machine', address: '10.0.2.100' },
  { ...inGuangzhou, id: 'ins-gz4stop1', name: 'retired', address: '10.0.2.101', state: 'STOPPED' },
  { ...inShanghai, id: 'ins-sh4pg001', name: '自建数据库', address: '10.8.1.100' },
  {
    ...inShanghai,
    id: 'ins-sh4unpay',
    name: 'unpaid',
    address: '10.8.1.101',
    restriction: 'PROTECTIVELY_ISOLATED',
  },
];
