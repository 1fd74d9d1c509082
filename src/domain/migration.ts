import { z } from 'zod';
import { Secret } from './secret';

/**
 * The parameters of `CreateMigrateJob` (DTS 2018-03-30) by the API's own names, without the
 * password, which is kept apart from them from the moment it is typed.
 */

/** What can be wrong with one field, as data; the words are in the locales. */
export type FieldProblem =
  | { code: 'required' }
  | { code: 'too_long'; max: number }
  | { code: 'control_characters' }
  | { code: 'not_offered' }
  | { code: 'not_an_address' }
  | { code: 'not_public' }
  | { code: 'not_a_port' }
  | { code: 'not_a_region' }
  | { code: 'not_an_instance' }
  | { code: 'root_with_structure_only' };

const fieldProblem = z.custom<FieldProblem>(
  (value) => typeof value === 'object' && value !== null && 'code' in value,
);

type Check = (value: string) => FieldProblem | undefined;

/** Text that passes each check in turn; the first problem is the one reported. */
function text(...checks: readonly Check[]) {
  return z.string().superRefine((value, context) => {
    for (const check of checks) {
      const problem = check(value);
      if (problem !== undefined) {
        context.addIssue({ code: 'custom', params: { problem } });
        return;
      }
    }
  });
}

const matches = (pattern: RegExp, problem: FieldProblem): Check => {
  return (value) => (pattern.test(value) ? undefined : problem);
};
/** Something that can be seen: blanks, format characters and the like are nothing. */
const required = matches(/[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u, { code: 'required' });
const atMost = (max: number): Check => {
  return (value) => (value.length > max ? { code: 'too_long', max } : undefined);
};
/** No other line, and no reversed reading order, with which one line could pass for another. */
const oneLine = matches(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, {
  code: 'control_characters',
});
const paragraphs = matches(/^[\P{Cc}\n\r\t]*$/u, { code: 'control_characters' });

/** A choice among the API's values. */
function choice<Value extends string>(...values: readonly Value[]) {
  return z.custom<Value>((value) => values.some((offered) => offered === value), {
    params: { problem: { code: 'not_offered' } },
  });
}

/** A choice among numbers, which a form gives as text. */
function numericChoice<Value extends number>(...values: readonly Value[]) {
  return z.string().transform((value, context): Value => {
    const chosen = values.find((offered) => String(offered) === value);
    if (chosen !== undefined) return chosen;
    context.addIssue({ code: 'custom', params: { problem: { code: 'not_offered' } } });
    return z.NEVER;
  });
}

/** IPv4 ranges that no migration over the public network can reach (RFC 6890). */
const unreachable = [
  /^0\./,
  /^10\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^127\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.0\.[02]\./,
  /^192\.168\./,
  /^198\.1[89]\./,
  /^198\.51\.100\./,
  /^203\.0\.113\./,
  /^(22[4-9]|2[3-5]\d)\./,
];
const unreachableIpv6 = /^(::1?$|f[cd]|fe[89ab]|ff|::ffff:|2001:db8:)/;

/** One spelling for each IPv6 address: lower case, shortest. */
const canonicalIpv6 = (value: string): string => new URL(`http://[${value}]`).hostname.slice(1, -1);

const publicAddress: Check = (value) => {
  if (z.ipv4().safeParse(value).success) {
    return unreachable.some((range) => range.test(value)) ? { code: 'not_public' } : undefined;
  }
  if (z.ipv6().safeParse(value).success) {
    return unreachableIpv6.test(canonicalIpv6(value)) ? { code: 'not_public' } : undefined;
  }
  if (/^localhost$|\.localhost$|\.local$|\.internal$/i.test(value)) return { code: 'not_public' };
  // A name of digits and dots alone is a mistyped IPv4 address.
  const isName = z.hostname().safeParse(value).success && /[a-z]/i.test(value);
  return isName && value.includes('.') ? undefined : { code: 'not_an_address' };
};

const address = text(required, oneLine, atMost(253), publicAddress);
const region = text(
  required,
  matches(/^[a-z]{2,4}(-[a-z0-9]+)+$/, { code: 'not_a_region' }),
  atMost(40),
);
const instanceId = text(
  required,
  matches(/^cdb[a-z]*-[a-z0-9]{4,32}$/, { code: 'not_an_instance' }),
);
const port = text(required, matches(/^[1-9]\d{0,4}$/, { code: 'not_a_port' }), (value) =>
  Number(value) > 65_535 ? { code: 'not_a_port' } : undefined,
).transform(Number);

/**
 * Every field of the form, by its API path, with the rule it must pass. `Password` has no place
 * among the parameters; `Reason` is the only field that is not the API's.
 */
const fields = {
  // 128 characters: the rule of the API's 2021-12-06 version; 2018-03-30 states none.
  JobName: text(required, oneLine, atMost(128)),
  SrcDatabaseType: choice('mysql'),
  SrcAccessType: choice('extranet'),
  'SrcInfo.Region': region,
  'SrcInfo.Ip': address,
  'SrcInfo.Port': port,
  'SrcInfo.User': text(required, oneLine, atMost(128)),
  'SrcInfo.Password': z
    .string()
    .superRefine((value, context) => {
      const problem = value === '' ? required(value) : (oneLine(value) ?? atMost(256)(value));
      if (problem !== undefined) context.addIssue({ code: 'custom', params: { problem } });
    })
    .transform((value) => new Secret(value)),
  'SrcInfo.Supplier': choice('others'),
  DstDatabaseType: choice('mysql'),
  DstAccessType: choice('cdb'),
  'DstInfo.Region': region,
  'DstInfo.InstanceId': instanceId,
  'MigrateOption.MigrateType': numericChoice(1, 2, 3),
  'MigrateOption.MigrateObject': numericChoice(1),
  'MigrateOption.ConsistencyType': numericChoice(1, 2, 4, 5),
  'MigrateOption.IsOverrideRoot': numericChoice(0, 1),
  'MigrateOption.RunMode': numericChoice(1),
  // What a Slack text input and a section of a card hold at most.
  Reason: text(required, paragraphs, atMost(3000)),
} as const;

export type FieldPath = keyof typeof fields;

export const fieldPaths: readonly FieldPath[] = Object.keys(fields).filter(
  (path): path is FieldPath => path in fields,
);

/** What a form holds: text by field path, as it was typed or chosen. */
export type FormValues = Partial<Record<FieldPath, string>>;

export type FieldProblems = Partial<Record<FieldPath, FieldProblem>>;

/** Values are trimmed before they are judged, but for a password, in which a blank counts. */
const trimmed = (path: FieldPath, value: string | undefined): string => {
  const typed = value ?? '';
  return path === 'SrcInfo.Password' ? typed : typed.trim();
};

const draftSchema = z.object(fields).superRefine((draft, context) => {
  // Documented: IsOverrideRoot must be 0 when only the structure is migrated.
  if (draft['MigrateOption.IsOverrideRoot'] === 1 && draft['MigrateOption.MigrateType'] === 1) {
    context.addIssue({
      code: 'custom',
      path: ['MigrateOption.IsOverrideRoot'],
      params: { problem: { code: 'root_with_structure_only' } },
    });
  }
});

/** What a job is made of, nested and typed as the API takes it; the password is added at launch. */
export const migrationParameters = z.object({
  JobName: z.string(),
  MigrateOption: z.object({
    RunMode: z.literal(1),
    MigrateType: z.literal([1, 2, 3]),
    MigrateObject: z.literal(1),
    ConsistencyType: z.literal([1, 2, 4, 5]),
    IsOverrideRoot: z.literal([0, 1]),
  }),
  SrcDatabaseType: z.literal('mysql'),
  SrcAccessType: z.literal('extranet'),
  SrcInfo: z.object({
    Region: z.string(),
    Ip: z.string(),
    Port: z.number(),
    User: z.string(),
    Supplier: z.literal('others'),
  }),
  DstDatabaseType: z.literal('mysql'),
  DstAccessType: z.literal('cdb'),
  DstInfo: z.object({ Region: z.string(), InstanceId: z.string() }),
});

export type MigrationParameters = z.infer<typeof migrationParameters>;

/** A form that passed: what to migrate, with which password, and why. */
export interface Draft {
  parameters: MigrationParameters;
  password: Secret;
  reason: string;
}

export type ParsedForm = { ok: true; draft: Draft } | { ok: false; problems: FieldProblems };

/** Judges what a form holds; each problem names the field to change. */
export function parseForm(values: FormValues): ParsedForm {
  const typed = Object.fromEntries(fieldPaths.map((path) => [path, trimmed(path, values[path])]));
  const parsed = draftSchema.safeParse(typed);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };

  const field = parsed.data;
  return {
    ok: true,
    draft: {
      parameters: {
        JobName: field.JobName,
        MigrateOption: {
          RunMode: field['MigrateOption.RunMode'],
          MigrateType: field['MigrateOption.MigrateType'],
          MigrateObject: field['MigrateOption.MigrateObject'],
          ConsistencyType: field['MigrateOption.ConsistencyType'],
          IsOverrideRoot: field['MigrateOption.IsOverrideRoot'],
        },
        SrcDatabaseType: field.SrcDatabaseType,
        SrcAccessType: field.SrcAccessType,
        SrcInfo: {
          Region: field['SrcInfo.Region'],
          Ip: field['SrcInfo.Ip'],
          Port: field['SrcInfo.Port'],
          User: field['SrcInfo.User'],
          Supplier: field['SrcInfo.Supplier'],
        },
        DstDatabaseType: field.DstDatabaseType,
        DstAccessType: field.DstAccessType,
        DstInfo: { Region: field['DstInfo.Region'], InstanceId: field['DstInfo.InstanceId'] },
      },
      password: field['SrcInfo.Password'],
      reason: field.Reason,
    },
  };
}

function problemsOf(error: z.ZodError): FieldProblems {
  const problems: FieldProblems = {};
  for (const issue of error.issues) {
    const path = fieldPaths.find((candidate) => candidate === issue.path[0]);
    if (path === undefined || problems[path] !== undefined) continue;
    const found = fieldProblem.safeParse(issue.code === 'custom' && issue.params?.['problem']);
    problems[path] = found.success ? found.data : { code: 'not_offered' };
  }
  return problems;
}
