import {
  orderPosts,
  type PlaceTurns,
  type WaitingAnnouncement,
} from '../../src/domain/channel/postOrder';

const now = new Date('2026-05-04T10:00:00Z');
const pace = { spacingMs: 1_000, burst: 10 };
const ago = (seconds: number): number => now.getTime() - seconds * 1_000;

const waits = (
  requestId: number,
  requesterId: string,
  next: WaitingAnnouncement['next'],
  changes: Partial<WaitingAnnouncement> = {},
): WaitingAnnouncement => ({
  requestId,
  requesterId,
  next,
  place: 'C1',
  isFresh: false,
  holdUntil: undefined,
  ...changes,
});
/** One post is possible now. The last card was just posted. */
const turns = (changes: Partial<PlaceTurns> = {}): PlaceTurns => ({
  freeAt: () => now.getTime(),
  servedAt: () => 0,
  lastCardAt: () => now.getTime(),
  ...changes,
});
const idsOf = (waiting: readonly WaitingAnnouncement[], given = turns()) =>
  orderPosts(waiting, given, now, pace).ids;

describe('the next post in a place', () => {
  it('is an outcome, then a first reply, then a card', () => {
    const [card, reply, outcome] = [
      waits(1, 'UA', 'card'),
      waits(2, 'UA', 'first_reply'),
      waits(3, 'UA', 'outcome'),
    ];
    expect(idsOf([card, reply, outcome])).toEqual([3]);
    expect(idsOf([card, reply])).toEqual([2]);
    expect(idsOf([card])).toEqual([1]);
  });

  it.each(['outcome', 'card'] as const)(
    'is for the requester who has waited longest: %s',
    (next) => {
      const servedAt = (_: string, requesterId: string) => (requesterId === 'UA' ? ago(1) : ago(2));
      const waiting = [waits(1, 'UA', next), waits(2, 'UA', next), waits(3, 'UB', next)];
      expect(idsOf(waiting, turns({ servedAt }))).toEqual([3]);
    },
  );

  it('alternates between requesters while several are possible', () => {
    const waiting = [1, 2, 3, 4].map((id) => waits(id, 'UA', 'card'));
    waiting.push(waits(5, 'UB', 'card'), waits(6, 'UC', 'card'));
    const given = turns({ freeAt: () => ago(60) });
    expect(idsOf(waiting, given)).toEqual([1, 5, 6, 2, 3, 4]);
  });

  it('is a card after four outcomes', () => {
    const waiting = [waits(1, 'UA', 'outcome'), waits(2, 'UB', 'card')];
    expect(idsOf(waiting, turns({ lastCardAt: () => ago(4) }))).toEqual([1]);
    expect(idsOf(waiting, turns({ lastCardAt: () => ago(5) }))).toEqual([2]);
  });

  it('is not delayed by another place', () => {
    const freeAt = (place: string) => (place === 'C1' ? ago(-3) : ago(0));
    const waiting = [waits(1, 'UA', 'outcome'), waits(2, 'UB', 'card', { place: 'C2' })];
    expect(orderPosts(waiting, turns({ freeAt }), now, pace)).toEqual({
      ids: [2],
      next: new Date(ago(-3)),
    });
  });
});

it('work that needs no turn runs at once', () => {
  const waiting = [waits(1, 'UA', 'outcome', { isFresh: true }), waits(2, 'UB', 'card')];
  expect(idsOf(waiting, turns({ freeAt: () => ago(-3) }))).toEqual([1]);
});

it('a post on hold is sent when its time has come', () => {
  const holdUntil = new Date(ago(-60));
  const waiting = [waits(1, 'UA', 'outcome', { holdUntil })];
  expect(orderPosts(waiting, turns(), now, pace)).toEqual({ ids: [], next: holdUntil });
  expect(orderPosts(waiting, turns(), holdUntil, pace).ids).toEqual([1]);
});
