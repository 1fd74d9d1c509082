import { z } from 'zod';
import { type MigrationParameters, migrationParameters } from '../domain/migration/migration';
import { type WatchedJob, watchedJob } from '../domain/request/watch';
import { readChinaTime } from '../domain/text/chinaTime';

/**
 * Reads the parameters in a request's row. The audit log hashes this text, so rows are never
 * rewritten: a changed domain needs a new version here, and today's version 2 then gets a separate
 * schema like version 1.
 */

/** @throws if the text isn't valid JSON or doesn't match any version */
export function readParameters(text: string): MigrationParameters {
  const { version, ...value } = versioned.parse(JSON.parse(text));
  return version === undefined
    ? migrationParameters.parse(version1.parse(value))
    : version2.parse(value);
}

export function writeParameters(parameters: MigrationParameters): string {
  return JSON.stringify({ version: 2, ...z.encode(version2, parameters) });
}

/** What a watch has in place of parameters. */
const watchedVersion1 = watchedJob.extend({ watched: z.literal(1) });

/** @throws if the text isn't valid JSON or isn't of a watch */
export function readWatched(text: string): WatchedJob {
  const { watched: _, ...job } = watchedVersion1.parse(JSON.parse(text));
  return job;
}

export const writeWatched = (job: WatchedJob): string => JSON.stringify({ watched: 1, ...job });

/** Version 1 has no number. */
const versioned = z.looseObject({ version: z.literal(2).optional() });

const instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (at) => at.toISOString(),
});

/** Version 2: the parameters of the domain, with times in ISO 8601. */
const version2 = migrationParameters.extend({
  MigrateOption: migrationParameters.shape.MigrateOption.extend({
    ExpectTime: instant.exactOptional(),
  }),
});

const json = z.string().transform((text): unknown => JSON.parse(text));

/** Version 1: three values are the texts that DTS takes. The rest equals version 2. */
const version1 = z.looseObject({
  MigrateOption: z.looseObject({
    /** `yyyy-mm-dd hh:mm:ss` in UTC+8. */
    ExpectTime: z.string().transform(readChinaTime).exactOptional(),
    /** A JSON object. */
    ExternParams: json.exactOptional(),
  }),
  /** A JSON array. */
  DatabaseInfo: json
    .pipe(
      z.array(
        z
          .strictObject({
            Database: z.string(),
            Schema: z.string().exactOptional(),
            Table: z.array(z.string()).exactOptional(),
          })
          .transform(({ Database, Schema, Table }) => ({
            database: Database,
            ...(Schema === undefined ? {} : { schema: Schema }),
            ...(Table === undefined ? {} : { tables: Table }),
          })),
      ),
    )
    .exactOptional(),
});
