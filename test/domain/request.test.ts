import { isSameLaunch, type MigrationRequest } from '../../src/domain/request/request';
import { aRequest } from '../support/aRequest';
import { aRule } from '../support/aRule';

const request = aRequest();

it('means another launch after a change of who may decide, what was submitted, or its state', () => {
  const changes: Partial<MigrationRequest>[] = [
    { editors: ['U1'] },
    { revisedBy: 'V8' },
    { revision: 2 },
    { rule: aRule({ required: 2 }) },
    { state: { status: 'expired', at: request.askedAt } },
  ];
  for (const change of changes) {
    expect([change, isSameLaunch(request, { ...request, ...change })]).toEqual([change, false]);
  }
});

it('means the same launch after a refused attempt, and when it was read again', () => {
  expect(isSameLaunch(request, { ...aRequest(), version: 2 })).toBe(true);
});
