import { type DtsEndpoint, startDts } from '../../playground/tencentcloud/index';
import { parseForm } from '../../src/domain/form/form';
import { accessTypes, sourceEngines } from '../../src/domain/migration/engines';
import type { MigrationParameters } from '../../src/domain/migration/migration';
import type { Secret } from '../../src/domain/secrets/secret';
import { type SecretPath, secretPaths } from '../../src/domain/secrets/secretReference';
import { readParameters, writeParameters } from '../../src/store/storedParameters';
import { createMigrateJob } from '../../src/tencentcloud/createMigrateJob';
import { accountAt } from '../support/accountAt';
import { sendsNow } from '../support/sendsNow';
import { type StoredBefore, storedBefore, storedBeforeNamed } from '../support/storedBefore';

let dts: DtsEndpoint;
beforeEach(async () => {
  dts = await startDts();
});
afterEach(() => dts.close());

function draftOf({ form }: StoredBefore) {
  const parsed = parseForm(form, { typed: true, stored: false });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.draft;
}

/** The bytes of a call with these parameters and the form's passwords. */
async function bodyOf(parameters: MigrationParameters, sent: StoredBefore): Promise<string> {
  const secrets: Partial<Record<SecretPath, Secret>> = {};
  for (const path of secretPaths) {
    const secret = draftOf(sent).secrets[path];
    if (secret?.kind === 'typed') secrets[path] = secret.secret;
  }
  const never = new AbortController().signal;
  const outcome = await createMigrateJob(accountAt(dts.host), parameters, secrets, never, sendsNow);
  expect(outcome.kind).toBe('done');
  return dts.calls.at(-1)?.rawBody ?? '';
}

it('the table has every engine and every access type', () => {
  const forms = storedBefore.map(({ form }) => form);
  expect(new Set(forms.map((form) => form.SrcDatabaseType))).toEqual(new Set(sourceEngines));
  expect(new Set(forms.map((form) => form.SrcAccessType))).toEqual(new Set(accessTypes));
});

describe.each(storedBefore.map((each) => [each.name, each] as const))('%s', (_, before) => {
  it('sends the same bytes as the earlier release', async () => {
    expect(await bodyOf(draftOf(before).parameters, before)).toBe(before.body);
  });

  it('sends the same bytes if the earlier release stored the request', async () => {
    expect(await bodyOf(readParameters(before.parameters), before)).toBe(before.body);
  });

  it('has the same parameters in both stored versions', () => {
    const { parameters } = draftOf(before);
    expect(readParameters(before.parameters)).toEqual(parameters);
    const written = writeParameters(parameters);
    expect(readParameters(written)).toEqual(parameters);
    expect(writeParameters(readParameters(written))).toBe(written);
  });
});

it('only a region is added to the bytes of vpnselfbuild if the form has one', async () => {
  const before = storedBeforeNamed('mysql by vpnselfbuild');
  const now = { ...before, form: { ...before.form, 'SrcInfo.Region': 'ap-guangzhou' } };
  const sent = await bodyOf(draftOf(now).parameters, now);
  expect(sent.replace('"Region":"ap-guangzhou",', '')).toBe(before.body);
  expect(JSON.parse(sent)).toHaveProperty('SrcInfo.Region', 'ap-guangzhou');
});
