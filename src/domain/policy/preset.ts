import type { FormValues } from '../migration/fields';

/** A prefilled form. People choose it by its name. */
export interface Preset {
  name: string;
  values: FormValues;
}

/**
 * Finds the preset that a person means by `name`. An exact match comes first. Otherwise case, outer
 * quotes, kinds of spaces and Slack's escapes are ignored, unless several presets match.
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

/** Cleans a typed name: Slack may escape `&`, `<` and `>`, and people may add quotes. */
export function typedName(text: string): string {
  const name = text
    .trim()
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);
  const [, inner] = /^["'`“”‘’「『](.+)["'`“”‘’」』]$/.exec(name) ?? [];
  return inner?.trim() ?? name;
}
