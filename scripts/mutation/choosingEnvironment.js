const SharedEnvironment = require('../../test/support/sharedEnvironment');
const choice = require('./choice');
const fullName = require('./fullName');

/** What a test or a hook may take at least, and how much more than usually, before it fails. */
const atLeastMs = 4_000;
const factor = 12;

/**
 * Runs the chosen tests of a file, and none after the first that fails. A test is known by its place in the
 * file, which a new name leaves as it is.
 */
class ChoosingEnvironment extends SharedEnvironment {
  started = 0;

  handleTestEvent({ name, test, hook, error }) {
    if (name === 'hook_start') hook.timeout = 2 * atLeastMs * choice.patience;
    if (name === 'test_start') {
      const usualMs = choice.tests?.get(this.started);
      this.started += 1;
      if (choice.failed !== undefined || (choice.tests !== undefined && usualMs === undefined))
        test.mode = 'skip';
      else if (usualMs !== undefined)
        test.timeout = Math.max(atLeastMs, usualMs * factor) * choice.patience;
    }
    const ordinal = this.started - 1;
    if (name === 'test_done' && test.errors.length > 0)
      choice.failed ??= { ordinal, name: fullName(test), message: messageOf(test.errors[0]) };
    if (name === 'error') choice.failed ??= { ordinal, name: '', message: messageOf(error) };
  }
}

function messageOf(error) {
  const [first] = Array.isArray(error) ? error : [error];
  return String(first?.message ?? first).slice(0, 400);
}

module.exports = ChoosingEnvironment;
