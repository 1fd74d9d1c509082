import { goalWords, type Result } from './row';

/** A Markdown table. */
export function printTable(results: readonly Result[]): string {
  const head = ['What', 'Ferry p50', 'p99', 'Spread', 'Next to', 'p50', 'p99', 'Ratio', 'Goal', ''];
  const lines = results.map((result) => {
    const { over, p50, p99, row, spread, their50, their99 } = result;
    const isSingle = row.ours.length === 1;
    const isAlone = row.theirs.length === 0;
    return [
      row.what,
      figure(p50, row.unit),
      isSingle ? '' : figure(p99, row.unit),
      isSingle ? '' : `${Math.round(spread)} %`,
      row.nextTo,
      isAlone ? '' : figure(their50, row.unit),
      isAlone || row.theirs.length === 1 ? '' : figure(their99, row.unit),
      isAlone ? '' : `${(p50 / their50).toFixed(2)} ×`,
      goalWords(row.goal, row.unit),
      over === undefined ? '' : over <= 1 ? 'met' : '**missed**',
    ];
  });
  return [head, head.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function figure(value: number, unit: string): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`.trim();
}
