import type { InputBlock } from '@slack/types';

/** The inputs of a form, in order. */
export const inputsIn = (blocks: readonly object[]): InputBlock[] =>
  blocks.filter(
    (block): block is InputBlock => 'type' in block && block.type === 'input' && 'element' in block,
  );
