const { relative } = require('node:path');
const { product } = require('./units');

/**
 * Makes Node reload the product's files, which `sharedRuntime` keeps for all test files of a
 * process.
 */
module.exports = function forgetProduct(rootDir) {
  for (const path of Object.keys(require.cache))
    if (product.test(relative(rootDir, path)) || path.includes('/src/i18n/'))
      delete require.cache[path];
};
