import type { TestFerry } from './startTestFerry';

export interface Scrape {
  /** All samples as they were sent, without comments. */
  samples: readonly string[];
  /** The value of a sample, such as `ferry_requests{state="pending"}`. `NaN` if there is none. */
  value(sample: string): number;
  /** The sum of all samples of a metric. */
  total(metric: string): number;
}

/** Ferry repeats its last text for a second. In ms. */
const repeatedMs = 1_010;
const lastScrapes = new WeakMap<TestFerry, number>();

/** Reads `/metrics` like Prometheus, and waits until Ferry renders it again. */
export async function scrape(test: TestFerry): Promise<Scrape> {
  const waitMs =
    (lastScrapes.get(test) ?? Number.NEGATIVE_INFINITY) + repeatedMs - performance.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  const response = await fetch(`http://127.0.0.1:${test.ferry.port}/metrics`);
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
  const text = await response.text();
  lastScrapes.set(test, performance.now());
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const values = samples.map((line): [string, number] => {
    const end = line.lastIndexOf(' ');
    return [line.slice(0, end), Number(line.slice(end + 1))];
  });
  return {
    samples,
    value: (sample) => values.find(([name]) => name === sample)?.[1] ?? Number.NaN,
    total: (metric) =>
      values
        .filter(([name]) => name.split('{')[0] === metric)
        .reduce((sum, [, value]) => sum + value, 0),
  };
}

/** Scrapes until `probe` is true of a scrape, while the clock moves. Fails with `what` after 40 seconds. */
export async function scrapeUntil(
  test: TestFerry,
  probe: (scraped: Scrape) => boolean,
  what: string,
): Promise<Scrape> {
  const deadline = performance.now() + 40_000;
  for (;;) {
    const scraped = await scrape(test);
    if (probe(scraped)) return scraped;
    if (performance.now() > deadline) throw new Error(`${what}: ${scraped.samples.join('\n')}`);
    test.clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
