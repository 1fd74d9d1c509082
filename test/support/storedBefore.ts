import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fieldPaths } from '../../src/domain/migration/fields';

/**
 * The output of the last release without versions for some forms: the text of the column
 * `parameters`, and the body of the call with the form's passwords, byte for byte.
 */
const stored = z.strictObject({
  name: z.string(),
  form: z.partialRecord(z.enum(fieldPaths), z.string()),
  parameters: z.string(),
  body: z.string(),
});
export type StoredBefore = z.infer<typeof stored>;

export const storedBefore: readonly StoredBefore[] = z
  .array(stored)
  .parse(JSON.parse(readFileSync(join(__dirname, 'storedBefore.json'), 'utf8')));

/** The case whose name begins with these words. */
export function storedBeforeNamed(name: string): StoredBefore {
  const found = storedBefore.find((each) => each.name.startsWith(name));
  if (found === undefined) throw new Error(`no case: ${name}`);
  return found;
}
