/** Why an uploaded file can't be read. The words are in `src/i18n`. */
export type FileProblem =
  | { code: 'too_large'; maxBytes: number }
  /** The file is neither UTF-8 nor UTF-16 with a byte order mark. */
  | { code: 'not_text' }
  /** The file was deleted, or the bot can't see it. */
  | { code: 'gone' }
  /** Slack doesn't let the bot read files, or returned a URL of another host. */
  | { code: 'not_allowed' }
  /** Slack returned no response in time. */
  | { code: 'unreachable' };
