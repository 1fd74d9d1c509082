import type { Ccn } from './ccn';
import type { DirectConnectGateway } from './directConnectGateway';
import type { Subnet } from './subnet';
import type { Vpc } from './vpc';
import type { VpnGateway } from './vpnGateway';

const guangzhou = 'ap-guangzhou';
const shanghai = 'ap-shanghai';

export const vpcs: readonly Vpc[] = [
  { region: guangzhou, id: 'vpc-gz7prod1', name: 'production', cidr: '10.0.0.0/16' },
  { region: guangzhou, id: 'vpc-gz7test2', name: 'staging <&> `*old*`', cidr: '10.1.0.0/16' },
  { region: shanghai, id: 'vpc-sh4prod1', name: '上海生产网络', cidr: '10.8.0.0/16' },
  { region: shanghai, id: 'vpc-sh4data2', name: 'data', cidr: '10.9.0.0/16' },
];

const inGuangzhou = { region: guangzhou, vpcId: 'vpc-gz7prod1' };
const inShanghai = { region: shanghai, vpcId: 'vpc-sh4prod1' };

export const subnets: readonly Subnet[] = [
  {
    ...inGuangzhou,
    id: 'subnet-gz7appl1',
    name: 'application',
    cidr: '10.0.1.0/24',
    zone: 'ap-guangzhou-3',
  },
  {
    ...inGuangzhou,
    id: 'subnet-gz7data2',
    name: 'databases',
    cidr: '10.0.2.0/24',
    zone: 'ap-guangzhou-4',
  },
  {
    region: guangzhou,
    vpcId: 'vpc-gz7test2',
    id: 'subnet-gz7test3',
    name: 'staging',
    cidr: '10.1.1.0/24',
    zone: 'ap-guangzhou-6',
  },
  {
    ...inShanghai,
    id: 'subnet-sh4data1',
    name: '数据库子网',
    cidr: '10.8.1.0/24',
    zone: 'ap-shanghai-2',
  },
  {
    region: shanghai,
    vpcId: 'vpc-sh4data2',
    id: 'subnet-sh4lake2',
    name: 'lake',
    cidr: '10.9.1.0/24',
    zone: 'ap-shanghai-4',
  },
];

export const vpnGateways: readonly VpnGateway[] = [
  { ...inGuangzhou, id: 'vpngw-gz7offic', name: 'office', address: '203.0.113.7' },
  {
    ...inGuangzhou,
    id: 'vpngw-gz7fresh',
    name: 'branch',
    address: '203.0.113.8',
    state: 'PENDING',
  },
  { ...inShanghai, id: 'vpngw-sh4plant', name: 'plant', address: '203.0.113.40' },
  {
    ...inShanghai,
    id: 'vpngw-sh4unpay',
    name: 'unpaid',
    address: '203.0.113.41',
    restriction: 'PROTECTIVELY_ISOLATED',
  },
];

export const directConnectGateways: readonly DirectConnectGateway[] = [
  {
    region: guangzhou,
    id: 'dcg-gz7rack1',
    name: 'data center',
    leadsTo: { kind: 'VPC', id: 'vpc-gz7prod1' },
  },
  {
    region: shanghai,
    id: 'dcg-sh4rack1',
    name: '机房专线',
    leadsTo: { kind: 'CCN', id: 'ccn-main7net' },
  },
];

export const ccns: readonly Ccn[] = [
  { id: 'ccn-main7net', name: 'backbone' },
  { id: 'ccn-old7net2', name: 'former backbone', state: 'ISOLATED' },
];
