/** Fails a test whose value is missing: `value ?? fail()`. */
export function fail(): never {
  throw new Error('not there');
}
