import type { Page } from 'playwright-core';
import { type Playground, startPlayground } from './playground';

/** The playground of a test file, and the windows of the person who requests and of an approver. */
export let playground: Playground;
export let alice: Page;
export let bob: Page;

beforeAll(async () => {
  playground = await startPlayground();
  alice = await playground.open('alice');
  bob = await playground.open('bob');
});
afterAll(() => playground.stop());
