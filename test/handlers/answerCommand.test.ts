import { similar } from '../../handlers/answerCommand';
import type { Overview } from '../../src/domain/channel/home';
import type { MigrationRequest } from '../../src/domain/request/request';
import type { Announced } from '../../src/domain/request/watch';
import { plain } from '../../src/i18n/text';
import { titleLine } from '../../views/requestLines';
import { aRequest } from '../support/aRequest';
import { aNewWatch } from '../support/storeOn';
import { en } from '../support/words';

const { parameters } = aRequest();
const named = (id: number, JobName = `job-${id}`): MigrationRequest =>
  aRequest({ id, parameters: { ...parameters, JobName } });
const page = <Of>(...requests: readonly Of[]) => ({ requests, more: false });
const nothing: Overview = {
  ...{ page: 0, waiting: page(), jobs: page(), mine: page(), lately: page() },
  unsure: { waiting: false, lately: false },
};
/** What is offered to a person who typed this instead of a number. */
async function meant(typed: string, shown: Partial<Overview>): Promise<string[]> {
  const context = { messages: en, overview: async () => ({ ...nothing, ...shown }) };
  return (await similar(context, typed)).map(plain);
}
const words = (...requests: readonly MigrationRequest[]): string[] => [
  plain(en.command.meant(requests.map((request) => titleLine(en, request)))),
];

describe('a person who types no number', () => {
  it.each(['waiting', 'jobs', 'mine', 'lately'] as const)(
    'is offered a request with that name from the list: %s',
    async (list) => {
      const [orders, others] = [named(42, 'Orders-to-Shanghai'), named(43, 'users')];
      expect(await meant('orders', { [list]: page(others, orders) })).toEqual(words(orders));
    },
  );

  it.each([
    ['42', 42],
    ['#42x', 42],
    ['43', 42],
    ['4', 42],
    ['62', 42],
    ['65', undefined],
    ['#', undefined],
    ['', undefined],
    ['j', undefined],
    ['jo', 42],
    ['JOB', 42],
    ['another', undefined],
  ])('but %j is offered: %j', async (typed, id) => {
    const expected = id === undefined ? [] : words(named(id));
    expect(await meant(typed, { mine: page(named(42)) })).toEqual(expected);
  });

  it('is offered no short number for a text without digits', async () => {
    expect(await meant('x', { mine: page(named(7)) })).toEqual([]);
    expect(await meant('x6', { mine: page(named(7)) })).toEqual(words(named(7)));
  });

  it('is offered three requests at most, first those that wait for the person', async () => {
    const lists = {
      waiting: page(named(1)),
      jobs: page<Announced>(named(2)),
      mine: page(named(3)),
      lately: page(named(4)),
    };
    expect(await meant('job', lists)).toEqual(words(named(1), named(2), named(3)));
  });

  it('is offered no job that Ferry only watches', async () => {
    const { at, ...begun } = aNewWatch('dts-1');
    const state = { status: 'watching' } as const;
    const watch: Announced = { ...begun, id: 5, version: 1, askedAt: at, state, altered: [] };
    expect(await meant('job', { jobs: page<Announced>(watch, named(6)) })).toEqual(words(named(6)));
  });
});
