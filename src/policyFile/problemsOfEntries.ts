import { optionsOf, problemAlone } from '../domain/migration/fields';
import { channelsOf, type Policy } from '../domain/policy/policy';
import type { PolicyFileProblem } from '../domain/policy/policyFileProblem';
import { nearest } from '../domain/text/nearest';
import type { Places } from './places';
import { type PolicyFileContent, presetPaths } from './policyFileSchema';

/** Finds problems of secret rules and presets whose values are all valid. */
export function problemsOfEntries(
  { secrets = [], presets = {} }: PolicyFileContent,
  policy: Policy,
  places: Places,
): PolicyFileProblem[] {
  const channels = channelsOf(policy);
  return [
    ...secrets.flatMap(({ anywhere, channels: named = [], hosts, instances }, index) => {
      const at = (...path: readonly PropertyKey[]) => places.ofValue(['secrets', index, ...path]);
      const isBound = hosts !== undefined || instances !== undefined;
      const problems: PolicyFileProblem[] = [];
      if (!isBound && !anywhere) problems.push({ ...at(), code: 'secret_unbound' });
      if (isBound && anywhere) problems.push({ ...at('anywhere'), code: 'anywhere_and_bound' });
      for (const [position, channel] of named.entries()) {
        if (channels.includes(channel)) continue;
        problems.push({ ...at('channels', position), code: 'channel_without_requests' });
      }
      return problems;
    }),
    ...Object.entries(presets).flatMap(([name, fields]) =>
      presetPaths.flatMap((path): PolicyFileProblem[] => {
        const text = String(fields[path] ?? '');
        const problem = text === '' ? undefined : problemAlone(path, text);
        if (problem === undefined) return [];
        const place = places.ofValue(['presets', name, path]);
        const known = optionsOf(path);
        return known === undefined
          ? [{ ...place, code: 'not_for_field', problem }]
          : [{ ...place, code: 'unknown_value', nearest: nearest(text, known), known }];
      }),
    ),
  ];
}
