import { presetNamed, typedName } from '../../src/domain/policy/preset';

const presets = ['Orders', 'orders  shop', 'Ｓhop', 'R&D', '"quoted"', "it's", 'A', 'a'].map(
  (name) => ({ name, values: {} }),
);

it.each<[string, string | undefined]>([
  ['Orders', 'Orders'],
  ['ORDERS', 'Orders'],
  [' orders ', 'Orders'],
  ['"orders"', 'Orders'],
  ['“Orders”', 'Orders'],
  ['「Orders」', 'Orders'],
  ["' orders '", 'Orders'],
  ['orders\u3000shop', 'orders  shop'],
  ['shop', 'Ｓhop'],
  ['R&amp;D', 'R&D'],
  ['r&d', 'R&D'],
  ['"quoted"', '"quoted"'],
  ['it&#39;s', "it's"],
  ['A', 'A'],
  ['a', 'a'],
  ['"A"', undefined],
  ['order', undefined],
  ['"orders', undefined],
  ['orders"', undefined],
  ['"orders" x', undefined],
  ['x "orders"', undefined],
  ['', undefined],
])('%j means the preset %s', (name, found) => {
  expect(presetNamed(presets, name)?.name).toBe(found);
});

it('reads the escapes of Slack, and drops one pair of quotes', () => {
  expect(typedName(' &lt;a&gt; &quot;b&quot; &amp;c &#39;d&#39; ')).toBe(`<a> "b" &c 'd'`);
  expect(typedName('""a""')).toBe('"a"');
  expect(typedName('""')).toBe('""');
});
