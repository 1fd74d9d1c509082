import type { Break, Entry } from '../../src/domain/record/journal';
import { storeHashes } from '../../src/domain/record/recordedRow';
import { createReplay } from '../../src/domain/record/replay';
import type { EventPayload } from '../../src/domain/request/requestEvent';

type Told = readonly [happening: EventPayload, by?: string, revision?: number];

/** What a replay reports about these events of request 7. */
function replayed(events: readonly Told[], hashes?: (index: number) => unknown): Break[] {
  const replay = createReplay();
  return events.flatMap(([happening, by, revision = 1], index) => {
    const entry: Entry = {
      position: index + 1,
      requestId: 7,
      seq: index + 1,
      revision,
      at: '2026-01-01T00:00:00.000Z',
      by: by === undefined ? null : { userId: by, name: by },
      parametersHash: 'p',
      ...(hashes === undefined ? {} : { hashes: hashes(index) }),
      happening,
    };
    return replay(entry);
  });
}

const requested: Told = [{ type: 'requested' }, 'alice'];
const approved = (by: string, required = 1, revision = 1): Told => [
  { type: 'approved', count: 1, required },
  by,
  revision,
];
const launched: Told = [{ type: 'launched', operation: 'create_job', attempt: 1 }];
const edited = (by: string, revision: number, voided: number): Told => [
  { type: 'edited', differences: [], voided },
  by,
  revision,
];
const failed: Told = [
  { type: 'failed', operation: 'create_job', problem: { kind: 'not_sent', detail: '' } },
];

const lapsed = (userId: string, because: 'not_an_approver' | 'no_emergency_approver'): Told => [
  { type: 'approvals_lapsed', lapsed: [{ userId, because }], reopened: true },
];
const ruleChanged = (reopened: boolean): Told => [
  { type: 'rule_changed', from: 'early', to: 'other', voided: 0, lapsed: [], reopened },
];

it.each<{ what: string; events: readonly Told[]; isFine: boolean }>([
  { what: 'nobody', events: [requested, launched], isFine: false },
  { what: 'one of one', events: [requested, approved('bob'), launched], isFine: true },
  { what: 'one of two', events: [requested, approved('bob', 2), launched], isFine: false },
  {
    what: 'two of two',
    events: [requested, approved('bob', 2), approved('dan', 2), launched],
    isFine: true,
  },
  {
    what: 'one person, twice',
    events: [requested, approved('bob', 2), approved('bob', 2), launched],
    isFine: false,
  },
  { what: 'the requester', events: [requested, approved('alice'), launched], isFine: false },
  {
    what: 'the editor',
    events: [requested, edited('bob', 2, 0), approved('bob', 1, 2), launched],
    isFine: false,
  },
  {
    what: 'someone who revoked it',
    events: [
      requested,
      approved('bob'),
      [{ type: 'taken_back', count: 0, required: 1 }, 'bob'],
      launched,
    ],
    isFine: false,
  },
  {
    what: 'someone who saw an earlier revision',
    events: [requested, approved('bob'), edited('alice', 2, 1), launched],
    isFine: false,
  },
  {
    what: 'someone under a rule that changed',
    events: [
      requested,
      approved('bob', 2),
      [{ type: 'rule_changed', from: 'a', to: 'b', voided: 1, lapsed: [], reopened: false }],
      launched,
    ],
    isFine: false,
  },
  {
    what: 'someone whose approval lapsed',
    events: [
      requested,
      approved('bob'),
      [
        {
          type: 'approvals_lapsed',
          lapsed: [{ userId: 'bob', because: 'not_an_approver' }],
          reopened: true,
        },
      ],
      launched,
    ],
    isFine: false,
  },
  {
    what: 'one approver after another one whose approval lapsed',
    events: [
      requested,
      approved('bob', 2),
      approved('dan', 2),
      [
        {
          type: 'rule_changed',
          from: 'a',
          to: 'b',
          voided: 1,
          lapsed: [{ userId: 'bob', because: 'not_an_approver' }],
          reopened: true,
        },
      ],
      approved('eva', 2),
      launched,
    ],
    isFine: true,
  },
  {
    what: 'an emergency approver',
    events: [requested, [{ type: 'break_glass', reason: 'now' }, 'alice'], launched],
    isFine: true,
  },
  {
    what: 'an approver, before a call that failed and was retried',
    events: [
      requested,
      approved('bob'),
      launched,
      failed,
      [{ type: 'try_again', operation: 'create_job', after: 'failed', voided: 0 }, 'alice'],
      launched,
    ],
    isFine: true,
  },
  {
    what: 'an approver, before only the password was typed again',
    events: [requested, approved('bob'), launched, failed, edited('alice', 1, 0), launched],
    isFine: true,
  },
  {
    what: 'an approver who typed the password again and approved again',
    events: [
      requested,
      approved('bob'),
      launched,
      failed,
      edited('bob', 1, 0),
      lapsed('bob', 'not_an_approver'),
      approved('bob'),
      launched,
    ],
    isFine: true,
  },
  {
    what: 'an approver whose approval no longer counted at the retry',
    events: [
      requested,
      approved('bob'),
      launched,
      failed,
      [{ type: 'try_again', operation: 'create_job', after: 'failed', voided: 1 }, 'alice'],
      launched,
    ],
    isFine: false,
  },
  {
    what: 'an emergency approver whose approval lapsed',
    events: [
      requested,
      [{ type: 'break_glass', reason: 'now' }, 'alice'],
      lapsed('alice', 'no_emergency_approver'),
      launched,
    ],
    isFine: false,
  },
  {
    what: 'an emergency approver, after another approval lapsed',
    events: [
      requested,
      approved('bob', 2),
      [{ type: 'break_glass', reason: 'now' }, 'alice'],
      lapsed('bob', 'not_an_approver'),
      launched,
    ],
    isFine: true,
  },
  {
    what: 'the policy',
    events: [[{ type: 'requested', automatic: 'early' }, 'alice'], launched],
    isFine: true,
  },
  {
    what: 'the policy, until its rule changed',
    events: [[{ type: 'requested', automatic: 'early' }, 'alice'], ruleChanged(true), launched],
    isFine: false,
  },
  {
    what: 'the policy under this and another rule',
    events: [[{ type: 'requested', automatic: 'early' }, 'alice'], ruleChanged(false), launched],
    isFine: true,
  },
  {
    what: 'the policy under a later rule',
    events: [
      requested,
      [
        {
          type: 'rule_changed',
          from: 'early',
          to: 'other',
          voided: 0,
          lapsed: [],
          reopened: false,
          automatic: 'other',
        },
      ],
      launched,
    ],
    isFine: true,
  },
  {
    what: 'the policy, until other people’s approvals were needed',
    events: [
      [{ type: 'requested', automatic: 'early' }, 'alice'],
      [{ type: 'approvals_lapsed', lapsed: [], reopened: true }],
      launched,
    ],
    isFine: false,
  },
  {
    what: 'an approver, in an event without a person,',
    events: [requested, [{ type: 'approved', count: 1, required: 1 }], launched],
    isFine: false,
  },
  {
    what: 'an approver of a request without a person',
    events: [[{ type: 'requested' }], approved('bob'), launched],
    isFine: true,
  },
])('a launch that $what approved is found: $isFine', ({ events, isFine }) => {
  expect(replayed(events)).toEqual(
    isFine ? [] : [{ kind: 'unapproved', position: events.length, requestId: 7 }],
  );
});

describe('a launch of an operation on the job', () => {
  const created: Told = [{ type: 'created', how: 'answered', jobId: 'dts-1' }];
  const before: readonly Told[] = [requested, approved('bob'), launched, created];
  const decided = (by: string, required = 1): Told => [
    { type: 'approved', operation: 'check_job', count: 1, required },
    by,
  ];
  const automatic: Told = [{ type: 'automatic', operation: 'check_job', rule: 'usual' }];
  const notAutomatic: Told = [{ type: 'not_automatic', operation: 'check_job' }];
  const checked: Told = [{ type: 'launched', operation: 'check_job', attempt: 2 }];
  const operated: Told = [{ type: 'operated', operation: 'check_job', how: 'answered' }];

  const operation = 'check_job';
  const endings: readonly (readonly [string, Told])[] = [
    ['denied', [{ type: 'denied', operation, reason: 'no' }, 'eve']],
    ['withdrawn', [{ type: 'withdrawn', operation }, 'alice']],
    ['expired', [{ type: 'expired', operation }]],
  ];

  it.each<{ what: string; events: readonly Told[]; isFine: boolean }>([
    { what: 'the approval of the request', events: [], isFine: false },
    { what: 'the policy’s decision', events: [automatic], isFine: true },
    {
      what: 'the policy’s decision, until the policy changed',
      events: [automatic, notAutomatic],
      isFine: false,
    },
    {
      what: 'an approval after the policy changed',
      events: [automatic, notAutomatic, decided('bob')],
      isFine: true,
    },
    {
      what: 'the first of two approvals after the policy’s decision',
      events: [automatic, decided('bob', 2)],
      isFine: false,
    },
    {
      what: 'two approvals after the policy’s decision',
      events: [automatic, decided('bob', 2), decided('dan', 2)],
      isFine: true,
    },
    { what: 'the requester’s decision', events: [decided('alice')], isFine: true },
    ...endings.map(([type, ended]) => ({
      what: `the first of two approvals after one that was ${type}`,
      events: [decided('bob', 2), ended, decided('dan', 2)],
      isFine: false,
    })),
    {
      what: 'the first of two approvals after the job moved on',
      events: [
        decided('bob', 2),
        [
          {
            ...{ type: 'job_moved', from: 'created', to: 'checking', said: 'checking' },
            ...{ elsewhere: true, operation: 'check_job' },
          },
        ],
        decided('dan', 2),
      ],
      isFine: false,
    },
    {
      what: 'enough approvals, but none from a list',
      events: [
        [
          {
            ...{ type: 'approved', operation: 'check_job', count: 1, required: 1 },
            missing: { count: 0, lists: [[{ kind: 'group', groupId: 'S1' }]] },
          },
          'bob',
        ],
      ],
      isFine: false,
    },
    {
      what: 'a decision for an earlier call',
      events: [decided('bob'), checked, operated],
      isFine: false,
    },
  ])('with $what is found: $isFine', ({ events, isFine }) => {
    const all = [...before, ...events, checked];
    expect(replayed(all)).toEqual(
      isFine ? [] : [{ kind: 'unapproved', position: all.length, requestId: 7 }],
    );
  });
});

it('a change of the job’s parameters needs the approvals of its newest revision', () => {
  const created: Told = [{ type: 'created', how: 'answered', jobId: 'dts-1' }];
  const modified = (revision: number): Told => [
    { type: 'edited', operation: 'modify_job', differences: [], voided: 0 },
    'alice',
    revision,
  ];
  const decided = (by: string, revision: number): Told => [
    { type: 'approved', operation: 'modify_job', count: 1, required: 2 },
    by,
    revision,
  ];
  const launch: Told = [{ type: 'launched', operation: 'modify_job', attempt: 2 }, 'bob', 3];
  const before = [requested, approved('bob'), launched, created, modified(2), decided('bob', 2)];
  const half = [...before, modified(3), decided('dan', 3)];
  expect(replayed([...half, launch])).toEqual([
    { kind: 'unapproved', position: half.length + 1, requestId: 7 },
  ]);
  expect(replayed([...half, decided('bob', 3), launch])).toEqual([]);
});

it.each<{ what: string; more: readonly Told[]; isFine: boolean }>([
  { what: 'without an approval from a list', more: [], isFine: false },
  { what: 'after one from the list', more: [approved('dan', 1)], isFine: true },
  { what: 'after the rule no longer has the list', more: [ruleChanged(false)], isFine: true },
  { what: 'after a rule that is not satisfied either', more: [ruleChanged(true)], isFine: false },
])('a launch $what is fine: $isFine', ({ more, isFine }) => {
  const event: EventPayload = {
    ...{ type: 'approved', count: 1, required: 1 },
    missing: { count: 0, lists: [[{ kind: 'group', groupId: 'S1' }]] },
  };
  const events: readonly Told[] = [requested, [event, 'bob'], ...more, launched];
  expect(replayed(events)).toEqual(
    isFine ? [] : [{ kind: 'unapproved', position: events.length, requestId: 7 }],
  );
});

it('ignores an event that it can’t read', () => {
  const replay = createReplay();
  const entry = { position: 1, requestId: 7, seq: 1, revision: 1, at: '', by: null };
  expect(replay({ ...entry, parametersHash: 'p', happening: { type: 'foreign' } })).toEqual([]);
});

describe('a part that changes at an event', () => {
  const parts = ['request', 'revision', 'secrets', 'rule', 'state'] as const;
  const before = {
    request: 'a',
    revision: 'a',
    parameters: 'p',
    secrets: 'a',
    rule: 'a',
    state: 'a',
  };
  const voided = 0;
  it.each<{ happening: EventPayload; fine: readonly string[] }>([
    {
      happening: { type: 'edited', differences: [], voided },
      fine: ['revision', 'secrets', 'rule', 'state'],
    },
    {
      happening: { type: 'rule_changed', from: 'a', to: 'b', voided, lapsed: [], reopened: false },
      fine: ['rule', 'state'],
    },
    { happening: { type: 'approved', count: 1, required: 1 }, fine: ['state'] },
    { happening: { type: 'reminded', number: 1 }, fine: ['state'] },
    { happening: { type: 'withdrawn' }, fine: ['state'] },
  ])('$happening.type, is found unless the event changes it: $fine', ({ happening, fine }) => {
    for (const part of parts) {
      const found = replayed([requested, [happening, 'alice']], (index) =>
        storeHashes(index === 0 ? before : { ...before, [part]: 'b' }),
      );
      expect(found).toEqual(
        fine.includes(part)
          ? []
          : [{ kind: 'changed_silently', position: 2, requestId: 7, parts: [part] }],
      );
    }
  });
});
