/** User groups exist on paid plans alone. */
export type Plan = 'free' | 'paid';
