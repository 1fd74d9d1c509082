import type { DatabaseInstance } from './databaseInstance';

const guangzhou = 'ap-guangzhou';
const shanghai = 'ap-shanghai';

const isolated = 'The instance is isolated because its bill is not paid';
const readOnly = 'A read-only instance cannot be a destination';

const mysql = { engine: 'mysql', port: 3306 };
const mariadb = { engine: 'mariadb', port: 3306 };
const percona = { engine: 'percona', port: 3306 };
const cynosdbmysql = { engine: 'cynosdbmysql', port: 3306 };
const redis = { engine: 'redis', port: 6379 };
const mongodb = { engine: 'mongodb', port: 27017 };
const postgresql = { engine: 'postgresql', port: 5432 };
const sqlserver = { engine: 'sqlserver', port: 1433 };

/** A few instances of each engine. The first two are in the API page's examples. */
export const instances: readonly DatabaseInstance[] = [
  { ...mysql, region: shanghai, id: 'cdb-e78e0nnv', name: 'orders', address: '10.8.1.10' },
  { ...mysql, region: guangzhou, id: 'cdb-powiqx8q', name: 'orders-old', address: '10.0.2.10' },
  { ...mysql, region: shanghai, id: 'cdb-another1', name: '订单归档库', address: '10.8.1.11' },
  {
    ...mysql,
    region: shanghai,
    id: 'cdb-ro4copy9',
    name: 'orders-replica',
    address: '10.8.1.12',
    unusable: { dst: readOnly },
  },
  {
    ...mysql,
    region: shanghai,
    id: 'cdb-unpaid77',
    name: 'abandoned <&> `*draft*`',
    address: '10.8.1.13',
    unusable: { src: isolated, dst: isolated },
  },
  { ...mysql, region: guangzhou, id: 'cdb-gz5shop2', name: 'shop', address: '10.0.2.11' },
  { ...mariadb, region: guangzhou, id: 'tdsql-gz3crm01', name: 'crm', address: '10.0.2.20' },
  { ...mariadb, region: shanghai, id: 'tdsql-sh3crm02', name: 'crm-new', address: '10.8.1.20' },
  { ...percona, region: guangzhou, id: 'tdsql-gz3perc1', name: 'bills', address: '10.0.2.21' },
  { ...percona, region: shanghai, id: 'tdsql-sh3perc2', name: 'bills-new', address: '10.8.1.21' },
  {
    ...cynosdbmysql,
    region: shanghai,
    id: 'cynosdbmysql-sh9orde1',
    name: 'orders-cluster',
    address: '10.8.1.30',
  },
  {
    ...cynosdbmysql,
    region: guangzhou,
    id: 'cynosdbmysql-gz9shop1',
    name: 'shop-cluster',
    address: '10.0.2.30',
    unusable: { src: 'A serverless cluster that sleeps cannot be a source' },
  },
  { ...redis, region: guangzhou, id: 'crs-gz2sess1', name: 'sessions', address: '10.0.2.40' },
  { ...redis, region: shanghai, id: 'crs-sh2sess2', name: '会话缓存', address: '10.8.1.40' },
  {
    ...redis,
    region: shanghai,
    id: 'crs-sh2memo3',
    name: 'without a password',
    address: '10.8.1.41',
    unusable: { dst: 'The instance takes connections without a password' },
  },
  { ...mongodb, region: guangzhou, id: 'cmgo-gz6cart1', name: 'carts', address: '10.0.2.50' },
  { ...mongodb, region: shanghai, id: 'cmgo-sh6cart2', name: 'carts-new', address: '10.8.1.50' },
  { ...postgresql, region: guangzhou, id: 'postgres-gz8geo01', name: 'maps', address: '10.0.2.60' },
  {
    ...postgresql,
    region: shanghai,
    id: 'postgres-sh8geo02',
    name: 'maps-new',
    address: '10.8.1.60',
  },
  { ...sqlserver, region: guangzhou, id: 'mssql-gz1erp01', name: 'erp', address: '10.0.2.70' },
  { ...sqlserver, region: shanghai, id: 'mssql-sh1erp02', name: 'erp-new', address: '10.8.1.70' },
];
