import { checkBlocks } from '../../blocks/checkBlocks';
import { checkView } from '../../blocks/checkView';
import { isObject, type Json, type JsonObject, objectAt, objectsAt, textAt } from '../../json';
import { Problems } from '../../records/problems';
import type { View } from '../../workspace/view';
import { viewJson } from '../../workspace/viewJson';
import type { ViewOutcome } from '../../workspace/views';
import { ApiError } from '../apiError';
import type { Method, MethodContext, Methods } from '../method';

/** @throws ApiError `view_too_large`, `invalid_arguments`, `missing_scope` */
function checkedView({ args, needScope }: MethodContext, kind: 'modal' | 'home'): JsonObject {
  const verdict = checkView(args.json('view'), kind);
  if (verdict.kind === 'tooLarge') throw new ApiError('view_too_large');
  if (verdict.kind === 'invalid') {
    throw ApiError.withMessages('invalid_arguments', verdict.messages);
  }
  // An app needs the scope to show the element. Slack doesn't document the error without it.
  const elements = objectsAt(verdict.content, 'blocks').map((block) => objectAt(block, 'element'));
  if (elements.some((element) => element && textAt(element, 'type') === 'file_input')) {
    needScope('files:read');
  }
  return verdict.content;
}

function exchanged({ world, args }: MethodContext): string {
  const exchange = world.triggers.exchange(args.required('trigger_id'));
  if (exchange.kind === 'refused') throw new ApiError(exchange.error);
  return exchange.userId;
}

function answered(outcome: ViewOutcome, state: 'empty' | 'current'): JsonObject {
  if (outcome.kind === 'refused') throw new ApiError(outcome.error);
  const { view } = outcome;
  return { ok: true, view: viewJson(view, state === 'empty' ? {} : view.values) };
}

const open: Method = {
  token: 'bot',
  scopes: [],
  run: (context) => {
    const content = checkedView(context, 'modal');
    return answered(context.world.views.open(exchanged(context), content), 'empty');
  },
};

const push: Method = {
  token: 'bot',
  scopes: [],
  run: (context) => {
    const content = checkedView(context, 'modal');
    return answered(context.world.views.push(exchanged(context), content), 'empty');
  },
};

const update: Method = {
  token: 'bot',
  scopes: [],
  run: (context) => {
    const { world, args } = context;
    const view = target(context);
    const content = checkedView(context, view?.kind ?? 'modal');
    if (view === undefined) throw new ApiError('not_found');
    return answered(world.views.update(view, content, args.text('hash')), 'current');
  },
};

function target({ world, args }: MethodContext): View | undefined {
  const id = args.text('view_id');
  const externalId = args.text('external_id');
  if (id === undefined && externalId === undefined) {
    throw ApiError.withMessages('invalid_arguments', [
      '[ERROR] either view_id or external_id must be provided',
    ]);
  }
  return id === undefined ? world.views.findExternal(externalId ?? '') : world.views.find(id);
}

const publish: Method = {
  token: 'bot',
  scopes: [],
  run: (context) => {
    const { world, args } = context;
    const user = world.user(args.required('user_id'));
    if (user === undefined || user.deleted) throw new ApiError('user_not_found');
    const content = checkedView(context, 'home');
    return answered(world.views.publish(user.id, content, args.text('hash')), 'empty');
  },
};

/** One of these arguments is given. Slack's error names it. */
const subjects = ['blocks', 'message', 'view'] as const;

/** Checks Block Kit without showing it to anyone. */
const validate: Method = {
  token: 'bot',
  scopes: [],
  run: ({ args }) => {
    const [subject, ...others] = subjects.filter((name) => args.json(name) !== undefined);
    if (subject === undefined || others.length > 0) throw new ApiError('invalid_arguments');
    const given = args.json(subject);
    const found = subject === 'view' ? wrongInView(given) : wrongInBlocks(given, subject);
    if (found.length === 0) return { ok: true };
    const errors = found.map((text) => {
      const [, message = text, pointer = ''] =
        /^\[ERROR\] (.*) \[json-pointer:(.*)\]$/.exec(text) ?? [];
      return { pointer, code: 'failed_constraint', message };
    });
    throw new ApiError(`invalid_${subject}`, { errors });
  },
};

function wrongInView(view: Json | undefined): readonly string[] {
  const kind = isObject(view) && textAt(view, 'type') === 'home' ? 'home' : 'modal';
  const verdict = checkView(view, kind);
  if (verdict.kind === 'tooLarge') return ['[ERROR] too large [json-pointer:/view]'];
  return verdict.kind === 'invalid' ? verdict.messages : [];
}

function wrongInBlocks(given: Json | undefined, subject: 'blocks' | 'message'): readonly string[] {
  const problems = new Problems();
  const blocks = subject === 'blocks' ? given : isObject(given) ? given['blocks'] : undefined;
  checkBlocks(problems, blocks, subject === 'blocks' ? '' : '/blocks', 'message');
  return problems.messages;
}

export const viewMethods: Methods = {
  'blocks.validate': validate,
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
