/**
 * Replaces the usual answer to a Web API call. With `after`, the call takes effect first and only
 * its response is lost.
 */
export type Fault = { readonly after?: boolean } & (
  | { readonly kind: 'rateLimited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'reset' }
);

/** Selects calls of a method by their arguments. */
type Where = (args: Readonly<Record<string, unknown>>) => boolean;

/** Planned faults. They are used in order, separately for each method. */
export class Faults {
  readonly #planned = new Map<string, { fault: Fault; where: Where }[]>();

  /** The next `times` calls of `method` that match `where` get `fault`. */
  next(method: string, fault: Fault, times = 1, where: Where = () => true): void {
    const line = this.#planned.get(method) ?? [];
    line.push(...Array.from({ length: times }, () => ({ fault, where })));
    this.#planned.set(method, line);
  }

  /** Removes the faults of `method`, or all faults. */
  clear(method?: string): void {
    if (method === undefined) this.#planned.clear();
    else this.#planned.delete(method);
  }

  take(method: string, args: Readonly<Record<string, unknown>>): Fault | undefined {
    const line = this.#planned.get(method) ?? [];
    const index = line.findIndex(({ where }) => where(args));
    return index < 0 ? undefined : line.splice(index, 1)[0]?.fault;
  }
}
