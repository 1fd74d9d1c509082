const { relative } = require('node:path');
const swc = require('@swc/jest');
const { instrumented, product } = require('./units');

/** Compiles like the tests, and makes the product's files record which of their units run. */
module.exports = {
  createTransformer(options) {
    const compiler = swc.createTransformer(options);
    return {
      ...compiler,
      canInstrument: false,
      getCacheKey: (text, path, context) => `${compiler.getCacheKey(text, path, context)}-units-1`,
      process(text, path, context) {
        const inside = relative(context.config.rootDir, path);
        return compiler.process(
          product.test(inside) ? instrumented(inside, text) : text,
          path,
          context,
        );
      },
    };
  },
};
