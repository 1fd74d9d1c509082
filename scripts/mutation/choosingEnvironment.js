const SharedEnvironment = require('../../test/support/sharedEnvironment');
const choice = require('./choice');
const fullName = require('./fullName');

/** The minimum timeout of a test or hook, and the factor above its usual time. */
const atLeastMs = 4_000;
const factor = 6;

/**
 * Runs the chosen tests of a file until one fails. A test is identified by its position in the
 * file, which a new name doesn't change.
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
