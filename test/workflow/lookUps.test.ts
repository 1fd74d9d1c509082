import { silentLog } from '../../src/operations/log';
import { createLookUps } from '../../src/workflow/lookUps';
import { manualClock, settled } from '../support/manualClock';

const region = 'ap-guangzhou';
const unanswered = { kind: 'failed', problem: { kind: 'not_sent', detail: 'gave up' } } as const;

/** The lookups of a catalogue that answers nothing, and which of its calls are under way. */
function begin() {
  const underWay = new Set<string>();
  const call =
    (name: string) =>
    (_: object, abandon: AbortSignal): Promise<typeof unanswered> =>
      new Promise((resolve) => {
        underWay.add(name);
        const end = () => {
          underWay.delete(name);
          resolve(unanswered);
        };
        if (abandon.aborted) end();
        else abandon.addEventListener('abort', () => setImmediate(end));
      });
  const { stop, ...lookUps } = createLookUps(
    { resources: call('resources'), secrets: call('secrets'), versions: call('versions') },
    { clock: manualClock(), log: silentLog },
  );
  return { ...lookUps, stop, underWay };
}

it('ask the catalogue for resources, secrets and versions, and stop once no call is under way', async () => {
  const { resources, secrets, stop, underWay, versions } = begin();
  const asked = [
    resources.lookUp({ kind: 'vpc', region }),
    secrets.lookUp({ region }),
    versions.lookUp({ region, name: 'orders' }),
  ];
  await settled();
  expect([...underWay].sort()).toEqual(['resources', 'secrets', 'versions']);
  await stop();
  expect([...underWay]).toEqual([]);
  expect(await Promise.all(asked)).toEqual([unanswered, unanswered, unanswered]);
});

it('share their four calls', async () => {
  const { secrets, stop, underWay, versions } = begin();
  for (const name of ['a', 'b', 'c', 'd']) void versions.lookUp({ region, name });
  await settled();
  void secrets.lookUp({ region });
  await settled();
  expect([...underWay]).toEqual(['versions']);
  await stop();
});
