import { z } from 'zod';

/** A time in stored JSON. */
export const instant = z.coerce.date();
