import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { failure, type Result, success } from '../result';
import {
  type AddressPart,
  addressParts,
  each,
  maxLength,
  port,
  type ValueCheck,
  type ValueProblem,
} from './checks';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** An address with its host bits, and the length of the prefix in bits. */
export type Network = readonly [Address, number];

/** A host in the one spelling that is stored, compared, shown and sent. */
export type Host =
  | { kind: 'address'; text: string; address: Address }
  | { kind: 'name'; text: string };

/** The longest name in DNS, in characters. */
const longestHost = 253;

/**
 * Reads an address, or a name of at least two labels. Hosts that resolvers treat as equal get the
 * same text: lower case, no trailing dot, the shortest IPv6, and plain IPv4 instead of IPv6 that
 * only carries it. Returns `undefined` for anything else, such as `0x7f.0.0.1`, which some programs
 * read as an address and others as a name.
 */
export function readHost(text: string): Host | undefined {
  const bare = text.endsWith('.') ? text.slice(0, -1) : text;
  const address = readAddress(bare);
  if (address !== undefined) return { kind: 'address', text: writeAddress(address), address };
  const name = bare.toLowerCase();
  return isName(name) && (name.includes('.') || name === 'localhost')
    ? { kind: 'name', text: name }
    : undefined;
}

/** Replaces full-width characters, which people type with a Chinese keyboard: `：` becomes `:`. */
export const plainWidth = (text: string): string => text.normalize('NFKC').replaceAll('。', '.');

/** Normalizes a host. Other text stays unchanged. */
export const canonicalHost = (text: string): string => readHost(text)?.text ?? text;

export function readAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  // ipaddr.js also accepts zone IDs, and octal and hexadecimal numbers in the IPv4 part.
  if (!z.ipv6().safeParse(text).success) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return embeddedIpv4(address) ?? address;
}

/** True if a host is this machine. IPv6 addresses have no brackets. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  // Unlike in `readAddress`, an address that a gateway translates is another machine.
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(host) || z.ipv6().safeParse(host).success;
  return isAddress && ipaddr.parse(host).range() === 'loopback';
}

export const writeAddress = (address: Address): string => address.toString();

/** A URL parser normalizes hosts and rejects names that end in a number. */
function isName(text: string): boolean {
  if (!z.hostname().safeParse(text).success || text.endsWith('.')) return false;
  const url = `http://${text}`;
  return URL.canParse(url) && new URL(url).hostname === text;
}

const networks = (...texts: readonly string[]): Network[] =>
  texts.map((text) => ipaddr.parseCIDR(text));

export function contains([base, bits]: Network, address: Address): boolean {
  return base.kind() === address.kind() && address.match(base, bits);
}

/**
 * IPv6 ranges that carry the IPv4 address of the receiver: compatible, mapped (RFC 4291),
 * translated (RFC 7915), and the well-known prefix of NAT64 (RFC 6052).
 */
const carriers = networks('::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96');
const carrierBits = 96;
/** The unspecified address and the loopback address of IPv6. */
const notCarried = ipaddr.parseCIDR('::/127');

function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const isCarried = carriers.some((each) => contains(each, address));
  if (!isCarried || contains(notCarried, address)) return undefined;
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}

/**
 * Reads `10.0.0.0/8` or `2400:3200::/32`, keeps its host bits, and returns carried IPv4 as plain
 * IPv4.
 */
export function readNetwork(text: string): Result<Network, 'not_an_address' | 'prefix_too_long'> {
  const [, base, digits] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
  const address = base === undefined ? undefined : readAddress(base);
  if (base === undefined || address === undefined) return failure('not_an_address');
  const isCarried = base.includes(':') && address.kind() === 'ipv4';
  const bits = isCarried ? Number(digits) - carrierBits : Number(digits);
  // A shorter prefix includes more than IPv4, and no stored host matches that.
  if (bits < 0) return failure('not_an_address');
  return bits > widthOf(address) ? failure('prefix_too_long') : success([address, bits]);
}

/** The bits of an address. */
export const widthOf = (address: Address): number => (address.kind() === 'ipv4' ? 32 : 128);

/** Clears the host bits. */
export function maskNetwork([address, bits]: Network): Network {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - 8 * index));
    return byte & (0xff << (8 - kept));
  });
  return [ipaddr.fromByteArray(bytes), bits];
}

export const writeNetwork = ([address, bits]: Network): string =>
  `${writeAddress(address)}/${bits}`;

export const isWithin = ([base, bits]: Network, [address, more]: Network): boolean =>
  more >= bits && contains([base, bits], address);

/** Reserved for examples in documents (RFC 5737, 3849, 9637). */
const documentation = networks(
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '2001:db8::/32',
  '3fff::/20',
);
/**
 * Networks that no other machine can reach: this host, link-local, multicast, reserved, and IPv6
 * that carries IPv4 in a way that the address doesn't show (Teredo, 6to4, local NAT64).
 */
const nowhere = networks(
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.88.99.0/24',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2002::/16',
  '5f00::/16',
  'fe80::/10',
  'ff00::/8',
);
/** Private networks (RFC 1918, 6598, 2544, 4193, 3879). */
const inside = networks(
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  'fc00::/7',
  'fec0::/10',
);
const publicIpv6 = ipaddr.parseCIDR('2000::/3');

const nowhereName = /(^|\.)(localhost|localdomain|invalid|onion)$/;
const insideName = /\.(local|internal|intranet|private|corp|home|lan|home\.arpa)$/;

export type Reach = 'public' | 'inside' | 'nowhere' | 'documentation';

/** How the addresses of a network can be reached; `undefined` if they differ. */
export function reachOfNetwork(network: Network): Reach | undefined {
  const special = { documentation, nowhere, inside };
  for (const reach of ['documentation', 'nowhere', 'inside'] as const) {
    if (special[reach].some((each) => isWithin(each, network))) return reach;
  }
  if (Object.values(special).some((list) => list.some((each) => isWithin(network, each)))) {
    return undefined;
  }
  const [address] = network;
  const isPublic = address.kind() === 'ipv4' || isWithin(publicIpv6, network);
  return isPublic ? 'public' : 'nowhere';
}

/** How a name can be reached, or a pattern whose last labels are plain. */
export function reachOfName(name: string): Reach {
  if (nowhereName.test(name)) return 'nowhere';
  return insideName.test(name) ? 'inside' : 'public';
}

function reachOf(text: string): Reach | undefined {
  const host = readHost(text);
  if (host === undefined) return undefined;
  return host.kind === 'name'
    ? reachOfName(host.text)
    : reachOfNetwork([host.address, widthOf(host.address)]);
}

/**
 * Explains why text isn't a host. If it contains a host (with a port, quotes, a path, a database
 * URL or a connection string), the problem names the host. It quotes nothing that may be a
 * password.
 */
function problemOfAddress(text: string): ValueProblem {
  const bare = plainWidth(text.replace(/^["'`<“‘]+|["'`>”’]+$/g, '').trim());
  if (/^(jdbc:)?mongodb\+srv:/i.test(bare)) return { code: 'srv_name' };
  return (
    problemOfConnectionString(bare) ??
    problemOfList(bare) ??
    problemOfUrl(bare) ?? { code: 'not_an_address' }
  );
}

/** Reads `host`, `host:port` or SQL Server's `host,port`. */
function readEndpoint(text: string): { host: string; port: string | undefined } | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:,]+))(?:[:,](\d+))?$/.exec(text) ?? [];
  const name = bracketed ?? plain;
  const host = name === undefined ? undefined : readHost(name);
  const isPort = digits === undefined || port(digits) === undefined;
  return host === undefined || !isPort ? undefined : { host: host.text, port: digits };
}

function problemOfUrl(text: string): ValueProblem | undefined {
  const [, authority, tail] = urlParts.exec(text) ?? [];
  if (authority === undefined || tail === undefined) return undefined;
  const at = authority.lastIndexOf('@') + 1;
  const user = authority.slice(0, at);
  const endpoint = readEndpoint(authority.slice(at));
  // If another `@` follows, the host may be a part of the password.
  if (endpoint === undefined || tail.includes('@')) return undefined;
  const authSource = /[?&]authSource=/i.test(tail);
  const has: Readonly<Record<AddressPart, boolean>> = {
    // DTS has no field for the user of Redis.
    user: /^[^:@]/.test(user) && !/^rediss?:/i.test(text),
    password: user.includes(':') || /passw|pwd/i.test(tail),
    // `/24` is the length of a network, not a database.
    database: /^\/(?!\d{1,3}$)[^/?;#]/.test(tail) || /database/i.test(tail),
    auth_database: authSource,
    options: !authSource && /[?;]/.test(tail),
  };
  return { code: 'more_than_a_host', ...endpoint, rest: addressParts.filter((part) => has[part]) };
}

/** Matches `jdbc:mysql://`, then a possible `user:password@host:port`, then the rest. */
const urlParts = /^(?:(?:[a-z][a-z0-9+.-]+:)+\/\/)?([^/?;#\s]+)(.*)$/is;

/** Reports several hosts, such as the nodes of a replica set. */
function problemOfList(text: string): ValueProblem | undefined {
  const [, nodes] =
    /^(?:(?:[a-z][a-z0-9+.-]+:)+\/\/)?(?:[^@/?#\s]*@)?([^@/?#]+)(?:[/?#][^@]*)?$/i.exec(text) ?? [];
  if (nodes === undefined) return undefined;
  const pieces = nodes.split(/[\s,;，；、]+/).filter((piece) => piece !== '');
  const hosts = pieces.flatMap((piece) => readEndpoint(piece)?.host ?? []);
  return hosts.length < 2 || hosts.length < pieces.length
    ? undefined
    : { code: 'several_hosts', hosts };
}

/** Reads `Server=tcp:10.0.0.1,1433;Database=shop;User Id=sa;Password=…` of .NET, ODBC and libpq. */
function problemOfConnectionString(text: string): ValueProblem | undefined {
  const pairs = [...text.matchAll(/(?:^|[;\s])\s*([a-z][a-z_ ]*?)\s*=\s*([^;\s]*)/gi)].map(
    ([, name, value]) => ({ name: name?.toLowerCase(), value }),
  );
  const settingOf = (names: RegExp): string | undefined =>
    pairs.find(({ name }) => name !== undefined && names.test(name))?.value;
  const server = settingOf(/^(server|data source|host|hostaddr|addr|address)$/);
  const endpoint = server === undefined ? undefined : readEndpoint(server.replace(/^tcp:/i, ''));
  if (endpoint === undefined) return undefined;
  const known = {
    user: /^(user|user id|uid|username)$/,
    password: /^(password|pwd)$/,
    database: /^(database|dbname|initial catalog)$/,
  };
  const digits = settingOf(/^port$/);
  const isPort = digits !== undefined && port(digits) === undefined;
  const rest = (['user', 'password', 'database'] as const).filter(
    (part) => settingOf(known[part]) !== undefined,
  );
  return { code: 'more_than_a_host', ...endpoint, ...(isPort ? { port: digits } : {}), rest };
}

/** A host on the public network. */
export const publicAddress: ValueCheck = each(maxLength(longestHost), (value) => {
  const reach = reachOf(value);
  if (reach === undefined) return problemOfAddress(value);
  return reach === 'public' ? undefined : { code: 'not_public' };
});

/** A host in a private network. */
export const networkAddress: ValueCheck = each(maxLength(longestHost), (value) => {
  const reach = reachOf(value);
  if (reach === undefined) return problemOfAddress(value);
  return reach === 'public' || reach === 'inside' ? undefined : { code: 'not_reachable' };
});
