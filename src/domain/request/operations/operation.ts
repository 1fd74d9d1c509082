import { z } from 'zod';

/**
 * An operation: what is approved and then called at Tencent Cloud, with everything that the call needs
 * apart from the request. To add one, begin here; the compiler names the other places.
 */
const operation = z.discriminatedUnion('name', [z.object({ name: z.literal('create_job') })]);
export type Operation = z.infer<typeof operation>;
export type OperationName = Operation['name'];
/** The type of each operation, by name. */
export type OperationNamed = { [Name in OperationName]: Extract<Operation, { name: Name }> };

/** The operation of a new request. */
export const creation = { name: 'create_job' } as const satisfies Operation;

/** The operation in a stored state. Earlier versions only created jobs, and stored none. */
export const storedOperation = operation.default(creation);

/** The name of the operation in a stored event. */
export const storedName = z
  .enum(operation.options.map(({ shape }) => shape.name.value))
  .default(creation.name);
