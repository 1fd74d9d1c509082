/** Integer parameters. A GET query contains them as digits. */
const INTEGERS: ReadonlySet<string> = new Set([
  'ConsistencyType',
  'DumpRps',
  'DumpThread',
  'IsOverrideRoot',
  'Limit',
  'LoadRps',
  'LoadThread',
  'MigrateObject',
  'MigrateType',
  'Offset',
  'Port',
  'ReadOnly',
  'RunMode',
  'SelectRowsPerTable',
  'SinkerThread',
  'TablesSelectAll',
  'TablesSelectCount',
]);

type Tree = Map<string, string | Tree>;

/**
 * The parameters of a request: a POST's JSON body (blank is `{}`), or a GET's query, nested by dots
 * and indexes (`Tags.0.TagKey`). `undefined` if the body isn't JSON.
 */
export function readParameters(method: string, path: string, rawBody: string): unknown {
  if (method === 'GET') return nest(new URLSearchParams(path.split('?', 2)[1] ?? ''));
  if (rawBody === '') return {};
  try {
    return JSON.parse(rawBody);
  } catch {
    return undefined;
  }
}

function nest(query: URLSearchParams): unknown {
  const root: Tree = new Map();
  for (const [name, value] of query) {
    const parts = name.split('.');
    const leaf = parts.pop() ?? '';
    let branch = root;
    for (const part of parts) {
      const known = branch.get(part);
      const next: Tree = known instanceof Map ? known : new Map();
      branch.set(part, next);
      branch = next;
    }
    branch.set(leaf, value);
  }
  return plain(root);
}

function plain(tree: Tree): unknown {
  const entries = [...tree].map(([name, value]): [string, unknown] => [
    name,
    value instanceof Map ? plain(value) : scalar(name, value),
  ]);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function scalar(name: string, value: string): string | number {
  return INTEGERS.has(name) && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
