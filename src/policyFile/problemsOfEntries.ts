import { readHost } from '../domain/migration/host';
import { channelsOf, type Policy } from '../domain/policy/policy';
import type { PolicyFileProblem } from '../domain/policy/policyFileProblem';
import type { Places } from './places';
import type { PolicyFileContent } from './policyFileSchema';

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
    ...Object.entries(presets).flatMap(([name, fields]): PolicyFileProblem[] => {
      const host = fields['SrcInfo.Ip'];
      const place = places.ofValue(['presets', name, 'SrcInfo.Ip']);
      return host === undefined || readHost(String(host).trim()) !== undefined
        ? []
        : [{ ...place, code: 'not_a_host' }];
    }),
  ];
}
