import type { People } from '../../src/domain/people/people';
import { automaticOperations, decidedOperations, usualRule } from '../../src/domain/policy/policy';
import type { Approval } from '../../src/domain/request/approval';
import type { MigrationRequest } from '../../src/domain/request/request';
import { aDraft } from './aForm';
import { fail } from './fail';

export const at = new Date('2026-05-04T10:00:00Z');
export const person = (index: number) => ({
  userId: `U${String(index).padStart(10, '0')}`,
  name: 'N',
});
const people = Array.from({ length: 500 }, (_, index): People => {
  const { userId } = person(index);
  return { kind: 'user', userId };
});
/** The text that takes the most room in JSON among those that a form accepts. */
export const long = (length: number) => '密"\\'.repeat(length).slice(0, length);

export const objects = Array.from({ length: 200 }, (_, index) => ({
  database: `d${index}`,
  tables: Array.from({ length: 100 }, (_, table) => `${'数'.repeat(60)}${table}`),
}));
const { parameters } = aDraft({
  JobName: long(128),
  'SrcInfo.User': long(128),
  'MigrateOption.MigrateObject': '2',
  DatabaseInfo: 'orders',
  Tags: Array.from({ length: 50 }, (_, index) => `k${index}=${'值'.repeat(50)}`).join('\n'),
});
const source = parameters.SrcInfo;
const approvals = Array.from(
  { length: 20 },
  (_, index): Approval => ({
    by: person(index),
    at,
    revision: 999_999,
    from: [people, people],
    confirmed: true,
    comment: long(3_000),
    ...(index === 0 ? { breakGlass: long(3_000) } : {}),
  }),
);
const [first = fail(), ...others] = approvals;

/** A request with every part at its maximum, or beyond it. */
export const largest: MigrationRequest = {
  id: 999_999_999,
  origin: 'V1:1',
  version: 1_000,
  revision: 999_999,
  revisedBy: 'V1:1',
  channel: 'C0DBMIGRAT',
  requester: person(1),
  editors: [],
  askedIn: undefined,
  rule: usualRule({
    name: long(75),
    channel: 'C0DBMIGRAT',
    approvers: people,
    requesters: people,
    oneFromEach: [people, people],
    breakGlass: people,
    confirmDestination: true,
    required: 20,
    operations: Object.fromEntries(
      decidedOperations.map((name) => [
        name,
        { people, required: 20, oneFromEach: [people, people] },
      ]),
    ),
    automatic: automaticOperations,
  }),
  parameters: {
    ...parameters,
    SrcInfoMulti: Array.from({ length: 300 }, () => source),
    DatabaseInfo: objects,
  },
  secrets: {
    'SrcInfo.Password': { kind: 'ssm', name: 's'.repeat(128), version: 'v'.repeat(64) },
    'SrcInfo.AccessKey': { kind: 'env', name: 'E'.repeat(128) },
    'DstInfo.Password': { kind: 'typed' },
  },
  reason: long(3_000),
  observed: {
    source: { name: long(100), version: long(100), memoryMb: 1, diskGb: 1, unusable: long(100) },
    target: { name: long(100), version: long(100), memoryMb: 1, diskGb: 1, unusable: long(100) },
    nameTaken: { kind: 'job', jobId: long(100) },
  },
  askedAt: at,
  state: { status: 'created', approvals: [first, ...others], jobId: 'dts-12345678', at },
  job: undefined,
  altered: [],
};
