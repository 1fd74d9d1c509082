/** Matches lookups of a person's identity, but not of their language. */
export const whoTheyAre = (args: Readonly<Record<string, unknown>>): boolean =>
  args['include_locale'] === undefined;
