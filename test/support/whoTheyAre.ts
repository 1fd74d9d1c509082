/** Means the look-ups of who somebody is, and not those of their language. */
export const whoTheyAre = (args: Readonly<Record<string, unknown>>): boolean =>
  args['include_locale'] === undefined;
