/** The button is missing, or the person can't see it. */
export class NoSuchButton extends Error {
  override readonly name = 'NoSuchButton';
}

/** The open view has no such input. */
export class NoSuchInput extends Error {
  override readonly name = 'NoSuchInput';
}

/** The client doesn't accept this value. */
export class ValueRefused extends Error {
  override readonly name = 'ValueRefused';
}

/** The person can't do this: not in the channel, deactivated, or no open modal. */
export class CannotAct extends Error {
  override readonly name = 'CannotAct';
}
