import type { JsonObject } from '../json';

/** A refusal of a Web API call, under Slack's own name for it. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    /** Further members of the answer (`needed`, `response_metadata`). */
    readonly more: JsonObject = {},
  ) {
    super(code);
  }

  /** A refusal that says in `response_metadata.messages` what is wrong. */
  static withMessages(code: string, messages: readonly string[]): ApiError {
    return new ApiError(code, { errors: messages, response_metadata: { messages } });
  }
}
