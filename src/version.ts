import packageJson from '../package.json';

/** The version that `/healthz`, the log, the Home tab and `ferry --version` show. */
export const { version } = packageJson;
