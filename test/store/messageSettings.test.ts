import { databases } from '../support/startTestFerry';
import { began, minutes, type StoreOn, storeOn } from '../support/storeOn';

describe.each(databases)('on %s, direct messages', (name) => {
  let store: StoreOn;
  beforeEach(async () => {
    store = await storeOn(name);
  });
  afterEach(() => store.close());

  const set = (muted: boolean, delivery: string, userId = 'UASK') =>
    store.messageSettings.setMuted(userId, muted, { delivery, at: began });

  it('are on until a person turns them off, and are on again after that', async () => {
    const { isMuted } = store.messageSettings;
    expect(await isMuted('UASK')).toBe(false);
    expect(await set(true, 'D1')).toBe(true);
    expect(await isMuted('UASK')).toBe(true);
    expect(await isMuted('UBOB')).toBe(false);
    expect(await set(true, 'D2')).toBe(true);
    expect(await set(true, 'D3', 'UBOB')).toBe(true);
    expect(await set(false, 'D4')).toBe(false);
    expect(await isMuted('UASK')).toBe(false);
    expect(await isMuted('UBOB')).toBe(true);
  });

  it('stay as they are if a click is delivered again', async () => {
    await set(true, 'D1');
    await set(false, 'D2');
    expect(await set(true, 'D1')).toBe(false);
    expect(await store.messageSettings.isMuted('UASK')).toBe(false);
    await set(true, 'D3');
    expect(await set(false, 'D2')).toBe(true);
    expect(await store.messageSettings.isMuted('UASK')).toBe(true);
    await store.retention.forgetDeliveries(minutes(1));
    expect(await set(false, 'D2')).toBe(false);
  });
});
