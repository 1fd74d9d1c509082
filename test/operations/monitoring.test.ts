import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { jobStatuses } from '../../src/domain/job/job';
import { slackMethods } from '../../src/domain/measure/measurement';
import { eventTypes } from '../../src/domain/request/requestEvent';
import { createMetrics } from '../../src/operations/metrics';

const deploy = join(__dirname, '../../deploy');
const rules = z
  .object({
    groups: z.array(
      z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) }),
    ),
  })
  .parse(parse(readFileSync(join(deploy, 'prometheus/rules.yml'), 'utf8')))
  .groups.flatMap((group) => group.rules);
const queries = z
  .object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })) })
  .parse(JSON.parse(readFileSync(join(deploy, 'grafana/ferry.json'), 'utf8')))
  .panels.flatMap((panel) => panel.targets)
  .map(({ expr }) => expr);

const keys = { source: 'keys', expiresAt: undefined, isUsable: true, problem: undefined } as const;

/** The metrics after each fact was measured once. */
async function everyMetric(): Promise<string> {
  const metrics = createMetrics('1.0.0');
  const operation = 'create_job';
  metrics.measure({ kind: 'call_ended', operation, outcome: 'done', seconds: 1 });
  metrics.measure({ kind: 'attempt_ended', operation, outcome: 'failed', code: 'not_sent' });
  metrics.measure({ kind: 'job_moved', to: 'failed' });
  metrics.measure({ kind: 'slack_limit', method: 'chat.postMessage' });
  metrics.measure({ kind: 'slack_connection', isUp: true });
  return metrics.text({
    takesWrites: true,
    workload: {
      requests: [{ state: 'pending', count: 1 }],
      jobs: [{ status: 'running', count: 1 }],
      outbox: [{ audience: 'channel', count: 1, oldestSeconds: 1 }],
    },
    keys,
  });
}

/** The names of all samples, each with its labels. Prometheus adds `instance` and `job`. */
async function labelsByMetric(): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>();
  for (const line of (await everyMetric()).split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const names = known.get(name) ?? new Set(['instance', 'job']);
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) names.add(label);
    known.set(name, names);
  }
  return known;
}

/** The values of one metric that has measured nothing, by label. */
async function atStart(name: string): Promise<Map<string, string>> {
  const text = await createMetrics('1.0.0').text({ workload: undefined, takesWrites: false, keys });
  const samples = [...text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (.*)$`, 'gm'))];
  return new Map(samples.map(([, labels = '', value = '']) => [labels, value]));
}

it.each<[string, readonly string[]]>([
  ['ferry_job_changes_total', jobStatuses.map((status) => `status="${status}"`)],
  ['ferry_altered_records_total', ['']],
  ['ferry_events_total', eventTypes.map((type) => `type="${type}"`)],
])('%s begins at 0, because the first increase may cause an alert', async (name, labels) => {
  expect(await atStart(name)).toEqual(new Map(labels.map((label) => [label, '0'])));
});

it.each([
  [true, true, '1'],
  [true, false, '0'],
  [false, true, '0'],
])('a database that can be read (%s) and written (%s) is up: %s', async (isRead, isWritten, up) => {
  const workload = isRead ? { requests: [], jobs: [], outbox: [] } : undefined;
  const text = await createMetrics('1.0.0').text({ workload, takesWrites: isWritten, keys });
  expect(text).toContain(`\nferry_database_up ${up}\n`);
});

/** The counters and histograms in a text of metrics, each sample with its labels. */
function countedIn(text: string): Set<string> {
  const types = [...text.matchAll(/^# TYPE (ferry_\w+) (?:counter|histogram)$/gm)];
  const counted = types.map(([, name = '']) => name);
  const samples = text.split('\n').map((line) => line.replace(/ \S+$/, ''));
  return new Set(
    samples.filter((sample) =>
      counted.some((name) => new RegExp(`^${name}(_|\\{|$)`).test(sample)),
    ),
  );
}

it('begins every series that it counts at 0, because a new series has no increase', async () => {
  const atStart = countedIn(
    await createMetrics('1.0.0').text({ workload: undefined, takesWrites: false, keys }),
  );
  expect([...countedIn(await everyMetric())].filter((each) => !atStart.has(each))).toEqual([]);
  // The rules are tested with series that Ferry has from the start.
  const tested = readFileSync(join(deploy, 'prometheus/rules.test.yml'), 'utf8');
  const series = [
    ...tested.matchAll(/series: (ferry_\w+)\{instance="a", job="ferry"(?:, )?(.*)\}/g),
  ]
    .map(([, name = '', labels = '']) => `${name}{${labels.replaceAll(', ', ',')}}`)
    .map((each) => each.replace('{}', ''));
  const gauges = /^ferry_(info|requests|outbox|keys|database|slack_connected)/;
  const counted = series.filter((each) => !gauges.test(each));
  expect(counted.length).toBeGreaterThan(10);
  const inOrder = (sample: string): string => sample.split(/[{},]/).toSorted().join();
  const known = new Set([...atStart].map(inOrder));
  expect(counted.filter((each) => !known.has(inOrder(each)))).toEqual([]);
});

it('knows each method of Slack that Ferry calls', () => {
  const text = ['../../src/slack', '../../handlers']
    .map((name) => join(__dirname, name))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .map((file) => readFileSync(file, 'utf8'))
    .join();
  const calls = text.matchAll(/\bclient\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g);
  const called = new Set([...calls].map(([, name]) => name)).add('response_url');
  expect([...called].toSorted()).toEqual(slackMethods.toSorted());
});

const metricIn = /\b(?:ferry|nodejs|process)_\w+/g;

it.each([...rules.map(({ expr }) => expr), ...queries])(
  '%s reads metrics that exist',
  async (expr) => {
    const known = await labelsByMetric();
    const names = expr.match(metricIn) ?? [];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    const labels = new Set(names.flatMap((name) => [...(known.get(name) ?? [])]));
    const used = [
      ...[...expr.matchAll(/(?:by|on) \(([\w, ]+)\)/g)].flatMap(([, list = '']) =>
        list.split(', '),
      ),
      ...[...expr.matchAll(/(\w+)(?:=~|!=|!~|=)"/g)].map(([, label = '']) => label),
    ];
    expect(used.filter((label) => !labels.has(label))).toEqual([]);
  },
);

it('uses every metric of Ferry in an alert or on the dashboard', async () => {
  const text = [...rules.map(({ expr }) => expr), ...queries].join('\n');
  const types = [...(await everyMetric()).matchAll(/^# TYPE (ferry_\w+)/gm)];
  expect(types.length).toBeGreaterThan(10);
  expect(types.flatMap(([, name = '']) => (text.includes(name) ? [] : [name]))).toEqual([]);
});

it.each(['failures.md', 'failures.zh-CN.md'])('%s names each alert, and no other', (page) => {
  const text = readFileSync(join(__dirname, '../../docs', page), 'utf8');
  const named = [...text.matchAll(/`(Ferry[A-Z]\w+)`/g)].map(([, name = '']) => name);
  expect([...new Set(named)].sort()).toEqual(rules.map(({ alert }) => alert).sort());
});

const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

/** CI installs promtool; without it, these tests are skipped. */
(hasPromtool || process.env['CI'] !== undefined ? describe : describe.skip)('promtool', () => {
  const promtool = (args: readonly string[], input?: string) => {
    const { status, stderr, stdout } = spawnSync('promtool', args, { encoding: 'utf8', input });
    return { status, says: status === 0 ? '' : `${stdout}${stderr}` };
  };
  const accepted = { status: 0, says: '' };

  it('accepts the rules, and each alert fires when it should', () => {
    const file = (name: string) => join(deploy, 'prometheus', name);
    expect(promtool(['check', 'rules', file('rules.yml')])).toEqual(accepted);
    expect(promtool(['test', 'rules', file('rules.test.yml')])).toEqual(accepted);
    const tested = readFileSync(file('rules.test.yml'), 'utf8');
    const missing = rules.filter(({ alert }) => !tested.includes(alert.replace(/^Ferry/, '')));
    expect(missing).toEqual([]);
  });

  it("accepts the dashboard's queries", () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferry-promtool-'));
    const file = join(folder, 'queries.yml');
    const recorded = queries.map((expr, index) => ({ record: `query:${index}`, expr }));
    writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules: recorded }] }));
    expect(promtool(['check', 'rules', file])).toEqual(accepted);
    rmSync(folder, { recursive: true });
  });

  it('accepts the metrics', async () => {
    const text = await everyMetric();
    const own = text.split('\n\n').filter((part) => part.includes('ferry_'));
    expect(promtool(['check', 'metrics'], `${own.join('\n')}\n`)).toEqual(accepted);
  });
});
