import fc from 'fast-check';
import {
  canonicalHost,
  isLoopback,
  isWithin,
  maskNetwork,
  networkAddress,
  publicAddress,
  reachOfName,
  reachOfNetwork,
  readNetwork,
  widthOf,
  writeNetwork,
} from '../../src/domain/migration/host';

it.each([
  ['14.17.22.36', '14.17.22.36'],
  ['14.17.22.36.', '14.17.22.36'],
  ['::14.17.22.36', '14.17.22.36'],
  ['::e11:1624', '14.17.22.36'],
  ['::ffff:14.17.22.36', '14.17.22.36'],
  ['0:0:0:0:0:FFFF:0E11:1624', '14.17.22.36'],
  ['::ffff:0:14.17.22.36', '14.17.22.36'],
  ['64:ff9b::14.17.22.36', '14.17.22.36'],
  ['64:ff9b::e11:1624', '14.17.22.36'],
  ['2400:3200:0:0:0:0:0:1', '2400:3200::1'],
  ['2400:3200::0001', '2400:3200::1'],
  ['2400:3200:0:0:1:0:0:0', '2400:3200:0:0:1::'],
  ['2400:3200::A', '2400:3200::a'],
  ['DB.Example.COM.', 'db.example.com'],
  ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
])('%s is written as %s', (text, canonical) => {
  expect(canonicalHost(text)).toBe(canonical);
  expect(publicAddress(text)).toBeUndefined();
});

it.each([
  ['::', '::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['::2', '0.0.0.2'],
])('%s, which no other machine can reach, is written as %s', (text, canonical) => {
  expect(canonicalHost(text)).toBe(canonical);
});

it('a host has 253 characters at most', () => {
  const named = (length: number) => `${'a.'.repeat(200).slice(0, length - 4)}.com`;
  for (const check of [publicAddress, networkAddress]) {
    expect(check(named(253))).toBeUndefined();
    expect(check(named(254))).toMatchObject({ max: 253 });
  }
});

it.each([
  ...['0x7f.0.0.1', '0177.0.0.1', '014.17.22.36', '127.1', '2130706433', '14.17.22', '1.2.3.4.5'],
  ...[
    '14.17.22.256',
    '14.17.22.36..',
    '.14.17.22.36',
    'db.example.com..',
    'a.0x7f',
    'a.7',
    'a.07',
    '0x0e111624',
  ],
  ...['fe80::1%eth0', '::ffff:0x7f.0.0.1', '::ffff:014.17.22.36', '2400:3200:::1'],
  ...['db', 'db..example.com', '-db.example.com', 'a_b.example.com'],
  ...['%31.example.com', 'xn--a.com', ''],
  ...['bücher.example', 'db\u00ad.example.com'],
])('%s is not a host', (text) => {
  for (const check of [publicAddress, networkAddress]) {
    expect(check(text)?.code).toBe('not_an_address');
  }
});

it.each([
  ['１４.17.22.36', '14.17.22.36'],
  ['14。17。22。36', '14.17.22.36'],
  ['db.example。com', 'db.example.com'],
])('%s is no host, but suggests %s', (text, host) => {
  for (const check of [publicAddress, networkAddress]) {
    expect(check(text)).toMatchObject({ code: 'more_than_a_host', host, rest: [] });
  }
});

it.each(['[::1]', 'db.example.com:3306', 'user@db.example.com', 'db.example.com/x'])(
  '%s is more than a host',
  (text) => {
    for (const check of [publicAddress, networkAddress]) {
      expect(check(text)?.code).toBe('more_than_a_host');
    }
  },
);

it.each([
  ...['localhost', 'localhost.', 'LOCALHOST', 'a.localhost.', 'localhost.localdomain'],
  ...['127.0.0.1', '127.0.0.1.', '::1', '::', '0:0:0:0:0:0:0:1', '::127.0.0.1', '::7f00:1'],
  ...['::ffff:127.0.0.1', '64:ff9b::7f00:1', '0.0.0.0', '169.254.0.23', '::ffff:169.254.0.23'],
  ...['fe80::1', 'febf::1', 'ff02::1', '224.0.0.1', '255.255.255.255', '203.0.113.7'],
  ...['2001:db8::1', '2001:0:e11:1624::1', '2002:e11:1624::1', '64:ff9b:1::1', '4000::1'],
])('%s is unreachable for others', (text) => {
  expect(publicAddress(text)).toEqual({ code: 'not_public' });
  expect(networkAddress(text)).toEqual({ code: 'not_reachable' });
});

it.each([
  ...['10.0.0.5', '10.0.0.5.', '::ffff:10.0.0.5', '64:ff9b::a00:5', '172.31.0.1', '100.64.0.1'],
  ...['192.168.0.1', '198.19.0.1', 'fd00::1', 'FD00:0::1', 'a.internal.', 'A.Local', 'db.lan'],
])('%s is only reachable in a private network', (text) => {
  expect(publicAddress(text)).toEqual({ code: 'not_public' });
  expect(networkAddress(text)).toBeUndefined();
});

it('gives all spellings of an address the same text, which is stable', () => {
  const part = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 8, maxLength: 8 }), fc.boolean(), (parts, upper) => {
      const padded = parts.map((each) => each.toString(16).padStart(4, '0')).join(':');
      const plain = parts.map((each) => each.toString(16)).join(':');
      const written = canonicalHost(plain);
      expect(canonicalHost(upper ? padded.toUpperCase() : padded)).toBe(written);
      expect(canonicalHost(written)).toBe(written);
    }),
  );
});

it('gives each host a stable spelling, and leaves other texts unchanged', () => {
  const piece = fc.constantFrom(
    ...['a', 'B', '0x1', '7', '.', '-', ':', 'xn--', 'ffff', '1.2.3.4', '。', '１', 'ü'],
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 8 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (tried) => {
      const written = canonicalHost(tried);
      expect(canonicalHost(written)).toBe(written);
      if (publicAddress(tried) === undefined) {
        // Ferry stores what all resolvers make of it.
        const host = written.includes(':') ? `[${written}]` : written;
        expect(new URL(`http://${host}`).hostname).toBe(host);
      }
    }),
    { numRuns: 1_000 },
  );
});

it.each([
  ['10.0.0.0/0', 0],
  ['10.0.0.0/32', 32],
  ['::ffff:10.0.0.0/96', 0],
  ['::ffff:10.0.0.0/104', 8],
  ['::ffff:10.0.0.0/128', 32],
  ['2400:3200::/128', 128],
])('the network %s has %i bits', (text, bits) => {
  const read = readNetwork(text);
  expect(read.ok && read.value[1]).toBe(bits);
});

it.each([
  ['::ffff:10.0.0.0/95', 'not_an_address'],
  ['db.example.com/8', 'not_an_address'],
  ['10.0.0.0', 'not_an_address'],
  ['10.0.0.0/', 'not_an_address'],
  ['/8', 'not_an_address'],
  ['10.0.0.0/8/16', 'not_an_address'],
  ['x/10.0.0.0/8', 'not_an_address'],
  ['fd00::/x', 'not_an_address'],
  ['fd00::/0x10', 'not_an_address'],
  ['10.0.0.0/33', 'prefix_too_long'],
  ['::ffff:10.0.0.0/129', 'prefix_too_long'],
  ['2400:3200::/129', 'prefix_too_long'],
])('%s is no network: %s', (text, problem) => {
  expect(readNetwork(text)).toEqual({ ok: false, problem });
});

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['10.0.0.1', false],
  ['::2', false],
  // A gateway translates it to another machine's address.
  ['64:ff9b::7f00:1', false],
  ['db.example.com', false],
  ['127.1', false],
  ['', false],
])('the host %s is this machine: %s', (host, isThis) => {
  expect(isLoopback(host)).toBe(isThis);
});

it.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.0.0.0/7', false],
  ['10.0.0.0/8', '11.0.0.0/8', false],
  ['2400:3200::/32', '2400:3200:1::/48', true],
  ['2400:3200::/32', '2400:3200::/31', false],
  ['0.0.0.0/0', '2400:3200::/32', false],
])('the network %s contains all of %s: %s', (outer, inner, contained) => {
  const [one, other] = [readNetwork(outer), readNetwork(inner)];
  expect(one.ok && other.ok && isWithin(one.value, other.value)).toBe(contained);
});

/** The special networks, by how their addresses can be reached. */
const special = {
  documentation: [
    ...['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'],
  ],
  nowhere: [
    ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.88.99.0/24'],
    ...['224.0.0.0/3', '::/127', '64:ff9b:1::/48', '100::/64', '2001::/23', '2002::/16'],
    ...['5f00::/16', 'fe80::/10', 'ff00::/8'],
  ],
  inside: [
    ...['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15'],
    ...['fc00::/7', 'fec0::/10'],
  ],
} as const;

function networkOf(text: string) {
  const read = readNetwork(text);
  if (!read.ok) throw new Error(text);
  return read.value;
}

describe.each(Object.entries(special))('a network is %s', (reach, networks) => {
  it.each(networks)('if it is within %s, but not if it is wider', (text) => {
    const [base, bits] = networkOf(text);
    expect(reachOfNetwork([base, bits])).toBe(reach);
    expect(reachOfNetwork([base, widthOf(base)])).toBe(reach);
    const wider = maskNetwork([base, bits - 1]);
    expect(['public', 'nowhere', undefined]).toContain(reachOfNetwork(wider));
    if (reach !== 'nowhere') expect(reachOfNetwork(wider)).not.toBe(reach);
  });
});

it.each([
  ['14.17.22.36/32', 'public'],
  ['14.0.0.0/8', 'public'],
  ['2400:3200::/32', 'public'],
  ['2000::/4', undefined],
  ['0.0.0.0/0', undefined],
  ['192.0.0.0/8', undefined],
  // IPv6 outside of the public addresses.
  ['4000::/16', 'nowhere'],
  ['8000::1/128', 'nowhere'],
])('the network %s is %s', (text, reach) => {
  expect(reachOfNetwork(networkOf(text))).toBe(reach);
});

it.each([
  ...['localhost', 'db.localhost', 'localhost.localdomain', 'db.invalid', 'db.onion'].map(
    (name) => [name, 'nowhere'],
  ),
  ...['local', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'home.arpa'].map(
    (domain) => [`db.${domain}`, 'inside'],
  ),
  ...['db.example.com', 'mylocalhost', 'db.mylocal', 'local.example.com', 'onion.com'].map(
    (name) => [name, 'public'],
  ),
])('the name %s is %s', (name, reach) => {
  expect(reachOfName(String(name))).toBe(reach);
});

it.each([
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['10.1.2.3/12', '10.0.0.0/12'],
  ['10.255.2.3/12', '10.240.0.0/12'],
  ['10.200.200.200/8', '10.0.0.0/8'],
  ['200.1.2.3/8', '200.0.0.0/8'],
  ['10.1.2.3/0', '0.0.0.0/0'],
  ['10.1.2.3/32', '10.1.2.3/32'],
  ['2400:32ff::1/28', '2400:32f0::/28'],
])('%s without its host bits is %s', (text, masked) => {
  expect(writeNetwork(maskNetwork(networkOf(text)))).toBe(masked);
});
