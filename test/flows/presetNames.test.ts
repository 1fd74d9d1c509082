import { ALICE, DB_MIGRATIONS } from '../../playground/slack/index';
import { command } from '../support/command';
import { modalText } from '../support/modal';
import { aPolicyFile } from '../support/policyFile';
import { untilQuiet } from '../support/quiet';
import { startTestFerry, type TestFerry } from '../support/startTestFerry';
import { anything, en, saying } from '../support/words';

const policy = aPolicyFile({
  presets: {
    'R&D': { JobName: 'r-and-d' },
    'a < b > c': { JobName: 'angles' },
    'It\'s "prod"': { JobName: 'quotes' },
    Orders: { JobName: 'orders' },
    'orders old': { JobName: 'old' },
    Twin: { JobName: 'twin-1' },
    TWIN: { JobName: 'twin-2' },
    'x &amp; y': { JobName: 'literal' },
  },
});
let test: TestFerry;
beforeAll(async () => {
  test = await startTestFerry(policy.environment);
});
afterAll(async () => {
  await test.stop();
  policy.remove();
});

it.each([
  ['R&D', 'R&D'],
  ['R&amp;D', 'R&D'],
  ['r&amp;d', 'R&D'],
  ['"R&D"', 'R&D'],
  ['“R&amp;D”', 'R&D'],
  ['a &lt; b &gt; c', 'a < b > c'],
  ['a < b > c', 'a < b > c'],
  ['It&#39;s &quot;prod&quot;', 'It\'s "prod"'],
  ['ORDERS', 'Orders'],
  ['`orders`', 'Orders'],
  ['orders\u3000old', 'orders old'],
  ['Ｏｒｄｅｒｓ', 'Orders'],
  ['「Orders Old」', 'orders old'],
  ['Twin', 'Twin'],
  ['TWIN', 'TWIN'],
  ['x &amp; y', 'x &amp; y'],
])('/migrate new %s opens the preset %s', async (typed, name) => {
  const alice = test.slack.as(ALICE);
  await alice.command(DB_MIGRATIONS, '/migrate', `new ${typed}`);
  await test.slack.until(() => alice.view(), { what: 'the form' });
  expect(modalText(test.slack, alice)).toContain(en.form.filledFromPreset(name));
  await alice.dismiss();
});

it('opens none if several match', async () => {
  const alice = test.slack.as(ALICE);
  const { text } = await command(test.slack, ALICE, 'new twin');
  expect(text).toMatch(saying(en.command.noPreset(anything, anything, [anything])));
  await untilQuiet(test);
  expect(alice.view()).toBeUndefined();
});
