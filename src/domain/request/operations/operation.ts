import { z } from 'zod';

/**
 * What is decided, and then called at Tencent Cloud, with what the call needs besides the request. A new
 * operation begins with its line here; the compiler names everything else that it needs.
 */
const operation = z.discriminatedUnion('name', [z.object({ name: z.literal('create_job') })]);
export type Operation = z.infer<typeof operation>;
export type OperationName = Operation['name'];
/** The operation of each name. */
export type OperationNamed = { [Name in OperationName]: Extract<Operation, { name: Name }> };

/** What every new request asks for. */
export const creation = { name: 'create_job' } as const satisfies Operation;

/** The operation in a stored state. Earlier versions only created jobs, and stored none. */
export const storedOperation = operation.default(creation);

/** The name of the operation in a stored event. */
export const storedName = z
  .enum(operation.options.map(({ shape }) => shape.name.value))
  .default(creation.name);
