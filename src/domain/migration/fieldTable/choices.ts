import { region, resourceId } from '../checks';
import { accessTypes, destinationEngines, enginesWithClusters, sourceEngines } from '../engines';
import { all, always, is, not } from './derive';
import { choice, type Lookup, needBy, required, when } from './field';

/**
 * The fields that other fields depend on. They come before the table, because its entries refer to
 * them. Source: the field comments of DTS 2018-03-30 and the API page. Where these don't say which
 * fields belong to an access type, the rules of version 2021-12-06 apply.
 */

export const sourceEngine = choice({
  need: required,
  begins: 'from',
  options: sourceEngines,
  preset: always('mysql'),
});

export const access = choice({ need: required, options: accessTypes, preset: always('extranet') });

export const nodeType = choice({
  need: when(is(sourceEngine, ...enginesWithClusters)),
  options: ['simple', 'cluster'],
  preset: always('simple'),
});

/** A cluster outside of TencentDB is described node by node. */
export const listsNodes = all(is(nodeType, 'cluster'), not(is(access, 'cdb')));

export const supplier = choice({
  advanced: always(true),
  // The API documents the fields of an RDS instance for MySQL 5.6 and 5.7.
  need: when(all(is(access, 'extranet'), is(sourceEngine, 'mysql'))),
  options: ['others', 'aliyun'],
  preset: always('others'),
});

export const isRds = is(supplier, 'aliyun');

export const rdsVersion = choice({
  advanced: always(true),
  need: when(isRds),
  options: ['5.6', '5.7'],
  preset: always('5.6'),
});

export const sourceRegion: Lookup = {
  kind: 'lookup',
  need: needBy(access, {
    extranet: 'required',
    cdb: 'optional',
    cvm: 'required',
    dcg: 'required',
    vpncloud: 'required',
    ccn: 'required',
    vpnselfbuild: 'optional',
  }),
  resource: { kind: 'region' },
  check: region,
};

export const destinationEngine = choice({
  advanced: always(true),
  need: required,
  options: destinationEngines,
  preset: sourceEngine,
});

export const destinationRegion: Lookup = {
  kind: 'lookup',
  need: required,
  begins: 'to',
  resource: { kind: 'region' },
  check: region,
};

export const sourceVpc: Lookup = {
  kind: 'lookup',
  need: needBy(access, {
    cvm: 'optional',
    dcg: 'required',
    vpncloud: 'expected',
    ccn: 'required',
    vpnselfbuild: 'expected',
  }),
  resource: { kind: 'vpc', region: sourceRegion },
  check: resourceId('vpc', 'vpc-1a2b3c4d'),
};

/** A mongodb source may need no account. */
export const hasAccount = choice({
  advanced: always(true),
  need: when(is(sourceEngine, 'mongodb')),
  options: ['1', '0'],
  preset: always('1'),
});

export const objects = choice({
  need: required,
  begins: 'how',
  options: ['1', '2'],
  preset: always('1'),
  isNumber: true,
});

export const isWhole = is(objects, '1');
export const isNamed = is(objects, '2');

export const migrateType = choice({
  need: required,
  options: ['1', '2', '3'],
  // DTS keeps copying changes for every engine, so the application can switch over at any time.
  preset: always('3'),
  isNumber: true,
});

export const consistency = choice({
  advanced: always(true),
  need: required,
  options: ['1', '2', '3', '4', '5'],
  preset: always('1'),
  isNumber: true,
});

export const runMode = choice({
  advanced: always(true),
  need: required,
  options: ['1', '2'],
  preset: always('1'),
  isNumber: true,
});
