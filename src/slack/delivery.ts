import { z } from 'zod';

/**
 * The shape of deliveries that Bolt relies on: an object, in which an event is an object too. Bolt
 * throws on anything else where nobody catches the error.
 */
export const delivery = z.looseObject({ event: z.looseObject({}).optional() });
