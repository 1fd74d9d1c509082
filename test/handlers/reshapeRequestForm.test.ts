import { oneAfterTheOther } from '../../handlers/reshapeRequestForm';

type InOrder = ReturnType<typeof oneAfterTheOther>;

/** Draws a view that was shown with `hash`, and returns the hash that the update was made with. */
async function draw(inOrder: InOrder, view: string, hash: string, after?: string): Promise<string> {
  let used = '';
  await inOrder(view, hash, async (known) => {
    used = known;
    return after;
  });
  return used;
}

describe('updates of a view', () => {
  it('run one after the other', async () => {
    const inOrder = oneAfterTheOther();
    const steps: string[] = [];
    let finish = () => {};
    const isFinished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = inOrder('V1', 'h1', async () => {
      steps.push('first begins');
      await isFinished;
      steps.push('first ends');
      return 'h2';
    });
    const second = inOrder('V1', 'h1', async () => {
      steps.push('second');
      return 'h3';
    });
    await draw(inOrder, 'V2', 'h1');
    steps.push('another view');
    finish();
    await Promise.all([first, second]);
    expect(steps).toEqual(['first begins', 'another view', 'first ends', 'second']);
  });

  it.each(['h1', 'h2', 'h3'])('after a choice in the view with %s use the newest', async (hash) => {
    const inOrder = oneAfterTheOther();
    await draw(inOrder, 'V1', 'h1', 'h2');
    await draw(inOrder, 'V1', 'h2', 'h3');
    expect(await draw(inOrder, 'V1', hash)).toBe('h3');
  });

  it('use the hash of a choice if the view was drawn elsewhere since then', async () => {
    const inOrder = oneAfterTheOther();
    await draw(inOrder, 'V1', 'h1', 'h2');
    expect(await draw(inOrder, 'V1', 'elsewhere', 'h3')).toBe('elsewhere');
    expect(await draw(inOrder, 'V1', 'elsewhere')).toBe('h3');
    expect(await draw(inOrder, 'V1', 'h1')).toBe('h1');
  });

  it('use the last known hash after a failed one', async () => {
    const inOrder = oneAfterTheOther();
    await draw(inOrder, 'V1', 'h1', 'h2');
    await draw(inOrder, 'V1', 'h1', undefined);
    expect(await draw(inOrder, 'V1', 'h1')).toBe('h2');
  });

  it('use no hash of another view', async () => {
    const inOrder = oneAfterTheOther();
    await draw(inOrder, 'V1', 'h1', 'h2');
    expect(await draw(inOrder, 'V2', 'h1')).toBe('h1');
  });

  it.each([
    [499, 'h2'],
    [500, 'h1'],
  ])('of which the last was before %i others use %s', async (others, hash) => {
    const inOrder = oneAfterTheOther();
    await draw(inOrder, 'V0', 'h1', 'h2');
    for (let index = 1; index <= others; index += 1) await draw(inOrder, `V${index}`, 'h1', 'h2');
    expect(await draw(inOrder, 'V0', 'h1')).toBe(hash);
  });

  it('are remembered from the last one, not from the first', async () => {
    const inOrder = oneAfterTheOther();
    await draw(inOrder, 'V0', 'h1', 'h2');
    for (let index = 1; index < 500; index += 1) await draw(inOrder, `V${index}`, 'h1', 'h2');
    await draw(inOrder, 'V0', 'h2', 'h3');
    await draw(inOrder, 'V500', 'h1', 'h2');
    expect(await draw(inOrder, 'V0', 'h1')).toBe('h3');
  });
});
