import {
  contains,
  isWithin,
  maskNetwork,
  type Network,
  reachOfName,
  reachOfNetwork,
  readAddress,
  readHost,
  readNetwork,
  widthOf,
  writeAddress,
  writeNetwork,
} from '../migration/host';
import { failure, type Result, success } from '../result';
import { matchesWildcard } from './wildcard';

/**
 * The name of a source or of a password's receiver, in one of three forms:
 * - `14.17.22.36` or `db.example.com`: an address or name on the public network
 * - `dcg-1a2b3c4d/10.0.0.5`: an address behind a gateway or on a machine. Private addresses need
 *   this, because they aren't unique
 * - `cdb-e78e0nnv` or `ins-1a2b3c4d`: an instance
 */
export type Target = string;

/** The part of a pattern after the gateway or machine. */
type Place =
  | { kind: 'any' }
  | { kind: 'network'; network: Network }
  | { kind: 'name'; pattern: string }
  | { kind: 'instance'; pattern: string };

/** A pattern for targets: `*`, addresses, names, both behind a gateway or machine, or instances. */
export interface TargetPattern {
  /** Wildcard for the gateway or machine before the slash. */
  way: string | undefined;
  place: Place;
}

/** Why a pattern can never match. The words are in `src/i18n`. */
export type PatternProblem =
  | { code: 'target_shape' }
  /** Neither four numbers from 0 to 255 nor IPv6. Programs disagree on such addresses. */
  | { code: 'address_shape' }
  /** A `*` inside an address. */
  | { code: 'address_wildcard' }
  | { code: 'prefix_too_long'; max: number }
  /** A network with host bits. `meant` is the network without them. */
  | { code: 'host_bits'; meant: string }
  | { code: 'name_shape' }
  /** The last label of the name is a pattern, so anyone could own a matching name. */
  | { code: 'open_name' }
  | { code: 'never_reached' }
  /** A private address without its gateway or machine. */
  | { code: 'private_without_way'; meant: string }
  | { code: 'way_shape' }
  /** A gateway alone, which is not a target. */
  | { code: 'way_alone'; meant: string }
  | { code: 'not_lower_case'; meant: string }
  | { code: 'instance_shape' };

export type ReadPattern =
  | { ok: true; pattern: TargetPattern }
  | { ok: false; problem: PatternProblem };

/** The use of a pattern. For a secret, the pattern must also show who owns the target. */
export type PatternUse = 'source' | 'secret';

const refuse = (problem: PatternProblem): ReadPattern => ({ ok: false, problem });

/** Reads a pattern from the policy, or explains why it can never match. */
export function readTargetPattern(text: string, use: PatternUse): ReadPattern {
  const parts = text.split('/');
  const [first = '', second = '', third] = parts;
  if (parts.length === 1) return readPlace(undefined, text, use);
  const isNetwork = /^\d+$/.test(second) && /[.:]|^\d+$/.test(first);
  if (parts.length === 2 && isNetwork) return readPlace(undefined, text, use);
  if (parts.length > 3 || (third !== undefined && !/^\d+$/.test(third))) {
    return refuse({ code: 'target_shape' });
  }
  if (first !== '*') {
    const problem = problemOfId(first, isWay);
    if (problem !== undefined) return refuse(problem);
  }
  return readPlace(first, parts.slice(1).join('/'), use);
}

function readPlace(way: string | undefined, text: string, use: PatternUse): ReadPattern {
  const found = (place: Place): ReadPattern => ({ ok: true, pattern: { way, place } });
  if (text === '*') return found({ kind: 'any' });
  if (isNumeric(text)) {
    const read = readNumeric(text);
    if (!read.ok) return read;
    const network = read.value;
    const problem = problemOfNetwork(network, way, use);
    return problem === undefined ? found({ kind: 'network', network }) : refuse(problem);
  }
  if (text.includes('/')) return refuse({ code: 'target_shape' });
  if (text.includes('.')) {
    const pattern = text.toLowerCase().replace(/\.$/, '');
    const problem = problemOfName(pattern, use);
    return problem === undefined ? found({ kind: 'name', pattern }) : refuse(problem);
  }
  if (way !== undefined) return refuse({ code: 'target_shape' });
  const [prefix = ''] = text.split('-');
  if (prefix === text && !isForeign(text)) return refuse({ code: 'target_shape' });
  if (ways.includes(prefix)) return refuse({ code: 'way_alone', meant: `${text}/*` });
  const problem = problemOfId(text, isInstance);
  return problem === undefined ? found({ kind: 'instance', pattern: text }) : refuse(problem);
}

/** True if a pattern can only match addresses. */
const isNumeric = (text: string): boolean =>
  text.includes(':') || /\/\d+$/.test(text) || (!/[^\d.*]/.test(text) && /\d/.test(text));

/** Reads a network, an address, or the beginning of one: `10.0.*` is 10.0.0.0/16. */
function readNumeric(text: string): Result<Network, PatternProblem> {
  if (text.includes('/')) return readWholeNetwork(text);
  if (text.includes('*')) return readFirstNumbers(text);
  const address = readAddress(text);
  return address === undefined
    ? failure({ code: 'address_shape' })
    : success([address, widthOf(address)]);
}

function readWholeNetwork(text: string): Result<Network, PatternProblem> {
  if (text.includes('*')) return failure({ code: 'address_wildcard' });
  const network = readNetwork(text);
  if (!network.ok) {
    return network.problem === 'not_an_address'
      ? failure({ code: 'address_shape' })
      : failure({ code: 'prefix_too_long', max: text.includes(':') ? 128 : 32 });
  }
  const masked = writeNetwork(maskNetwork(network.value));
  return masked === writeNetwork(network.value)
    ? network
    : failure({ code: 'host_bits', meant: masked });
}

function readFirstNumbers(text: string): Result<Network, PatternProblem> {
  const parts = text.split('.');
  const given = parts.indexOf('*');
  const [numbers, stars] = [parts.slice(0, given), parts.slice(given)];
  const isPrefix =
    given > 0 &&
    parts.length <= 4 &&
    numbers.every((each) => /^\d+$/.test(each)) &&
    stars.every((each) => each === '*');
  if (!isPrefix) return failure({ code: 'address_wildcard' });
  const first = [...numbers, '0', '0', '0'].slice(0, 4).join('.');
  const network = readNetwork(`${first}/${8 * given}`);
  return network.ok ? network : failure({ code: 'address_shape' });
}

function problemOfNetwork(
  network: Network,
  way: string | undefined,
  use: PatternUse,
): PatternProblem | undefined {
  const reach = reachOfNetwork(network);
  if (reach === 'nowhere') return { code: 'never_reached' };
  return reach === 'inside' && way === undefined && use === 'secret'
    ? { code: 'private_without_way', meant: `dcg-1a2b3c4d/${writeNetworkOrAddress(network)}` }
    : undefined;
}

const label = /^(?!-)[a-z0-9*-]{1,63}(?<!-)$/;

function problemOfName(pattern: string, use: PatternUse): PatternProblem | undefined {
  const labels = pattern.split('.');
  const last = labels.at(-1) ?? '';
  const isName = labels.every((each) => label.test(each)) && /[a-z]/.test(pattern);
  if (!isName || pattern.length > 253) return { code: 'name_shape' };
  if (last.includes('*')) return use === 'secret' ? { code: 'open_name' } : undefined;
  // A URL parser refuses names that end in a number.
  if (readHost(pattern.replaceAll('*', 'a')) === undefined) return { code: 'name_shape' };
  return reachOfName(pattern) === 'nowhere' ? { code: 'never_reached' } : undefined;
}

/** The prefixes of gateways and networks that private addresses are behind. */
const ways = ['dcg', 'vpngw', 'ccn'];
/** Machines are targets themselves, and addresses can be behind them. */
const machine = 'ins';
/** Prefixes of Tencent Cloud resources that aren't targets. */
const places = ['vpc', 'subnet', 'eip', 'lb'];

const isWay = (prefix: string): boolean =>
  [...ways, machine].some((each) => matchesWildcard(prefix, each));
const isOfTencentCloud = (prefix: string): boolean => !places.includes(prefix);
const isInstance = (prefix: string): boolean => isForeign(prefix) || isOfTencentCloud(prefix);

/** Prefixes of Alibaba Cloud RDS, whose IDs have other formats. */
const isForeign = (prefix: string): boolean => /^(rm|rr|rds|pgm|drds)[a-z0-9]*$/.test(prefix);

/** Explains why the pattern matches no ID of an instance, gateway or machine. */
function problemOfId(
  pattern: string,
  mayBegin: (prefix: string) => boolean,
): PatternProblem | undefined {
  const lower = pattern.toLowerCase();
  if (!/^[a-z0-9*]+(-[a-z0-9*-]+)?$/.test(lower)) {
    return { code: mayBegin === isWay ? 'way_shape' : 'instance_shape' };
  }
  if (lower !== pattern) return { code: 'not_lower_case', meant: lower };
  const [prefix = '', ...rest] = pattern.split('-');
  const suffix = rest.join('-');
  if (mayBegin === isInstance && isForeign(prefix)) return undefined;
  const isLong = suffix.includes('*') || suffix.length >= 4;
  const isId = /^[a-z*][a-z0-9*]*$/.test(prefix) && /^[a-z0-9*]+$/.test(suffix) && isLong;
  if (!isId || suffix.replaceAll('*', '').length > 32 || !mayBegin(prefix)) {
    return { code: mayBegin === isWay ? 'way_shape' : 'instance_shape' };
  }
  return undefined;
}

/** Explains why the pattern matches no ID of a migration's target. */
export const problemOfDestination = (pattern: string): PatternProblem | undefined =>
  pattern === '*' ? undefined : problemOfId(pattern, isOfTencentCloud);

/** Explains why the pattern matches no ID of an instance, on either side of a migration. */
export const problemOfInstance = (pattern: string): PatternProblem | undefined =>
  pattern === '*' ? undefined : problemOfId(pattern, isInstance);

const writeNetworkOrAddress = (network: Network): string =>
  network[1] === widthOf(network[0]) ? writeAddress(network[0]) : writeNetwork(network);

export function matchesTarget(pattern: string, target: Target): boolean {
  const read = readTargetPattern(pattern, 'source');
  if (!read.ok) return false;
  const { way, place } = read.pattern;
  const slash = target.indexOf('/');
  if (way === undefined ? slash >= 0 : slash < 0) return false;
  if (way !== undefined && !matchesWildcard(way, target.slice(0, slash).toLowerCase()))
    return false;
  return isPlace(place, target.slice(slash + 1));
}

function isPlace(place: Place, text: string): boolean {
  const host = readHost(text);
  switch (place.kind) {
    case 'any':
      return true;
    case 'network':
      return host?.kind === 'address' && contains(place.network, host.address);
    case 'name':
      return host?.kind === 'name' && matchesWildcard(place.pattern, host.text);
    case 'instance':
      return host === undefined && matchesWildcard(place.pattern, text.toLowerCase());
    default:
      return place satisfies never;
  }
}

/** A source behind a gateway or machine, as far as the request names it. */
interface PartlyNamed {
  /** How the ID of the gateway or machine begins. */
  prefix: string;
  way: string | undefined;
  host: string | undefined;
  /** True for an instance. A pattern without a gateway or machine doesn't match its address. */
  isInstance: boolean;
}

/** Returns the empty part that decides whether the pattern matches, the gateway or machine first. */
export function missingPart(
  pattern: string,
  { prefix, way, host, isInstance }: PartlyNamed,
): 'way' | 'host' | undefined {
  const read = readTargetPattern(pattern, 'source');
  if (!read.ok) return undefined;
  const { way: wanted, place } = read.pattern;
  const mayBeBehind =
    wanted === undefined
      ? !isInstance
      : way === undefined
        ? matchesWildcard(wanted.replace(/-.*/, ''), prefix)
        : matchesWildcard(wanted, way.toLowerCase());
  const mayBeAt = host === undefined ? place.kind !== 'instance' : isPlace(place, host);
  if (!mayBeBehind || !mayBeAt) return undefined;
  if (wanted !== undefined && way === undefined) return 'way';
  return host === undefined ? 'host' : undefined;
}

/** True if `outer` matches everything that `inner` matches. */
export function coversPattern(outer: string, inner: string, use: PatternUse): boolean {
  const [all, some] = [readTargetPattern(outer, use), readTargetPattern(inner, use)];
  if (!all.ok || !some.ok) return false;
  const { way, place } = all.pattern;
  if (use === 'source') {
    // A source on a machine always matches both `ins-1a2b3c4d` and `ins-1a2b3c4d/*`.
    if (coversMachine(machineOf(all.pattern), some.pattern)) return true;
    // A source behind a gateway also goes by its address alone.
    if (way === undefined) return coversPlace(place, some.pattern.place);
  }
  if ((way === undefined) !== (some.pattern.way === undefined)) return false;
  return (
    // Only a star in `outer` covers a star in `inner`.
    matchesWildcard(way ?? '', some.pattern.way ?? '') && coversPlace(place, some.pattern.place)
  );
}

/** The wildcard for machines, if a pattern matches all sources on them. */
function machineOf({ way, place }: TargetPattern): string | undefined {
  if (place.kind === 'any') return way;
  return place.kind === 'instance' ? place.pattern : undefined;
}

function coversMachine(outer: string | undefined, { way, place }: TargetPattern): boolean {
  const inner = way ?? (place.kind === 'instance' ? place.pattern : '');
  return outer !== undefined && inner.startsWith(`${machine}-`) && matchesWildcard(outer, inner);
}

function coversPlace(outer: Place, inner: Place): boolean {
  if (outer.kind === 'any') return true;
  if (outer.kind === 'network') {
    return inner.kind === 'network' && isWithin(outer.network, inner.network);
  }
  return inner.kind === outer.kind && matchesWildcard(outer.pattern, inner.pattern);
}
