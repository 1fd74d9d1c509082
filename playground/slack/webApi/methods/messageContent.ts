import { checkBlocks } from '../../blocks/checkBlocks';
import { isList, isObject, type Json, type JsonObject } from '../../json';
import { Problems } from '../../records/problems';
import { ApiError } from '../apiError';

/** Undocumented but observed (bolt-js #2509). Counting the JSON is the stricter choice. */
const LONGEST_BLOCKS = 13_200;
const LONGEST_TEXT = 40_000;

export interface MessageContent {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

/**
 * Checks the content of a message.
 *
 * @throws ApiError `no_text`, `invalid_blocks`, `invalid_blocks_format`, `msg_blocks_too_long`
 */
export function messageContent(text: string | undefined, given: Json | undefined): MessageContent {
  const blocks = checkedBlocks(given);
  if ((text ?? '') === '' && blocks.length === 0) throw new ApiError('no_text');
  return { text: (text ?? '').slice(0, LONGEST_TEXT), blocks };
}

function checkedBlocks(given: Json | undefined): readonly JsonObject[] {
  if (given === undefined || given === null || given === '') return [];
  if (!isList(given)) throw new ApiError('invalid_blocks_format');
  const problems = new Problems();
  checkBlocks(problems, given, '/blocks', 'message');
  if (problems.messages.length > 0) {
    throw ApiError.withMessages('invalid_blocks', problems.messages);
  }
  if (JSON.stringify(given).length > LONGEST_BLOCKS) throw new ApiError('msg_blocks_too_long');
  return given.filter(isObject);
}
