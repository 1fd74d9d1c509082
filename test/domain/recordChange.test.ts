import fc from 'fast-check';
import { hashesAfter } from '../../src/domain/record/recordChange';
import {
  alteredParts,
  type RecordPart,
  type RowHashes,
  recordedHashes,
  recordParts,
  storeHashes,
} from '../../src/domain/record/recordedRow';
import type { Change } from '../../src/domain/request/change';
import { aRequest } from '../support/aRequest';

const anyHash = fc.stringMatching(/^[0-9a-f]{8}$/);
const someHashes: fc.Arbitrary<RowHashes> = fc.record({
  request: anyHash,
  revision: anyHash,
  parameters: anyHash,
  secrets: anyHash,
  rule: anyHash,
  state: anyHash,
});
const some = <Item>(items: readonly Item[]) => fc.subarray([...items]);

const revisedTo = (revision: number): Partial<Change> => {
  const { parameters, reason, rule, secrets } = aRequest();
  const origin = 'V7/2';
  return {
    revised: {
      origin,
      parameters,
      reason,
      rule,
      secrets,
      observed: {},
      sealed: {},
      revision,
      editors: [],
    },
  };
};
/** Every kind of change, with the parts that it replaces. */
const kinds: readonly { change: Partial<Change>; replaced: readonly RecordPart[] }[] = [
  { change: {}, replaced: [] },
  { change: { rule: aRequest().rule }, replaced: [] },
  { change: revisedTo(1), replaced: [] },
  { change: revisedTo(2), replaced: ['parameters', 'secrets', 'rule', 'state'] },
];

const changeOf = (change: Partial<Change>, altered: readonly RecordPart[]): Change => {
  const request = aRequest({ altered });
  return {
    request,
    state: request.state,
    event: { type: 'look_again', operation: 'create_job' },
    by: undefined,
    at: request.askedAt,
    ...change,
  };
};

it('only a new revision that replaces an altered part makes it match again', () =>
  fc.assert(
    fc.property(
      someHashes,
      someHashes,
      some(recordParts),
      fc.constantFrom(...kinds),
      (recorded, after, altered, { change, replaced }) => {
        fc.pre(recordParts.every((part) => recorded[part] !== after[part]));
        const hashes = hashesAfter(changeOf(change, altered), recorded, after);
        const still = alteredParts(after, hashes);
        for (const part of altered) expect(still.includes(part)).toBe(!replaced.includes(part));
      },
    ),
  ));

it('a change of an unaltered request records the row after the change', () =>
  fc.assert(
    fc.property(
      someHashes,
      someHashes,
      fc.constantFrom(...kinds),
      (recorded, after, { change }) => {
        const { revised, rule } = change;
        const isKept = (part: RecordPart) =>
          part === 'request' ||
          (part !== 'state' && revised === undefined && !(part === 'rule' && rule !== undefined));
        const kept = Object.fromEntries(
          recordParts.filter(isKept).map((part) => [part, recorded[part]]),
        );
        const now = { ...after, ...kept };
        expect(hashesAfter(changeOf(change, []), recorded, now)).toEqual(now);
      },
    ),
  ));

it('an event that cannot be proven leaves nothing that matches, except replaced parts', () =>
  fc.assert(
    fc.property(someHashes, fc.constantFrom(...kinds), (after, { change, replaced }) => {
      const hashes = hashesAfter(changeOf(change, []), undefined, after);
      const wrong = recordParts.filter((part) => !replaced.includes(part));
      expect(alteredParts(after, hashes)).toEqual(wrong);
    }),
  ));

it('reads what it stores, accepts old events by their parameters only, and refuses the rest', () => {
  fc.assert(
    fc.property(someHashes, (hashes) => {
      const stored: unknown = JSON.parse(JSON.stringify(storeHashes(hashes)));
      expect(recordedHashes({ parametersHash: hashes.parameters, hashes: stored })).toEqual(hashes);
    }),
  );
  expect(recordedHashes({ parametersHash: 'p' })).toEqual({ parameters: 'p' });
  for (const hashes of [{}, { version: 3 }, 'text', [], null, { version: 2, rule: 'r' }]) {
    expect(recordedHashes({ parametersHash: 'p', hashes })).toBeUndefined();
  }
});
