import { setFlagsFromString } from 'node:v8';

/**
 * Starts garbage collection when the heap is 50% larger than what is alive. By default, V8 waits
 * for several times that: under load, with 30 MB alive, the process grew to 250 MB over the first
 * 11,000 interactions, mostly from `fetch`. With this, it stays at 160 MB after the first 4,000.
 */
export function keepHeapSteady(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
