import type { JsonObject } from '../json';

/** An error of a Web API call, with Slack's name for it. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    /** Further members of the response (`needed`, `response_metadata`). */
    readonly more: JsonObject = {},
  ) {
    super(code);
  }

  /** An error with details in `response_metadata.messages`. */
  static withMessages(code: string, messages: readonly string[]): ApiError {
    return new ApiError(code, { errors: messages, response_metadata: { messages } });
  }
}
