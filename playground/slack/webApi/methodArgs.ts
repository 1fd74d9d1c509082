import { type Json, type JsonObject, parseJson } from '../json';
import { ApiError } from './apiError';

/** Arguments that forms carry as JSON strings. */
const JSON_ARGUMENTS = ['view', 'message', 'blocks', 'attachments', 'metadata'];

/** The arguments of a Web API call as text or JSON, from either encoding. */
export class MethodArgs {
  private constructor(readonly all: JsonObject) {}

  /** Reads a form. Values are text, except those that contain JSON. */
  static ofForm(form: URLSearchParams): MethodArgs {
    return MethodArgs.ofJson(Object.fromEntries(form));
  }

  static ofJson(body: JsonObject): MethodArgs {
    const entries = Object.entries(body).filter(([key]) => key !== 'token');
    return new MethodArgs(
      Object.fromEntries(
        entries.map(([key, value]): [string, Json | undefined] =>
          JSON_ARGUMENTS.includes(key) && typeof value === 'string'
            ? [key, parseJson(value) ?? value]
            : [key, value],
        ),
      ),
    );
  }

  /** The argument as text. Numbers and booleans are converted. */
  text(key: string): string | undefined {
    const value = this.all[key];
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** @throws ApiError `invalid_arguments` if it is missing or empty */
  required(key: string, error = 'invalid_arguments'): string {
    const value = this.text(key);
    if (value === undefined || value === '') {
      throw ApiError.withMessages(error, [`[ERROR] missing required field: ${key}`]);
    }
    return value;
  }

  flag(key: string): boolean {
    return ['true', '1'].includes(this.text(key) ?? '');
  }

  /** A whole number from 1 to `most`. */
  limit(fallback: number, most: number): number {
    const limit = Number(this.text('limit') ?? fallback);
    if (!Number.isInteger(limit) || limit < 0) throw new ApiError('invalid_limit');
    return limit === 0 ? fallback : Math.min(limit, most);
  }

  json(key: string): Json | undefined {
    return this.all[key];
  }
}
