import { type FieldPath, type FormValues, fieldPaths } from '../../src/domain/fields';
import { type Draft, parseForm } from '../../src/domain/form';

/** Passwords are typed, and nothing else. */
export const typedOnly = { typed: true, stored: false } as const;

/** The API page's own example, as a form holds it. */
export const exampleForm = {
  JobName: 'usertest',
  SrcDatabaseType: 'mysql',
  SrcAccessType: 'extranet',
  'SrcInfo.Supplier': 'others',
  'SrcInfo.Ip': '14.17.22.36',
  'SrcInfo.Port': '10301',
  'SrcInfo.User': 'root',
  'SrcInfo.Password': '123456',
  'SrcInfo.Region': 'ap-guangzhou',
  DstDatabaseType: 'mysql',
  'DstInfo.InstanceId': 'cdb-e78e0nnv',
  'DstInfo.Region': 'ap-shanghai',
  'MigrateOption.MigrateObject': '1',
  'MigrateOption.MigrateType': '1',
  'MigrateOption.ConsistencyType': '1',
  'MigrateOption.IsOverrideRoot': '0',
  'MigrateOption.RunMode': '1',
  Reason: 'The old server is leaving its data centre.',
} as const satisfies FormValues;

/** The example with some fields changed, parsed. */
export function aDraft(changes: FormValues = {}): Draft {
  const parsed = parseForm({ ...exampleForm, ...changes }, typedOnly);
  if (!parsed.ok) throw new Error(`not a draft: ${JSON.stringify(parsed.problems)}`);
  return parsed.draft;
}

/** What somebody enters in which field; nothing in those that are `undefined`. */
export type FormEntries = Partial<Record<FieldPath, string | undefined>>;

/** Entries in the order in which the form asks for them. */
export function inFormOrder(values: FormEntries): FormEntries {
  return Object.fromEntries(fieldPaths.map((path) => [path, values[path]]));
}
