import type { JsonObject } from '../json';
import type { World } from '../workspace/world';
import type { MethodArgs } from './methodArgs';

export interface MethodContext {
  readonly world: World;
  readonly args: MethodArgs;
  readonly scopes: ReadonlySet<string>;
  /** The URL of the Web API, ending in `/api/`. */
  readonly apiUrl: string;
  /** @throws ApiError `missing_scope` unless one of `scopes` is granted */
  readonly needScope: (...scopes: readonly string[]) => void;
}

/** One Web API method. */
export interface Method {
  readonly token: 'bot' | 'app' | 'any' | 'none';
  /** One of these scopes must be granted before the method checks its arguments. */
  readonly scopes: readonly string[];
  /** @throws ApiError for every refusal */
  readonly run: (context: MethodContext) => JsonObject;
}

export type Methods = Readonly<Record<string, Method>>;
