import { z } from 'zod';

/**
 * What Slack delivers, as far as Bolt relies on it: an object, and an event in it is one too. Bolt fails
 * on anything else in places where nobody catches the error.
 */
export const delivery = z.looseObject({ event: z.looseObject({}).optional() });
