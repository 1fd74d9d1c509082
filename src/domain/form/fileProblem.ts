/** Why the text of an uploaded file cannot be had, as data; the words are in the locales. */
export type FileProblem =
  | { code: 'too_large'; maxBytes: number }
  /** Neither UTF-8 nor UTF-16 with its mark, or binary. */
  | { code: 'not_text' }
  /** Deleted, or not there for the bot. */
  | { code: 'gone' }
  /** Slack lets the bot read no files, or names an address that is not its own. */
  | { code: 'not_allowed' }
  /** Slack gave no answer, or not in time. */
  | { code: 'unreachable' };
