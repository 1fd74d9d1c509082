import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';

/**
 * Prepares `npm pack`: builds into an empty folder, so that no deleted file is packed, and adds the
 * lockfile, so that an installation gets the tested versions. `--undo` removes the copy.
 */
if (process.argv.includes('--undo')) {
  rmSync('npm-shrinkwrap.json', { force: true });
} else {
  rmSync('dist', { recursive: true, force: true });
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  copyFileSync('package-lock.json', 'npm-shrinkwrap.json');
}
