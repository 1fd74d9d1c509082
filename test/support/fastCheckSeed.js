/** Property tests choose a new seed for each run, unless `FAST_CHECK_SEED` fixes it. */
const { FAST_CHECK_SEED: text } = process.env;

if (text !== undefined) {
  if (!/^-?\d{1,10}$/.test(text)) throw new Error(`FAST_CHECK_SEED is no integer: ${text}`);
  const { configureGlobal, readConfigureGlobal } = require('fast-check');
  configureGlobal({ ...readConfigureGlobal(), seed: Number(text) });
}
