import { configurationPage } from './configurationPage';
import { errorsPage } from './errorsPage';

/** The pages that Ferry writes about itself, by file. `npm run docs:NAME` writes those of one name. */
export const pages = {
  configuration: {
    'docs/configuration.md': () => configurationPage('en'),
    'docs/configuration.zh-CN.md': () => configurationPage('zh-CN'),
  },
  errors: {
    'docs/errors.md': () => errorsPage('en'),
    'docs/errors.zh-CN.md': () => errorsPage('zh-CN'),
  },
};
