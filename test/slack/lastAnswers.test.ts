import { createLastAnswers } from '../../src/slack/lastAnswers';
import { manualClock } from '../support/manualClock';

function begin(read: (question: string) => Promise<string>) {
  const clock = manualClock();
  const asked: string[] = [];
  const answers = createLastAnswers<string, string>({
    boundMs: 100,
    clock,
    patience: clock,
    keyOf: (question) => question,
    read: (question) => {
      asked.push(question);
      return read(question);
    },
    onFailure: (question) => (question === 'gone' ? 'forget' : 'keep'),
  });
  return { answers, asked, clock };
}

it('remembers ten thousand answers, and drops the oldest of more', async () => {
  const { answers, asked } = begin(async (question) => question);
  for (let index = 0; index < 10_000; index += 1) await answers(`q${index}`, 1_000);
  await answers('q0', 1_000);
  expect(asked).toHaveLength(10_000);
  await answers('new', 1_000);
  expect(asked).toHaveLength(10_001);
  await answers('q1', 1_000);
  await answers('new', 1_000);
  expect(asked).toHaveLength(10_001);
  await answers('q0', 1_000);
  expect(asked).toHaveLength(10_002);
});

it('reads an answer again once it has the maximum age', async () => {
  const { answers, asked, clock } = begin(async () => 'yes');
  expect(await answers('q', 50)).toEqual({ value: 'yes', ageMs: 0, isFresh: true });
  await clock.advance(49);
  expect(await answers('q', 50)).toEqual({ value: 'yes', ageMs: 49, isFresh: true });
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  expect(await answers('q', 50)).toEqual({ value: 'yes', ageMs: 0, isFresh: true });
  expect(asked).toHaveLength(2);
});

it.each([
  ['kept', { value: 'yes', ageMs: 60, isFresh: false }],
  ['gone', undefined],
])('after a failure, an earlier answer may be %s', async (question, expected) => {
  let fails = false;
  const { answers, clock } = begin(async () => {
    if (fails) throw new Error('down');
    return 'yes';
  });
  await answers(question, 50);
  fails = true;
  await clock.advance(60);
  expect(await answers(question, 50)).toEqual(expected);
});

it('stops waiting at the limit, and uses the late answer for the next caller', async () => {
  let answer = (_: string): void => {};
  const { answers, asked, clock } = begin(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  let first: unknown = 'none';
  const asking = answers('q', 1_000).then((found) => {
    first = found;
  });
  await clock.advance(99);
  expect(first).toBe('none');
  await clock.advance(1);
  await asking;
  expect(first).toBeUndefined();
  answer('late');
  // Its age includes the read, because later changes may be missing.
  expect(await answers('q', 1_000)).toEqual({ value: 'late', ageMs: 0, isFresh: true });
  expect(await answers('q', 1_000)).toEqual({ value: 'late', ageMs: 100, isFresh: true });
  expect(asked).toEqual(['q']);
});
