import type { Methods } from '../method';
import { basics } from './basics';
import { chat } from './chat';
import { conversations } from './conversations';
import { fileMethods } from './fileMethods';
import { people } from './people';
import { viewMethods } from './viewMethods';

/** All methods but `apps.connections.open`, which belongs to Socket Mode. */
export const allMethods: Methods = {
  ...basics,
  ...chat,
  ...conversations,
  ...fileMethods,
  ...people,
  ...viewMethods,
};
