/** What a result is compared with, and the limit. */
export type Goal =
  /** At most this many times the other side's median and 99th percentile, if they are given. */
  | { kind: 'ratio'; p50?: number; p99?: number }
  /** At most this much more than the other side's median. */
  | { kind: 'more'; most: number }
  /** The 99th percentile is at most this, whatever the other side takes. */
  | { kind: 'within'; p99: number }
  /** Between these limits. */
  | { kind: 'between'; least: number; most: number }
  /** Only printed. */
  | { kind: 'none' };

/** A line of the table. `ours` and `theirs` are samples in the order in which they were taken. */
export interface Row {
  what: string;
  nextTo: string;
  unit: 'ms' | 'MB' | '%' | '/s' | '';
  ours: readonly number[];
  theirs: readonly number[];
  goal: Goal;
}

/** Leaves out what failed, which is `NaN`. */
function quantile(samples: readonly number[], share: number): number {
  const sorted = samples
    .filter((sample) => !Number.isNaN(sample))
    .sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** A row with its figures. `over`: how many times the goal it is; at most 1 if it is met. */
export interface Result {
  row: Row;
  p50: number;
  p99: number;
  /** The middle half of the samples, in percent of the median. */
  spread: number;
  their50: number;
  their99: number;
  over: number | undefined;
}

export function resultOf(row: Row): Result {
  const { goal, ours, theirs } = row;
  const figures = {
    p50: median(ours),
    p99: quantile(ours, 0.99),
    spread: ((quantile(ours, 0.75) - quantile(ours, 0.25)) / median(ours)) * 100,
    their50: median(theirs),
    their99: quantile(theirs, 0.99),
  };
  return { row, ...figures, over: overGoal(goal, figures) };
}

function overGoal(
  goal: Goal,
  { p50, p99, their50, their99 }: Pick<Result, 'p50' | 'p99' | 'their50' | 'their99'>,
): number | undefined {
  switch (goal.kind) {
    case 'ratio':
      return Math.max(
        goal.p50 === undefined ? 0 : p50 / their50 / goal.p50,
        goal.p99 === undefined ? 0 : p99 / their99 / goal.p99,
      );
    case 'more':
      return (p50 - their50) / goal.most;
    case 'within':
      return p99 / goal.p99;
    case 'between':
      return Math.max(p50 / goal.most, goal.least / p50);
    case 'none':
      return undefined;
    default:
      return goal satisfies never;
  }
}

/**
 * True if a median is far outside its goal, and people would notice the difference to the other
 * side. The 99th percentile of a few samples says nothing.
 */
export function isFarOver({ p50, row: { goal, unit }, their50 }: Result): boolean {
  const over = overGoal(goal, { p50, p99: p50, their50, their99: their50 });
  return unit === 'ms' && !(over === undefined || over <= farOver || p50 - their50 < noticeableMs);
}

const farOver = 5;
const noticeableMs = 50;

export function goalWords(goal: Goal, unit: Row['unit']): string {
  switch (goal.kind) {
    case 'ratio':
      return [
        ...(goal.p50 === undefined ? [] : [`≤ ${goal.p50} ×`]),
        ...(goal.p99 === undefined ? [] : [`p99 ≤ ${goal.p99} ×`]),
      ].join(', ');
    case 'more':
      return `≤ +${goal.most} ${unit}`;
    case 'within':
      return `p99 ≤ ${goal.p99} ${unit}`;
    case 'between':
      return `${goal.least} to ${goal.most} ${unit}`;
    case 'none':
      return '';
    default:
      return goal satisfies never;
  }
}
