import type { Measurement } from '../../src/domain/measure/measurement';
import { watchEnded } from '../../src/domain/request/watch';
import { noteChange, noteRequest } from '../../src/workflow/noteChange';
import { aRequest } from '../support/aRequest';
import { began, type StoreOn, storeOn } from '../support/storeOn';

let store: StoreOn;
let lines: unknown[];
let measured: Measurement[];
beforeEach(async () => {
  store = await storeOn('sqlite');
  lines = [];
  measured = [];
});
afterEach(() => store.close());

const note = (...line: unknown[]) => lines.push(line);
const context = () => ({
  log: { info: note, warn: note, error: note },
  metrics: { measure: (each: Measurement) => measured.push(each) },
});
const by = { userId: 'UBOB', name: 'Bob' };

describe('a change of a request', () => {
  const state = { status: 'denied', by, at: began, reason: 'no' } as const;
  const change = { request: aRequest(), state, event: { type: 'denied', reason: 'no' }, at: began };

  it('is logged with its person and measured', () => {
    noteChange(context(), { ...change, event: { type: 'denied', reason: 'no' }, by });
    expect(lines).toEqual([
      ['request changed', { request: 7, event: 'denied', user: 'UBOB', state: 'denied' }],
    ]);
    expect(measured).toMatchObject([
      { kind: 'event', type: 'denied' },
      { kind: 'decided', operation: 'create_job', decision: 'denied' },
    ]);
  });

  it('has no person if nobody made it', () => {
    const expired = { status: 'expired', at: began } as const;
    const event = { type: 'expired' } as const;
    noteChange(context(), { ...change, state: expired, event, by: undefined });
    expect(lines).toEqual([
      ['request changed', { request: 7, event: 'expired', state: 'expired' }],
    ]);
  });
});

it('a change of a watch is logged and measured', async () => {
  const watch = await store.watchJob('dts-1');
  noteChange(context(), { request: watch, by, at: began, ...watchEnded(by, began) });
  expect(lines).toMatchObject([
    [
      'request changed',
      { request: watch.id, event: 'unwatched', user: 'UBOB', state: 'unwatched' },
    ],
  ]);
  expect(measured).toEqual([{ kind: 'event', type: 'unwatched' }]);
});

it('a new request or watch is logged with its requester and measured', async () => {
  const request = aRequest();
  const watch = await store.watchJob('dts-1');
  noteRequest(context(), request);
  noteRequest(context(), watch);
  const { requester } = watch;
  expect(lines).toMatchObject([
    ['request changed', { request: 7, event: 'requested', user: 'UASK', state: 'pending' }],
    [
      'request changed',
      { request: watch.id, event: 'watched', user: requester.userId, state: 'watching' },
    ],
  ]);
  expect(measured).toEqual([
    { kind: 'event', type: 'requested' },
    { kind: 'event', type: 'watched' },
  ]);
});
