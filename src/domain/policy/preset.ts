import type { FormValues } from '../migration/fields';

/** A form that is filled in beforehand, by the name that people choose it by. */
export interface Preset {
  name: string;
  values: FormValues;
}

/**
 * The preset that somebody means who typed `name`. The exact name comes first; otherwise case, surrounding
 * quotes, the kind of spaces and Slack's escapes make no difference, unless several presets then fit.
 */
export function presetNamed(presets: readonly Preset[], name: string): Preset | undefined {
  const exact = presets.find((each) => each.name === name);
  if (exact !== undefined) return exact;
  const wanted = [loose(name), loose(typedName(name))];
  const [found, ...others] = presets.filter((each) => wanted.includes(loose(each.name)));
  return others.length === 0 ? found : undefined;
}

const loose = (name: string): string =>
  name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** A name as it was typed: Slack may deliver `&`, `<` and `>` escaped, and people put quotes around names. */
export function typedName(text: string): string {
  const name = text
    .trim()
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);
  const [, inner] = /^["'`“”‘’「『](.+)["'`“”‘’」』]$/.exec(name) ?? [];
  return inner?.trim() ?? name;
}
