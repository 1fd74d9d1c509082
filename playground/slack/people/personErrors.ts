/** There is no such button, or the person does not see it. */
export class NoSuchButton extends Error {
  override readonly name = 'NoSuchButton';
}

/** There is no such input in the open view. */
export class NoSuchInput extends Error {
  override readonly name = 'NoSuchInput';
}

/** The client would not take this value. */
export class ValueRefused extends Error {
  override readonly name = 'ValueRefused';
}

/** The person can't do this at all: not in the channel, deactivated, no modal open. */
export class CannotAct extends Error {
  override readonly name = 'CannotAct';
}
