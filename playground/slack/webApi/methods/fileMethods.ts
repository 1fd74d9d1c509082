import { ApiError } from '../apiError';
import type { Method, Methods } from '../method';

const info: Method = {
  token: 'bot',
  scopes: ['files:read'],
  run: ({ world, args }) => {
    const file = world.files.get(args.required('file', 'file_not_found'));
    if (file === undefined) throw new ApiError('file_not_found');
    return {
      ok: true,
      file: world.files.describe(file),
      comments: [],
      response_metadata: { next_cursor: '' },
    };
  },
};

export const fileMethods: Methods = { 'files.info': info };
